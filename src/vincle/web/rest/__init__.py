"""The furniture of a room's REST API: a router whose operations name their scope, who is calling, pages, ETags, texts.

Rooms build their `api.py` from it; `vincle.api` puts the rooms together.
"""
