"""A typed client for the REST API of Vincle. It needs nothing but Python.

from vincle_client import Client, models

vincle = Client("https://vincle.example.org", "vincle_...")
for person in vincle.pages(vincle.list_people, search="roca"):
    print(person.name, person.last)
"""

from vincle_client import models
from vincle_client.asking import NotChanged, Problem, Unreachable
from vincle_client.operations import Operations as Client

__all__ = ["Client", "NotChanged", "Problem", "Unreachable", "models"]
