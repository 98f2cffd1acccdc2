"""The room's REST API: designed journeys, what really happens, which moments matter, and the people behind a figure."""

from vincle.apps.journeys.api import happening, maps, moments

# Addresses that are words stand before those in which any journey may be named.
ROUTERS = (happening.rest.router, moments.rest.router, maps.rest.router)
