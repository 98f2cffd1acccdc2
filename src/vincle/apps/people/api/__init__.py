"""The room's REST API: people, how they are known, who is whom, what happened."""

from vincle.apps.people.api import identities, interactions, joining, people

ROUTERS = (people.rest.router, identities.rest.router, joining.rest.router, interactions.rest.router)
