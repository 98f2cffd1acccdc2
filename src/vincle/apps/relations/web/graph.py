"""The drawings of who relates to whom: everybody at their spot, with their words and where they lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from vincle.apps.people.facade import Somebody
from vincle.apps.relations import drawing
from vincle.apps.relations.queries.around import Branch
from vincle.apps.relations.queries.ties import Tie, first_of_each
from vincle.web.avatars import initials
from vincle.web.locales import write_day

SHOWN = 8
BESIDE, ABOVE = 130, 70  # what words need around the outermost spots


@dataclass(frozen=True)
class Node:
    """Somebody, or an organisation, in a drawing; `said` is all of it for who hears it."""

    spot: drawing.Spot
    url: str
    words: str
    name: str
    said: str
    initials: str  # empty for an organisation
    is_near: bool = True
    x1: float = 0.0  # where its line comes from
    y1: float = 0.0


@dataclass(frozen=True)
class Graph:
    """A drawing: its size, its middle, who is around."""

    x: float
    y: float
    width: float
    height: float
    initials: str
    nodes: list[Node]
    left: float = 0.0
    top: float = 0.0


def small_graph(someone: Somebody, found: Sequence[Tie]) -> Graph:
    """The person in the middle and up to `SHOWN` neighbours, each once."""
    near = neighbours(found)[:SHOWN]
    x, height, spots = drawing.small(len(near))
    y = height / 2
    nodes = [_node(tie, spot, drawing.short(tie.name), x, y) for tie, spot in zip(near, spots, strict=True)]
    return Graph(x, y, drawing.SMALL_WIDTH, height, initials(someone.name), nodes)


def large_graph(someone: Somebody, branches: Sequence[Branch]) -> Graph:
    """The same with whom the neighbours relate to, as large as it has to be."""
    nodes = []
    middle = drawing.LARGE_MIDDLE
    for branch, (spot, outer) in zip(branches, drawing.large([len(each.beyond) for each in branches]), strict=True):
        name = drawing.short(branch.tie.name, large_drawing=True)
        nodes.append(_node(branch.tie, spot, name, middle, middle))
        for tie, further in zip(branch.beyond, outer, strict=True):
            name = drawing.short(tie.name, large_drawing=True)
            nodes.append(_node(tie, further, name, spot.x, spot.y, of=branch.tie.name))
    across = [middle, *(node.spot.words_x for node in nodes)]
    along = [middle, *(node.spot.y for node in nodes)]
    return Graph(
        middle,
        middle,
        width=max(across) - min(across) + 2 * BESIDE,
        height=max(along) - min(along) + 2 * ABOVE,
        initials=initials(someone.name),
        nodes=nodes,
        left=min(across) - BESIDE,
        top=min(along) - ABOVE,
    )


def neighbours(found: Sequence[Tie]) -> list[Tie]:
    """Whom there is to draw: each once, and only what goes on."""
    return first_of_each(tie for tie in found if tie.ended is None)


def url_of(tie: Tie) -> str:
    """The page of whoever is at the far end."""
    if tie.person is not None:
        return reverse("people:person", args=[tie.person.uid])
    assert tie.organisation is not None  # noqa: S101 - a tie leads somewhere
    return reverse("relations:organisation", args=[tie.organisation.uid])


def _node(tie: Tie, spot: drawing.Spot, name: str, x1: float, y1: float, *, of: str = "") -> Node:
    said = f"{of} {tie.words} {tie.name}".strip()
    if tie.role:
        said = f"{said}, {tie.role}"
    if tie.since:
        said = _("%(relation)s, since %(day)s") % {"relation": said, "day": write_day(tie.since)}
    letters = initials(tie.name) if tie.person else ""
    return Node(spot, url_of(tie), tie.words, name, said, letters, is_near=not of, x1=x1, y1=y1)
