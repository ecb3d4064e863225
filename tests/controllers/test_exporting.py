"""Files for other programs: every script, no formula, numbers as numbers, and never half a file."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from controllers import exporting
from controllers.exporting import amount, moment, open_draft, table_file
from models.money import Money
from models.refusals import CannotDo

DANGEROUS = ("=1+1", "+82 10 0000 0000", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "＝1+1")
HARMLESS = ("CF-10001", "0012", "예시 여행자", "Anna = Sample", "")


def written(path: Path, *rows: tuple[Any, ...]) -> Path:
    with table_file(path) as table:
        for row in rows:
            table.write(row)
    return path


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_begins_with_the_mark_that_tells_excel_its_script(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", ("이름",))
    assert file.read_bytes() == b"\xef\xbb\xbf" + '"이름"\r\n'.encode()


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_is_run_as_a_formula(tmp_path: Path, text: str) -> None:
    assert read_csv(written(tmp_path / "list.csv", (text,))) == [["'" + text]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_run_as_a_formula(tmp_path: Path, text: str) -> None:
    cell: Any = load_workbook(written(tmp_path / "list.xlsx", (text,))).active["A1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).strip() == text.strip()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(tmp_path: Path, ending: str, text: str) -> None:
    file = written(tmp_path / f"list{ending}", ("Heading",), (text,))
    if ending == ".csv":
        assert read_csv(file)[1] == [text]
    else:
        cell: Any = load_workbook(file).active["A2"]
        assert (cell.value or "", cell.data_type != "f") == (text, True)


def test_amounts_are_numbers_even_below_zero(tmp_path: Path) -> None:
    cells = (amount(Money(-1250, "EUR")), amount(Money(75000, "KRW")), amount(None))
    assert cells == (Decimal("-12.50"), Decimal(75000), None)
    assert written(tmp_path / "list.csv", cells).read_bytes().decode("utf-8-sig") == '-12.50,75000,""\r\n'
    sheet: Any = load_workbook(written(tmp_path / "list.xlsx", cells)).active
    assert [cell.value for cell in sheet[1]] == [-12.5, 75000, None][: sheet.max_column]


def test_times_tell_their_zone_and_days_are_days(tmp_path: Path) -> None:
    at = datetime(2027, 2, 1, 5, 0, tzinfo=UTC)
    assert moment(at, "Asia/Seoul") == "2027-02-01 14:00+09:00"
    assert read_csv(written(tmp_path / "list.csv", (date(2027, 2, 1),))) == [["2027-02-01"]]


def test_signs_no_file_can_hold_are_left_out(tmp_path: Path) -> None:
    cell: Any = load_workbook(written(tmp_path / "list.xlsx", ("Anna\x00\x1b Sample",))).active["A1"]
    assert cell.value == "Anna Sample"


def test_what_a_sheet_cannot_hold_goes_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    book = load_workbook(written(tmp_path / "list.xlsx", ("Number",), *[(n,) for n in range(5)]))
    assert [[row[0].value for row in sheet.rows] for sheet in book] == [
        ["Number", 0, 1],
        ["Number", 2, 3],
        ["Number", 4],
    ]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_list_of_nothing_is_a_file_too(tmp_path: Path, ending: str) -> None:
    assert written(tmp_path / f"list{ending}").exists()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_half_a_file_leaves_the_older_one(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"list{ending}"
    file.write_text("older")
    with pytest.raises(OverflowError):
        written(file, ("half",), (10**400, float("inf").as_integer_ratio()))
    assert file.read_text() == "older"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_place_where_nothing_can_be_written_is_refused_at_once(tmp_path: Path, ending: str) -> None:
    with pytest.raises(CannotDo, match="file-not-writable"):
        open_draft(tmp_path / "nowhere" / f"list{ending}")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="ending-unknown"):
        open_draft(tmp_path / "list.doc")
