"""The operations of the API, a method each."""

# Written by `python -m vincle.api.client` from the description of the API; change that, not this.

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from vincle_client import models
from vincle_client.asking import Asking


class Operations(Asking):
    """Everything that can be asked. A POST that is not answered is sent again, and done once."""

    def list_people(
        self,
        *,
        search: str = "",
        known_in: str = "",
        first_from: date | None = None,
        first_to: date | None = None,
        last_from: date | None = None,
        last_to: date | None = None,
        at_least: int | None = None,
        order: Literal[
            "last", "-last", "first", "-first", "name", "-name", "interactions", "-interactions", "money", "-money"
        ]
        | None = None,
        cursor: str = "",
        limit: int = 50,
        if_none_match: str | None = None,
    ) -> models.PeoplePage:
        """Everybody, or those who are asked for, a page at a time.

        A search looks at the first thousand people it finds. Give `next` back as `cursor`, with the same
        question.
        """
        answer: models.PeoplePage = self._ask(
            "GET",
            "/people",
            {200: models.PeoplePage},
            query={
                "search": search,
                "known_in": known_in,
                "first_from": first_from,
                "first_to": first_to,
                "last_from": last_from,
                "last_to": last_to,
                "at_least": at_least,
                "order": order,
                "cursor": cursor,
                "limit": limit,
            },
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def observe_person(
        self, given: models.PersonIn, *, idempotency_key: str | None = None
    ) -> models.PersonOut | models.BecameOut:
        """Say who somebody is, and what is known of them.

        Whoever has the identity is found, or made when nobody has it. Further `identities` of the same person
        join whoever has those. What was known before is kept: the latest value of an attribute shows. It
        enters the log as an interaction of the kind `person.identified`; one that breaks that kind's contract
        is answered with 202 and waits in quarantine.
        """
        answer: models.PersonOut | models.BecameOut = self._ask(
            "POST",
            "/people",
            {201: models.PersonOut, 202: models.BecameOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def get_person(self, uid: UUID, *, if_none_match: str | None = None) -> models.PersonOut:
        """One person, whole.

        The address of somebody who became part of another answers with who they are now: look at `uid`.
        """
        answer: models.PersonOut = self._ask(
            "GET", f"/people/{uid}", {200: models.PersonOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def observe_attributes(
        self, uid: UUID, given: models.AttributesIn, *, if_match: str | None = None, idempotency_key: str | None = None
    ) -> models.PersonOut | models.BecameOut:
        """Say what is known of a person.

        The same as `POST /people`, of the identity they are best known by. With an If-Match it is done only
        while the person is as you read them.
        """
        answer: models.PersonOut | models.BecameOut = self._ask(
            "POST",
            f"/people/{uid}/attributes",
            {201: models.PersonOut, 202: models.BecameOut},
            given=given,
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
        )
        return answer

    def list_identities(self, uid: UUID, *, if_none_match: str | None = None) -> models.IdentitiesPage:
        """How a person is known, the most telling first: all of it on one page.

        How a person is known, the most telling first: all of it on one page.
        """
        answer: models.IdentitiesPage = self._ask(
            "GET", f"/people/{uid}/identities", {200: models.IdentitiesPage}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def find_identity(self, *, namespace: str, value: str, if_none_match: str | None = None) -> models.IdentitiesPage:
        """Find the person behind an e-mail, a phone or a number: one item, or none.

        A namespace of a source's own without its source means this token's. `person` is null while nothing is
        shown of whoever it is.
        """
        answer: models.IdentitiesPage = self._ask(
            "GET",
            "/identities",
            {200: models.IdentitiesPage},
            query={"namespace": namespace, "value": value},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def list_steps(self, uid: UUID, *, if_none_match: str | None = None) -> models.StepsPage:
        """Who joined what and why, the latest first: the last two hundred steps.

        Who joined what and why, the latest first: the last two hundred steps.
        """
        answer: models.StepsPage = self._ask(
            "GET", f"/people/{uid}/steps", {200: models.StepsPage}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def join_people(
        self, uid: UUID, given: models.OtherIn, *, if_match: str | None = None, idempotency_key: str | None = None
    ) -> models.JoinedOut:
        """Make one person of two.

        Nothing is rewritten: undoing the step brings both back exactly as they were. Refused (409) when they
        are one already, or somebody has said that they are not the same. With an If-Match it is done only
        while the first is as you read them.
        """
        answer: models.JoinedOut = self._ask(
            "POST",
            f"/people/{uid}/join",
            {201: models.JoinedOut},
            given=given,
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
        )
        return answer

    def keep_people_apart(
        self, uid: UUID, given: models.OtherIn, *, if_match: str | None = None, idempotency_key: str | None = None
    ) -> models.JoinedOut:
        """Say that two people are not the same, whatever a source says later.

        Refused (409) when they are one person now: undo what joined them first.
        """
        answer: models.JoinedOut = self._ask(
            "POST",
            f"/people/{uid}/keep-apart",
            {201: models.JoinedOut},
            given=given,
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
        )
        return answer

    def undo_step(self, step: int, *, idempotency_key: str | None = None) -> models.JoinedOut:
        """Take a step back: what it joined is two again, what it kept apart may be joined.

        Answers with the step that was written. Refused (409) when it has been undone already.
        """
        answer: models.JoinedOut = self._ask(
            "POST", f"/steps/{step}/undo", {201: models.JoinedOut}, headers={"Idempotency-Key": idempotency_key}
        )
        return answer

    def list_interactions(
        self,
        *,
        person: UUID | None = None,
        kind: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        cursor: str = "",
        limit: int = 50,
        if_none_match: str | None = None,
    ) -> models.InteractionsPage:
        """What happened: with one person, latest first; with everybody, what was heard last first.

        A page may hold fewer than `limit`, or none, while there is a `next`: a filter looks at a stretch of
        the log for each page, and the next goes on from there.
        """
        answer: models.InteractionsPage = self._ask(
            "GET",
            "/interactions",
            {200: models.InteractionsPage},
            query={"person": person, "kind": kind, "since": since, "until": until, "cursor": cursor, "limit": limit},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def append_interactions(
        self, given: models.InteractionsIn, *, idempotency_key: str | None = None
    ) -> models.AppendedOut:
        """Write down what happened, up to a hundred interactions at once.

        Each enters, or was known already by its `message_id`, or breaks its kind's contract: then it waits in
        quarantine, with the reason, and does not stop the others. What has not the form described here is
        refused with 422, and nothing of the request enters.
        """
        answer: models.AppendedOut = self._ask(
            "POST",
            "/interactions",
            {200: models.AppendedOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def get_interaction(self, uid: UUID, *, if_none_match: str | None = None) -> models.InteractionOut:
        """One interaction.

        One interaction.
        """
        answer: models.InteractionOut = self._ask(
            "GET", f"/interactions/{uid}", {200: models.InteractionOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def list_tasks(
        self,
        *,
        state: Literal["open", "done"] = "open",
        assignee: str | None = None,
        person: UUID | None = None,
        cursor: str = "",
        limit: int = 50,
        if_none_match: str | None = None,
    ) -> models.TasksPage:
        """What is to be done, or what has been done.

        Open ones by when they are due, those without a day last; done ones with the latest first.
        """
        answer: models.TasksPage = self._ask(
            "GET",
            "/tasks",
            {200: models.TasksPage},
            query={"state": state, "assignee": assignee, "person": person, "cursor": cursor, "limit": limit},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def add_task(self, given: models.NewTaskIn, *, idempotency_key: str | None = None) -> models.TaskOut:
        """Write down that something is to be done, about somebody or about nobody.

        Write down that something is to be done, about somebody or about nobody.
        """
        answer: models.TaskOut = self._ask(
            "POST", "/tasks", {201: models.TaskOut}, given=given, headers={"Idempotency-Key": idempotency_key}
        )
        return answer

    def get_task(self, uid: UUID, *, if_none_match: str | None = None) -> models.TaskOut:
        """One task.

        One task.
        """
        answer: models.TaskOut = self._ask(
            "GET", f"/tasks/{uid}", {200: models.TaskOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def change_task(
        self, uid: UUID, given: models.TaskIn, *, if_match: str | None = None, idempotency_key: str | None = None
    ) -> models.TaskOut:
        """Have a task be something else.

        It is afterwards as it is given here: what is left out is empty. Whom it is about stays. With an If-
        Match it is done only while the task is as you read it.
        """
        answer: models.TaskOut = self._ask(
            "POST",
            f"/tasks/{uid}",
            {200: models.TaskOut},
            given=given,
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
        )
        return answer

    def finish_task(self, uid: UUID, *, idempotency_key: str | None = None) -> models.TaskOut:
        """Say that a task is done; one that is done already stays as it is.

        Say that a task is done; one that is done already stays as it is.
        """
        answer: models.TaskOut = self._ask(
            "POST", f"/tasks/{uid}/done", {200: models.TaskOut}, headers={"Idempotency-Key": idempotency_key}
        )
        return answer

    def reopen_task(self, uid: UUID, *, idempotency_key: str | None = None) -> models.TaskOut:
        """Say that a task is not done after all; one that is open stays as it is.

        Say that a task is not done after all; one that is open stays as it is.
        """
        answer: models.TaskOut = self._ask(
            "POST", f"/tasks/{uid}/reopen", {200: models.TaskOut}, headers={"Idempotency-Key": idempotency_key}
        )
        return answer

    def list_relation_kinds(self, *, if_none_match: str | None = None) -> models.KindsPage:
        """The ways in which two may relate, those that are put away too: all of them on one page.

        The ways in which two may relate, those that are put away too: all of them on one page.
        """
        answer: models.KindsPage = self._ask(
            "GET", "/relation-kinds", {200: models.KindsPage}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def list_relations(
        self, uid: UUID, *, former: bool = True, if_none_match: str | None = None
    ) -> models.RelationsPage:
        """How somebody relates, what goes on first: the latest five hundred, on one page.

        How somebody relates, what goes on first: the latest five hundred, on one page.
        """
        answer: models.RelationsPage = self._ask(
            "GET",
            f"/people/{uid}/relations",
            {200: models.RelationsPage},
            query={"former": former},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def relate(self, uid: UUID, given: models.RelationIn, *, idempotency_key: str | None = None) -> models.RelationOut:
        """Say how somebody relates to another person, or to an organisation.

        Refused (409) when it is known already, or cannot be: nobody relates to themselves, or is the guardian
        of their own guardian.
        """
        answer: models.RelationOut = self._ask(
            "POST",
            f"/people/{uid}/relations",
            {201: models.RelationOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def end_relation(
        self, uid: UUID, given: models.EndIn, *, idempotency_key: str | None = None
    ) -> models.RelationStateOut:
        """Say that a relation is over since a day, today or before.

        Refused (409) when somebody has said so already.
        """
        answer: models.RelationStateOut = self._ask(
            "POST",
            f"/relations/{uid}/end",
            {200: models.RelationStateOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def withdraw_relation(self, uid: UUID, *, idempotency_key: str | None = None) -> models.RelationStateOut:
        """Say that it never was so.

        Refused (409) when it has been taken back already.
        """
        answer: models.RelationStateOut = self._ask(
            "POST",
            f"/relations/{uid}/withdraw",
            {200: models.RelationStateOut},
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def list_organisations(
        self,
        *,
        search: str = "",
        kind: Literal["company", "cooperative", "association", "foundation", "school", "public_body", "other"]
        | None = None,
        archived: bool = False,
        cursor: str = "",
        limit: int = 50,
        if_none_match: str | None = None,
    ) -> models.OrganisationsPage:
        """Every organisation by name, or those that are asked for, a page at a time.

        Every organisation by name, or those that are asked for, a page at a time.
        """
        answer: models.OrganisationsPage = self._ask(
            "GET",
            "/organisations",
            {200: models.OrganisationsPage},
            query={"search": search, "kind": kind, "archived": archived, "cursor": cursor, "limit": limit},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def add_organisation(
        self, given: models.OrganisationIn, *, idempotency_key: str | None = None
    ) -> models.OrganisationOut:
        """Make an organisation; no two have one fiscal number.

        Make an organisation; no two have one fiscal number.
        """
        answer: models.OrganisationOut = self._ask(
            "POST",
            "/organisations",
            {201: models.OrganisationOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def get_organisation(self, uid: UUID, *, if_none_match: str | None = None) -> models.OrganisationOut:
        """One organisation, whole.

        The address of one that became part of another answers with what it is now: look at `uid`.
        """
        answer: models.OrganisationOut = self._ask(
            "GET", f"/organisations/{uid}", {200: models.OrganisationOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def change_organisation(
        self,
        uid: UUID,
        given: models.OrganisationIn,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> models.OrganisationOut:
        """Have an organisation be known as it is given here.

        What is left out is empty afterwards, unless something that was joined with it says it. With an If-
        Match it is done only while the organisation is as you read it.
        """
        answer: models.OrganisationOut = self._ask(
            "POST",
            f"/organisations/{uid}",
            {200: models.OrganisationOut},
            given=given,
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
        )
        return answer

    def get_journeys_reading(
        self, *, wait: Literal["yes", "no"] = "yes", case: str = "person", if_none_match: str | None = None
    ) -> models.ReadingOut:
        """What really happens: the steps, what follows what, the ways, who comes back.

        Figures that the log has outgrown are worked out now: until then the answer is 409, with when to ask
        again in Retry-After; with `wait=no` it is the former figures, where there are any.
        """
        answer: models.ReadingOut = self._ask(
            "GET",
            "/journeys/reading",
            {200: models.ReadingOut},
            query={"wait": wait, "case": case},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def list_people_behind(
        self,
        *,
        figure: str,
        journey: UUID | None = None,
        case: str = "person",
        cursor: str = "",
        limit: int = 50,
        if_none_match: str | None = None,
    ) -> models.BehindPage:
        """The people whom a figure counts, those known longest first.

        They are found in the background: until then the answer is 409, with when to ask again in Retry-After.
        Those whose processing is restricted are not among them, nor confidential people for a token that may
        not see them.
        """
        answer: models.BehindPage = self._ask(
            "GET",
            "/journeys/people",
            {200: models.BehindPage},
            query={"figure": figure, "journey": journey, "case": case, "cursor": cursor, "limit": limit},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def ask_journey_moments(self, given: models.QuestionIn, *, idempotency_key: str | None = None) -> models.AskedOut:
        """Ask which moments go with an outcome. It is worked out in the background; the answer is read by its
        key.

        Ask which moments go with an outcome. It is worked out in the background; the answer is read by its
        key.
        """
        answer: models.AskedOut = self._ask(
            "POST",
            "/journeys/moments",
            {202: models.AskedOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def get_journey_moments(
        self, *, wait: Literal["yes", "no"] = "yes", key: str, if_none_match: str | None = None
    ) -> models.MomentsOut:
        """The answer to a question about moments.

        While it is worked out the answer is 409, with when to ask again in Retry-After; with `wait=no` it is
        the former one, where there is any. The latest forty are kept.
        """
        answer: models.MomentsOut = self._ask(
            "GET",
            "/journeys/moments",
            {200: models.MomentsOut},
            query={"wait": wait, "key": key},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def list_journeys(
        self, *, archived: bool = False, cursor: str = "", limit: int = 50, if_none_match: str | None = None
    ) -> models.JourneysPage:
        """Designed journeys, those changed last first.

        Designed journeys, those changed last first.
        """
        answer: models.JourneysPage = self._ask(
            "GET",
            "/journeys",
            {200: models.JourneysPage},
            query={"archived": archived, "cursor": cursor, "limit": limit},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def add_journey(self, given: models.JourneyIn, *, idempotency_key: str | None = None) -> models.JourneyOut:
        """Begin a designed journey with a document.

        What is wrong with a document is said in a sentence (422): stages that wait for one another, two with
        one key.
        """
        answer: models.JourneyOut = self._ask(
            "POST", "/journeys", {201: models.JourneyOut}, given=given, headers={"Idempotency-Key": idempotency_key}
        )
        return answer

    def get_journey(self, uid: UUID, *, if_none_match: str | None = None) -> models.JourneyOut:
        """One designed journey with its document, also one that was put away.

        One designed journey with its document, also one that was put away.
        """
        answer: models.JourneyOut = self._ask(
            "GET", f"/journeys/{uid}", {200: models.JourneyOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def replace_journey(
        self, uid: UUID, given: models.JourneyIn, *, if_match: str | None = None, idempotency_key: str | None = None
    ) -> models.JourneyOut:
        """Have a designed journey be another document.

        How it stood before is kept as a version, and on the map it is one change, which whoever made the
        token can undo. With an If-Match it is done only while the journey is as you read it. One that was put
        away is not changed (404).
        """
        answer: models.JourneyOut = self._ask(
            "POST",
            f"/journeys/{uid}",
            {200: models.JourneyOut},
            given=given,
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
        )
        return answer

    def archive_journey(self, uid: UUID, *, idempotency_key: str | None = None) -> models.JourneyOut:
        """Put a designed journey away; one that is away already stays so.

        Put a designed journey away; one that is away already stays so.
        """
        answer: models.JourneyOut = self._ask(
            "POST", f"/journeys/{uid}/archive", {200: models.JourneyOut}, headers={"Idempotency-Key": idempotency_key}
        )
        return answer

    def bring_back_journey(self, uid: UUID, *, idempotency_key: str | None = None) -> models.JourneyOut:
        """Have a designed journey among the others again; one that is there stays so.

        Have a designed journey among the others again; one that is there stays so.
        """
        answer: models.JourneyOut = self._ask(
            "POST",
            f"/journeys/{uid}/bring-back",
            {200: models.JourneyOut},
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def get_journey_chart(
        self, uid: UUID, *, wait: Literal["yes", "no"] = "yes", if_none_match: str | None = None
    ) -> models.ChartOut:
        """What really happens along a designed journey.

        Figures that nobody has worked out yet, or that the log or the design has outgrown, are worked out
        now. Until then the answer is 409, with when to ask again in Retry-After; with `wait=no` it is the
        former figures where there are any.
        """
        answer: models.ChartOut = self._ask(
            "GET",
            f"/journeys/{uid}/chart",
            {200: models.ChartOut},
            query={"wait": wait},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def get_value(self, *, if_none_match: str | None = None) -> models.ValueOut:
        """What all relationships together are worth, as it was last worked out.

        404 says that it is not known: nobody was valued yet, or nobody has paid anything.
        """
        answer: models.ValueOut = self._ask(
            "GET", "/value", {200: models.ValueOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def get_person_worth(self, uid: UUID, *, if_none_match: str | None = None) -> models.WorthOut:
        """What a person is worth, as it was last worked out.

        404 also says that it is not known: nobody was valued yet, they have paid nothing, or their processing
        is restricted.
        """
        answer: models.WorthOut = self._ask(
            "GET", f"/people/{uid}/worth", {200: models.WorthOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def list_investments(
        self, *, archived: bool = False, cursor: str = "", limit: int = 50, if_none_match: str | None = None
    ) -> models.InvestmentsPage:
        """Experience investments, those changed last first.

        Experience investments, those changed last first.
        """
        answer: models.InvestmentsPage = self._ask(
            "GET",
            "/investments",
            {200: models.InvestmentsPage},
            query={"archived": archived, "cursor": cursor, "limit": limit},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def add_investment(self, given: models.InvestmentIn, *, idempotency_key: str | None = None) -> models.InvestmentOut:
        """Describe something that was done for some people, and whom they are compared with.

        Describe something that was done for some people, and whom they are compared with.
        """
        answer: models.InvestmentOut = self._ask(
            "POST",
            "/investments",
            {201: models.InvestmentOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def draw_investment(self, given: models.DrawIn, *, idempotency_key: str | None = None) -> models.InvestmentOut:
        """Draw by lot who of a group gets something; the others are whom they are compared with.

        Both are kept on lists. It takes thirty people on either side, and a first day that is not over.
        Archiving the investment takes both lists away again.
        """
        answer: models.InvestmentOut = self._ask(
            "POST",
            "/investments/draw",
            {201: models.InvestmentOut},
            given=given,
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def get_investment(self, uid: UUID, *, if_none_match: str | None = None) -> models.InvestmentOut:
        """One investment, also one that was put away.

        One investment, also one that was put away.
        """
        answer: models.InvestmentOut = self._ask(
            "GET", f"/investments/{uid}", {200: models.InvestmentOut}, headers={"If-None-Match": if_none_match}
        )
        return answer

    def get_investment_return(
        self, uid: UUID, *, wait: Literal["yes", "no"] = "yes", if_none_match: str | None = None
    ) -> models.ReturnOut:
        """Whether an investment pays, with intervals and people.

        What nobody has worked out yet, or the log has outgrown, is worked out now. Until then the answer is
        409, with when to ask again in Retry-After; with `wait=no` it is the former one, where there is any.
        """
        answer: models.ReturnOut = self._ask(
            "GET",
            f"/investments/{uid}/return",
            {200: models.ReturnOut},
            query={"wait": wait},
            headers={"If-None-Match": if_none_match},
        )
        return answer

    def archive_investment(self, uid: UUID, *, idempotency_key: str | None = None) -> models.InvestmentOut:
        """Put an investment away, with the lists that were drawn for it; one that is away already stays so.

        Put an investment away, with the lists that were drawn for it; one that is away already stays so.
        """
        answer: models.InvestmentOut = self._ask(
            "POST",
            f"/investments/{uid}/archive",
            {200: models.InvestmentOut},
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer

    def bring_back_investment(self, uid: UUID, *, idempotency_key: str | None = None) -> models.InvestmentOut:
        """Have an investment among the others again; one that is there stays so.

        Have an investment among the others again; one that is there stays so.
        """
        answer: models.InvestmentOut = self._ask(
            "POST",
            f"/investments/{uid}/bring-back",
            {200: models.InvestmentOut},
            headers={"Idempotency-Key": idempotency_key},
        )
        return answer
