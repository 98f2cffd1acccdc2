"""What has been going on: how much, with whom, where, and who came or went out of sight.

Everything is as of the log's own last day, not of the wall clock, so that an archive of years ago reads as it
would have then. Days are those of a clock in `$zone`. Interactions dated later than they were recorded
(appointments, typing errors) do not move that last day and are left out.

Steps read `active_days` (`ACTIVE_DAYS`, computed once with `Runner.keep`) where they concern people over
time.
"""

from vincle.engine.steps import Pipeline, Step
from vincle.engine.views import STANDING, TAKEN_BACK

_DATED = Step(
    "dated",
    "SELECT *, CAST(local_time(occurred_at, $zone) AS DATE) AS day FROM interactions WHERE occurred_at <= $as_of",
    "Every interaction until the log's last instant, with its day.",
)

_WITH_WHOM = Step(
    "with_whom",
    "SELECT i.person, CAST(local_time(e.occurred_at, $zone) AS DATE) AS day FROM interactions e "
    "JOIN identities i ON i.id = e.identity_id WHERE e.occurred_at <= $as_of",
    "The person and the day of every interaction.",
)

EXTENT = Pipeline(
    (
        Step(
            "extent",
            "SELECT coalesce(max(CASE WHEN occurred_at <= recorded_at THEN occurred_at END), max(recorded_at)) "
            "AS as_of, "
            "min(occurred_at) AS first, count(*) AS interactions FROM interactions",
            "From when to when the log speaks, and how much.",
        ),
    )
)

ACTIVE_DAYS = Pipeline(
    (
        _WITH_WHOM,
        Step("days", "SELECT DISTINCT person, day FROM with_whom", "The days on which each person was there."),
    )
)

BY_DAY_AND_KIND = Pipeline(
    (
        _DATED,
        Step(
            "by_day_and_kind",
            "SELECT day, kind, count(*) AS interactions FROM dated GROUP BY day, kind ORDER BY day, kind",
            "How many interactions of each kind there were each day.",
        ),
    )
)

PEOPLE_BY_DAY = Pipeline(
    (
        Step(
            "people_by_day",
            "SELECT day AS period, count(*) AS people FROM active_days WHERE day >= $since GROUP BY day ORDER BY day",
            "How many different people each day saw.",
        ),
    )
)

PEOPLE_BY_PERIOD = Pipeline(
    (
        Step(
            "people_by_period",
            "SELECT CAST(date_trunc($unit, day) AS DATE) AS period, count(DISTINCT person) AS people "
            "FROM active_days WHERE day >= $since GROUP BY 1 ORDER BY 1",
            "How many different people each week or month ($unit) saw.",
        ),
    )
)

_SPANS = Step(
    "spans",
    "SELECT person, min(day) AS first_day, max(day) AS last_day FROM active_days GROUP BY person",
    "The first and the last day of each person.",
)

GAPS = Pipeline(
    (
        Step(
            "steps_in_time",
            "SELECT person, day, lag(day) OVER (PARTITION BY person ORDER BY day) AS before FROM active_days",
            "Each active day with the active day before it.",
        ),
        Step(
            "gaps",
            "SELECT days_between(before, day) AS days, count(*) AS intervals FROM steps_in_time "
            "WHERE before IS NOT NULL "
            "GROUP BY 1 ORDER BY 1",
            "How often people stayed away how many days before they came again.",
        ),
    )
)

RETURNED = Pipeline(
    (
        _SPANS,
        Step(
            "returned",
            "SELECT count(*) AS people, count(CASE WHEN last_day > first_day THEN 1 END) AS returned FROM spans",
            "How many people there are, and how many came on more than one day.",
        ),
    )
)

GAINED = Pipeline(
    (
        _SPANS,
        Step(
            "gained",
            "SELECT CAST(date_trunc('month', first_day) AS DATE) AS month, count(*) AS people FROM spans "
            "GROUP BY 1 ORDER BY 1",
            "How many people were there for the first time each month.",
        ),
    )
)

