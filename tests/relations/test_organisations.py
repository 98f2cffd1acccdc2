"""Organisations: the list, one of them with its people, what is changed, two made one and two again."""

from datetime import date
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.urls import reverse

from people.telling import happened, person, tell
from relations.relating import WAY, met, organisation, who, works
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.facade import PersonMark, lift, mark
from vincle.apps.relations import facade
from vincle.apps.relations.models import Organisation, Relation
from vincle.apps.relations.queries.people import lately_of, together_of

pytestmark = pytest.mark.django_db


def page_of(client, this: Organisation, query: str = ""):
    return client.get(reverse("relations:organisation", args=[this.uid]) + query)


def test_an_empty_list_teaches(client_of, ramon):
    assert "No organisations yet" in client_of(ramon).get("/organisations/").text


def test_the_list_is_turned_page_by_page_and_costs_the_same(client_of, anna, django_assert_max_num_queries):
    met(C1="Mercè Roca")
    for number in range(60):
        organisation(f"Place {number:02d}")
    works("C1", "Place 03")
    client = client_of(anna)
    client.get("/organisations/")
    with django_assert_max_num_queries(10):
        first = client.get("/organisations/")
    second = client.get(f"/organisations/?page={quote(first.context['page'].next)}")
    lines = [*first.context["lines"], *second.context["lines"]]
    assert [f"Place {number:02d}" for number in range(60)] == [line.organisation.name for line in lines]
    assert {"Place 03": 1} == {line.organisation.name: line.people for line in lines if line.people}
    assert 400 == client.get("/organisations/?page=nonsense").status_code


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?words=fleca+nuria", ["Fleca Núria"]),
        ("?words=N%C3%9ARIA", ["Fleca Núria"]),
        ("?words=b-12", ["Institut"]),
        ("?words=institut.cat", ["Institut"]),
        ("?kind=school", ["Institut"]),
        ("?kind=nonsense", ["Fleca Núria", "Institut"]),
        ("?words=%00", ["Fleca Núria", "Institut"]),
        ("?archived=yes", ["Gone"]),
        ("?words=zzz", []),
    ],
)
def test_organisations_are_found(client_of, ramon, asked, found):
    organisation("Fleca Núria")
    organisation("Institut", kind="school", tax_number="B12.345", domain="institut.cat")
    facade.archive_organisation(organisation("Gone"), **WAY)
    page = client_of(ramon).get(f"/organisations/{asked}")
    assert found == [line.organisation.name for line in page.context["lines"]]


def test_one_is_made_changed_put_away_and_brought_back(client_of, anna):
    client = client_of(anna)
    said = {
        "name": "Coop. Ter",
        "kind": "cooperative",
        "tax_number": "es f-17.000.000",
        "website": "coopter.example.org",
    }
    client.post("/organisations/new/", said)
    coop = Organisation.objects.get()
    assert ("ESF17000000", "https://coopter.example.org", coop.pk) == (coop.tax_number, coop.website, coop.whole_id)

    edit = reverse("relations:edit", args=[coop.uid])
    client.post(edit, said | {"name": "Coop. del Ter", "notes": "Ask for Maria"})
    history = client.get(reverse("relations:history", args=[coop.uid])).text
    assert ("Coop. Ter → Coop. del Ter" in history, "Ask for Maria" in history) == (True, True)
    entry = AuditEntry.objects.get(action="organisations.changed")
    assert ({"name": ["Coop. Ter", "Coop. del Ter"], "notes": []}, "Coop. del Ter") == (entry.details, entry.summary)

    page = client.post(reverse("relations:archive", args=[coop.uid]), follow=True)
    back = reverse("relations:bring_back", args=[coop.uid])
    assert (True, []) == (back in page.text, page.context["lines"])
    assert 403 == client.post(reverse("relations:archive", args=[coop.uid])).status_code
    client.post(back)
    assert 1 == len(client.get("/organisations/").context["lines"])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "..."}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "sect"}, "kind"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://user@example.org"}, "website"),
        ({"website": "ftp://example.org"}, "website"),
        ({"domain": "not a domain"}, "domain"),
        ({"tax_number": "F17"}, "tax_number"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client_of, anna, said, field):
    organisation("Coop. Ter", tax_number="F17")
    page = client_of(anna).post("/organisations/new/", {"name": "Forn", "kind": "company"} | said)
    assert (200, [field], 1) == (page.status_code, list(page.context["form"].errors), Organisation.objects.count())


