from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "vincle.apps.people"
    label = "people"

    def ready(self) -> None:
        from vincle.apps.accounts.facade import name_action
        from vincle.apps.people import actions, looking, marking, telling
        from vincle.apps.people.kept import keep_marks
        from vincle.apps.people.privacy import erasing, giving
        from vincle.web.nav import NavEntry, register

        register(NavEntry(_("People"), "users", "people:list", "people.view", order=20, on_phone=True))
        name_action(actions.LIST_EXPORTED, _("took out a list of people"))
        name_action(actions.CARD_TAKEN, _("took out the card of"))
        name_action(actions.JOINED, _("made one person of"))
        name_action(actions.KEPT_APART, _("said that these are not the same:"))
        name_action(actions.UNDONE, _("undid what joined or parted"))
        name_action(telling.APPENDED, _("wrote down what happened, for"))
        name_action(telling.OBSERVED, _("said what is known of"))
        name_action(erasing.ERASED, _("erased for good"))
        name_action(looking.LOOKED, _("looked at"))
        name_action(marking.MADE_CONFIDENTIAL, _("made confidential"))
        name_action(marking.NOT_CONFIDENTIAL, _("let everybody see again"))
        name_action(marking.RESTRICTED, _("restricted the processing of"))
        name_action(marking.UNRESTRICTED, _("lifted the restriction of processing of"))
        name_action("contact.verified", _("verified an e-mail or telephone of"))
        name_action("contact.unverified", _("took back that an e-mail or telephone is verified of"))
        name_action("contact.bounced", _("said that nothing arrives at an e-mail or telephone of"))
        name_action("contact.works", _("said that things arrive again at an e-mail or telephone of"))
        name_action("contact.stopped", _("said not to use an e-mail or telephone of"))
        name_action("contact.allowed", _("let an e-mail or telephone be used again of"))
        name_action("contact.preferred", _("said which e-mail or telephone is preferred by"))
        name_action("contact.unpreferred", _("took back which e-mail or telephone is preferred by"))
        keep_marks()
        name_action(giving.GIVEN, _("gave everything we have to"))
