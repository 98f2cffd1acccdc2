"""`python -m vincle.flow.mirror.run HOME [--rebuild]`: copy once, print one line of JSON that says what was
done.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from vincle.flow.mirror.copying import copy
from vincle.kernel import lifeline
from vincle.kernel.errors import VincleError
from vincle.kernel.home import Home


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0, or that of the error whose sentence is printed."""
    lifeline.hold()
    try:
        outcome = copy(Home.at(Path(arguments[0])), rebuild="--rebuild" in arguments[1:])
    except VincleError as error:
        sys.stdout.write(json.dumps({"error": error.message, "hint": error.hint}) + "\n")
        return error.exit_code
    sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
