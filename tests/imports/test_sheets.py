"""Tables in files: every row is read or comes back, and none is lost."""

import csv
import io
import re
import zipfile
from datetime import datetime, time
from pathlib import Path
from time import monotonic as time_now

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from daybook.foundation.registry.sheets import Row, Unreadable, open_sheet
from daybook.foundation.registry.tables import harmless


def read(file: Path) -> tuple[str, list[Row]]:
    with open_sheet(file) as sheet:
        return sheet.how, list(sheet.rows)


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "table.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_endings_are_found_out(
    tmp_path: Path, delimiter: str, ending: str
) -> None:
    lines = ["a", "b", "c"], ["1", "2,5" if delimiter != "," else "2", ""], ["4", "5", "6"]
    text = ending.join(delimiter.join(line) for line in lines)
    _how, rows = read(written(tmp_path, text))
    assert [row.number for row in rows] == [2, 3]
    assert [row.cells["a"] for row in rows] == ["1", "4"]


@pytest.mark.parametrize(
    ("content", "how"),
    [
        ("naam\nZoë\n".encode(), "UTF-8"),
        ("naam\nZoë\n".encode("utf-8-sig"), "UTF-8"),
        ("naam\nZoë\n".encode("cp1252"), "Windows-1252, for it is not UTF-8"),
    ],
)
def test_letters_are_read_as_they_were_written(tmp_path: Path, content: bytes, how: str) -> None:
    told, (row,) = read(written(tmp_path, content))
    assert told.endswith(f"read as {how}")
    assert row.cells == {"naam": "Zoë"}


def test_one_row_of_broken_letters_does_not_garble_the_others(tmp_path: Path) -> None:
    content = "naam\nZoë\nÅsa\n".encode() + b"J\xfcrgen\n"
    _how, rows = read(written(tmp_path, content))
    assert [row.cells["naam"] for row in rows[:2]] == ["Zoë", "Åsa"]
    assert "bytes that are no letters" in rows[2].problem


def test_numbers_of_rows_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    _how, rows = read(written(tmp_path, 'a,b\n1,"two\nlines"\n\n,\n4,5\n'))
    assert [(row.number, row.cells["b"]) for row in rows] == [(2, "two\nlines"), (5, "5")]


@pytest.mark.parametrize("stray", ['"x', '"', 'x"y"', '"x"y'])
def test_a_stray_quotation_mark_costs_one_row(tmp_path: Path, stray: str) -> None:
    good = "".join(f"{n},b,c,d\n" for n in range(100))
    _how, rows = read(written(tmp_path, f"a,b,c,d\n0,1,2,{stray}\n{good}"))
    assert len(rows) == 101
    assert [row.problem for row in rows[1:]] == [""] * 100


def test_rows_between_two_stray_marks_are_not_swallowed(tmp_path: Path) -> None:
    good = "".join(f"{n},b,c,d\n" for n in range(10))
    _how, rows = read(written(tmp_path, f'a,b,c,d\n0,1,2,"\n{good}0,1,2,"\n{good}'))
    assert len(rows) == 22
    assert [row.number for row in rows if row.problem] == [2, 13]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"a,a\n1,2\n", "Several columns are called 'a'."),
        ("a;b\n1;2\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 and so on", "The file is a workbook"),
        (b'"a,b\n1,2\n', "stray quotation mark"),
    ],
)
def test_a_file_that_is_no_table_is_refused_plainly(
    tmp_path: Path, content: bytes, told: str
) -> None:
    with pytest.raises(Unreadable, match=told):
        read(written(tmp_path, content))


def test_a_broken_workbook_is_refused_plainly(tmp_path: Path) -> None:
    file = tmp_path / "table.xlsx"
    file.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(Unreadable, match="not a workbook"):
        read(file)


def test_a_field_of_fifty_megabytes_is_refused_plainly(tmp_path: Path) -> None:
    file = written(tmp_path, b"a,b\n1," + b"x" * 50_000_000 + b"\n")
    with pytest.raises(Unreadable, match="longer than a million letters"):
        read(file)


