"""The conversations in the real window: found, read, answered, noted, and left without losing what was begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers import conversations, letter_address, messages, saved_replies
from controllers.background import Lane
from controllers.conversations import File
from controllers.desk import Desk
from models.outbox import LetterState
from models.reservations import Status
from models.rows import Filter
from models.tables import OutboxRow
from models.talk import SavedReply, Tab
from tests.builders import a_product, a_reservation, without_replies
from tests.fakes import StillClock
from tests.ui.calendar_desk import settle
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from tests.ui.two_desks import Two
from ui.messages import Messages
from ui.messages_line import Bubble, Pill
from ui.messages_picture import read_picture
from ui.today import Today
from ui.widgets.notice import Notice

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def one(a_desk: Desk) -> int:
    a_product(a_desk, capacity=40, meeting_point="Exit 2")
    return a_reservation(a_desk, Status.CONFIRMED, name="Anna Sample", email="anna@example.com")


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk, one: int, tmp_path: Path) -> Iterator[DeskWindow]:
    chosen = tmp_path / "map.png"
    chosen.write_bytes(a_picture())

    def build(at: Any) -> Messages:
        return Messages(
            at,
            choose=lambda _place, _title, take: take([str(chosen)]),
            save=lambda _place, name, take: take(str(tmp_path / f"saved-{name}")),
        )

    made = DeskWindow(qtbot, a_desk, {"messages": build, "today": Today})
    yield made
    made.close()


def a_picture() -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def heard(desk: Desk, one: int, body: str = "Is there a lift?", **told: Any) -> int:
    with desk.work() as work:
        return conversations.heard(work, one, body=body, **told)


def room(here: DeskWindow, one: int | None = None) -> Messages:
    here.go("messages", **({"reservation": one} if one is not None else {}))
    screen = here.window.screen_in_front
    assert isinstance(screen, Messages)
    return screen


def said(screen: Messages) -> list[str]:
    return [bubble.accessibleName() for bubble in screen.room.bubbles]


def outgoing(desk: Desk, one: int) -> list[str]:
    return [m.body for m in messages.see_room(one, desk=desk).said if m.direction == "out"]


def test_the_list_tells_who_waits_since_when_and_enter_opens_the_conversation(
    here: DeskWindow, a_desk: Desk, one: int, clock: StillClock
) -> None:
    heard(a_desk, one)
    clock.forward(minutes=26)
    screen = room(here)
    row = screen.board.model_.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row.startswith("Anna Sample, unread, waits 26 min, Is there a lift?")
    here.press(Qt.Key.Key_Return)
    assert "Is there a lift?. " in "\n".join(said(screen))
    assert "Waits 26 min, promised by 22:00" in here.said(screen)
    assert screen.subtitle() == "1 waits for an answer"
    assert messages.see_talks(Tab.ALL, desk=a_desk).rows[0].unread == 0


def test_beside_the_conversation_stands_the_language_their_letters_are_in(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    room(here, one)
    assert "not told; letters in English" in here.said()
    letter_address.keep_letter_address(one, "", "ko", desk=a_desk)
    room(here, one)
    assert "\nKorean" in here.said()


@pytest.mark.parametrize(("hours", "words"), [(10, "2 h 00 left"), (13, "1 h 00 late")])
def test_the_last_hours_of_the_promise_and_what_is_over_are_said(
    here: DeskWindow, a_desk: Desk, one: int, clock: StillClock, hours: int, words: str
) -> None:
    heard(a_desk, one)
    clock.forward(hours=hours)
    screen = room(here)
    assert words in screen.board.model_.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_an_answer_is_written_and_sent_by_keyboard_alone(here: DeskWindow, a_desk: Desk, one: int) -> None:
    heard(a_desk, one)
    screen = room(here, one)
    here.press(Qt.Key.Key_R)
    here.type("Yes, at the west gate.")
    here.press(Qt.Key.Key_Return, CTRL)
    assert outgoing(a_desk, one) == ["Yes, at the west gate."]
    assert screen.compose.area.text() == ""
    assert any(
        name.startswith("Yes, at the west gate.") and "waits to leave" in name for name in said(screen)
    )
    assert "Nobody waits" in here.said(screen)


def test_a_note_is_kept_for_the_others_and_nothing_is_sent(here: DeskWindow, a_desk: Desk, one: int) -> None:
    screen = room(here, one)
    here.press(Qt.Key.Key_I, CTRL)
    here.type("calls back")
    here.press(Qt.Key.Key_Return, CTRL)
    assert outgoing(a_desk, one) == []
    assert any("calls back" in name and "internal note" in name for name in said(screen))
    assert not screen.compose.is_note


def test_what_is_begun_is_kept_for_each_conversation_while_one_is_elsewhere(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    other = a_reservation(a_desk, Status.CONFIRMED, name="Bo Muster")
    screen = room(here, one)
    screen.compose.setFocus()
    here.type("half a ")
    room(here, other)
    assert screen.compose.area.text() == ""
    here.go("today")
    room(here, one)
    assert screen.compose.area.text() == "half a "


def test_two_answers_sent_one_after_the_other_both_leave_their_boxes(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    other = a_reservation(a_desk, Status.CONFIRMED, name="Bo Muster", email="bo@example.com")
    screen = room(here, other)
    screen.compose.area.set_text("to Bo")
    room(here, one)
    screen.compose.area.set_text("to Anna")
    with held(here.background):
        screen.compose.send.click()
        screen.compose.show_draft_of(other)
        screen._id = other
        screen.compose.send.click()
    here.quiet()
    assert (outgoing(a_desk, one), outgoing(a_desk, other)) == (["to Anna"], ["to Bo"])
    for order in (one, other):
        room(here, order)
        assert screen.compose.area.text() == ""
        screen.compose.area.set_text("and one more")
        assert screen.compose.send.isEnabled()


def test_what_was_refused_in_one_conversation_is_not_said_in_the_box_of_another(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    other = a_reservation(a_desk, Status.CONFIRMED, name="Bo Muster")
    screen = room(here, one)
    screen.compose.area.set_text("first words")
    with held(here.background):
        messages.answer(one, desk=a_desk, words="I was quicker", seen=0)
        screen.compose.send.click()
        screen._open(other)
    here.quiet()
    assert here.toast.startswith(f"CF-{one}: Owner has just written to this traveler.")
    assert not any(notice.isVisible() for notice in screen.compose.findChildren(Notice))
    room(here, one)
    assert screen.compose.area.text() == "first words"


def test_a_key_means_the_conversation_one_has_just_come_to(here: DeskWindow, a_desk: Desk, one: int) -> None:
    other = a_reservation(a_desk, Status.CONFIRMED, name="Bo Muster")
    for order in (other, one):
        heard(a_desk, order)
    screen = room(here, one)
    screen.board.setFocus()
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Up)  # what is read already stands below
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_D)
    here.quiet()
    assert screen.leaves() == {"left": other}
    assert {row.id for row in messages.see_talks(Tab.WAITING, desk=a_desk).rows} == {one, other}
    here.press(Qt.Key.Key_D)
    assert [row.id for row in messages.see_talks(Tab.WAITING, desk=a_desk).rows] == [one]


def test_whoever_types_already_stays_in_the_conversation_that_is_open(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    other = a_reservation(a_desk, Status.CONFIRMED, name="Bo Muster")
    for order in (other, one):
        heard(a_desk, order)
    screen = room(here, one)
    screen.board.setFocus()
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Up)
    assert screen.board.row.id == other
    screen.compose.setFocus()
    screen._talks._dwell.timeout.emit()
    here.quiet()
    assert screen.leaves() == {"left": one}
    assert screen.board.row.id == one


def test_before_confirmation_it_is_the_traveler_of_a_number_everywhere(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    hidden = a_reservation(a_desk, sold_by="kkday", name="SECRET, PERSON", reference="27KK-99")
    heard(a_desk, hidden, "I am Person Secret", files=[File("Secret.png", "image/png", 9, a_picture())])
    screen = room(here, hidden)
    told = here.said(screen).casefold()
    assert "traveler of 27kk-99" in told
    assert "secret" not in told
    assert "person" not in told.replace("participant", "")
    row = screen.board.model_.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "secret" not in row.casefold()
    screen.compose.setFocus()
    here.type("Hello")
    here.press(Qt.Key.Key_Return, CTRL)
    assert outgoing(a_desk, hidden) == ["Hello"]


def test_somebody_else_answered_meanwhile_and_is_read_first(here: DeskWindow, a_desk: Desk, one: int) -> None:
    heard(a_desk, one)
    screen = room(here, one)
    screen.compose.setFocus()
    here.type("No")
    here.background.changed_elsewhere.disconnect(here._hear_elsewhere)
    messages.answer(one, desk=Desk(a_desk.database, a_desk.actor, a_desk.practice, a_desk.clock), words="Yes")
    here.press(Qt.Key.Key_Return, CTRL)
    assert "has just written to this traveler" in here.said(screen.compose)
    assert screen.compose.area.text() == "No"
    assert any(name.startswith("Yes") for name in said(screen))
    here.press(Qt.Key.Key_Return, CTRL)
    assert outgoing(a_desk, one) == ["Yes", "No"]


def test_what_one_of_us_wrote_in_another_mail_program_stands_on_our_side(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    heard(a_desk, one)
    with a_desk.work(by_clock=True) as work:
        told = {"body": "At exit 2.", "sender": "desk@example.com", "sender_name": "Example Tours"}
        conversations.written_elsewhere(work, one, **told)
    screen = room(here, one)
    told_on_screen = said(screen)
    assert any("written in another mail program" in words for words in told_on_screen), told_on_screen
    assert messages.see_room(one, desk=a_desk).waits_since is None


def test_nothing_to_answer_and_the_next_who_waits(here: DeskWindow, a_desk: Desk, one: int) -> None:
    other = a_reservation(a_desk, Status.CONFIRMED, name="Bo Muster")
    heard(a_desk, one, "Thank you!")
    heard(a_desk, other)
    screen = room(here, one)
    here.press(Qt.Key.Key_D)
    assert messages.see_room(one, desk=a_desk).waits_since is None
    here.press(Qt.Key.Key_N)
    assert "Bo Muster" in here.said(screen.side)


def test_a_complaint_is_opened_and_closed_by_its_key(here: DeskWindow, a_desk: Desk, one: int) -> None:
    screen = room(here, one)
    here.press(Qt.Key.Key_P)
    assert "Complaint open" in here.said(screen)
    here.press(Qt.Key.Key_P)
    assert messages.see_room(one, desk=a_desk).complaint_at is None


def test_a_slash_offers_kept_replies_filled_and_an_empty_place_is_not_sent(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    without_replies(a_desk)
    body = "{{ traveler }}, we meet at {{ meeting_point }}. {{ guide }} waits."
    saved_replies.keep_reply(SavedReply(0, "Where", "", body), desk=a_desk)
    screen = room(here, one)
    screen.compose.setFocus()
    here.press(Qt.Key.Key_Slash)
    here.press(Qt.Key.Key_Return)
    assert screen.compose.area.text() == "Anna Sample, we meet at Exit 2. {{ guide }} waits."
    assert "Nothing is known for {{ guide }}." in here.said(screen.compose)
    here.press(Qt.Key.Key_Return, CTRL)
    assert outgoing(a_desk, one) == []
    screen.compose.area.set_text("We meet at Exit 2.")
    here.press(Qt.Key.Key_Return, CTRL)
    assert outgoing(a_desk, one) == ["We meet at Exit 2."]


def test_a_reply_is_kept_changed_and_taken_away_from_the_box(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    without_replies(a_desk)
    screen = room(here, one)
    screen.compose.setFocus()
    here.type("Yes")
    here.click("Template")
    here.press(Qt.Key.Key_N)
    here.type("Lift")
    here.press(Qt.Key.Key_Return, CTRL)
    assert [(r.title, r.body) for r in saved_replies.see_replies(desk=a_desk)] == [("Lift", "Yes")]
    here.press(Qt.Key.Key_E)
    here.type("!")
    here.press(Qt.Key.Key_Return, CTRL)
    assert saved_replies.see_replies(desk=a_desk)[0].title == "Lift!"
    held_down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(here.keyboard, held_down)
    here.quiet()
    assert len(saved_replies.see_replies(desk=a_desk)) == 1, "each goes with a press of its own"
    here.press(Qt.Key.Key_Delete)
    assert saved_replies.see_replies(desk=a_desk) == ()
    here.press(Qt.Key.Key_Escape)
    assert here.dialog is None


def test_esc_leaves_the_kept_replies_before_they_have_come(here: DeskWindow, one: int) -> None:
    screen = room(here, one)
    screen.compose.template_wanted.emit()
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_Escape)
    assert here.dialog is None
    here.quiet()


def test_files_are_attached_taken_away_and_sent(here: DeskWindow, a_desk: Desk, one: int) -> None:
    screen = room(here, one)
    screen.compose.setFocus()
    here.press(Qt.Key.Key_T, CTRL)
    here.press(Qt.Key.Key_T, CTRL)
    here.click("map.png")
    here.type("The map")
    here.press(Qt.Key.Key_Return, CTRL)
    sent = next(m for m in messages.see_room(one, desk=a_desk).said if m.direction == "out")
    assert [(f.name, f.kind) for f in sent.files] == [("map.png", "image/png")]
    assert not screen.compose.is_begun


def test_a_file_that_comes_slowly_hangs_on_the_answer_it_was_chosen_for(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    other = a_reservation(a_desk, Status.CONFIRMED, name="Bo Muster")
    screen = room(here, one)
    with held(here.background, Lane.NETWORK):
        here.press(Qt.Key.Key_T, CTRL)
        screen._open(other)
    here.quiet()
    assert "map.png" not in here.said(screen.compose)
    room(here, one)
    assert "map.png" in here.said(screen.compose)


def test_a_picture_is_looked_at_and_saved(here: DeskWindow, a_desk: Desk, one: int, tmp_path: Path) -> None:
    heard(a_desk, one, files=[File("ticket.png", "image/png", 80, a_picture())])
    room(here, one)
    here.click("ticket.png")
    assert here.dialog is not None
    here.click("Save")
    assert (tmp_path / "saved-ticket.png").read_bytes() == a_picture()
    assert here.toast == "Saved: saved-ticket.png"


def test_what_is_no_picture_or_far_too_large_is_never_unfolded() -> None:
    from PySide6.QtCore import QSize

    assert read_picture(b"not a picture", QSize(100, 100)) is None
    small = read_picture(a_picture(), QSize(20, 20))
    assert small is not None
    assert small.width() == 20


def test_what_a_message_quotes_is_one_click_away(here: DeskWindow, a_desk: Desk, one: int) -> None:
    heard(a_desk, one, "Yes", whole="Yes\n> Do you come?")
    screen = room(here, one)
    assert "Do you come?" not in here.said(screen.room)
    here.click("Show all of it")
    assert "Do you come?" in here.said(screen.room)


def test_a_message_that_was_refused_says_why_and_leaves_once_more(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    messages.answer(one, desk=a_desk, words="Yes")
    with a_desk.work() as work:
        work.connection.execute(
            update(OutboxRow)
            .where(OutboxRow.kind == "message")
            .values(state=LetterState.FAILED, trouble="550 no such user")
        )
    screen = room(here, one)
    assert any("not sent" in name and "550 no such user" in name for name in said(screen))
    here.click("Send again")
    assert any("waits to leave" in name for name in said(screen))


def test_a_message_that_came_back_is_put_away_where_it_stands_and_ctrl_z_takes_that_back(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    messages.answer(one, desk=a_desk, words="Yes")
    with a_desk.work() as work:
        came_back = update(OutboxRow).where(OutboxRow.kind == "message")
        work.connection.execute(came_back.values(state=LetterState.BOUNCED, trouble="550 no such user"))
    screen = room(here, one)

    here.click("Done with it")
    assert any("came back, done with" in name for name in said(screen))
    here.deeds.take_back_last()
    here.quiet()
    assert any("came back" in name and "done with" not in name for name in said(screen))


def test_what_was_refused_stays_said_though_the_conversation_is_shown_anew(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    messages.answer(one, desk=a_desk, words="Yes")

    def turn(state: LetterState) -> None:
        with a_desk.work() as work:
            work.connection.execute(update(OutboxRow).where(OutboxRow.kind == "message").values(state=state))

    turn(LetterState.FAILED)
    screen = room(here, one)
    turn(LetterState.SENT)  # of which this window has not heard
    here.click("Send again")
    notice: Notice = next(one for one in screen.findChildren(Notice) if one.isVisible())
    here.window.refresh(frozenset({"messages"}))
    here.quiet()
    assert notice.accessibleName()
    assert notice.isVisible()


def test_what_happened_stands_between_in_words(here: DeskWindow, one: int) -> None:
    screen = room(here, one)
    pills = [pill.accessibleName() for pill in screen.room.findChildren(Pill) if pill.isVisible()]
    assert any("confirmed" in words for words in pills)


@pytest.mark.parametrize("place", ["details", "reservations", "calendar"])
def test_the_room_is_reached_from_everywhere(here: DeskWindow, one: int, place: str) -> None:
    opened: dict[str, Callable[[], None]] = {
        "details": lambda: here.go("details", reservation=one),
        "reservations": lambda: here.go("reservations", wanted=Filter(), title="All"),
        "calendar": lambda: here.go("calendar"),
    }
    opened[place]()
    if place == "calendar":
        for _ in range(17):  # the first of February, and into its day
            here.press(Qt.Key.Key_Right)
        here.press(Qt.Key.Key_Return)
        settle(here)  # a day is asked when nobody leafs any more
        here.quiet()
        here.press(Qt.Key.Key_Down)
        here.press(Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    else:
        here.press(Qt.Key.Key_M)
    assert here.window.word == "messages"
    front = here.window.screen_in_front
    assert isinstance(front, Messages)
    assert "Anna Sample" in here.said(front.side)
    here.press(Qt.Key.Key_O)
    assert here.window.word == "details"


def test_esc_leaves_the_box_first_and_then_the_screen(here: DeskWindow, one: int) -> None:
    here.go("today")
    screen = room(here, one)
    screen.compose.setFocus()
    here.type("x")
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "messages"
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "today"


def test_whoever_worked_here_has_left_and_nothing_of_a_traveler_stands_there(
    here: DeskWindow, a_desk: Desk, one: int
) -> None:
    heard(a_desk, one)
    screen = room(here, one)
    screen.hide_personal()
    here.quiet()
    assert not screen.room.isVisible()
    assert not screen.side.isVisible()


def test_earlier_messages_come_when_they_are_wanted(here: DeskWindow, a_desk: Desk, one: int) -> None:
    with a_desk.work() as work:
        for n in range(150):
            conversations.said(work, one, direction="note", body=f"note {n}")
    screen = room(here, one)
    before = len(screen.room.bubbles)
    here.press(Qt.Key.Key_B)
    assert before == 60
    assert len(screen.room.bubbles) > 150


def test_a_reservation_that_is_not_there_is_said_once_and_asked_for_no_more(here: DeskWindow) -> None:
    screen = room(here, 99)
    here.qtbot.waitUntil(lambda: "Nothing here is called CF-99." in here.said(screen))


def test_the_dashboard_counts_who_waits_and_leads_there(
    here: DeskWindow, a_desk: Desk, one: int, clock: StillClock
) -> None:
    heard(a_desk, one)
    clock.forward(hours=13)
    here.go("today")
    today: Any = here.window.screen_in_front
    face = today.cards.boxes.face("answers")
    assert (face.number, face.meaning, face.family) == ("1", "1 past 12 hours", "stop")
    today.cards.boxes.opened.emit("answers")
    here.quiet()
    assert here.window.word == "messages"


def test_the_list_is_a_proper_model(
    here: DeskWindow, a_desk: Desk, one: int, qtmodeltester: ModelTester
) -> None:
    heard(a_desk, one)
    screen = room(here, one)
    qtmodeltester.check(screen.board.model_)


def test_a_bubble_is_as_high_as_its_words_at_any_width(here: DeskWindow, a_desk: Desk, one: int) -> None:
    heard(a_desk, one, "word " * 60)
    screen = room(here, one)
    bubble: Bubble = screen.room.bubbles[-1]
    narrow, wide = bubble.fit(240), bubble.fit(900)
    assert narrow.height() > wide.height()
    assert bubble.fit(240) == narrow


@pytest.fixture
def two(qtbot: QtBot, desk: Desk, second_desk: Desk) -> Iterator[Two]:
    made = Two(qtbot, desk, second_desk, messages=Messages)
    yield made
    made.close()


def test_what_arrives_and_what_others_answer_meanwhile_is_shown_at_once_on_both_databases(two: Two) -> None:
    one = a_reservation(two.here.desk, Status.CONFIRMED, name="Anna Sample", email="anna@example.com")
    screen = room(two.here, one)
    heard(two.second, one, "Is there a lift?")
    two.here.qtbot.waitUntil(lambda: any("Is there a lift?" in name for name in said(screen)))
    assert screen.board.model_.row(0).id == one
    screen.compose.setFocus()
    two.here.type("Yes, at the")
    messages.answer(one, desk=two.mina, words="Yes, at the west gate.")
    two.here.qtbot.waitUntil(lambda: "Mina wrote to the traveler" in two.here.said(screen.compose))
    two.here.qtbot.waitUntil(lambda: any("west gate" in name and "Mina" in name for name in said(screen)))
    assert screen.compose.area.text() == "Yes, at the"
