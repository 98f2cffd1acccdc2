"""Identities as a program writes them, in the form in which everybody else's compare equal."""

import re

import pyarrow as pa
from django.utils.translation import gettext as _

from vincle.engine.tabular.identities import emails, ids, phones
from vincle.flow.models import Source
from vincle.kernel.errors import BadInput
from vincle.kernel.house import house

_OWN = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_EVERYWHERE = {"email", "phone"}

Named = tuple[str, str]  # namespace, value


def named(namespace: str, value: str, *, source: str) -> Named:
    """The identity that is meant: `email` and `phone` mean the same everywhere, any other namespace belongs to a
    source, by default `source`: `customer_id` is `customer_id@shop` there.

    Raises `BadInput` for what names nobody: no e-mail, no number, a placeholder, a source that does not exist.
    """
    base, at, of = namespace.partition("@")
    cells = pa.array([value.strip()], pa.string())
    if base in _EVERYWHERE:
        if at:
            raise BadInput(_("“%(name)s” means the same everywhere; it belongs to no source.") % {"name": base})
        found, problems = emails(cells) if base == "email" else phones(cells, house().country)
    else:
        _require_own(namespace, base, of if at else source, given=bool(at))
        found, problems = ids(cells)
    known: str | None = found[0].as_py()
    if not known:
        why = problems[0].as_py() or "does not say who it is"
        raise BadInput(_("“%(value)s” %(why)s.") % {"value": value[:80], "why": why})
    return (base if base in _EVERYWHERE else f"{base}@{of if at else source}"), known


def _require_own(namespace: str, base: str, of: str, *, given: bool) -> None:
    if not _OWN.fullmatch(base):
        raise BadInput(
            _("“%(name)s” cannot be a namespace.") % {"name": namespace[:80]},
            _("Write email, phone, or a name of your own in small letters: customer_id."),
        )
    if given and not Source.objects.filter(name=of).exists():
        raise BadInput(_("There is no source “%(name)s”.") % {"name": of[:80]})
