"""What is kept of a person as one page that can be read anywhere: no scripts, nothing from elsewhere, all escaped."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vincle.web.locales import write_day, write_moment

_STYLE = mark_safe(
    "body{font:16px/1.5 system-ui,sans-serif;color:#1c2733;background:#fff;margin:2rem auto;max-width:72rem;"
    "padding:0 1rem}h1{margin-bottom:0}h2{margin-top:2.5rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d9dfe5}"
    "td.number{text-align:right;white-space:nowrap}p.quiet,td.quiet{color:#5a6876}pre{white-space:pre-wrap;margin:0}"
    "@media print{body{margin:0}}"
)


def head(told: Mapping[str, Any]) -> SafeString:
    """The page down to the first row of what happened."""
    person = told["person"]
    return format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<title>{}</title><style>{}</style></head><body>\n<h1>{}</h1>\n<p class="quiet">{}</p>\n{}{}{}{}{}{}{}',
        (translation.get_language() or "en"),
        person["name"],
        _STYLE,
        person["name"],
        _("Everything %(organisation)s keeps about this person, on %(day)s.")
        % {"organisation": told["organisation"], "day": write_day(_local(told["made_at"]))},
        _section(
            _("What we know"),
            (_("What"), _("Value"), _("Told by"), _("When")),
            (
                (each["words"], each["value"], each["source_words"], _day(each["said_at"]))
                for each in told["attributes"]
            ),
        ),
        _section(
            _("How we know them"),
            (_("What"), _("Value"), _("First seen"), _("Last seen"), _("Interactions")),
            (
                (each["words"], each["value"], _day(each["first"]), _day(each["last"]), each["interactions"])
                for each in told["identities"]
            ),
        ),
        _section(
            _("Why these are taken for one person"),
            (_("What was said"), _("By"), _("When"), _("Why")),
            ((_fact(each), each["by"], _day(each["at"]), each["reason"]) for each in told["facts"]),
        ),
        _section(
            _("What waits, because it could not enter as it came"),
            (_("When"), _("Why"), _("What came")),
            ((_day(each["received_at"]), each["reason"], _json(each["what_came"])) for each in told["in_quarantine"]),
        ),
        _section(
            _("What was done with their record"),
            (_("When"), _("By"), _("What")),
            ((_moment(each["at"]), each["by"], each["words"]) for each in told["audit"]),
        ),
        format_html_join("", "{}", ((_kept(each),) for each in told["kept"])),
        _table_head(
            _("What happened"),
            (_("When"), _("What"), _("Where"), _("With whom"), _("Money"), _("About"), _("Words"), _("Told by")),
        ),
    )


def _kept(each: Mapping[str, Any]) -> SafeString:
    lines = (tuple(_plainly(row[key]) for key in each["columns"]) for row in each["rows"])
    return _section(each["words"], tuple(each["columns"].values()), lines)


def _plainly(value: Any) -> Any:
    if isinstance(value, datetime):
        return _moment(value)
    return "" if value is None else value


def rows(portion: Sequence[Mapping[str, Any]]) -> str:
    """A portion of what happened, as rows of the table."""
    # Thousands of rows: each cell escaped once, by hand, costs a third of what format_html does.
    return "".join(f"<tr>{''.join(_cells(each))}</tr>\n" for each in portion)


def foot() -> SafeString:
    """The end of the page."""
    return mark_safe("</tbody></table>\n</body></html>\n")


def _cells(each: Mapping[str, Any]) -> Iterator[str]:
    """The cells of a row, escaped."""
    yield _cell(_moment(each["occurred_at"]))
    yield _cell(each["kind_words"])
    yield _cell(" · ".join(filter(None, (each["channel_words"], each["place"]))))
    yield _cell(each["staff"] or "")
    yield _cell("" if each["amount"] is None else f"{each['amount']} {each['currency'] or ''}", "number")
    yield f"<td>{'<br>'.join(escape(_about(thing)) for thing in each['things'])}</td>"
    said = [escape(each["text"] or ""), _json(each["properties"]) if each["properties"] else ""]
    yield f"<td>{'<br>'.join(filter(None, said))}</td>"
    yield _cell(f"{each['source_words']}, {each['message_id']}", "quiet")


def _cell(text: str, kind: str = "") -> str:
    return f'<td class="{kind}">{escape(text)}</td>' if kind else f"<td>{escape(text)}</td>"


def _about(thing: Mapping[str, Any]) -> str:
    quantity = "" if thing["quantity"] is None else f" × {thing['quantity']:g}"
    amount = "" if thing["amount"] is None else f", {thing['amount']}"
    return f"{thing['label'] or thing['key']} ({thing['type']}){quantity}{amount}"


def _fact(fact: Mapping[str, Any]) -> str:
    sign = "=" if fact["same"] else "≠"
    withdrawn = _(" (taken back)") if fact["withdrawn_at"] else ""
    return f"{fact['first']['value']} {sign} {fact['second']['value']}{withdrawn}"


def _section(title: str, columns: Sequence[str], lines: Iterator[tuple[Any, ...]]) -> SafeString:
    body = format_html_join(
        "",
        "<tr>{}</tr>\n",
        ((format_html_join("", "<td>{}</td>", ((cell,) for cell in line)),) for line in lines),
    )
    if not body:
        return format_html('<h2>{}</h2>\n<p class="quiet">{}</p>\n', title, _("Nothing."))
    return format_html("{}{}</tbody></table>\n", _table_head(title, columns), body)


def _table_head(title: str, columns: Sequence[str]) -> SafeString:
    cells = format_html_join("", '<th scope="col">{}</th>', ((column,) for column in columns))
    return format_html("<h2>{}</h2>\n<table><thead><tr>{}</tr></thead><tbody>\n", title, cells)


def _json(value: Any) -> SafeString:
    return format_html("<pre>{}</pre>", conditional_escape(json.dumps(value, ensure_ascii=False, indent=1)))


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _day(moment: datetime | None) -> str:
    return write_day(_local(moment)) if moment else ""


def _moment(moment: datetime) -> str:
    return write_moment(_local(moment))