def packed(folder: Path, **parts: bytes) -> Path:
    """A workbook with these parts in place of its own."""
    book, file = io.BytesIO(), folder / "table.xlsx"
    page = Workbook()
    assert page.active is not None
    page.active.append(["a", "b"])
    page.active.append(["1", "2"])
    page.save(book)
    with zipfile.ZipFile(book) as good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(
                name, parts.get(name.rpartition("/")[2].partition(".")[0], good.read(name))
            )
    return file


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "ha">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (each + 1, b"&%c;" % each * 20) for each in range(ord("a"), ord("k"))
    )
    + b"]>" + SHEET + b"<row><c><v>&k;</v></c></row></sheetData></worksheet>"
)  # fmt: skip
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + SHEET
    + b'<row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("what", "part"),
    [
        ("a bomb", SHEET + b"<row><c><v>1</v></c></row>" * 8_000_000 + b"</sheetData></worksheet>"),
        ("a billion laughs", LAUGHS),
        ("cut off", SHEET + b"<row><c><v>1</v></c></row><row><c>"),
        ("no XML", b"\0" * 1000),
        ("deep", SHEET + b"<row>" * 10_000),
    ],
)
def test_a_workbook_made_to_hurt_is_refused_plainly(tmp_path: Path, what: str, part: bytes) -> None:
    began = time_now()
    with pytest.raises(Unreadable):
        read(packed(tmp_path, sheet1=part))
    assert time_now() - began < 60, what


def test_a_workbook_reads_nothing_outside_itself(tmp_path: Path) -> None:
    try:
        _how, rows = read(packed(tmp_path, sheet1=OUTSIDE))
    except Unreadable:
        return
    assert "root:" not in repr(rows)


def test_what_a_file_holds_decides_and_not_what_it_is_called(tmp_path: Path) -> None:
    text = tmp_path / "table.xlsx"
    text.write_text("a,b\n1,2\n")
    with pytest.raises(Unreadable, match="not a workbook"):
        read(text)
    book = packed(tmp_path).rename(tmp_path / "table.csv")
    with pytest.raises(Unreadable, match="is a workbook, not CSV"):
        read(book)


def test_whatever_is_given_out_as_a_table_is_disarmed() -> None:
    """One place writes CSV, through ``harmless``; nothing writes a workbook."""
    source = Path(__file__).resolve().parents[2] / "src" / "daybook"
    writers = {
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if re.search(r"csv\.(Dict)?[wW]riter|Workbook\(", file.read_text("utf-8"))
    }
    assert {name for name in writers if not name.startswith("signals/")} == {
        "foundation/registry/tables.py"
    }


def test_workbooks_give_the_same_text_as_csv(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["date", "time", "whole", "part", "text", None])
    page.append([datetime(2024, 12, 31), time(16, 45), 3.0, 2.5, " x ", None])  # noqa: DTZ001
    page.append([])
    page.append(["2024-12-30", None, 4])
    book.save(tmp_path / "table.xlsx")
    how, rows = read(tmp_path / "table.xlsx")
    assert how == "workbook, sheet 'Sheet'"
    assert [row.number for row in rows] == [2, 4]
    assert list(rows[0].cells.values()) == ["2024-12-31", "16:45:00", "3", "2.5", "x"]
    assert list(rows[1].cells.values()) == ["2024-12-30", "", "4", "", ""]


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=20))
def test_what_was_written_as_csv_is_read_or_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["a", "b", "c"], *rows])
    content = text.getvalue().encode(errors="surrogatepass")
    _how, found = read(written(tmp_path_factory.getbasetemp(), content))
    whole = [row for row in found if not row.problem]
    for row in whole:
        assert len(row.cells) == 3
    plain = [row for row in rows if all(cell.isalnum() for cell in row)]
    for cells in plain:
        assert any(list(row.cells.values()) == cells for row in whole)


@given(st.binary(max_size=2_000))
def test_no_bytes_at_all_break_the_reading(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = written(tmp_path_factory.getbasetemp(), b"a,b\n" + content)
    try:
        _how, rows = read(file)
    except Unreadable:
        return
    for row in rows:
        # What is kept of a row can be written to a file and to the database.
        "".join(row.cells.values()).encode()
        assert row.problem or "\0" not in "".join(row.cells.values())


@pytest.mark.parametrize(
    "cell", ["=1+1", "@SUM(A1)", "+x", "-x", "-1+cmd", "\tx", "\rx", "\n=1", "＝1+1"]
)
def test_a_formula_is_disarmed(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-1", "+3.5", "-0,5", "a=b", "", "x"])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    assert harmless(cell) == cell