def test_what_is_not_asked_for_is_not_changed(client_of, anna):
    coop = organisation("Coop. Ter")
    said = {
        "name": "Coop",
        "kind": "company",
        "whole_id": "99",
        "created_by": "me",
        "archived_at": "2026-01-01",
        "id": "7",
    }
    client_of(anna).post(reverse("relations:edit", args=[coop.uid]), said)
    now = Organisation.objects.get()
    assert (coop.pk, coop.whole_id, coop.created_by, None) == (now.pk, now.whole_id, now.created_by, now.archived_at)


def test_its_page_sums_what_happened_with_its_people(client_of, ramon):
    tell(
        happened("C1", "2026-03-01 10:00", "order.placed", name="Mercè Roca", amount=Decimal(30), currency="EUR"),
        happened("C2", "2026-05-01 10:00", "order.placed", name="Pau Roca", amount=Decimal(12), currency="EUR"),
        happened("C3", "2026-06-01 10:00", "order.placed", name="Joan Serra", amount=Decimal(99), currency="EUR"),
    )
    works("C1", "Coop. Ter", role="buyer")
    works("C2", "Coop. Ter", "member")
    works("C3", "Coop. Ter", until=date(2020, 1, 1))
    coop = Organisation.objects.get()

    page = page_of(client_of(ramon), coop)
    assert (2, Decimal(42)) == (page.context["together"].people, page.context["together"].amount)
    assert {"Mercè Roca", "Pau Roca"} == {tie.name for tie, _seen in page.context["people"]}
    assert {"Mercè Roca", "Pau Roca"} == {each.who.name for each in page.context["lately"]}
    assert ["Joan Serra"] == [
        tie.name for tie, _seen in page_of(client_of(ramon), coop, "?former=yes").context["people"]
    ]
    assert ["Pau Roca"] == [
        tie.name for tie, _seen in page_of(client_of(ramon), coop, "?kind=member").context["people"]
    ]


def test_its_page_costs_the_same_however_many_people(client_of, ramon, django_assert_max_num_queries):
    met(**{f"D{number}": f"Somebody {number}" for number in range(60)})
    coop = organisation("Coop. Ter")
    Relation.objects.bulk_create(
        Relation(
            from_identity=who(f"D{number}").number, organisation=coop, kind="works_at", said_by="x", said_at=WAY["now"]
        )
        for number in range(60)
    )
    client = client_of(ramon)
    page_of(client, coop)
    with django_assert_max_num_queries(34):
        page = page_of(client, coop)
    assert (50, 60, True) == (
        len(page.context["people"]),
        page.context["together"].people,
        bool(page.context["page"].next),
    )
    assert 10 == len(lately_of([coop]))


