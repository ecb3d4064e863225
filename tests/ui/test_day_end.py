"""The sheet of a day's end on screen and on paper: it says what does not add up, and is leafed from day to day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text

from controllers import checkin, drawer
from controllers.day_end import see_day_end
from controllers.desk import Desk
from models.checkin import Kind
from models.day_end import Finding
from models.money import Money
from models.reservations import Status
from models.tables import JournalEntry
from models.tender import Taken
from tests.builders import DAY, DEPARTS, a_product, a_reservation
from tests.controllers.test_day_end import sells
from tests.controllers.test_manifest import text_of
from tests.fakes import StillClock
from tests.ui.desk_window import DeskWindow
from ui.day_end import DayEndDialog, DayEndScreen
from ui.day_end_findings import _FINDINGS, finding_words
from ui.day_end_words import kind_words, sheet_of


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk, {"reports": DayEndScreen})
    yield made
    made.close()


@pytest.fixture
def a_day(a_desk: Desk, clock: StillClock) -> int:
    """Somebody was let in, somebody was forced in, and 1,000 won are missing."""
    a_product(a_desk, capacity=40)
    came, early = (a_reservation(a_desk, Status.CONFIRMED, name="Anna Sample") for _ in range(2))
    clock.set(DEPARTS - timedelta(hours=4))
    checkin.scan(f"CF-{early}", desk=a_desk, force="Anna Sample waits inside")
    clock.set(DEPARTS - timedelta(minutes=10))
    checkin.scan(f"CF-{came}", desk=a_desk)
    drawer.open_shift({"KRW": 50000}, desk=a_desk)
    sells(a_desk, Taken("cash"))
    drawer.close_shift({"KRW": 127000}, desk=a_desk)
    return came


def the_screen(here: DeskWindow) -> DayEndScreen:
    here.window.go("reports")
    here.quiet()
    screen = here.window.screen_in_front
    assert isinstance(screen, DayEndScreen)
    return screen


def test_the_screen_says_what_does_not_add_up_and_shows_the_paper(here: DeskWindow, a_day: int) -> None:
    screen = the_screen(here)
    assert screen.subtitle() == "1 thing does not add up."
    said = here.said(screen)
    assert "₩1,000 are missing in the drawer" in said
    assert "In and not taken back: 4. In by their orders: 4. Expected: 6." in said
    assert "14:00 Tea House Walk" in screen.pages.accessibleName()
    assert screen.pages.count >= 1


def test_the_sheet_names_nobody_but_staff(here: DeskWindow, a_day: int) -> None:
    screen = the_screen(here)
    assert screen.shown is not None
    words = sheet_of(screen.shown).words
    assert "••• waits inside" in words
    assert "Owner" in words
    assert "Anna" not in words
    assert "₩78,000" in words


def test_left_and_right_leaf_and_t_comes_back(here: DeskWindow, a_day: int) -> None:
    screen = the_screen(here)
    here.press(Qt.Key.Key_Left)
    assert screen.shown is not None
    assert screen.shown.facts.day == DAY - timedelta(days=1)
    assert screen.subtitle() == "It adds up."
    here.press(Qt.Key.Key_Right)
    here.press(Qt.Key.Key_Right)
    assert screen.shown.facts.day == DAY + timedelta(days=1)
    here.press(Qt.Key.Key_T)
    assert screen.shown.facts.day == DAY


def test_what_happens_meanwhile_is_shown(here: DeskWindow, a_day: int) -> None:
    screen = the_screen(here)
    before = screen.shown
    drawer.open_shift({"KRW": 0}, desk=here.desk)
    here.quiet()
    assert screen.shown != before
    assert "is not counted yet" in here.said(screen)


def test_p_prints_and_saves_the_same_sheet_and_the_journal_keeps_it(
    here: DeskWindow, a_day: int, tmp_path: Path
) -> None:
    screen = the_screen(here)
    here.press(Qt.Key.Key_P)
    dialog = here.dialog
    assert isinstance(dialog, DayEndDialog)
    file = tmp_path / "end.pdf"
    dialog._ask_file = lambda _parent, name, chosen: chosen(str(file))
    here.press(Qt.Key.Key_S)
    assert "Saved as end.pdf" in here.notices()
    told = "\n".join(text_of(file.read_bytes()))
    assert "End of the day" in told
    assert "14:00 Tea House Walk" in told
    assert "₩1,000 are missing" in told
    assert screen.shown is not None
    with here.desk.reading() as look:
        asked = select(JournalEntry.subject).where(JournalEntry.action == "print-day-end")
        assert look.execute(asked).scalars().all() == [f"day:{DAY.isoformat()}"]


def test_a_disagreement_that_somebody_made_behind_our_backs_is_told(here: DeskWindow, a_day: int) -> None:
    with here.desk.database.transaction() as connection:
        connection.execute(text(f"update reservations set arrived_heads = 1 where id = {a_day}"))
    screen = the_screen(here)
    assert screen.subtitle() == "2 things do not add up."
    assert f"CF-{a_day}: by the scans 2 are in, by the order 1." in here.said(screen)


@pytest.mark.usefixtures("qapp")
def test_what_began_on_another_day_is_told_with_its_day(a_desk: Desk, clock: StillClock) -> None:
    first = clock().date()
    drawer.open_shift({"KRW": 0}, desk=a_desk)
    sells(a_desk, Taken("cash"))
    clock.forward(days=1)
    drawer.close_shift({"KRW": 0}, desk=a_desk)
    sheets = [sheet_of(see_day_end(first + timedelta(days=n), desk=a_desk)) for n in (0, 1)]
    shifts = [next(s for s in sheet.sections if s.title == "Drawers").lines[0].cells[1] for sheet in sheets]
    assert shifts == ["10:00, Owner – Sat 16 Jan, 10:01, Owner", "Fri 15 Jan, 10:00, Owner – 10:01, Owner"]
    missing = [next(n.text for n in sheet.sections[0].notes if "missing" in n.text) for sheet in sheets]
    assert "shift since 10:00:" in missing[0]
    assert "shift since Fri 15 Jan, 10:00:" in missing[1]


def test_a_departure_of_another_day_is_told_with_its_day(a_desk: Desk, clock: StillClock) -> None:
    a_product(a_desk)
    one = a_reservation(a_desk, Status.CONFIRMED)
    clock.set(DEPARTS - timedelta(days=1))
    checkin.scan(f"CF-{one}", desk=a_desk, force="the guide takes them today")
    sheet = sheet_of(see_day_end(DAY - timedelta(days=1), desk=a_desk))
    arrivals = next(s for s in sheet.sections if s.title.startswith("Arrivals"))
    assert arrivals.lines[0].cells[0] == "Mon 1 Feb, 14:00 Tea House Walk, Afternoon"


def test_every_finding_and_every_refusal_has_its_words(a_desk: Desk) -> None:
    of = see_day_end(desk=a_desk).facts
    facts = {
        "number": "CF-1",
        "scans": 1,
        "order": 2,
        "trip": "14:00",
        "seats": 1,
        "heads": 2,
        "count": 3,
        "counter": "Desk",
        "opened_at": DEPARTS,
        "amount": Money(1000, "KRW"),
    }
    for code in _FINDINGS:
        assert "{" not in finding_words(Finding(code, True, facts), of)
    assert all(kind_words(kind) for kind in Kind)
