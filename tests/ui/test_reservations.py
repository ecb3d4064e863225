"""The list of reservations: views, choices, pages, and a cursor that stays where it is."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk
from models.reservations import Status
from models.rows import Filter, Page
from tests.builders import a_product, a_reservation, direct_row, taken
from tests.ui.at_a_desk import at_a_desk, shown, wanders
from ui import asking
from ui.at_desk import AtDesk
from ui.reservation_days import DaysDialog
from ui.reservation_views import ALL, GUEST, NEEDS, UNMATCHED
from ui.reservations import Reservations

TODAY = "2027-01-15"


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk, **what: Any) -> Reservations:
    screen = Reservations(at)
    if what:
        screen.opened(**what)
    shown(qtbot, screen, until=lambda: settled(screen))
    return screen


def settled(screen: Reservations) -> bool:
    return screen.is_settled and screen._figures is not None


def counts(screen: Reservations) -> dict[str, int]:
    assert screen._figures is not None
    return screen._figures.of_views


def go_to(qtbot: QtBot, screen: Reservations, view: str) -> None:
    screen.bar.tabs.choose([one.key for one in screen.showing.views].index(view))
    qtbot.waitUntil(lambda: settled(screen))


def ids(screen: Reservations) -> list[int]:
    return list(screen.table.model_.ids)


def cell(screen: Reservations, row: int, key: str) -> str:
    model = screen.table.model_
    column = next(at for at, one in enumerate(model.columns) if one.key == key)
    return model.data(model.index(row, column), int(Qt.ItemDataRole.AccessibleTextRole))


def choose(qtbot: QtBot, screen: Reservations, button: Any, word: str) -> None:
    """Open the menu of a choice by the keyboard and take the entry with this word."""
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Down)
    menu = button.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == word).trigger()
    menu.close()
    qtbot.waitUntil(lambda: settled(screen))


def test_today_is_shown_first(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    today, _later = a_reservation(a_desk, date=TODAY), a_reservation(a_desk, date="2027-01-20")
    screen = opened(qtbot, at)
    assert ids(screen) == [today]
    assert screen.bar.tabs.accessibleName().endswith("Today 1")


def test_views_say_how_many_they_hold(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    for status in (Status.UNCONFIRMED, Status.CONFIRMED, Status.CANCELLED):
        a_reservation(a_desk, status)
    screen = opened(qtbot, at)
    assert counts(screen) == {"needs": 1, "today": 0, "upcoming": 2, "unmatched": 0, "all": 3, "rezio": 3}


def test_a_stranger_is_hidden_until_confirmed(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, sold_by="kkday", name="SAMPLE, ANNA")
    screen = opened(qtbot, at, text="")
    assert cell(screen, 0, "traveler").startswith("Hidden until confirmed, CF-")
    reservations.confirm(made, desk=a_desk)
    screen.refresh(frozenset(("reservations",)))
    qtbot.waitUntil(lambda: cell(screen, 0, "traveler").startswith("SAMPLE, ANNA"))


def test_an_order_without_a_departure_says_so(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, product="Some Other Walk")
    screen = opened(qtbot, at)
    go_to(qtbot, screen, UNMATCHED)
    assert cell(screen, 0, "product") == (
        "Some Other Walk, Afternoon, No product of ours: no seats are counted"
    )


def test_an_unknown_party_is_not_told(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, sold_by="kkday", party=None)
    assert cell(opened(qtbot, at, text=""), 0, "pax") == "not told"


def test_what_is_due_stands_by_the_amount(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.AWAITING_PAYMENT)
    assert cell(opened(qtbot, at, text=""), 0, "amount") == "₩75,000, due ₩75,000"


@pytest.mark.parametrize(
    ("key", "deed"), [(Qt.Key.Key_C, "confirm"), (Qt.Key.Key_H, "hold"), (Qt.Key.Key_X, "cancel")]
)
def test_letters_do_what_the_keys_say(qtbot: QtBot, a_desk: Desk, at: AtDesk, key: Qt.Key, deed: str) -> None:
    a_product(a_desk)
    _first, second = a_reservation(a_desk, date=TODAY), a_reservation(a_desk, date=TODAY)
    screen = opened(qtbot, at)
    qtbot.keyClick(screen.table, Qt.Key.Key_J)
    qtbot.keyClick(screen.table, key)
    assert at.deeds.asked == [(deed, second)]  # type: ignore[attr-defined]


def test_enter_opens_the_details(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, date=TODAY)
    screen = opened(qtbot, at)
    went = wanders(screen)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert went == [("details", {"reservation": made, "among": array("q", [made]), "at": 0})]


def test_slash_goes_to_the_filters_and_esc_back(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, date=TODAY)
    screen = opened(qtbot, at)
    assert screen.table.hasFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Slash)
    assert screen.filters.departs.hasFocus()
    qtbot.keyClick(screen.filters.departs, Qt.Key.Key_Escape)
    assert screen.table.hasFocus()


def test_a_choice_narrows_and_its_cross_clears(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    waits = a_reservation(a_desk)
    fixed = a_reservation(a_desk, Status.CONFIRMED)
    screen = opened(qtbot, at, text="")
    choose(qtbot, screen, screen.filters.status, "Confirmed")
    assert ids(screen) == [fixed]
    assert screen.filters.status.accessibleName() == "Status: Confirmed"
    qtbot.keyClick(screen.filters.status, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: set(ids(screen)) == {waits, fixed})


def test_a_choice_the_view_cannot_hold_is_meant_for_all(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    gone = a_reservation(a_desk, Status.CANCELLED)
    screen = opened(qtbot, at)
    go_to(qtbot, screen, NEEDS)
    choose(qtbot, screen, screen.filters.status, "Cancelled")
    assert screen.showing.key == ALL
    assert ids(screen) == [gone]


def test_departure_days_can_be_typed(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    inside, _outside = a_reservation(a_desk, date="2027-01-20"), a_reservation(a_desk, date="2027-01-25")
    screen = opened(qtbot, at, text="")
    screen.filters.days_wanted.emit("departs")
    dialog = screen.window().findChild(DaysDialog)
    dialog.first.show_day(dialog.first.day() + timedelta(days=6))  # the last of both is typed first
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(screen))
    assert ids(screen) == [inside]
    assert screen.filters.departs.accessibleName() == "Departure: 15 to 21 Jan"


def test_a_search_is_a_chip_that_can_be_removed(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    cleo = a_reservation(a_desk, name="Cleo Sample")
    a_reservation(a_desk, name="Dora Example")
    screen = opened(qtbot, at, text="cleo")
    assert ids(screen) == [cleo]
    assert screen.filters.text.accessibleName() == "Search: “cleo”"
    qtbot.keyClick(screen.filters.text, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(ids(screen)) == 2)
    assert not screen.filters.text.isVisible()


def test_nothing_found_says_what_was_looked_through(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, name="Cleo Sample")
    screen = opened(qtbot, at, text="harttman")
    told = screen.nothing.accessibleName()
    assert told.startswith(
        "Nothing is called “harttman” Looked through: All. There are 1 reservations in all."
    )
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(ids(screen)) == 1)


def test_an_empty_desk_offers_to_import(qtbot: QtBot, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    went = wanders(screen)
    assert screen.nothing.accessibleName().startswith("No reservations yet")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert went == [("imports", {})]


def test_a_list_the_dashboard_names_has_its_own_tab(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    waits = a_reservation(a_desk, Status.AWAITING_PAYMENT)
    screen = opened(qtbot, at)
    screen.opened(wanted=Filter(needs="awaiting-payment"), title="Awaiting payment")
    qtbot.waitUntil(lambda: settled(screen))
    assert screen.showing.key == GUEST
    assert screen.bar.tabs.accessibleName().endswith("Awaiting payment 1")
    assert ids(screen) == [waits]


@pytest.mark.parametrize("early", [True, False])
def test_a_list_that_is_a_view_is_that_view(qtbot: QtBot, a_desk: Desk, at: AtDesk, early: bool) -> None:
    what = {"wanted": Filter(needs="unmatched"), "title": "Unmatched"}
    screen = opened(qtbot, at, **(what if early else {}))
    if not early:
        screen.opened(**what)
    assert screen.showing.key == UNMATCHED
    assert GUEST not in [view.key for view in screen.showing.views]


def test_the_last_row_is_one_key_away(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk, capacity=1000)
    made = taken(a_desk, *(direct_row() for _ in range(230)))
    screen = opened(qtbot, at, text="")
    assert screen.footer.words == "230 reservations"
    qtbot.keyClick(screen.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: screen.row is not None)
    assert screen.row is not None
    assert screen.row.id == made[0]


def test_reading_again_keeps_the_place(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk, capacity=1000)
    made = taken(a_desk, *(direct_row() for _ in range(150)))
    screen = opened(qtbot, at, wanted=Filter(channels=frozenset(("direct",))), title="Direct")
    qtbot.keyClick(screen.table, Qt.Key.Key_End)
    screen.table.go_to(120)
    top = screen.table.model_.identity_at(screen.table.rowAt(0))
    new = a_reservation(a_desk, date="2027-01-16")  # a row more, far above
    screen.refresh(frozenset(("reservations",)))
    qtbot.waitUntil(lambda: ids(screen)[0] == new and settled(screen))
    assert screen.row is not None
    assert screen.row.id == made[120]
    assert screen.table.model_.identity_at(screen.table.rowAt(0)) == top


def test_an_answered_order_leaves_and_the_cursor_takes_the_next(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    made = [a_reservation(a_desk, date=f"2027-01-2{day}") for day in range(3)]
    screen = opened(qtbot, at)
    go_to(qtbot, screen, NEEDS)
    at.background.changed.connect(screen.refresh)
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    reservations.confirm(made[1], desk=a_desk)
    qtbot.waitUntil(lambda: ids(screen) == [made[0], made[2]])
    assert screen.row is not None
    assert screen.row.id == made[2]


def test_the_heading_turns_the_order_round(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = [a_reservation(a_desk, date=f"2027-01-2{day}") for day in range(2)]
    screen = opened(qtbot, at)
    go_to(qtbot, screen, NEEDS)
    heading = screen.table.horizontalHeader()
    columns = screen.table.model_.columns
    column = next(at for at, one in enumerate(columns) if one.key == "departure")
    place = heading.sectionViewportPosition(column) + 20
    qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))
    qtbot.waitUntil(lambda: ids(screen) == [made[1], made[0]])


def test_a_late_answer_to_an_older_question_is_dropped(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_product(a_desk)
    cleo = a_reservation(a_desk, name="Cleo Sample")
    a_reservation(a_desk, name="Dora Example")
    screen = opened(qtbot, at)
    read, may_go = asking.page, threading.Event()

    def slow_for_dora(desk: Any, wanted: Filter, *rest: Any) -> Page:
        if wanted.text == "dora":
            may_go.wait(5)
        return read(desk, wanted, *rest)

    monkeypatch.setattr(asking, "page", slow_for_dora)
    screen.opened(text="dora")
    screen.opened(text="cleo")
    qtbot.waitUntil(lambda: ids(screen) == [cleo])
    may_go.set()
    qtbot.waitUntil(at.background.idle)
    QApplication.processEvents()
    assert ids(screen) == [cleo]


def test_a_dropped_file_goes_to_the_import(qtbot: QtBot, at: AtDesk, tmp_path: Path) -> None:
    screen = opened(qtbot, at)
    went = wanders(screen)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "orders.csv"))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.dropEvent(event)
    assert went == [("imports", {"paths": (tmp_path / "orders.csv",)})]


def test_unmatched_orders_can_be_given_a_meaning(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    taken(a_desk, direct_row(product="Night Walk"))
    screen = opened(qtbot, at)
    assert not screen.bar.mapping.isVisible()
    go_to(qtbot, screen, "unmatched")
    went = wanders(screen)
    qtbot.mouseClick(screen.bar.mapping, Qt.MouseButton.LeftButton)
    assert went == [("mapping", {})]