LOST = Pipeline(
    (
        _SPANS,
        Step(
            "missed",
            "SELECT person, add_days(last_day, $limit) AS day FROM spans",
            "The day on which each person's silence became longer than is usual.",
        ),
        Step(
            "lost",
            "SELECT CAST(date_trunc('month', day) AS DATE) AS month, count(*) AS people FROM missed "
            "WHERE day < $last_day GROUP BY 1 ORDER BY 1",
            "How many people went out of sight each month, as far as the log can tell.",
        ),
    )
)

LATEST = Pipeline(
    (
        Step(
            "latest_rows",
            "SELECT id, uid, occurred_at, kind, channel, place, staff, identity_id, amount, currency, score, "
            "substr(text, 1, 280) AS text FROM interactions WHERE occurred_at <= $as_of "
            "ORDER BY occurred_at DESC, id DESC LIMIT 20",
            "The newest interactions.",
        ),
        Step(
            "whom",
            "SELECT DISTINCT i.person FROM latest_rows r JOIN identities i ON i.id = r.identity_id",
            "The people they were with.",
        ),
        Step(
            "known_as",
            "SELECT i.person, i.id, i.value FROM identities i JOIN whom w ON w.person = i.person",
            "All identities of those people.",
        ),
        TAKEN_BACK,
        STANDING,
        Step(
            "called",
            "SELECT k.person, o.value, row_number() OVER ("
            "PARTITION BY k.person ORDER BY o.pinned DESC, o.observed_at DESC, o.id DESC) AS place "
            "FROM known_as k JOIN standing o ON o.identity_id = k.id WHERE o.name = 'name'",
            "What the sources call them, the name that counts first.",
        ),
        Step(
            "names",
            "SELECT k.person, coalesce(max(c.value), first_by(k.value, k.id)) AS name FROM known_as k "
            "LEFT JOIN called c ON c.person = k.person AND c.place = 1 GROUP BY k.person",
            "The name of each.",
        ),
        Step(
            "latest",
            "SELECT r.id, r.uid, r.occurred_at, r.kind, r.channel, r.place, r.staff, i.person, "
            "p.uid AS person_uid, n.name, money(r.amount) AS amount, r.currency, r.score, r.text FROM latest_rows r "
            "LEFT JOIN identities i ON i.id = r.identity_id LEFT JOIN names n ON n.person = i.person "
            "LEFT JOIN people_rows p ON p.id = i.person "
            "ORDER BY r.occurred_at DESC, r.id DESC",
            "The newest interactions with the person's name.",
        ),
    )
)

_RECENT = Step(
    "recent",
    "SELECT e.kind, e.channel, e.place, i.person FROM interactions e LEFT JOIN identities i ON i.id = e.identity_id "
    "WHERE e.occurred_at > $since AND e.occurred_at <= $as_of",
    "Interactions of the last days.",
)

TOUCHPOINTS = Pipeline(
    (
        _RECENT,
        Step(
            "touchpoints",
            "SELECT channel, place, count(*) AS interactions, count(DISTINCT person) AS people FROM recent "
            "WHERE channel IS NOT NULL GROUP BY channel, place "
            "ORDER BY interactions DESC, channel, place NULLS FIRST LIMIT 10",
            "Where most happened.",
        ),
    )
)

KINDS = Pipeline(
    (
        _RECENT,
        Step(
            "kinds",
            "SELECT kind, count(*) AS interactions, count(DISTINCT person) AS people FROM recent GROUP BY kind "
            "ORDER BY interactions DESC, kind LIMIT 10",
            "What happened most.",
        ),
    )
)

MONEY_BY_MONTH = Pipeline(
    (
        _DATED,
        Step(
            "money_by_month",
            "SELECT CAST(date_trunc('month', day) AS DATE) AS month, sum(money(amount)) AS amount, "
            "count(*) AS interactions FROM dated WHERE currency = $currency AND amount IS NOT NULL "
            "GROUP BY 1 ORDER BY 1",
            "Money that changed hands each month, in one currency; refunds count against it.",
        ),
    )
)
