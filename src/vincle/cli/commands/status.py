"""`vincle status`: how much there is and how fresh it is."""

from typing import Any

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say

app = new_app()


@app.command(epilog="Example: vincle status --json")
def status(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What is in the log, from when to when, and how far the mirror and background work have come."""
    from vincle.cli.django import ready, require_migrated

    place = ready(home)
    require_migrated()
    from vincle.flow.overview import Overview, overview
    from vincle.kernel import clock

    now = clock.now()
    found: Overview = overview(place, now=now)
    if as_json:
        print_json({"home": place.path} | _plain(found))
        return
    say(f"{found.people:,} people · {found.interactions:,} interactions · {found.kinds:,} kinds in the catalogue")
    if found.first and found.last:
        say(f"From {found.first:%d %B %Y} to {found.last:%d %B %Y}.")
    say(f"Kept in {place.path} ({found.database}).")
    say(_mirror(found.mirror_behind))
    jobs = found.jobs
    say(f"Background work: {jobs.waiting:,} waiting, {jobs.running:,} running, {jobs.failed:,} failed.")


def _plain(found: Any) -> dict[str, Any]:
    return {
        "people": found.people,
        "interactions": found.interactions,
        "kinds": found.kinds,
        "first": found.first,
        "last": found.last,
        "mirror": {"behind": found.mirror_behind, "refreshed_at": found.mirror_refreshed_at},
        "jobs": {"waiting": found.jobs.waiting, "running": found.jobs.running, "failed": found.jobs.failed},
        "database": found.database,
    }


def _mirror(behind: int | None) -> str:
    if behind is None:
        return "There is no mirror for analysis yet; “vincle serve” or “vincle work” makes it."
    return (
        f"The mirror for analysis lacks {behind:,} interactions."
        if behind
        else "The mirror for analysis is up to date."
    )
