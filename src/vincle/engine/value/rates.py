"""Amounts in several currencies, brought into one by rates per day.

Rates are a table of `RATES`: on that day one unit of `currency` was worth `rate` units of the main currency. Of a
payment the last rate known at or before its day counts, however old, and never a later one. The product is rounded to
the ten-thousandth, halves away from nought, so that what is given back is converted as what was paid.
"""

import pyarrow as pa

from vincle.engine.steps import Step

RATES = pa.schema([("day", pa.date32()), ("currency", pa.string()), ("rate", pa.decimal128(18, 12))])

# The steps read `paid` (day, currency, amount in ten-thousandths or null, and what else there is) and `rates`.
IN_ONE_CURRENCY = (
    Step(
        "asked",
        "SELECT DISTINCT currency, day FROM paid WHERE currency <> $currency",
        "On which days a rate of which currency is needed.",
    ),
    Step(
        "said",
        "SELECT currency, day, rate, FALSE AS is_asked FROM rates UNION ALL "
        "SELECT currency, day, CAST(NULL AS DECIMAL(18, 12)) AS rate, TRUE AS is_asked FROM asked",
        "The rates that are known, and the days on which one is needed.",
    ),
    Step(
        "numbered_rates",
        "SELECT currency, day, rate, is_asked, count(rate) OVER (PARTITION BY currency ORDER BY day) AS number "
        "FROM said",
        "How many rates of the currency are known until each day, that of the day itself among them.",
    ),
    Step(
        "rates_until",
        "SELECT currency, day, is_asked, max(rate) OVER (PARTITION BY currency, number) AS rate FROM numbered_rates",
        "The last of these; null before the first.",
    ),
    Step(
        "rates_in_force",
        "SELECT currency, day, rate FROM rates_until WHERE is_asked",
        "The rate of each currency and day that is needed.",
    ),
    Step(
        "multiplied",
        "SELECT p.*, CASE WHEN p.currency = $currency THEN CAST(p.amount AS DECIMAL(38, 0)) "
        "ELSE round(CAST(p.amount AS DECIMAL(19, 0)) * r.rate, 0) END AS product FROM paid p "
        "LEFT JOIN rates_in_force r ON r.currency = p.currency AND r.day = p.day",
        "Each amount in the main currency, rounded to the ten-thousandth; null where there is no rate.",
    ),
    Step(
        "converted",
        "SELECT m.*, CASE WHEN abs(product) <= 9223372036854775807 THEN CAST(product AS BIGINT) END AS main_amount "
        "FROM multiplied m",
        "The same as whole ten-thousandths.",
    ),
)
WITHOUT_RATES = (
    Step(
        "converted",
        "SELECT p.*, CASE WHEN currency = $currency THEN amount END AS main_amount FROM paid p",
        "Amounts of the main currency; null for the others, of which nobody has said a rate.",
    ),
)
