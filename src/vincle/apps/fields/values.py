"""What is known of somebody under each field: what counts, who said so, and what was said before."""

from dataclasses import dataclass, replace

from vincle.apps.fields.queries import PREFIX, fields
from vincle.apps.fields.types import SEPARATOR, WITH_OPTIONS, Field, href, said
from vincle.apps.people.facade import Known, Somebody, known_of


@dataclass(frozen=True, slots=True)
class Value:
    """A field and what is known (None: nothing). `hidden`: it is sensitive, and not for this reader."""

    field: Field
    known: Known | None
    hidden: bool = False

    @property
    def value(self) -> str:
        return self.known.now.value if self.known and self.known.now else ""

    @property
    def words(self) -> str:
        return said(self.field, self.value) if self.value else ""

    @property
    def href(self) -> str:
        return href(self.field, self.value) if self.value else ""

    @property
    def before(self) -> list[tuple[str, str]]:
        """What was said before: its words, and by whom and when; the latest first."""
        return [(said(self.field, each.value), each.provenance) for each in self.known.before] if self.known else []

    @property
    def parts(self) -> list[str]:
        """Of several of a list, each that was chosen."""
        return self.value.split(SEPARATOR) if self.value else []

    @property
    def chips(self) -> list[str]:
        """The same in words."""
        return [said(self.field, part) for part in self.parts]


def values_of(about: Somebody, *, sensitive: bool) -> list[Value]:
    """Every field in use with what is known of somebody; what is `sensitive` only for who may see it."""
    used = fields()
    known = known_of(about.identities, [field.name for field in used])
    return [_value(field, known.get(field.name), sensitive) for field in used]


def value_of(about: Somebody, name: str, *, sensitive: bool) -> Value | None:
    """One of them, or an attribute that a source has said under any other name; None when it is neither."""
    field = next((each for each in fields() if each.name == name), None)
    known = known_of(about.identities, [name]).get(name)
    if field is None:
        if known is None or name.startswith(PREFIX):
            return None
        field = Field(name, known.label, "date" if name == "birthday" else "text")
    return _value(field, known, sensitive)


def _value(field: Field, known: Known | None, sensitive: bool) -> Value:
    hidden = field.sensitive and not sensitive
    if known and known.now and field.type in WITH_OPTIONS:
        # What was chosen goes on being a choice, though the list may have changed.
        gone = [part for part in known.now.value.split(SEPARATOR) if part not in dict(field.options)]
        field = replace(field, options=(*field.options, *((part, part) for part in gone)))
    return Value(field, None if hidden else known, hidden)
