"""In the calendar a departure is closed and opened, gets other seats, a guide and its sheet, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import departures, reservations, viewing
from controllers.desk import Desk
from models.reservations import Status
from tests.builders import DAY, a_product, a_reservation, departure, reservation
from tests.controllers.test_manifest import text_of
from tests.ui.calendar_desk import cell_says, into_the_day, open_day, panel, settle, week
from tests.ui.desk_window import DeskWindow
from ui.manifest import ManifestDialog
from ui.voucher_pages import open_pdf


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


# --- closing and opening --------------------------------------------------------------------------


def test_o_closes_a_departure_and_says_what_that_means(here: DeskWindow) -> None:
    sold = a_reservation(here.desk, Status.CONFIRMED, party=3)
    a_reservation(here.desk, party=2)
    into_the_day(here)
    here.press(Qt.Key.Key_O)
    told = here.said(here.dialog)
    assert "3 seats stay sold" in told
    assert "2 travelers still wait" in told
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert here.dialog is None
    assert departure(here.desk, sold).closed
    assert here.toast == "14:00 Tea House Walk is closed for sale"
    assert "Closed" in cell_says(here)
    here.press(Qt.Key.Key_O)
    assert "5 seats are free" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert not departure(here.desk, sold).closed


def test_nobody_and_one_are_told_in_words_of_their_own(here: DeskWindow) -> None:
    sold = a_reservation(here.desk, Status.CONFIRMED, party=1)
    into_the_day(here)
    here.press(Qt.Key.Key_O)
    assert "1 seat stays sold" in here.said(here.dialog)
    here.press(Qt.Key.Key_Escape)
    reservations.cancel(sold, desk=here.desk, reason="The boat is in dock.")
    a_reservation(here.desk, party=1)
    here.quiet()
    settle(here)
    here.press(Qt.Key.Key_O)
    told = here.said(here.dialog)
    assert "Nobody has a seat on it" in told
    assert "1 traveler still waits" in told


def test_a_departure_of_the_week_is_closed_without_entering_the_day(here: DeskWindow) -> None:
    open_day(here)
    here.press(Qt.Key.Key_W)
    settle(here)
    assert week(here).hasFocus()
    here.press(Qt.Key.Key_O)
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert viewing.see_days(DAY, DAY, desk=here.desk)[DAY].lines[0].closed


def test_confirming_on_a_closed_departure_is_refused_in_the_dialog(here: DeskWindow) -> None:
    made = a_reservation(here.desk, party=2)
    line = viewing.see_days(DAY, DAY, desk=here.desk)[DAY].lines[0]
    assert line.key is not None
    open_day(here)
    here.press(Qt.Key.Key_C)
    departures.close(line.key, desk=here.desk)
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert reservation(here.desk, made).status is Status.UNCONFIRMED
    assert "closed for sale" in here.notices()
    here.press(Qt.Key.Key_Escape)


def test_a_manager_confirms_on_a_closed_departure_with_a_reason(here: DeskWindow) -> None:
    made = a_reservation(here.desk, party=2)
    into_the_day(here)
    here.press(Qt.Key.Key_O)
    here.press(Qt.Key.Key_Return)
    settle(here)
    here.press(Qt.Key.Key_C)
    assert "This departure is closed for sale." in here.said(here.dialog)
    here.press(Qt.Key.Key_O)
    here.type("The guide's family")
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert reservation(here.desk, made).status is Status.CONFIRMED
    assert departure(here.desk, made).seats_taken == 2


# --- seats ----------------------------------------------------------------------------------------


def test_s_shows_seats_before_and_after_and_changes_them(here: DeskWindow) -> None:
    sold = a_reservation(here.desk, Status.CONFIRMED, party=3)
    into_the_day(here)
    here.press(Qt.Key.Key_S)
    here.type("12")
    told = here.said(here.dialog)
    assert "8 → 12 seats" in told
    assert "3 sold, 9 left." in told
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert departure(here.desk, sold).capacity == 12
    assert "3/12" in cell_says(here)


def test_fewer_seats_than_are_sold_cannot_be_pressed(here: DeskWindow) -> None:
    sold = a_reservation(here.desk, Status.CONFIRMED, party=3)
    into_the_day(here)
    here.press(Qt.Key.Key_S)
    here.type("2")
    assert "3 seats are sold: keep at least 3." in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert here.dialog is not None
    here.press(Qt.Key.Key_Escape)
    assert departure(here.desk, sold).capacity == 8


def test_seats_sold_meanwhile_are_told_beside_the_button(here: DeskWindow) -> None:
    first = a_reservation(here.desk, Status.CONFIRMED, party=3)
    into_the_day(here)
    here.press(Qt.Key.Key_S)
    here.type("4")
    a_reservation(here.desk, Status.CONFIRMED, party=4)
    here.press(Qt.Key.Key_Return)
    assert "7 seats are sold on this departure" in here.notices()
    assert departure(here.desk, first).capacity == 8
    here.press(Qt.Key.Key_Escape)
    settle(here)


def test_who_may_not_change_seats_is_told_why(here: DeskWindow) -> None:
    here.desk.actor = replace(here.desk.actor, role="front-desk")
    into_the_day(here)
    assert not here.button("Seats").isEnabled()
    assert "Only a manager" in here.button("Seats").toolTip()
    here.press(Qt.Key.Key_S)
    assert "Only a manager changes how many seats there are." in here.said(here.dialog)
    here.press(Qt.Key.Key_Escape)


# --- the guide ------------------------------------------------------------------------------------


def test_g_writes_down_the_guide(here: DeskWindow) -> None:
    into_the_day(here)
    here.press(Qt.Key.Key_G)
    here.type("Mina Muster")
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert here.toast == "Mina Muster guides Tea House Walk at 14:00"
    assert panel(here).row.line.guide == "Mina Muster"
    here.press(Qt.Key.Key_G)
    assert here.button("Mina Muster").isVisible()  # known from now on
    here.press(Qt.Key.Key_Escape)


# --- reservations ---------------------------------------------------------------------------------


def test_c_on_a_departure_confirms_the_first_that_waits_there(here: DeskWindow) -> None:
    a_product(here.desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    a_reservation(here.desk)
    there = a_reservation(here.desk, product="Echo Walk", option="Night")
    into_the_day(here)
    here.press(Qt.Key.Key_J)
    here.press(Qt.Key.Key_J)
    assert panel(here).row.line.product == "Echo Walk"
    here.press(Qt.Key.Key_C)
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert reservation(here.desk, there).status is Status.CONFIRMED


def test_x_asks_how_a_reservation_ends(here: DeskWindow) -> None:
    a_reservation(here.desk, party=2)
    into_the_day(here)
    here.press(Qt.Key.Key_J)
    here.press(Qt.Key.Key_X)
    assert here.dialog is not None
    assert "Cancel" in here.dialog.accessibleName()
    here.press(Qt.Key.Key_Escape)


def test_x_on_a_departure_cancels_nobody(here: DeskWindow) -> None:
    a_reservation(here.desk, party=2)
    into_the_day(here)
    here.press(Qt.Key.Key_X)
    assert here.dialog is None


# --- the day sheet --------------------------------------------------------------------------------


def test_p_shows_the_sheet_and_saves_exactly_what_is_shown(here: DeskWindow, tmp_path: Path) -> None:
    a_reservation(here.desk, Status.CONFIRMED, name="김예시")
    open_day(here)
    here.press(Qt.Key.Key_P)
    dialog = here.dialog
    assert isinstance(dialog, ManifestDialog)
    assert dialog.accessibleName() == "Day sheet of Monday 1 February"
    assert dialog.pages.count == 1
    assert dialog.pages.hasFocus()
    dialog._ask_file = lambda _parent, name, chosen: chosen(str(tmp_path / name))
    here.press(Qt.Key.Key_S)
    saved = (tmp_path / "2027-02-01.pdf").read_bytes()
    assert saved == dialog._pdf
    assert "김예시" in text_of(saved)[0]
    here.press(Qt.Key.Key_Escape)
    assert here.dialog is None


def test_on_a_departure_it_is_its_own_sheet_first(here: DeskWindow) -> None:
    a_product(here.desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    a_reservation(here.desk, Status.CONFIRMED, name="Anna Sample")
    a_reservation(here.desk, Status.CONFIRMED, name="Bo Muster", product="Echo Walk", option="Night")
    into_the_day(here)
    here.press(Qt.Key.Key_P)
    dialog = here.dialog
    assert isinstance(dialog, ManifestDialog)
    assert "Bo Muster" not in text_of(dialog._pdf)[0]
    dialog._which.choose(1)
    here.quiet()
    assert "Bo Muster" in text_of(dialog._pdf)[0]
    assert dialog.file_name() == "2027-02-01.pdf"


def test_p_prints_every_page_and_e_exports(here: DeskWindow, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    a_reservation(here.desk, Status.CONFIRMED, name="林範例")
    open_day(here)
    here.press(Qt.Key.Key_P)
    dialog = here.dialog
    assert isinstance(dialog, ManifestDialog)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog._ask_printer = lambda _parent, chosen: chosen(printer)
    here.press(Qt.Key.Key_P)
    assert open_pdf((tmp_path / "printed.pdf").read_bytes())[0].pageCount() == 1
    assert "Sent to the printer: 1 page" in here.notices()
    dialog._ask_table = lambda _parent, name, chosen: chosen(str(tmp_path / name))
    here.press(Qt.Key.Key_E)
    assert "林範例" in (tmp_path / "2027-02-01.csv").read_text("utf-8-sig")
    assert "Exported 1 reservation as 2027-02-01.csv" in here.notices()
