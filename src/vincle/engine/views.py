"""The log as an analyst reads it: four views over the mirror's tables, the same on every engine.

    events      id, uid, person, namespace, identity, kind, source, channel, place, staff, occurred_at, recorded_at,
                amount, currency, score, text, properties, message_id, batch
    objects     event, person, source, type, key, label, qualifier, quantity, amount, properties
    people      person, uid, name, attributes
    identities  id, namespace, value, person

`person` is a number that follows the facts of identity; `amount` is an exact DECIMAL(19, 4) in `currency`;
`score` lies in -1..1; `properties` is a JSON object as text; `attributes` maps names to what the sources say,
of several the one a colleague pinned, unless they took it back by saying nothing, else the most recent. Whose
processing is restricted is in none of them, nor in the tables beneath as they are read here.
"""

from vincle.engine.steps import Pipeline, Step

_MOVED = Step(
    "moved",
    "SELECT identity_id, last_by(person_id, id) AS person_id FROM identity_moves GROUP BY identity_id",
    "Identities that came to another person since they were copied, and to whom last.",
)

_IDENTITIES = Step(
    "identities_now",
    "SELECT i.id, i.namespace, i.value, coalesce(m.person_id, i.person_id) AS person "
    "FROM identity_rows i LEFT JOIN moved m ON m.identity_id = i.id",
    "Every identity with the person it belongs to now.",
)

_EVENTS = Step(
    "events_now",
    "SELECT e.id, e.uid, i.person, i.namespace, i.value AS identity, e.kind, e.source, e.channel, e.place, e.staff, "
    "e.occurred_at, e.recorded_at, money(e.amount) AS amount, e.currency, e.score, e.text, e.properties, "
    "e.message_id, e.batch_id AS batch "
    "FROM interactions e LEFT JOIN identities i ON i.id = e.identity_id",
    "Every interaction with the person it happened with.",
)

_OBJECTS = Step(
    "objects_now",
    "SELECT r.interaction_id AS event, i.person, t.source, t.type, t.key, t.label, r.qualifier, r.quantity, "
    "money(r.amount) AS amount, t.properties "
    "FROM interaction_things r JOIN things t ON t.id = r.thing_id LEFT JOIN identities i ON i.id = r.identity_id",
    "What each interaction was about.",
)

TAKEN_BACK = Step(
    "taken_back",
    "SELECT identity_id, name, max(observed_at) AS last_at FROM observations WHERE pinned AND value = '' "
    "GROUP BY identity_id, name",
    "Until when what colleagues said of an identity is taken back.",
)

STANDING = Step(
    "standing",
    "SELECT o.* FROM observations o LEFT JOIN taken_back b ON b.identity_id = o.identity_id AND b.name = o.name "
    "WHERE NOT o.pinned OR (o.value <> '' AND (b.last_at IS NULL OR o.observed_at > b.last_at))",
    "What was said of people and stands.",
)

_SAID = Step(
    "said",
    "SELECT i.person, o.name, o.value, row_number() OVER (PARTITION BY i.person, o.name "
    "ORDER BY o.pinned DESC, o.observed_at DESC, o.id DESC) AS place "
    "FROM standing o JOIN identities i ON i.id = o.identity_id",
    "What sources say of people, the one that counts first.",
)

_ATTRIBUTES = Step(
    "attributes",
    "SELECT person, map_of(name, value) AS attributes, max(CASE WHEN name = 'name' THEN value END) AS name "
    "FROM said WHERE place = 1 GROUP BY person",
    "One value of each attribute of a person.",
)

_PEOPLE = Step(
    "people_now",
    "SELECT w.person, r.uid, coalesce(a.name, w.value) AS name, a.attributes FROM ("
    "SELECT person, first_by(value, id) AS value FROM identities GROUP BY person"
    ") w JOIN people_rows r ON r.id = w.person LEFT JOIN attributes a ON a.person = w.person",
    "Everybody of whom there is something to show, by the name the sources give, else by their first identity.",
)

# In the order in which they must be made: later ones read earlier ones.
VIEWS: dict[str, Pipeline] = {
    "identities": Pipeline((_MOVED, _IDENTITIES)),
    "events": Pipeline((_EVENTS,)),
    "objects": Pipeline((_OBJECTS,)),
    "people": Pipeline((TAKEN_BACK, STANDING, _SAID, _ATTRIBUTES, _PEOPLE)),
}

# These tables of the mirror are read under another name, so that the views can have the plain one.
TABLE_NAMES = {"identities": "identity_rows", "people": "people_rows"}
