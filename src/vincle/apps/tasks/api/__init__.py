"""The room's REST API: what is to be done, and what has been done."""

from vincle.apps.tasks.api import tasks

ROUTERS = (tasks.rest.router,)
