"""How much is taken at once. Segment's limits, and RudderStack's where they are wider."""

LONGEST_EVENT = 32 * 1024  # bytes of one event, as it was written
MOST_EVENTS = 10_000  # of one request
LONGEST_ID = 255
LONGEST_NAME = 80  # of an observation
MOST_OBSERVATIONS = 100
MOST_THINGS = 200
