"""`vincle replay`: everything that follows from the log, worked out again."""

import time

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say, tell

app = new_app()


@app.command(epilog="Example: vincle replay --home /srv/vincle")
def replay(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Rebuild from the log everything that follows from it: people, their sums, their names, the mirror.

    It changes nothing unless a projection was wrong. Pages show the former state until it ends.
    """
    from vincle.cli.django import ready, require_migrated

    place = ready(home)
    require_migrated()
    from vincle.apps.today.facade import refresh_reading
    from vincle.flow import mirror
    from vincle.flow.replay import replay as run
    from vincle.kernel import clock

    began = time.monotonic()
    run(progress=lambda step: tell(f"  {step} ..."))
    tell("  mirror ...")
    mirror.refresh(place, rebuild=True)
    tell("  what the pages show ...")
    refresh_reading(now=clock.now())
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        print_json({"home": place.path, "seconds": seconds})
    else:
        say(f"Everything that follows from the log has been worked out again, in {seconds} s.")
