"""Tokens: which programs may use the REST API, for what, on whose behalf and until when."""
