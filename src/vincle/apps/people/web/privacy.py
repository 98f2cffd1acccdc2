"""A person's rights: everything we have of them as one file, and leaving for good."""

import tempfile
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.privacy import erasing
from vincle.apps.people.privacy.addresses import addressed_words
from vincle.apps.people.privacy.giving import give_everything
from vincle.apps.people.privacy.keeping import kept_words
from vincle.apps.people.queries.person import identities_of, person_by_uid, person_they_are_now
from vincle.flow.models import Person
from vincle.kernel import clock
from vincle.kernel.home import Home
from vincle.kernel.words import fold
from vincle.web.permissions import Words, needs

# What left, in words; the names are those of a certificate.
_REMOVED: dict[str, Words] = {
    "interactions": gettext_lazy("interactions"),
    "interaction_things": gettext_lazy("lines of what they were about"),
    "things": gettext_lazy("things only they had"),
    "observations": gettext_lazy("things said of them"),
    "facts": gettext_lazy("facts of who is who"),
    "identities": gettext_lazy("identities"),
    "people": gettext_lazy("pages"),
    "quarantined": gettext_lazy("rows in quarantine"),
    "readings": gettext_lazy("figures of pages that named them, worked out again"),
    "audit_entries_renamed": gettext_lazy("entries of the audit log that named them"),
    "texts_rewritten": gettext_lazy("histories of others that named them"),
    "api_answers": gettext_lazy("answers to programs that named them"),
}

# What remains and why, in words; the rest of it (`where`) are names of files.
_REMAINS: dict[str, Words] = {
    "mirror": gettext_lazy("The copy for analysis has not followed yet; it is tried again in the background."),
    "vacuum": gettext_lazy("The database has not given up the room yet; it is tried again in the background."),
    "wal": gettext_lazy("The database's log of changes was in use; it is emptied in the background."),
    "database": gettext_lazy("Bytes are left in the database file; it is written anew in the background."),
    "files": gettext_lazy("Files that have not been brought in name them: remove them, or bring them in knowingly."),
    "mentions": gettext_lazy("What others said, or what is kept of others, names them."),
    "named": gettext_lazy("Words of others name them; whoever may change those can take them out:"),
    "unsearched": gettext_lazy("The bytes were not searched: it was cut short, and what they were called is gone."),
    "too_short": gettext_lazy("Some of their numbers are too short to be searched for."),
    "server": gettext_lazy("PostgreSQL overwrites its own log and the room inside its pages in its own time."),
    "backups": gettext_lazy("Backups made before hold them still; after restoring one, erase them again."),
    "elsewhere": gettext_lazy("The files they were brought in from lie outside Vincle, and are not ours to remove."),
}


class ErasureForm(forms.Form):
    """The person's name, typed by hand: what cannot be undone is not done by a slip."""

    name = forms.CharField(
        label=gettext_lazy("Their name, to be sure"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["name"].help_text = _("As it stands on their page; capitals and accents do not matter.")

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        if fold(typed.strip()) != fold(self._person.name.strip()):
            raise forms.ValidationError(_("That is not their name. Nothing was erased."))
        return typed


@needs("people.access_export")
def everything(request: HttpRequest, uid: UUID) -> FileResponse:
    """All that is kept of somebody, as one ZIP, in the language of whoever asks for it."""
    person = person_they_are_now(person_by_uid(uid))
    folder = Home.at().staging
    folder.mkdir(parents=True, exist_ok=True)
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - the response closes it, and with it it is gone
    try:
        language = (get_language() or "").split("-")[0]
        give_everything(person, file, language=language, actor=Actor.behind(request), now=clock.now())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{person.uid}.zip", content_type="application/zip")


@needs("people.erase")
def erase(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What goes and what remains, and the one question of this house that an undo cannot answer."""
    person = person_they_are_now(person_by_uid(uid))
    form = ErasureForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        erasing.erase(person, actor=Actor.behind(request), now=clock.now())
        return redirect("people:erased", person.uid)
    identities = identities_of(person)
    context = {"person": person, "form": form, "identities": identities, "backups": _backups()}
    return render(request, "people/erase.html", context, status=400 if form.errors else 200)


@needs("people.erase")
def erased(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The certificate of an erasure."""
    certificate = erasing.certificate_of(erasing.require_tombstone(uid))
    context = {
        "certificate": certificate,
        "removed": [
            (words, certificate["removed"][name])
            for name, words in (_REMOVED | kept_words() | addressed_words()).items()
            if certificate["removed"].get(name)
        ],
        "remains": [(_REMAINS.get(each["what"], each["why"]), each["where"]) for each in certificate["remains"]],
        "searched": _searched(certificate["checked"].get("values", 0)),
    }
    return render(request, "people/erased.html", context)


def _searched(values: int) -> str:
    said = ngettext(
        "%(number)s value was searched for on the disk.", "%(number)s values were searched for on the disk.", values
    )
    return said % {"number": values}


def _backups() -> int:
    return sum(1 for path in Home.at().backups.glob("*") if path.is_file())
