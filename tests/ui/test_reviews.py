"""The screen of reviews: averages, narrowing, our answer, what to decide; and keeping one from a reservation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from controllers import review_list, reviews
from controllers.background import Lane
from controllers.desk import Desk
from controllers.rewards import revoke, spend
from models.money import Money
from models.reservations import Status
from models.review import Tally
from models.review_reading import ReviewFilter, Standing
from models.tables import Departure, Reward
from tests.builders import a_product, a_reservation, letters
from tests.controllers.test_reviews import a_picture, answer, send
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from ui.review_dialog import ReviewDialog
from ui.reviews import Reviews


@pytest.fixture
def travelers(a_desk: Desk) -> list[int]:
    """Three who were there; the second left a picture, the third wrote something that is not sure."""
    a_product(a_desk, capacity=20, currency="KRW", reward={"gives": "amount", "amount": "5000"})
    made = [a_reservation(a_desk, Status.REDEEMED, email=f"{n}@example.com") for n in range(3)]
    with a_desk.database.transaction() as connection:
        connection.execute(update(Departure).values(guide="Jin"))
    reviews.record(made[0], 2, "Too much walking", desk=a_desk)
    reviews.record(
        made[1], 5, "The tea was wonderful, and so was Jin", desk=a_desk, photos=[a_picture(90, 60)]
    )
    send(a_desk, made[2])
    answer(a_desk, made[2], "5 people came")
    return made


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk, travelers: list[int]) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk, {"reviews": Reviews})
    yield made
    made.close()


def the_screen(here: DeskWindow) -> Reviews:
    here.go("reviews")
    screen = here.window.screen_in_front
    assert isinstance(screen, Reviews)
    return screen


def test_the_list_shows_the_newest_first_and_the_averages_beside_it(here: DeskWindow) -> None:
    screen = the_screen(here)
    assert [row.rating for row in screen.board.model_.rows] == [5, 5, 2]
    assert screen.averages.spread.tally == Tally((0, 1, 0, 0, 1))
    assert "3.5" in here.said(screen.averages)
    assert screen.subtitle() == "3.5 of 5, 2 reviews"
    QAbstractItemModelTester(screen.board.model_)


def test_what_is_not_sure_is_decided_with_one_click(here: DeskWindow, a_desk: Desk) -> None:
    screen = the_screen(here)
    screen.board.go_to(0)
    assert screen.panel.pick.rating == 5
    screen.panel.pick.setFocus()
    QTest.keyClick(screen.panel.pick, Qt.Key.Key_4)
    screen.panel.yes.click()
    here.quiet()
    assert review_list.see_tallies(ReviewFilter(), desk=a_desk).all == Tally((0, 1, 0, 1, 1))


def test_pictures_that_come_late_are_not_shown_with_another_review(here: DeskWindow) -> None:
    screen = the_screen(here)
    rows = screen.board.model_.rows
    with_picture = next(n for n, row in enumerate(rows) if row.photos)
    screen.board.go_to(next(n for n, row in enumerate(rows) if not row.photos))
    here.quiet()
    with held(here.background, Lane.READING):
        screen.board.go_to(with_picture)
        screen.board.go_to(next(n for n, row in enumerate(rows) if not row.photos))
    here.quiet()
    assert screen.panel.pictures.accessibleName() == "0 pictures"
    screen.board.go_to(with_picture)
    here.qtbot.waitUntil(lambda: screen.panel.pictures.accessibleName() == "1 picture")


def test_our_answer_is_written_and_leaves(here: DeskWindow, a_desk: Desk, travelers: list[int]) -> None:
    screen = the_screen(here)
    screen.board.go_to(2)
    here.quiet()
    screen.panel.area.set_text("We are sorry, and shall walk less")
    screen.panel.send.click()
    here.quiet()
    assert ("message", "WAITING") in letters(a_desk, travelers[0])
    assert "We are sorry" in here.said(screen.panel)
    assert not screen.panel.area.text()


def test_the_code_that_thanked_for_a_review_stands_with_it_and_says_how_it_stands(
    here: DeskWindow, a_desk: Desk, travelers: list[int]
) -> None:
    screen = the_screen(here)
    assert not screen.panel.reward.isVisible()  # what waits to be looked at was thanked for by nobody
    screen.board.go_to(1)
    here.quiet()
    assert "₩5,000 off, not used yet, counts until" in screen.panel.reward.text()

    with a_desk.work() as work:
        code = work.connection.execute(select(Reward.code).where(Reward.reservation_id == travelers[1]))
        spend(work, travelers[0], code.scalar_one(), Money(3000, "KRW"))
    here.quiet()
    assert "₩5,000 off, ₩2,000 left, counts until" in screen.panel.reward.text()

    with a_desk.work() as work:
        revoke(work, travelers[1])
    here.quiet()
    assert "revoked, the money of this order went back" in screen.panel.reward.text()


def test_a_draft_stays_with_its_review(here: DeskWindow) -> None:
    screen = the_screen(here)
    screen.board.go_to(2)
    screen.panel.area.set_text("Dear guest")
    screen.board.go_to(1)
    assert screen.panel.area.text() == ""
    screen.board.go_to(2)
    assert screen.panel.area.text() == "Dear guest"


def test_a_press_on_a_guide_narrows_the_list(here: DeskWindow) -> None:
    screen = the_screen(here)
    board = screen.averages.boards[2]
    board.opened.emit(board.model_.rows[0])
    here.quiet()
    assert screen.filters.wanted.guide == "Jin"
    screen.filters.choose("standing", Standing.UNANSWERED)
    here.quiet()
    assert [row.rating for row in screen.board.model_.rows] == [5, 2]


def test_the_list_leaves_the_house_as_a_file(here: DeskWindow, tmp_path: Path) -> None:
    screen = the_screen(here)
    file = tmp_path / "reviews.csv"
    screen._ask_file = lambda _parent, _name, chosen: chosen(str(file))
    screen._export()
    here.quiet()
    told = file.read_text("utf-8-sig")
    assert "Too much walking" in told
    assert "Tea House Walk" in told


def test_a_review_is_kept_from_the_page_of_a_redeemed_reservation(
    here: DeskWindow, a_desk: Desk, tmp_path: Path
) -> None:
    made = a_reservation(a_desk, Status.REDEEMED)
    here.go("details", reservation=made)
    here.press(Qt.Key.Key_Y)
    dialog = here.dialog
    assert isinstance(dialog, ReviewDialog)
    here.press(Qt.Key.Key_4)
    dialog.words.set_text("A quiet walk")
    dialog.source.choose(1)
    (tmp_path / "tea.jpg").write_bytes(a_picture(300, 200))
    dialog.add_files([tmp_path / "tea.jpg"])
    here.quiet()
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.quiet()
    (row,) = [
        one for one in review_list.see_reviews(ReviewFilter(), desk=a_desk) if one.reservation_id == made
    ]
    assert (row.rating, row.words, row.photos, row.source) == (4, "A quiet walk", 1, "channel")
    assert "reward code" in here.toast


def test_without_stars_nothing_can_be_kept_and_esc_leaves(here: DeskWindow, a_desk: Desk) -> None:
    made = a_reservation(a_desk, Status.REDEEMED)
    here.deeds.review(made)
    dialog = here.dialog
    assert isinstance(dialog, ReviewDialog)
    assert not dialog._keep.isEnabled()
    here.press(Qt.Key.Key_Escape)
    assert here.dialog is None


def test_a_review_that_is_kept_already_is_shown_and_not_asked_for(
    here: DeskWindow, travelers: list[int]
) -> None:
    here.deeds.review(travelers[0])
    here.quiet()
    dialog = here.dialog
    assert isinstance(dialog, ReviewDialog)
    assert (dialog.stars.rating, dialog.words.text()) == (2, "Too much walking")
    assert not dialog._keep.isEnabled()
    assert "has its review already" in here.notices()


def test_what_was_read_of_a_mail_is_proposed_to_whoever_keeps_the_review(
    here: DeskWindow, travelers: list[int]
) -> None:
    here.deeds.review(travelers[2])
    here.quiet()
    dialog = here.dialog
    assert isinstance(dialog, ReviewDialog)
    assert (dialog.stars.rating, dialog._keep.isEnabled()) == (5, True)
