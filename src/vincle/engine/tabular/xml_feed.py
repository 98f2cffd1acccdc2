"""XML read as a stream, without the parts of XML that can be turned into a weapon."""

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from vincle.engine.tabular.limits import MAX_RECORD, human
from vincle.kernel.errors import BadInput

DEEPEST = 64  # levels of elements inside one another

Attributes = dict[str, str]


class Forbidden(Exception):
    """The document has what no data file needs."""


def feed(
    blocks: Iterable[bytes],
    *,
    name: str,
    start: Callable[[str, Attributes], object],
    end: Callable[[str], object],
    text: Callable[[str], object] | None = None,
    guarded: bool = False,
) -> Iterator[None]:
    """Call `start`, `end` and `text` as the document goes by; yields after each block.

    Raises `BadInput` for a document that is not well formed, that declares a document type or an entity (the stuff of
    XML bombs), that nests deeper than `DEEPEST` or holds a single tag or text beyond `MAX_RECORD`. `guarded`: `start`
    calls `refuse_depth` itself, which saves two calls for each element of a large file.
    """
    depth = 0

    def opened(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            refuse_depth()
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    parser.StartElementHandler = start if guarded else opened
    parser.EndElementHandler = end if guarded else closed
    if text is not None:
        parser.CharacterDataHandler = text
    fed = 0
    try:
        for block in blocks:
            parser.Parse(block, False)
            fed += len(block)
            _refuse_piece(fed - max(0, parser.CurrentByteIndex))
            yield
        parser.Parse(b"", True)
    except Forbidden as problem:
        raise BadInput(
            f"“{name}” was refused: it has {problem}, which no data file needs and traps are made of.",
            "Export it again from the program it came from.",
        ) from problem
    except (expat.ExpatError, ValueError, LookupError) as problem:
        line = parser.CurrentLineNumber
        raise BadInput(
            f"“{name}” is not well-formed XML: it breaks near line {line:,}.", "Ask for a whole export of it."
        ) from problem
    yield


def refuse_depth() -> None:
    """Call it when elements are nested deeper than `DEEPEST`."""
    raise Forbidden(f"elements nested deeper than {DEEPEST} levels")


def local(tag: str) -> str:
    """An element's name without its prefix."""
    return tag.rpartition(":")[2]


def _refuse_piece(pending: int) -> None:
    if pending > MAX_RECORD:
        raise Forbidden(f"a single piece beyond {human(MAX_RECORD)}")


def _refuse_declaration(*_: object) -> None:
    raise Forbidden("a document type declaration")