def test_two_are_made_one_and_two_again_exactly(client_of, anna):
    met(C1="Mercè Roca", C2="Pau Roca")
    works("C1", "Coop. Ter")
    works("C2", "Cooperativa del Ter")
    first, second = Organisation.objects.order_by("pk")
    facade.change_organisation(second, facade.Described("Cooperativa del Ter", domain="coopter.example.org"), **WAY)
    before = [list(Organisation.objects.order_by("pk").values()), list(Relation.objects.order_by("pk").values())]
    client = client_of(anna)
    join = reverse("relations:join", args=[first.uid])
    assert f"with={second.uid}" in client.get(join, {"words": "ter"}).text
    assert "They are one organisation" in client.get(join, {"with": second.uid}).text

    page = client.post(join, {"with": second.uid, "reason": "Same place"}, follow=True)
    assert (2, "coopter.example.org") == (page.context["together"].people, page.context["told"].domain)
    assert reverse("relations:organisation", args=[first.uid]) == page_of(client, second).url
    assert before[1] == list(Relation.objects.order_by("pk").values())
    assert 403 == client.post(join, {"with": second.uid}).status_code
    works("C1", "Cooperativa del Ter", "member")

    number = page.text.split("/organisations/steps/")[1].split("/")[0]
    client.post(reverse("relations:part", args=[number]))
    Relation.objects.filter(kind="member").delete()
    assert before == [
        list(Organisation.objects.order_by("pk").values()),
        list(Relation.objects.order_by("pk").values()),
    ]
    assert 403 == client.post(reverse("relations:part", args=[number])).status_code
    assert "undone by Anna Puig" in client.get(reverse("relations:history", args=[first.uid])).text


def test_three_made_one_come_apart_one_by_one():
    a, b, c = (organisation(name) for name in ("A", "B", "C"))
    facade.join_organisations(b, c, **WAY)
    step = facade.join_organisations(a, c, **WAY)
    wholes = dict(Organisation.objects.values_list("pk", "whole_id"))
    facade.part_organisations(step.pk, **WAY)
    assert {a.pk: a.pk, b.pk: a.pk, c.pk: a.pk} == wholes
    assert {a.pk: a.pk, b.pk: b.pk, c.pk: b.pk} == dict(Organisation.objects.values_list("pk", "whole_id"))


@pytest.mark.parametrize("given", [{}, {"with": "x"}, {"with": "019a9d6e-0000-7000-8000-000000000000"}])
def test_no_other_chosen_is_said_in_a_sentence(client_of, anna, given):
    coop = organisation("Coop. Ter")
    assert client_of(anna).post(reverse("relations:join", args=[coop.uid]), given).status_code in {400, 404}


def test_who_may_only_look_changes_nothing(client_of, ramon):
    coop, other = organisation("Coop. Ter"), organisation("Coop")
    client = client_of(ramon)
    asked = [reverse(f"relations:{verb}", args=[coop.uid]) for verb in ("edit", "archive", "bring_back", "join")]
    assert {403} == {client.post(each, {"name": "X", "with": other.uid}).status_code for each in asked}
    assert 200 == page_of(client, coop).status_code


def test_nobody_works_there_is_no_error():
    assert (0, []) == (together_of([organisation("Coop. Ter")]).people, lately_of([organisation("Forn")]))


def test_sums_leave_out_confidential_people_for_who_may_not_see_them(client_of, anna, marta):
    tell(
        happened("C1", "2026-03-01 10:00", "order.placed", name="Mercè Roca", amount=Decimal(30), currency="EUR"),
        happened("C2", "2026-05-01 10:00", "order.placed", name="Pau Roca", amount=Decimal(12), currency="EUR"),
        *(happened(each, "2026-05-02 10:00", observations={"company": "Forn Nou"}) for each in ("C1", "C2")),
    )
    works("C1", "Coop. Ter")
    works("C2", "Coop. Ter")
    coop = Organisation.objects.get()
    made = mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, **WAY)

    def seen(client):
        together = page_of(client, coop).context["together"]
        (line,) = client.get("/organisations/").context["lines"]
        (named,) = client.get(reverse("relations:named")).context["suggestions"]
        return together.people, together.interactions, together.amount, line.people, len(named.people)

    assert (1, 3, Decimal(12), 1, 1) == seen(client_of(anna))
    page = page_of(client_of(anna), coop)
    assert (["Pau Roca"], False) == ([each.who.name for each in page.context["lately"]][:1], "Mercè" in page.text)
    assert (2, 7, Decimal(42), 2, 2) == seen(client_of(marta))  # what colleagues said and did counts too
    lift(made, **WAY)
    assert 2 == seen(client_of(anna))[0]
