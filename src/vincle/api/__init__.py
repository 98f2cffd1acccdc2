"""The REST API: rooms' operations put together, behind one door.

problems   errors as RFC 9457 has them
door       who comes in, how often, once or again, what broke
rooms      which rooms have operations
openapi    the description of all of it
page       the same for people
"""
