"""A whole list as a file: every row, masked as on screen, journaled, and nothing left of one that was given up."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from controllers import list_export, reservations
from controllers.desk import Desk
from controllers.exporting import Cell, amount
from controllers.list_export import ExportColumn, ListExport
from models.reservations import Status
from models.rows import ReservationRow
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation


def _name(row: ReservationRow) -> Cell:
    return row.traveler


COLUMNS = (
    ExportColumn("number", "Order Number", lambda row: row.number),
    ExportColumn("customer", "Customer", _name),
    ExportColumn("amount", "Amount", lambda row: amount(row.amount)),
)


def exported(desk: Desk, ids: list[int], path: Path) -> list[list[str]]:
    under_way = ListExport(ids, COLUMNS, path, desk=desk)
    while not under_way.is_over:
        under_way.step()
    assert under_way.finish().rows == len(ids)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def journaled(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        asked = select(JournalEntry.details).where(JournalEntry.action == "export")
        return [json.loads(details) for details in look.execute(asked).scalars()]


def test_every_row_is_there_in_its_order(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_export, "AT_ONCE", 2)
    a_product(desk)
    ids = [a_reservation(desk, name=f"Anna {n}") for n in range(5)][::-1]
    rows = exported(desk, ids, tmp_path / "list.csv")
    assert rows[0] == ["Order Number", "Customer", "Amount"]
    assert [row[0] for row in rows[1:]] == [f"CF-{i}" for i in ids]
    assert rows[1] == [f"CF-{ids[0]}", "Anna 4", "75000"]


def test_who_is_hidden_on_screen_is_hidden_in_the_file(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    hidden = a_reservation(desk, sold_by="kkday", name="SAMPLE, ANNA")
    shown = a_reservation(desk, Status.CONFIRMED, sold_by="kkday", name="SAMPLE, CLEO")
    rows = exported(desk, [hidden, shown], tmp_path / "list.csv")
    assert [row[1] for row in rows[1:]] == ["", "SAMPLE, CLEO"]


def test_an_export_is_journaled_without_anybodys_name(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    made = a_reservation(desk)
    exported(desk, [made], tmp_path / "list.csv")
    told = {"columns": ["number", "customer", "amount"], "kind": "csv", "reservations": [made], "rows": 1}
    assert journaled(desk) == [told]


def test_an_export_given_up_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    under_way = ListExport([a_reservation(desk)], COLUMNS, tmp_path / "list.csv", desk=desk)
    under_way.abandon()
    under_way.step()
    assert list(tmp_path.iterdir()) == []
    assert journaled(desk) == []


def test_a_formula_in_a_name_is_harmless(desk: Desk, tmp_path: Path) -> None:
    a_product(desk)
    made = a_reservation(desk, name="=HYPERLINK(0)")
    reservations.confirm(made, desk=desk)
    assert exported(desk, [made], tmp_path / "list.csv")[1][1] == "'=HYPERLINK(0)"
