"""The builder: a filter and columns as a form that works by keyboard, on a phone, and without any script."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.columns import MOST, Column, column_words, offered, read_columns
from vincle.apps.lists.filters.language import MOST as MOST_CONDITIONS
from vincle.apps.lists.filters.language import Filter, Group, Leaf, Match
from vincle.apps.lists.filters.reading import check, write
from vincle.apps.lists.filters.words import sentence
from vincle.apps.lists.queries.asked import asked, together
from vincle.apps.lists.web.rows import RowForm, row_of
from vincle.apps.people.facade import Criteria, Plan, criteria_asked, people_plan
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web import htmx, patience
from vincle.web.permissions import needs


@dataclass
class Block:
    """Conditions that hold together: those of the filter itself (`key` empty), or of a group in it."""

    key: str
    match: Match = "all"
    rows: list[RowForm] = field(default_factory=list)


@dataclass
class Built:
    """What the form says: its blocks, the filter they make, or why they make none."""

    blocks: list[Block]
    filter: Filter | None = None
    trouble: str = ""
    wrong: dict[int, str] = field(default_factory=dict)


@needs("people.view")
def choose(request: HttpRequest) -> HttpResponse:
    """Choose whom a list wants and what it shows."""
    parameters: QueryDict = request.GET
    if "row" in parameters or "do" in parameters:
        built = _from_form(parameters)
    else:
        built, parameters = _from_address(parameters, viewer=Actor.behind(request).id)
    if parameters.get("do") == "show" and not built.trouble:
        return _away(request, built)
    plan = _counted(built.filter) if built.filter and not built.trouble else None
    there = [column.code for column in offered()]
    codes = parameters.getlist("c")
    context = {
        "built": built,
        "first": built.blocks[0],
        "groups": built.blocks[1:],
        "sentence": sentence(built.filter) if built.filter and not built.trouble else "",
        "plan": plan,
        "columns": [
            (column.code, column_words(column), column.code in codes)
            for column in (*offered(), *(column for column in _columns(codes) if column.code not in there))
        ],
        "most_columns": MOST,
        "kept": {name: parameters[name] for name in ("view", "sort") if parameters.get(name)},
        "full": sum(len(block.rows) for block in built.blocks) >= MOST_CONDITIONS,
    }
    return render(request, "lists/choose.html", context)


def _from_address(parameters: QueryDict, *, viewer: int | None) -> tuple[Built, QueryDict]:
    """The form for what an address asks of the list, and the address with the columns and the order it means."""
    found = asked(parameters, viewer=viewer)
    wanted = together(criteria_asked(parameters), found.filter)
    meant = parameters.copy()
    meant.setlist("c", [column.code for column in found.columns])
    if found.order:
        meant["sort"] = found.order
    return Built(_blocks_of(wanted) if wanted else [Block("", rows=[RowForm(None, 0)])], wanted), meant


def _blocks_of(wanted: Filter) -> list[Block]:
    blocks, number = [Block("", wanted.match)], 0
    for part in wanted.parts:
        block = Block(str(len(blocks)), part.match) if isinstance(part, Group) else blocks[0]
        if isinstance(part, Group):
            blocks.append(block)
        for leaf in part.parts if isinstance(part, Group) else (part,):
            block.rows.append(row_of(leaf, number, block.key))
            number += 1
    return blocks


def _from_form(parameters: QueryDict) -> Built:
    do = parameters.get("do", "")
    numbers = [int(each) for each in parameters.getlist("row") if each.isascii() and each.isdigit() and len(each) < 6]
    blocks = {"": Block("", _match(parameters, ""))}
    for number in dict.fromkeys(numbers[: MOST_CONDITIONS + 1]):
        key = parameters.get(f"r{number}-group", "")
        if do == f"remove-{number}":
            continue
        block = blocks.setdefault(key, Block(key, _match(parameters, key)))
        block.rows.append(RowForm(parameters, number, key))
    following = max(numbers, default=-1) + 1
    if do.startswith("add"):
        key = do.removeprefix("add-in-") if do.startswith("add-in-") else ""
        if do == "add-group":
            key = str(max([int(each) for each in blocks if each.isascii() and each.isdigit()], default=0) + 1)
        block = blocks.setdefault(key, Block(key, "any" if do == "add-group" else "all"))
        block.rows.append(RowForm(None, following, key))
    kept = [block for block in blocks.values() if block.rows or not block.key]
    return _build(kept, new=following if do.startswith("add") else None)


def _build(blocks: list[Block], *, new: int | None) -> Built:
    built = Built(blocks)
    parts: list[Leaf | Group] = []
    for block in blocks:
        leaves = []
        for row in block.rows:
            if row.number == new:
                continue  # nobody has filled it in yet
            try:
                leaves.append(row.leaf())
            except BadInput as error:
                built.wrong[row.number] = str(error)
        if block.key and leaves:
            parts.append(Group(block.match, tuple(leaves)))
        else:
            parts += leaves
    built.trouble = next(iter(built.wrong.values()), "")
    if parts and not built.wrong:
        built.filter = Filter(blocks[0].match, tuple(parts))
        try:
            check(built.filter)
        except BadInput as error:
            built.trouble = str(error)
    return built


def _match(parameters: QueryDict, key: str) -> Match:
    return "any" if parameters.get(f"match{key}") == "any" else "all"


def _columns(codes: list[str]) -> tuple[Column, ...]:
    return read_columns(codes[:MOST])


def _counted(wanted: Filter) -> Plan:
    with patience.within():
        return people_plan(_criteria(wanted))


def _criteria(wanted: Filter) -> Criteria:
    from vincle.apps.lists.filters.asking import conditions

    return Criteria(further=conditions(wanted, now=clock.now()))


def _away(request: HttpRequest, built: Built) -> HttpResponse:
    """To the list that was chosen."""
    parameters = QueryDict(mutable=True)
    for name in ("view", "sort"):
        if request.GET.get(name):
            parameters[name] = request.GET[name]
    if built.filter:
        parameters["f"] = write(built.filter)
    else:
        parameters.pop("view", None)  # which would bring its own filter back
    parameters.setlist("c", [column.code for column in _columns(request.GET.getlist("c"))])
    url = f"{reverse('people:list')}?{parameters.urlencode()}".removesuffix("?")
    if htmx.asks(request):
        response = HttpResponse()
        response.headers["HX-Redirect"] = url
        return response
    return redirect(url)
