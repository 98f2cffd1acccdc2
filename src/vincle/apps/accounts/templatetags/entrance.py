"""What the sign-in page asks of the room."""

from django import template

from vincle.apps.accounts import queries

register = template.Library()
register.simple_tag(queries.anybody_here)
