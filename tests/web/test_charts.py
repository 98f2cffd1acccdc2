"""Charts as data."""

from vincle.web.charts import Series, Step, bars, lines, waterfall

MONTHS = ["Jan", "Feb"]


def test_a_chart_says_its_figures_as_a_table_too():
    chart = bars("Gained and lost", "Month", MONTHS, [Series("gained", [4, 3]), Series("lost", [1, None], "warm")])
    assert (["Month", "gained", "lost"], [["Jan", 4, 1], ["Feb", 3, None]]) == (list(chart.headings), list(chart.rows))


def test_a_value_with_an_address_leads_there():
    chart = lines("Orders", "Month", MONTHS, [Series("orders", [4, 3], urls=["/a/", ""])])
    assert [{"value": 4, "url": "/a/"}, 3] == chart.option["series"][0]["data"]


def test_several_lines_are_labelled_where_they_end_and_one_is_not():
    one = lines("Orders", "Month", MONTHS, [Series("orders", [4, 3])])
    two = lines("Orders", "Month", MONTHS, [Series("orders", [4, 3]), Series("visits", [9, 8])])
    assert [False, True] == ["endLabel" in chart.option["series"][0] for chart in (one, two)]


def test_lying_bars_have_their_names_at_the_side():
    chart = bars("By kind", "Kind", ["order.placed"], [Series("times", [3])], lying=True)
    assert ("category", "value") == (chart.option["yAxis"]["type"], chart.option["xAxis"]["type"])


def test_a_waterfall_stands_on_its_lowest_point_and_says_each_step():
    chart = waterfall(
        "Why",
        "What",
        "bits",
        start=Step("before", -5.0, "−5"),
        steps=[Step("name", 8.0, "+8"), Step("town", -2.0, "−2")],
        end=Step("in all", 1.0, "+1"),
    )
    assert [["before", "−5"], ["name", "+8"], ["town", "−2"], ["in all", "+1"]] == list(chart.rows)
    under, ends, adds, takes = (series["data"] for series in chart.option["series"])
    assert [0, 0, 6, 5] == under

    def drawn(data):
        return [point if point == "-" else (point["value"], point["label"]["formatter"]) for point in data]

    assert [(5, "−5"), "-", "-", (1, "+1")] == drawn(ends)
    assert ["-", (8, "+8"), "-", "-"] == drawn(adds)
    assert ["-", "-", (2, "−2"), "-"] == drawn(takes)
