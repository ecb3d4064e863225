"""The outbox in its window: what waits counts down, what failed says why, and a digit decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import insert, select, update

from controllers.background import Lane
from controllers.bounces import mark_bad
from controllers.carriers.keeping import SMTP, keep_carrier, say_trouble
from controllers.desk import Desk
from controllers.notice_people import Heard, keep_notices
from controllers.notices import tell
from models.boxes import boxes
from models.mail_server import MailServer
from models.notices import Event, Route
from models.outbox import Letter, LetterState, Trouble
from models.outbox_views import View
from models.reservations import Status
from models.tables import BadAddress, OutboxRow
from tests.builders import a_product, a_reservation, an_operator
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from ui.letter_preview import LetterPreview
from ui.outbox import Outbox
from ui.outbox_words import address_words
from ui.today import Today

_O: Any = OutboxRow.__table__
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def order(a_desk: Desk) -> int:
    an_operator(a_desk, name="Example Tours", contact="desk@example.com")
    a_product(a_desk)
    keep_carrier(SMTP, MailServer(host="localhost", sender="desk@example.com").told(), desk=a_desk, seen=0)
    return a_reservation(a_desk, Status.CONFIRMED, email="kim@example.org")


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk, order: int) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk, {"today": Today, "letters": Outbox})
    yield made
    made.close()


def a_letter(desk: Desk, order: int, state: LetterState, **others: Any) -> int:
    told = {"kind": Letter.CHANGE, "reservation_id": order, "language": "en", "state": state}
    told |= {"address": "kim@example.org", "body": {}, "leave_at": desk.now(), "made_at": desk.now()}
    with desk.work() as work:
        key = f"change:{order}:{state}"
        made = work.connection.execute(insert(_O).returning(_O.c.id), told | {"key": key} | others)
        return int(made.scalar_one())


def state_of(desk: Desk, letter: int) -> LetterState:
    with desk.reading() as look:
        return look.execute(select(_O.c.state).where(_O.c.id == letter)).scalar_one()


def broken(desk: Desk) -> int:
    """How many letters Today says that somebody must look at."""
    with desk.reading() as look:
        found = boxes(look, desk.now(), desk.now().date())
    return sum(one.count for one in found if one.key == "letters")


def row_words(screen: Outbox, row: int) -> str:
    model = screen.board.model_
    return " | ".join(str(model.index(row, n).data(ACCESSIBLE)) for n in range(model.columnCount()))


def at_the_screen(here: DeskWindow) -> Outbox:
    here.go("letters")
    screen = here.window.screen_in_front
    assert isinstance(screen, Outbox)
    return screen


def test_where_all_is_well_it_shows_what_waits_and_for_how_long(here: DeskWindow) -> None:
    screen = at_the_screen(here)

    assert screen.view is View.WAITING
    assert screen.board.row.kind is Letter.CONFIRMATION
    assert "leaves in 1:00" in here.said(screen.panel)
    assert "Take it back" in here.said(screen.panel)


def test_a_failed_letter_says_the_servers_words_and_a_digit_tries_it_again(
    here: DeskWindow, a_desk: Desk, order: int
) -> None:
    letter = a_letter(a_desk, order, LetterState.FAILED, trouble="550 5.1.1 nobody lives here")
    screen = at_the_screen(here)
    assert screen.view is View.NEEDS_YOU
    assert "550 5.1.1 nobody lives here" in here.said(screen.panel)

    here.press(Qt.Key.Key_1)
    here.quiet()

    assert state_of(a_desk, letter) is LetterState.WAITING
    assert "Change of CF-" in here.toast
    assert screen.board.model_.rowCount() == 0


def test_an_uncertain_letter_is_sent_again_only_where_a_person_says_so(
    here: DeskWindow, a_desk: Desk, order: int
) -> None:
    first = a_letter(a_desk, order, LetterState.UNCERTAIN, trouble=Trouble.LINE_CUT, message_id="<a@b>")
    at_the_screen(here)

    here.press(Qt.Key.Key_2)
    here.quiet()

    assert state_of(a_desk, first) is LetterState.WAITING
    with a_desk.reading() as look:
        assert look.execute(select(_O.c.message_id).where(_O.c.id == first)).scalar_one() == "<a@b>"


def test_an_uncertain_letter_that_arrived_counts_as_sent(here: DeskWindow, a_desk: Desk, order: int) -> None:
    first = a_letter(a_desk, order, LetterState.UNCERTAIN, trouble=Trouble.SENDER_GONE)
    at_the_screen(here)

    here.press(Qt.Key.Key_1)
    here.quiet()

    assert state_of(a_desk, first) is LetterState.SENT


def test_trying_again_forgives_the_address(here: DeskWindow, a_desk: Desk, order: int) -> None:
    a_letter(a_desk, order, LetterState.BOUNCED, trouble="550 no such user")
    with a_desk.work() as work:
        mark_bad(work, "kim@example.org", "5.1.1")
    at_the_screen(here)

    here.press(Qt.Key.Key_1)
    here.quiet()

    with a_desk.reading() as look:
        assert look.execute(select(BadAddress)).first() is None


def test_a_letter_that_came_back_is_given_another_address_and_goes_there(
    here: DeskWindow, a_desk: Desk, order: int
) -> None:
    letter = a_letter(a_desk, order, LetterState.BOUNCED, trouble="550 no such user")
    screen = at_the_screen(here)
    assert "Give another address" in here.said(screen.panel)

    here.press(Qt.Key.Key_A)
    here.quiet()
    here.type("lee@example.org")
    here.press(Qt.Key.Key_Return)
    here.quiet()
    here.press(Qt.Key.Key_1)
    here.quiet()

    assert state_of(a_desk, letter) is LetterState.WAITING
    with a_desk.reading() as look:
        assert look.execute(select(_O.c.address).where(_O.c.id == letter)).scalar_one() == "lee@example.org"


def test_what_has_moved_on_meanwhile_is_refused_and_read_again(
    here: DeskWindow, a_desk: Desk, order: int
) -> None:
    letter = a_letter(a_desk, order, LetterState.FAILED)
    screen = at_the_screen(here)
    with a_desk.database.transaction() as connection:
        connection.execute(update(_O).where(_O.c.id == letter).values(state=LetterState.SENT))

    here.press(Qt.Key.Key_1)
    here.quiet()

    assert state_of(a_desk, letter) is LetterState.SENT
    assert screen.board.model_.rowCount() == 0


def test_a_traveler_who_is_not_confirmed_stays_hidden_in_the_servers_words_too(
    here: DeskWindow, a_desk: Desk
) -> None:
    one = a_reservation(a_desk, sold_by="kkday", email="secret@example.org", name="Ann Example")
    words = "550 <secret@example.org>: Ann Example is unknown"
    a_letter(a_desk, one, LetterState.FAILED, address="secret@example.org", trouble=words)
    screen = at_the_screen(here)

    told = here.said(screen) + "".join(
        screen.board.model_.index(0, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(4)
    )
    assert "secret" not in told
    assert "Ann" not in told
    assert "hidden until confirmed" in told.casefold()


def test_a_mail_server_in_trouble_stands_above_the_list(here: DeskWindow, a_desk: Desk) -> None:
    say_trouble(SMTP, "535 5.7.8 wrong password", desk=a_desk)
    screen = at_the_screen(here)

    assert screen.mail.isVisible()
    assert "535 5.7.8 wrong password" in screen.mail.accessibleName()


def test_today_says_that_the_mail_server_takes_no_letters(here: DeskWindow, a_desk: Desk) -> None:
    say_trouble(SMTP, "nobody-there", desk=a_desk)
    here.go("today")
    today = here.window.screen_in_front
    assert isinstance(today, Today)

    first = next(one for one in today.cards.chores.model_.rows if one.goes == "letters")
    today.cards.chores.opened.emit(first)
    here.quiet()

    assert first.detail.startswith("Nobody answers")
    screen = here.window.screen_in_front
    assert isinstance(screen, Outbox)
    assert screen.view is View.WAITING


def test_the_box_of_failed_letters_leads_here(here: DeskWindow, a_desk: Desk, order: int) -> None:
    a_letter(a_desk, order, LetterState.UNCERTAIN)
    here.go("today")
    today = here.window.screen_in_front
    assert isinstance(today, Today)

    today.cards.boxes.opened.emit("letters")
    here.quiet()

    screen = here.window.screen_in_front
    assert isinstance(screen, Outbox)
    assert screen.board.model_.rowCount() == 1


def test_a_long_list_is_read_page_by_page(here: DeskWindow, a_desk: Desk, order: int) -> None:
    for n in range(130):
        at = a_desk.now() - timedelta(minutes=n // 2)
        a_letter(a_desk, order, LetterState.SENT, key=f"k{n}", leave_at=at)
    screen = at_the_screen(here)
    screen.tabs.choose(3)
    here.quiet()
    while screen.board.model_.canFetchMore(screen.board.rootIndex()):
        screen.board.model_.fetchMore(screen.board.rootIndex())
        here.quiet()

    ids = [line.id for line in screen.board.model_.rows]
    assert len(ids) == len(set(ids)) == 130
    QAbstractItemModelTester(screen.board.model_, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_letter_can_be_read_before_it_leaves(here: DeskWindow) -> None:
    at_the_screen(here)

    here.press(Qt.Key.Key_V)
    here.quiet()

    assert here.dialog is not None
    assert "Confirmation" in here.dialog.accessibleName()


def test_whoever_looks_far_down_the_list_stays_there_while_letters_leave(
    here: DeskWindow, a_desk: Desk, order: int
) -> None:
    for n in range(70):
        a_letter(a_desk, order, LetterState.FAILED, key=f"change:{n}")
    screen = at_the_screen(here)
    here.press(Qt.Key.Key_End)
    here.press(Qt.Key.Key_End)
    assert screen.board.model_.rowCount() == 70
    before = screen.board.row
    a_letter(a_desk, order, LetterState.FAILED, key="change:newest")
    here.background.announce_elsewhere(frozenset({"letters"}))
    here.quiet()
    assert screen.board.row.id == before.id
    assert screen.board.model_.rowCount() == 71


def test_left_and_right_go_from_tab_to_tab(here: DeskWindow) -> None:
    screen = at_the_screen(here)
    here.press(Qt.Key.Key_Right)
    assert screen.view is View.NO_ADDRESS
    here.press(Qt.Key.Key_Left)
    assert screen.view is View.WAITING


def test_a_letter_that_came_back_is_put_away_and_ctrl_z_has_it_wait_again(
    here: DeskWindow, a_desk: Desk, order: int
) -> None:
    letter = a_letter(a_desk, order, LetterState.BOUNCED, trouble="550 no such user", sent_at=a_desk.now())
    screen = at_the_screen(here)

    here.press(Qt.Key.Key_2)
    here.quiet()

    assert state_of(a_desk, letter) is LetterState.PUT_AWAY
    assert "is done with" in here.toast
    assert broken(a_desk) == 0
    screen.tabs.choose(tuple(View).index(View.SENT))
    here.quiet()
    assert "came back, done with" in here.said(screen.panel)
    assert "550 no such user" in here.said(screen.panel)

    here.deeds.take_back_last()
    here.quiet()

    assert state_of(a_desk, letter) is LetterState.BOUNCED
    assert "waits for somebody again" in here.toast
    assert broken(a_desk) == 1


def test_notices_say_what_they_tell_and_by_which_way(here: DeskWindow, a_desk: Desk, order: int) -> None:
    heard = Heard(mail="staff@example.com", tells=frozenset((event, Route.MAIL) for event in Event))
    keep_notices(a_desk.actor.staff_id, heard, desk=a_desk)
    with a_desk.work(by_clock=True) as work:
        tell(work, Event.NEW, order, "again")
        tell(work, Event.REFUND, None, "many", facts={"count": 12})
        tell(work, Event.DIGEST, None, "today")

    screen = at_the_screen(here)

    said = {screen.board.model_.rows[n].event: row_words(screen, n) for n in range(4)}
    assert f"New reservation: CF-{order}" in said[Event.NEW]
    assert "Notice to staff" in said[Event.NEW]
    assert "Refund overdue: 12" in said[Event.REFUND]
    assert "Summary each morning" in said[Event.DIGEST]
    assert f"Confirmation of CF-{order}" in said[None]
    ways = {address_words(one) for one in screen.board.model_.rows if one.event}
    assert ways == {"E-mail, staff@example.com"}


def test_whoever_has_read_a_letter_and_closed_it_can_leave(
    here: DeskWindow, a_desk: Desk, order: int
) -> None:
    screen = at_the_screen(here)
    here.press(Qt.Key.Key_V)
    preview = here.dialog
    assert isinstance(preview, LetterPreview)
    here.press(Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: not isValid(preview))
    here.window.hide_personal()
    with held(here.background, Lane.READING):
        here.qtbot.keyClick(here.keyboard, Qt.Key.Key_V)
        screen.hide_personal()
    here.quiet()
    assert here.dialog is None, "what one wanted to read who has left is shown to nobody"
