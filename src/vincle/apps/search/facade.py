"""What other rooms may call."""

from vincle.apps.search.excerpts import excerpt, words_of
from vincle.apps.search.providers import Hit, Provider, find, register

__all__ = ["Hit", "Provider", "excerpt", "find", "register", "words_of"]
