"""The room's REST API: who relates to whom, and organisations."""

from vincle.apps.relations.api import organisations, relations

ROUTERS = (relations.rest.router, organisations.rest.router)
