"""The list taken out of the house: as a file in the columns that were chosen, or on paper exactly as looked at."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from controllers import list_export
from controllers.desk import Desk
from models.reservations import Status
from tests.builders import a_product, a_reservation, direct_row, taken
from tests.paper import text_of
from tests.ui.desk_window import DeskWindow
from ui import reservation_bulk
from ui.reservation_columns import Layout
from ui.reservation_export import ExportDialog
from ui.reservation_print import PrintDialog
from ui.reservation_views import ALL, REZIO
from ui.reservations import Reservations

REZIOS = [
    "Order Number", "Order Status", "[Code] Product / Option", "Customer", "Amount", "Currency", "Payment Status",
    "Balance", "Source", "Booking Date", "Departure Date", "Person in Charge",
]  # fmt: skip


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where every file is saved, instead of the system's own window."""

    def choose(_parent: QWidget, name: str, chosen: Callable[[str], None]) -> None:
        chosen(str(tmp_path / name))

    for dialog in ("ExportDialog", "PrintDialog"):
        made = getattr(reservation_bulk, dialog)
        monkeypatch.setattr(
            reservation_bulk, dialog, lambda *a, made=made, **k: made(*a, ask_file=choose, **k)
        )
    return tmp_path


def the_list(here: DeskWindow, view: str = ALL) -> Reservations:
    here.go("reservations")
    screen = here.window.screen_in_front
    assert isinstance(screen, Reservations)
    screen.bar.tabs.choose([one.key for one in screen.showing.views].index(view))
    here.qtbot.waitUntil(lambda: screen.is_settled)
    screen.setFocus()
    return screen


def exported(here: DeskWindow) -> ExportDialog:
    """The open dialog, once its file is there."""
    dialog = here.dialog
    assert isinstance(dialog, ExportDialog)
    here.press(Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: "rows are in" in here.notices())
    return dialog


def rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened))


def test_the_list_is_a_file_in_rezios_order_unless_somebody_chose_columns(
    here: DeskWindow, place: Path
) -> None:
    a_product(here.desk)
    made = a_reservation(
        here.desk,
        Status.CONFIRMED,
        sold_by="kkday",
        name="=SAMPLE()",
        reference="27KK0001",
        ordered="2027-01-14 09:00",
    )
    a_reservation(here.desk, sold_by="kkday", name="SAMPLE, ANNA", ordered="2027-01-13 09:00")
    the_list(here, REZIO)
    here.press(Qt.Key.Key_E)
    exported(here)
    told = rows(place / "rezio.csv")
    assert told[0] == REZIOS
    assert told[1] == [
        f"CF-{made}", "Confirmed", "[TEA] Tea House Walk / Afternoon", "'=SAMPLE()", "75000", "KRW", "Paid", "0",
        "KKday", "2027-01-14 09:00+09:00", "2027-02-01 14:00+09:00", "",
    ]  # fmt: skip
    assert told[2][3] == "Hidden until confirmed"
    assert len(told) == 3


def test_chosen_columns_are_the_files_columns_and_only_ticked_rows_go(here: DeskWindow, place: Path) -> None:
    a_product(here.desk)
    made = [a_reservation(here.desk, name=f"Anna {n}", date=f"2027-01-2{n}") for n in range(3)]
    screen = the_list(here)
    screen.keeping._take_columns(Layout(("traveler", "departure", "amount")))
    here.press(Qt.Key.Key_Space)
    here.press(Qt.Key.Key_Down)
    here.press(Qt.Key.Key_Space)
    here.press(Qt.Key.Key_E)
    assert "Export 2 reservations" in here.said(here.dialog)
    exported(here)
    told = rows(place / "All.csv")
    assert told[0] == [
        "Order Number",
        "Channel's number",
        "Customer",
        "Departure Date",
        "Amount",
        "Currency",
    ]
    assert [(row[0], row[2]) for row in told[1:]] == [
        (f"CF-{made[2]}", "Anna 2"),
        (f"CF-{made[1]}", "Anna 1"),
    ]


def test_a_workbook_has_numbers_where_amounts_are(here: DeskWindow, place: Path) -> None:
    a_product(here.desk)
    a_reservation(here.desk)
    the_list(here)
    here.press(Qt.Key.Key_E)
    assert isinstance(here.dialog, ExportDialog)
    here.dialog.kind.choose(1)
    exported(here)
    sheet: Any = load_workbook(place / "All.xlsx").active
    assert [cell.value for cell in sheet[1]] == REZIOS
    assert sheet["E2"].value == 75000


def test_a_long_export_shows_how_far_it_is_and_can_be_stopped(
    here: DeskWindow, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_export, "AT_ONCE", 5)
    a_product(here.desk, capacity=1000)
    taken(here.desk, *(direct_row() for _ in range(60)))
    the_list(here)
    here.press(Qt.Key.Key_E)
    dialog = here.dialog
    assert isinstance(dialog, ExportDialog)
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Return)
    assert dialog.job is not None
    with here.qtbot.waitSignal(dialog.job.went, check_params_cb=lambda rows: rows >= 10):
        pass
    assert dialog._progress.accessibleName().endswith("of 60 rows")
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: here.background.idle() and not list(place.iterdir()))


def test_a_place_that_takes_nothing_is_refused_in_the_dialog(
    here: DeskWindow, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_product(here.desk)
    a_reservation(here.desk)
    (place / "All.csv").mkdir()
    the_list(here)
    here.press(Qt.Key.Key_E)
    here.press(Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: "cannot be written" in here.notices())
    assert isinstance(here.dialog, ExportDialog)
    assert here.dialog.kind.isEnabled()
    here.qtbot.waitUntil(here.background.idle)
    assert [file.name for file in place.iterdir()] == ["All.csv"]
    here.press(Qt.Key.Key_Escape)


def test_the_list_is_printed_as_it_is_shown(here: DeskWindow, place: Path) -> None:
    a_product(here.desk)
    a_reservation(here.desk, Status.CONFIRMED, name="김예시", reference="D-77")
    a_reservation(here.desk, sold_by="kkday", name="SAMPLE, ANNA")
    the_list(here)
    here.press(Qt.Key.Key_P)
    dialog = here.dialog
    assert isinstance(dialog, PrintDialog)
    here.qtbot.waitUntil(lambda: dialog.pages.count == 1)
    here.press(Qt.Key.Key_S)
    here.qtbot.waitUntil(lambda: (place / "All.pdf").exists())
    (page,) = text_of((place / "All.pdf").read_bytes())
    for words in (
        "All. 2 reservations",
        "김예시",
        "D-77",
        "Hidden until confirmed",
        "Traveler",
        "14:00",
        "₩75,000",
    ):
        assert words in page
    assert "ANNA" not in page
    here.press(Qt.Key.Key_Escape)


def test_an_empty_list_is_neither_exported_nor_printed(here: DeskWindow) -> None:
    here.go("reservations")
    for key in (Qt.Key.Key_E, Qt.Key.Key_P):
        here.press(key)
        assert here.dialog is None
