"""What a list shows of each person: columns by short names that fit into an address.

`known`, `first`, `last`, `interactions`, `money`; `worth`, `present`, `alive`, `expected`, `paid` (see `worths`);
`attribute:town`; `by:email`; `did:order.placed:90` (how often in the
last 90 days; 0: ever; without a kind: anything); `spent:365`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vincle.apps.lists.filters.offers import attribute_names, kind_names, kinds, namespace_names
from vincle.apps.people.facade import ORDERS, attribute_words, namespace_words, source_labels
from vincle.kernel.errors import BadInput
from vincle.web.permissions import Words

DEFAULT = ("known", "first", "last", "interactions", "money")
MOST = 12

PLAIN: dict[str, Words] = {
    "known": gettext_lazy("Known by"),
    "first": gettext_lazy("First seen"),
    "last": gettext_lazy("Last seen"),
    "interactions": gettext_lazy("Interactions"),
    "money": gettext_lazy("Money"),
    "worth": gettext_lazy("Expected to bring"),
    "present": gettext_lazy("Brought in 12 months"),
    "alive": gettext_lazy("Still with us"),
    "expected": gettext_lazy("Expected visits"),
    "paid": gettext_lazy("Last paid"),
}


@dataclass(frozen=True)
class Column:
    """One column: `of` says what it is, `name` of which attribute, namespace or kind, `days` of which last days."""

    of: str
    name: str = ""
    days: int = 0

    @property
    def code(self) -> str:
        """As it stands in an address."""
        if self.of == "did":
            return f"did:{self.name}:{self.days}"
        if self.of == "spent":
            return f"spent:{self.days}"
        return f"{self.of}:{self.name}" if self.name else self.of

    @property
    def is_number(self) -> bool:
        return self.of in {"interactions", "money", "did", "spent", "worth", "present", "alive", "expected"}

    @property
    def sorts(self) -> bool:
        """Whether a list can be in its order: an index holds it, so that every page costs the same."""
        return self.of in ORDERS


def read_columns(codes: Sequence[str]) -> tuple[Column, ...]:
    """The columns behind their codes, each once; raises `BadInput` for one that is none."""
    if len(codes) > MOST:
        raise BadInput(_("A list shows at most %(count)d columns.") % {"count": MOST})
    columns = tuple(_read(code) for code in dict.fromkeys(codes))
    _check_names(columns)
    return columns


def usual_columns() -> tuple[Column, ...]:
    """Those a list shows when nobody has chosen any."""
    return read_columns(DEFAULT)


def column_words(column: Column) -> str:
    """What a column is called."""
    if column.of in PLAIN or column.of == "name":
        return str(PLAIN.get(column.of) or _("Name"))
    if column.of == "attribute":
        return _capital(attribute_words(column.name))
    if column.of == "by":
        return _capital(namespace_words(column.name, source_labels()))
    what = _("Money") if column.of == "spent" else _kind_words(column.name)
    return _("%(what)s, last %(days)d days") % {"what": what, "days": column.days} if column.days else what


def offered() -> list[Column]:
    """The columns that can be chosen, in the order of the page."""
    return [
        *(Column(of) for of in PLAIN),
        *(Column("by", name) for name in namespace_names()),
        *(Column("attribute", name) for name in attribute_names()),
        *(Column("did", kind.name) for kind in kinds()),
        Column("spent", days=30),
        Column("spent", days=90),
        Column("spent", days=365),
    ]


def _read(code: str) -> Column:
    of, _colon, rest = code.partition(":")
    if code in PLAIN:
        return Column(code)
    if of in {"attribute", "by"} and 0 < len(rest) <= 120:
        return Column(of, rest)
    name, _colon, days = rest.rpartition(":")
    if of in {"did", "spent"} and days.isascii() and days.isdigit() and len(days) <= 5 and (of == "did" or not name):
        return Column(of, name, int(days))
    raise BadInput(_("There is no column “%(code)s”.") % {"code": code[:80]}, _("Choose the columns anew."))


def _check_names(columns: Sequence[Column]) -> None:
    there: dict[str, Callable[[], list[str]]] = {
        "attribute": attribute_names,
        "by": namespace_names,
        "did": lambda: ["", *kind_names()],
    }
    for of, names in there.items():
        wanted = {column.name for column in columns if column.of == of}
        for missing in sorted(wanted - set(names()) if wanted else ()):
            raise BadInput(_("There is no column “%(code)s”.") % {"code": missing}, _("Choose the columns anew."))


def _kind_words(name: str) -> str:
    if not name:
        return str(PLAIN["interactions"])
    return next((kind.label for kind in kinds() if kind.name == name), name)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
