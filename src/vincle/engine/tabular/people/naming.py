"""The name of a row's person, and what else the row says of them."""

from collections.abc import Mapping as Dict

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.identities import PLACEHOLDERS
from vincle.engine.tabular.people.several import listed
from vincle.engine.tabular.roles import Cells

_PARTS = ("name_prefix", "given_name", "middle_name", "family_name", "second_family_name", "name_suffix")
_NAMES = frozenset({"name", *_PARTS})
# What programs write where nobody said anything; Outlook has a zeroth day.
_NOTHING = pa.array(sorted(PLACEHOLDERS | {"0/0/00", "00/00/00", "0000-00-00", "0/0/0000"}), pa.string())
_NONE = pa.scalar(None, pa.string())


def whole_names(cells: Cells, attributes: Dict[str, str]) -> pa.Array:
    """The name as it is written in full, else put together from its parts; null where there is neither."""
    parts = [pc.fill_null(said(cells[attributes[part]]), "") for part in _PARTS if part in attributes]
    whole = said(cells[attributes["name"]]) if "name" in attributes else cells.nothing()
    if not parts:
        return whole
    joined = pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.binary_join_element_wise(*parts, " "), r"\s+", " "))
    return pc.coalesce(whole, pc.if_else(pc.equal(joined, ""), _NONE, joined))


def observed(cells: Cells, attributes: Dict[str, str]) -> dict[str, pa.Array]:
    """What the rows say of their people: name of the attribute -> cells."""
    found = {name: listed(said(cells[column])) for name, column in attributes.items()}
    if _NAMES & set(attributes):
        found["name"] = whole_names(cells, attributes)
    return found


def said(cells: pa.Array) -> pa.Array:
    """The cells without those that only say that nothing is known."""
    nothing = pc.fill_null(pc.is_in(pc.utf8_lower(cells), _NOTHING), False)
    return pc.if_else(nothing, _NONE, cells) if pc.any(nothing).as_py() else cells
