"""The named functions mean the same on every engine, also for what is unknown and for ties."""

from decimal import Decimal

from engine.engines import Given, on_both_engines, values
from vincle.engine.steps import Pipeline, Step


def answered(engine: Given, sql: str) -> list[tuple[object, ...]]:
    return values(engine({}), Pipeline((Step("answer", sql, "The answer."),)))


@on_both_engines
def test_seconds_between_counts_time_and_not_boundaries(engine: Given) -> None:
    sql = (
        "SELECT n, seconds_between(a, b) AS s FROM (VALUES "
        "(1, TIMESTAMPTZ '2024-01-01 00:00:00.9+00:00', TIMESTAMPTZ '2024-01-01 00:00:01.1+00:00'), "
        "(2, TIMESTAMPTZ '2024-01-02 00:00:00+00:00', TIMESTAMPTZ '2024-01-01 00:00:00+00:00'), "
        "(3, NULL, TIMESTAMPTZ '2024-01-01 00:00:00+00:00')) t(n, a, b) ORDER BY n"
    )
    assert [(1, 0.2), (2, -86_400.0), (3, None)] == answered(engine, sql)


@on_both_engines
def test_days_between_and_add_days_are_each_others_inverse(engine: Given) -> None:
    sql = (
        "SELECT n, days_between(d, add_days(d, k)) AS days FROM (VALUES (1, DATE '2024-02-28', 2), "
        "(2, DATE '1900-01-01', -1), (3, DATE '2024-01-01', NULL), (4, NULL, 1)) t(n, d, k) ORDER BY n"
    )
    assert [(1, 2), (2, -1), (3, None), (4, None)] == answered(engine, sql)


@on_both_engines
def test_quantile_at_interpolates_and_passes_over_what_is_unknown(engine: Given) -> None:
    sql = (
        "SELECT quantile_at(x, 0.5) AS half, quantile_at(x, 0.95) AS most FROM "
        "(VALUES (1.0), (2.0), (NULL), (2.0), (10.0)) t(x)"
    )
    [(half, most)] = answered(engine, sql)
    assert 2.0 == float(str(half))
    assert abs(float(str(most)) - 8.8) < 1e-9


@on_both_engines
def test_quantile_of_nothing_known_is_unknown(engine: Given) -> None:
    assert [(None,)] == answered(engine, "SELECT quantile_at(CAST(x AS DOUBLE), 0.5) AS q FROM (VALUES (NULL)) t(x)")


@on_both_engines
def test_first_by_and_last_by_pass_over_the_unknown_and_decide_ties(engine: Given) -> None:
    sql = (
        "SELECT g, first_by(x, k) AS f, last_by(x, k) AS l FROM (VALUES "
        "(1, 'b', 1), (1, 'a', 1), (1, NULL, 0), (1, 'z', NULL), (1, 'c', 9), (1, 'd', 9), (1, NULL, 10), "
        "(2, NULL, 1), (3, 'x', NULL)) t(g, x, k) GROUP BY g ORDER BY g"
    )
    assert [(1, "a", "d"), (2, None, None), (3, None, None)] == answered(engine, sql)


@on_both_engines
def test_local_time_follows_summer_time(engine: Given) -> None:
    sql = (
        "SELECT n, CAST(CAST(local_time(t, 'Europe/Madrid') AS DATE) AS VARCHAR) AS d FROM (VALUES "
        "(1, TIMESTAMPTZ '2024-01-31 23:30:00+00:00'), (2, TIMESTAMPTZ '2024-06-30 22:30:00+00:00'), "
        "(3, TIMESTAMPTZ '2024-01-31 22:30:00+00:00'), (4, NULL)) t(n, t) ORDER BY n"
    )
    assert [(1, "2024-02-01"), (2, "2024-07-01"), (3, "2024-01-31"), (4, None)] == answered(engine, sql)


@on_both_engines
def test_money_is_exact_for_every_amount(engine: Given) -> None:
    sql = (
        "SELECT n, money(a) AS m FROM (VALUES (1, CAST(129900 AS BIGINT)), (2, CAST(-1 AS BIGINT)), "
        "(3, CAST(9223372036854775807 AS BIGINT)), (4, NULL)) t(n, a) ORDER BY n"
    )
    exact = [Decimal("12.9900"), Decimal("-0.0001"), Decimal("922337203685477.5807"), None]
    assert list(enumerate(exact, start=1)) == answered(engine, sql)


@on_both_engines
def test_map_of_holds_unknown_values(engine: Given) -> None:
    sql = "SELECT map_of(k, v) AS m FROM (VALUES ('b', '1'), ('a', NULL)) t(k, v)"
    assert [([("a", None), ("b", "1")],)] == answered(engine, sql)


@on_both_engines
def test_functions_may_stand_inside_each_other(engine: Given) -> None:
    sql = (
        "SELECT quantile_at(seconds_between(a, b), 0.5) AS s FROM (VALUES "
        "(TIMESTAMPTZ '2024-01-01 00:00:00+00:00', TIMESTAMPTZ '2024-01-01 00:00:03+00:00')) t(a, b)"
    )
    assert [(3.0,)] == answered(engine, sql)
