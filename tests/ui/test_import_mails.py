"""Mails that nobody could place: read on the import's screen, and put where they belong, by keyboard and by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from controllers.desk import Desk
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.looking import leave_alone, waiting_mails
from controllers.mailbox.sorting import Came, sort_mail
from models.tables import Message, Reservation
from tests.builders import a_product, a_reservation, direct_file, direct_row
from tests.mails.building import ANN, a_mail
from tests.ui.at_a_desk import at_a_desk, shown
from ui.at_desk import AtDesk
from ui.imports import Imports

ORDER = "예약번호: 27KK100000009\n상품명: Tea House Walk\n사용 날짜: 2027/02/01\n수량: 대인 x2\n"


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    a_product(a_desk)
    with at_a_desk(a_desk) as made:
        yield made


def _sort(desk: Desk, *mails: bytes) -> None:
    for mail in mails:
        sort_mail(taken_whole(mail), Came(), desk=desk)


def _screen(qtbot: QtBot, at: AtDesk, count: int = 1) -> Imports:
    screen = shown(qtbot, Imports(at), until=lambda: True)
    screen.opened()
    qtbot.waitUntil(lambda: screen.post.list.mails.model_.rowCount() == count)
    return screen


def _read(qtbot: QtBot, screen: Imports, row: int = 0) -> None:
    mails = screen.post.list.mails
    mails.setFocus()
    mails.go_to(row)
    qtbot.keyClick(mails, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.post.is_read)


def _messages(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        return list(look.execute(select(Message)))


def test_a_mail_is_read_and_put_into_its_conversation_by_keyboard(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    made = a_reservation(a_desk, email=ANN[1])
    _sort(a_desk, a_mail("Where do we meet?"))
    screen = _screen(qtbot, at)
    QAbstractItemModelTester(screen.post.list.mails.model_)
    assert not screen.account.isVisible()
    _read(qtbot, screen)
    card = screen.post.card
    assert card.text.text() == "Where do we meet?"
    assert card.number.text() == f"CF-{made}"  # whoever wrote it has booked this
    assert card.number.focusProxy().hasFocus() or card.number.hasFocus()
    card.number.entered.emit()
    qtbot.waitUntil(lambda: len(_messages(a_desk)) == 1)
    qtbot.waitUntil(lambda: not screen.post.list.isVisible())
    assert not screen.post.is_read


def test_a_number_that_names_nothing_is_said_and_nothing_is_done(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    _sort(a_desk, a_mail("Hello"))
    screen = _screen(qtbot, at)
    _read(qtbot, screen)
    for typed in ("CF-99", "'; DROP TABLE staff;--<b>{0}%s\u202e"):
        screen.post.card.number.set_text(typed)
        screen.post.card.attach.click()
        qtbot.waitUntil(lambda: screen.post.card.refused.isVisible() and not screen.post._deed.is_open)
    assert screen.post.is_read
    assert _messages(a_desk) == []


def test_a_mail_is_taken_as_an_order_by_hand(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    _sort(a_desk, a_mail(ORDER, subject="Fwd: 27KK100000009"))
    screen = _screen(qtbot, at)
    _read(qtbot, screen)
    assert screen.post.card.order.isEnabled()
    screen.post.card.order.click()
    qtbot.waitUntil(lambda: not screen.post.list.isVisible())
    with a_desk.reading() as look:
        assert look.execute(select(Reservation.channel)).scalars().all() == ["kkday"]


def test_no_order_is_taken_before_somebody_says_whose(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    _sort(a_desk, a_mail("Hello"))
    screen = _screen(qtbot, at)
    _read(qtbot, screen)
    screen.post.card.order.click()
    assert screen.post.is_read
    screen.post.card.channel.chosen.emit("kkday")
    screen.post.card.order.click()
    qtbot.waitUntil(screen.post.card.refused.isVisible)


def test_what_another_counter_places_is_no_longer_shown(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    _sort(a_desk, a_mail("One"), a_mail("Two"))
    screen = _screen(qtbot, at, 2)
    _read(qtbot, screen)
    shown_now = screen.post.card.mail
    assert shown_now is not None
    leave_alone(shown_now.mail.id, desk=a_desk)
    screen.refresh(frozenset(("mails",)))
    qtbot.waitUntil(lambda: screen.post.list.mails.model_.rowCount() == 1)
    assert not screen.post.is_read


def test_a_file_s_account_and_a_mail_are_shown_in_turn(
    qtbot: QtBot, at: AtDesk, a_desk: Desk, tmp_path: Path
) -> None:
    _sort(a_desk, a_mail("Hello"))
    screen = _screen(qtbot, at)
    path = tmp_path / "orders.csv"
    path.write_bytes(direct_file(direct_row()))
    screen.opened(paths=[path])
    qtbot.waitUntil(lambda: screen.account.take.isVisible() and screen.account.take.isEnabled())
    _read(qtbot, screen)
    assert not screen.account.isVisible()
    screen.files.go_to(0)
    screen.files.moved.emit(screen.file)
    assert screen.account.isVisible()
    assert not screen.post.is_read
    assert len(waiting_mails(desk=a_desk)) == 1


def test_esc_leads_from_the_mail_to_the_list_and_its_line_is_lit_while_it_is_read(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    _sort(a_desk, a_mail("Hello"))
    screen = _screen(qtbot, at)
    _read(qtbot, screen)
    mails = screen.post.list.mails
    assert mails.currentIndex().isValid()
    back = next(one for one in screen.actions() if one.objectName() == "back")
    with qtbot.assertNotEmitted(screen.back_wanted):
        back.trigger()
    assert not screen.post.is_read
    assert mails.hasFocus()
    with qtbot.waitSignal(screen.back_wanted):
        back.trigger()


def test_a_mail_that_was_read_is_closed_when_whoever_read_it_leaves(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    _sort(a_desk, a_mail("Where do we meet?"))
    screen = _screen(qtbot, at)
    _read(qtbot, screen)
    assert "Where do we meet?" in screen.post.card.text.text()
    screen.hide_personal()
    assert not screen.post.is_read
    assert screen.post.card.text.text() == ""
    _read(qtbot, screen)
    assert "Where do we meet?" in screen.post.card.text.text()


def test_in_a_tight_window_the_mail_that_is_read_has_all_the_room(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    _sort(a_desk, a_mail("Hello"))
    screen = _screen(qtbot, at)
    screen.resize(700, 600)
    _read(qtbot, screen)
    qtbot.waitUntil(lambda: screen.post.list.visibleRegion().isEmpty())
    next(one for one in screen.actions() if one.objectName() == "back").trigger()
    qtbot.waitUntil(screen.post.list.isVisible)


def test_the_reservation_of_a_mail_is_found_by_a_name_while_it_is_typed(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    made = a_reservation(a_desk, name="Ann Example")
    _sort(a_desk, a_mail("Hello", sender=("Somebody", "else@example.net")))
    screen = _screen(qtbot, at)
    _read(qtbot, screen)
    card, finder = screen.post.card, screen.post.finder
    typing = card.number.focusProxy() or card.number
    qtbot.keyClicks(typing, "exam")
    qtbot.waitUntil(lambda: finder.is_open and finder.panel.row is not None)
    qtbot.keyClick(typing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.number.text() == f"CF-{made}")
    assert not finder.is_open
    assert _messages(a_desk) == []  # whoever reads it says yes first
    qtbot.keyClick(typing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.reservation_id for one in _messages(a_desk)] == [made])


def test_esc_closes_what_was_found_and_the_mail_stays(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    a_reservation(a_desk, name="Ann Example")
    _sort(a_desk, a_mail("Hello"))
    screen = _screen(qtbot, at)
    _read(qtbot, screen)
    screen.post.card.number.set_text("")
    qtbot.keyClicks(screen.post.card.number.focusProxy() or screen.post.card.number, "exam")
    qtbot.waitUntil(lambda: screen.post.finder.is_open)
    next(one for one in screen.actions() if one.objectName() == "back").trigger()
    assert not screen.post.finder.is_open
    assert screen.post.is_read
