"""How much of anything a file may ask us to hold; beyond it the answer is one clear sentence."""

MiB = 1024 * 1024

MAX_COLUMNS = 2_000
MAX_RECORD = 16 * MiB  # one CSV row, one JSON line, one XML element: must fit in memory whole
MAX_FIELD = 1 * MiB  # one cell on its way into the log; a longer one has its row rejected
MAX_KINDS = 2_000  # different kinds of interaction in one file
MAX_DOCUMENT = 1024 * MiB  # a file that can only be read whole (a JSON document)

# Characters that the log holds of what it compares and counts; longer ones have their row rejected.
LONGEST_KEY = 255  # an identity, a message id, the key of an object
LONGEST_NAME = 200  # a place, a member of staff
LONGEST_LABEL = 200  # words beside a key: cut, since the key tells the thing
LONGEST_WORD = 80  # the name of an attribute, the type and the qualifier of an object
LONGEST_KIND = 120
LONGEST_CHANNEL = 40

CHUNK_BYTES = 64 * MiB  # a chunk ends early when its rows weigh this much

# A compressed file is a bomb when it swells beyond both.
BOMB_RATIO = 200
BOMB_BYTES = 512 * MiB
SHARED_STRINGS = 256 * MiB  # an XLSX keeps its distinct texts in one part that is read whole


def human(count: int) -> str:
    """A number of bytes in words: 1536 becomes '1.5 KiB'."""
    size = float(count)
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if size < 1024 or unit == "GiB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError("unreachable")
