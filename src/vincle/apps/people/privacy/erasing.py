"""Erasing a person for good, with a certificate that says what went, what remains and why.

The database goes first, in one transaction: all or nothing, whenever it is cut short. Files, the mirror and the room
left in the database follow; the tombstone says until then that they are to be done, and doing them again is harmless.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record, without_names
from vincle.apps.people.privacy.addresses import addressed_tables, take_out_addresses
from vincle.apps.people.privacy.keeping import kept_tables, let_go, remove_kept_files
from vincle.apps.people.privacy.naming_others import tables_of_texts, take_out_of_texts
from vincle.apps.sources.facade import forget_imports, imports_at_work, imports_naming, remove_files
from vincle.apps.tokens.facade import forget_about as forget_answers_about
from vincle.flow.append.forget import Gone, Leaving, forget, forget_readings
from vincle.flow.erasure.finishing import Remains, finish
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Forgotten, Identity, Person
from vincle.kernel.errors import NotFound, Refused
from vincle.kernel.home import Home

ERASED = "person.erased"
TABLES = ("accounts_auditentry", "sources_import", "tokens_keptanswer")  # of rooms, where rows changed


def erase(person: Person, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Erase a person, with everybody who had become part of them; returns the certificate (`certificate_of`).

    Raises `Refused` while a file is being brought in, which might bring them in again.
    """
    busy = imports_at_work()
    if busy:
        raise Refused(
            _("“%(file)s” is being brought in just now.") % {"file": busy[0]},
            _("Erase them when it has ended, so that it does not bring them in again."),
        )
    gone = _from_the_database(person, actor=actor, now=now)
    enqueue("today.refresh", key="today.refresh", now=now)
    return _finish(gone.tombstone, gone.leaving.identities, now=now)


def finish_erasure(tombstone: Forgotten, *, now: datetime) -> dict[str, Any]:
    """Do what an erasure that was cut short has left undone; returns the certificate."""
    if tombstone.finished_at is not None:
        return certificate_of(tombstone)
    return _finish(tombstone, None, now=now)


def unfinished() -> list[Forgotten]:
    """The erasures that have something left to be done."""
    return list(Forgotten.objects.filter(finished_at=None).order_by("at")[:100])


def tombstone_of(uid: UUID) -> Forgotten | None:
    """The tombstone of whoever had this address, with the certificate; None when nobody of it was erased."""
    found = Forgotten.objects.filter(uid=uid).first()
    if found is None or found.whole == found.uid:
        return found
    return Forgotten.objects.filter(uid=found.whole).first()


def require_tombstone(uid: UUID) -> Forgotten:
    """The same; raises `NotFound`."""
    found = tombstone_of(uid)
    if found is None:
        raise NotFound(_("Nobody of this address was erased."))
    return found


def certificate_of(tombstone: Forgotten) -> dict[str, Any]:
    """`uid`, `uids` (every address they had), `at`, `by`, `removed` (rows by what they were), `files_removed`,
    `remains` (what, where, why), `checked`, `verified` (nothing found on the bytes), `finished_at` (None: there is
    something left to do, which `vincle erase` and background work try again).
    """
    kept = tombstone.certificate
    return {
        "uid": str(tombstone.uid),
        "uids": [str(uid) for uid in _addresses(tombstone)],
        "at": tombstone.at,
        "by": tombstone.by,
        "removed": kept.get("removed", {}),
        "files_removed": kept.get("files_removed", []),
        "remains": kept.get("remains", []),
        "checked": kept.get("checked", {}),
        "verified": kept.get("verified", False),
        "finished_at": tombstone.finished_at,
    }


def _from_the_database(person: Person, *, actor: Actor, now: datetime) -> Gone:
    values = Identity.objects.filter(person_id=person.into_id or person.pk).values_list("value", flat=True)
    naming = imports_naming(list(values))

    def beside(leaving: Leaving) -> tuple[Mapping[str, int], Mapping[str, Any]]:
        removed, files = let_go(leaving.numbers, leaving.identities)
        left_to_do = {**forget_imports(leaving.batches, naming, now=now), "files": files}
        uid = str(leaving.uid)
        changed = without_names(
            uid=uid,
            uids=[str(each) for each in leaving.uids],
            names=leaving.names,
            values=[value for _namespace, value in leaving.identities],
        )
        answers = forget_answers_about(
            uids=[str(each) for each in leaving.uids], values=[value for _namespace, value in leaving.identities]
        )
        record(actor=actor, now=now, action=ERASED, object_type="person", object_uid=uid, summary=uid)
        texts, left_to_do["named"] = take_out_of_texts(
            leaving.uid, names=leaving.names, values=[value for _namespace, value in leaving.identities]
        )
        removed |= take_out_addresses([str(each) for each in leaving.uids])
        counts = {**removed, "audit_entries_renamed": changed, "api_answers": answers, "texts_rewritten": texts}
        return counts, left_to_do

    return forget(person, by=actor.name, now=now, beside=beside)


def _finish(tombstone: Forgotten, identities: tuple[tuple[str, str], ...] | None, *, now: datetime) -> dict[str, Any]:
    kept = tombstone.certificate
    left_to_do = kept.get("left_to_do", {})
    # One that was being computed meanwhile, from the mirror as it was.
    forget_readings([str(uid) for uid in _addresses(tombstone)])
    removed = [*kept.get("files_removed", []), *remove_files(left_to_do.get("imports", []))]
    removed += remove_kept_files(left_to_do.get("files", []))
    kept["files_removed"] = list(dict.fromkeys(removed))
    tables = (*TABLES, *kept_tables(), *addressed_tables(), *tables_of_texts())
    finished = finish(Home.at(), identities=identities, numbers=left_to_do.get("identities", []), tables=tables)
    if elsewhere := tuple(left_to_do.get("elsewhere", [])):
        why = "Files outside the home, which they were brought in from, are not ours to remove."
        finished.remains.append(Remains("elsewhere", elsewhere, why))
    if named := tuple(left_to_do.get("named", [])):
        why = "Words of others name them; whoever may change those can take them out."
        finished.remains.append(Remains("named", named, why))
    kept["remains"] = [asdict(each) for each in finished.remains]
    kept["checked"] = {"values": finished.look.values, "too_short": finished.look.too_short}
    kept["verified"] = finished.verified and not named
    if finished.done:
        kept.pop("left_to_do", None)
        tombstone.finished_at = now
    tombstone.save(update_fields=["certificate", "finished_at"])
    return certificate_of(tombstone)


def _addresses(tombstone: Forgotten) -> list[UUID]:
    return list(Forgotten.objects.filter(whole=tombstone.uid).order_by("pk").values_list("uid", flat=True))
