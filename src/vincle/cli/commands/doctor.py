"""`vincle doctor`: what is wrong, and what to do."""

import sys
from dataclasses import asdict

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say

app = new_app()

MARKS = {"ok": "✓", "attention": "!", "broken": "✗"}


@app.command(epilog="Example: vincle doctor --home /srv/vincle")
def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Check the installation and say what to do. Changes nothing; ends with code 1 when something is broken."""
    from vincle.cli.django import ready
    from vincle.flow.doctor.examine import examine
    from vincle.kernel import clock
    from vincle.kernel.home import Home

    findings = examine(Home.at(home), wake=lambda: ready(home), now=clock.now())
    if as_json:
        print_json([asdict(each) for each in findings])
    else:
        for each in findings:
            say(f"{MARKS[each.state]} {each.name}: {each.seen}")
            if each.advice:
                say(f"    {each.advice}")
    sys.exit(any(each.state == "broken" for each in findings))
