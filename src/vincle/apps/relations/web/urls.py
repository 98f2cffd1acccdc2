from django.urls import path

from vincle.apps.relations.web import changing, joining, kinds, named, organisations, person

app_name = "relations"

urlpatterns = [
    path("people/<uuid:uid>/relations/", person.page, name="person"),
    path("people/<uuid:uid>/relations/card/", person.card, name="card"),
    path("people/<uuid:uid>/relations/new/", changing.new, name="new"),
    path("people/<uuid:uid>/relations/find/", changing.find, name="find"),
    path("people/<uuid:uid>/household/", person.household, name="household"),
    path("households/<uuid:together>/part/", person.undo_household, name="part_household"),
    path("households/<uuid:together>/ask-again/", person.undo_no_household, name="ask_again"),
    path("relations/<uuid:uid>/end/", changing.end, name="end"),
    path("relations/<uuid:uid>/reopen/", changing.reopen, name="reopen"),
    path("relations/<uuid:uid>/withdraw/", changing.withdraw, name="withdraw"),
    path("relations/<uuid:uid>/restore/", changing.restore, name="restore"),
    path("relations/kinds/", kinds.kinds, name="kinds"),
    path("relations/kinds/new/", kinds.new, name="new_kind"),
    path("relations/kinds/<slug:name>/", kinds.kind, name="kind"),
    path("relations/kinds/<slug:name>/archive/", kinds.archive, name="archive_kind"),
    path("relations/kinds/<slug:name>/back/", kinds.bring_back, name="bring_back_kind"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new, name="new_organisation"),
    path("organisations/named/", named.named, name="named"),
    path("organisations/named/<uuid:together>/undo/", named.undo, name="undo_named"),
    path("organisations/named/<int:dismissal>/again/", named.suggest_again, name="suggest_again"),
    path("organisations/steps/<int:step>/undo/", joining.part, name="part"),
    path("organisations/<uuid:uid>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:uid>/edit/", organisations.edit, name="edit"),
    path("organisations/<uuid:uid>/history/", organisations.history, name="history"),
    path("organisations/<uuid:uid>/archive/", organisations.archive, name="archive"),
    path("organisations/<uuid:uid>/back/", organisations.bring_back, name="bring_back"),
    path("organisations/<uuid:uid>/join/", joining.join, name="join"),
]
