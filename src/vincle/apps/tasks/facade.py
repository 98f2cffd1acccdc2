"""What other rooms may call."""

from vincle.apps.tasks.actions import Wanted
from vincle.apps.tasks.giving import check_task, give_each, take_back_given
from vincle.apps.tasks.web.forms import TaskForm

__all__ = ["TaskForm", "Wanted", "check_task", "give_each", "take_back_given"]
