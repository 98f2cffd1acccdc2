"""Writes of the room: one action, one change, one line in the audit log."""

from vincle.apps.sources.actions.checking import check, check_in_background, start_check, stop_check
from vincle.apps.sources.actions.demonstration import bring_in_demo
from vincle.apps.sources.actions.kinds import change_kind, count_kinds
from vincle.apps.sources.actions.quarantine import (
    discard_all,
    discard_one,
    mend,
    replay_all,
    restore,
    start_replay,
)
from vincle.apps.sources.actions.receiving import choose_mapping, discard, receive, source_named, understand_anew
from vincle.apps.sources.actions.running import again, follow, rejects_path, run, start, start_take_back, take_back

__all__ = [
    "again",
    "bring_in_demo",
    "change_kind",
    "check",
    "check_in_background",
    "choose_mapping",
    "count_kinds",
    "discard",
    "discard_all",
    "discard_one",
    "follow",
    "mend",
    "receive",
    "rejects_path",
    "replay_all",
    "restore",
    "run",
    "source_named",
    "start",
    "start_check",
    "start_replay",
    "start_take_back",
    "stop_check",
    "take_back",
    "understand_anew",
]
