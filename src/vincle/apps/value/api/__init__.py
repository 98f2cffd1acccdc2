"""The room's REST API: experience investments and what came of them."""

from vincle.apps.value.investments import api as investments

ROUTERS = (investments.rest.router,)
