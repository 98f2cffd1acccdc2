"""Excel workbooks: what a person sees in the cells, and no formula that nobody computed."""

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine.tabular.files import read, zipped
from vincle.engine.tabular import open_file
from vincle.kernel.errors import BadInput

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def with_sheet(path: Path, sheet_data: str) -> Path:
    """A workbook whose only sheet has these rows, as XML."""
    workbook(path, {"Sheet": [["x"]]})
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>'
    return zipped(path, parts)


HEADER = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'


def test_cells_come_as_a_person_sees_them(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 2, 29, 13, 45, 30)  # noqa: DTZ001 - a workbook knows no zones
    rows = [
        ["name", "born", "seen", "amount", "member", "count", "sum"],
        ["Mercè", dt.date(1970, 1, 2), moment, 12.5, True, 3, 0.1 + 0.2],
    ]
    [row] = read(workbook(tmp_path / "a.xlsx", {"People": rows})).rows
    assert {
        "row": 2, "name": "Mercè", "born": "1970-01-02", "seen": "2024-02-29 13:45:30", "amount": "12.5",
        "member": "true", "count": "3", "sum": "0.3",
    } == row  # fmt: skip


def test_rows_carry_the_number_of_the_sheet(tmp_path: Path) -> None:
    rows = [["Members 2024"], [], ["name", "town", "n"], ["Anna", "Vic", 1], [], ["Berta", "Olot", 2]]
    found = read(workbook(tmp_path / "a.xlsx", {"People": rows}))
    assert [(4, "Anna"), (6, "Berta")] == [(row["row"], row["name"]) for row in found.rows]


def test_the_first_sheet_with_a_table_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Cover": [["Hello"]], "People": [["name"], ["Anna"]], "More": [["x"], ["y"]]})
    found = read(path)
    assert ["Anna"] == [row["name"] for row in found.rows]
    assert "Sheet “People” was read; not “Cover”, “More”." in found.reader.notes


def test_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"People": [["name"], ["Anna"]], "More": [["x"], ["y"]]})
    assert ["y"] == [row["x"] for row in read(path, sheet="More").rows]
    with pytest.raises(BadInput, match=r"has no sheet “Else”\. Its sheets are “People”, “More”"):
        open_file(path, sheet="Else")


def test_a_formula_that_nobody_computed_rejects_its_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Sums": [["a", "b", "sum"], [1, 2, "=A2+B2"], [1, 2, 3]]})
    found = read(path)
    assert [3] == [row["row"] for row in found.rows]
    assert [(2, "The formula in “sum” has no computed value.")] == found.rejects


def test_a_computed_formula_gives_its_value(tmp_path: Path) -> None:
    path = with_sheet(
        tmp_path / "a.xlsx", HEADER + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><v>5</v></c></row>'
    )
    assert [{"row": 2, "a": "2", "b": "5"}] == read(path).rows


def test_a_row_that_is_wider_than_the_header_below_the_sample_is_rejected(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["name", "town"], *[["Anna", "Vic"]] * 60, ["Berta", "Olot", "and more"]]
    found = read(workbook(tmp_path / "a.xlsx", {"People": rows}))
    assert [(62, "The row has 3 cells where 2 are expected.")] == found.rejects


def test_days_counted_from_1904_are_the_right_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["name", "born"])
    book.active.append(["Anna", dt.date(2024, 2, 29)])
    book.save(tmp_path / "a.xlsx")
    assert "2024-02-29" == read(tmp_path / "a.xlsx").rows[0]["born"]


@pytest.mark.parametrize("rows", [[], [["name", "town"]]])
def test_a_workbook_without_rows_is_refused(tmp_path: Path, rows: list[list[Any]]) -> None:
    with pytest.raises(BadInput, match="has no rows below its column names"):
        open_file(workbook(tmp_path / "a.xlsx", {"People": rows}))


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Wide": [[f"c{n}" for n in range(3000)], [1] * 3000]})
    with pytest.raises(BadInput, match="more than 2,000 columns"):
        open_file(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"People": [["name"], ["Anna"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(300 * 1024 * 1024))
    with pytest.raises(BadInput, match=r"would unpack to 300\.\d MiB: too much for a workbook, it may be a trap"):
        open_file(path)


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "a.xlsx", HEADER + '<row r="2"><c r="A2"><v>1</v></c></row>' * 5000)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (200).to_bytes(4, "little")))
    with pytest.raises(BadInput):
        read(path)


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"People": [["name"], ["Anna"]]})
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    with pytest.raises(BadInput, match="document type declaration"):
        open_file(zipped(path, parts))


@pytest.mark.parametrize("reference", ["ZZZZZ2", "A99999999"])
def test_a_cell_outside_of_any_sheet_is_refused(tmp_path: Path, reference: str) -> None:
    number = "".join(filter(str.isdigit, reference))
    cell = f'<row r="{number}"><c r="{reference}"><v>1</v></c></row>'
    with pytest.raises(BadInput):
        read(with_sheet(tmp_path / "a.xlsx", HEADER + cell))


def test_characters_that_xml_cannot_hold_are_unescaped(tmp_path: Path) -> None:
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>one_x000D_two</t></is></c></row>'
    assert "one\rtwo" == read(with_sheet(tmp_path / "a.xlsx", HEADER + cell)).rows[0]["a"]
