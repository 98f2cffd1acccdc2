"""What other rooms, and the command line, may call."""

from vincle.apps.retention.actions import add_rule, look, run
from vincle.apps.retention.expiring import preview as preview_kind
from vincle.apps.retention.queries import preview, rule_by_number, rules
from vincle.apps.retention.sparing import Sparing, spare

__all__ = ["Sparing", "add_rule", "look", "preview", "preview_kind", "rule_by_number", "rules", "run", "spare"]
