"""The room's REST API: who relates to whom."""

from vincle.apps.relations.api import relations

ROUTERS = (relations.rest.router,)
