"""The dashboard's charts and the month say their numbers, and stand where there is room for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk
from models.refusals import CannotDo
from tests.builders import a_product, a_reservation, kkday_row, taken
from tests.fakes import StillClock
from tests.ui.a_today import TODAY, a_chore, figures, opened
from tests.ui.at_a_desk import at_a_desk, wanders
from ui import fonts
from ui.at_desk import AtDesk
from ui.today_figures import change_words, faster_words


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def test_the_charts_say_their_numbers(qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock) -> None:
    a_product(a_desk)
    taken(a_desk, kkday_row(ordered="2027-01-14 09:00"), kkday_row(ordered="2027-01-13 09:00"))
    taken(a_desk, kkday_row(ordered="2027-01-07 09:00"))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    orders, amounts, times = (chart.accessibleName() for chart in screen.cards.figures.charts)
    assert orders.startswith("Orders received: 2, 100 % more, 1 before. Fri 8 Jan: 0,")
    assert orders.endswith("Wed 13 Jan: 1, Thu 14 Jan: 1")
    assert amounts.startswith("Amount, by currency: ₩150,000, 100 % more, ₩75,000 before.")
    assert times.startswith("Time to confirm, median: –, nothing was confirmed here")


def test_currencies_stand_apart(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    taken(a_desk, kkday_row(ordered="2027-01-14 09:00"), kkday_row(ordered="2027-01-14 09:00"))
    taken(a_desk, kkday_row(ordered="2027-01-14 09:00", amount="USD 30.00"))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    told = screen.cards.figures.charts[1].accessibleName()
    assert "₩150,000, nothing before; USD\u00a030, nothing before" in told


@pytest.mark.parametrize(
    ("now", "before", "arrow", "words"),
    [
        (12, 10, "up", "20 % more, 10 before"),
        (9, 10, "falling", "10 % less, 10 before"),
        (10, 10, "", "the same"),
        (3, 0, "", "nothing before"),
        (0, 0, "", ""),
    ],
)
def test_more_and_less_are_an_arrow_and_a_word(now: int, before: int, arrow: str, words: str) -> None:
    change = change_words(now, before)
    assert (change.arrow, change.words) == (arrow, words)


def test_faster_and_slower_are_an_arrow_and_a_word() -> None:
    assert faster_words(3600, 5400).words == "30 min faster, 1 h 30 before"
    assert faster_words(5400, 3600).words == "30 min slower, 1 h 00 before"
    assert faster_words(3600, 3630).words == "the same"


def test_the_month_tells_shares_who_was_late_and_what_is_counted(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk, capacity=50, confirm_within={"days": 1, "from": "order"})
    in_time, late, _ = taken(a_desk, *(kkday_row(ordered="2027-01-14 12:00") for _ in range(3)))
    reservations.confirm(in_time, desk=a_desk)
    clock.forward(hours=4)
    reservations.confirm(late, desk=a_desk)
    screen = opened(qtbot, at, size=(1704, 984))
    figures(qtbot, screen)
    rows = screen.cards.month.rows.model_
    told = [(rows.row(n).share, rows.row(n).detail) for n in range(3)]
    assert told[0][0] == "33.3 %"
    assert told[0][1].startswith("2 of 3 late: Owner 1, not answered 1; worst CF-")
    assert told[1:] == [("0 %", "0 of 3 orders"), ("–", "no traveler has asked anything")]
    assert screen.cards.month.definition.text().startswith("Of the orders whose promise fell due")
    screen.cards.month.rows.setFocus()
    qtbot.keyClick(screen.cards.month.rows, Qt.Key.Key_Down)
    assert "Force majeure is counted apart" in screen.cards.month.definition.text()


def test_enter_on_a_late_figure_opens_the_worst(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk, confirm_within={"days": 1, "from": "order"})
    (made,) = taken(a_desk, kkday_row(ordered="2027-01-14 09:00"))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    went = wanders(screen)
    screen.cards.ahead_card.tabs.choose(2)
    screen.cards.month.rows.setFocus()
    qtbot.keyClick(screen.cards.month.rows, Qt.Key.Key_Return)
    assert went == [("details", {"reservation": made})]


def test_the_month_before_can_be_looked_at(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    month = screen.cards.month
    screen.cards.ahead_card.tabs.choose(2)
    assert not month.forward.isVisible()
    qtbot.mouseClick(month.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: month.title.text() == "December 2026")
    assert month.forward.isVisible()
    month.rows.setFocus()
    qtbot.keyClick(month.rows, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: month.title.text() == "January 2027")


def test_the_numbers_do_not_wait_for_the_figures(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The boxes are there although the figures cannot be had at all."""

    def refuse(*_: object) -> None:
        raise CannotDo("database-busy")

    monkeypatch.setattr("ui.asking.figures", refuse)
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    assert screen.cards.boxes.face("unconfirmed").number == "1"
    qtbot.waitUntil(lambda: screen.notice.isVisible())
    assert screen.cards.month.month is None


def test_in_a_large_window_the_figures_have_a_card_of_their_own(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    screen = opened(qtbot, at, size=(1704, 984))
    assert screen.cards.figures.isVisible()
    assert screen.cards.week.isVisible()
    screen.resize(1282, 680)
    qtbot.waitUntil(lambda: not screen.cards.behind_card.isVisible())
    assert not screen.cards.figures.isVisible()
    screen.cards.ahead_card.tabs.choose(1)
    assert screen.cards.figures.isVisible()
    assert screen.cards.ahead_card.isAncestorOf(screen.cards.figures)


@pytest.mark.parametrize("waits", [True, False])
def test_whatever_is_leafed_to_the_page_stays_in_its_window(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, waits: bool
) -> None:
    a_product(a_desk)
    if waits:
        taken(a_desk, *(kkday_row() for _ in range(14)))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    for leaf in range(3):
        screen.cards.ahead_card.tabs.choose(leaf)
        QApplication.processEvents()
        assert screen.cards.height() == screen.page.height()


@pytest.mark.parametrize("scale", [1.25, 1.5])
def test_with_large_text_the_cards_stand_under_each_other_and_are_reached(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, qapp: QApplication, scale: float
) -> None:
    fonts.apply(qapp, "en", scale)
    try:
        a_product(a_desk)
        a_chore(a_desk)
        screen = opened(qtbot, at, size=(1240, 640))
        cards = screen.cards
        assert cards.chores_card.y() > cards.queue_card.geometry().bottom()
        cards.chores.setFocus()
        seen = cards.chores.mapTo(screen, cards.chores.rect().center())
        assert screen.rect().contains(seen)
    finally:
        fonts.apply(qapp, "en", 1.0)


@pytest.mark.parametrize("board", ["queue", "departures", "chores"])
def test_the_boards_are_sound_models(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, qtmodeltester: Any, board: str
) -> None:
    a_product(a_desk)
    a_reservation(a_desk, date=TODAY)
    a_chore(a_desk)
    screen = opened(qtbot, at)
    qtmodeltester.check(getattr(screen.cards, board).model_)
