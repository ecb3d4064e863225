"""Who waits for an answer since when, what is unread, and what an answer carries: the same on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from controllers import conversations
from controllers.desk import Desk
from controllers.reservations import take
from models.reservations import Status
from models.tables import Conversation, Message, OutboxRow
from tests.builders import a_product, a_reservation
from tests.fakes import StillClock


@pytest.fixture
def one(desk: Desk) -> int:
    a_product(desk)
    return a_reservation(desk, Status.CONFIRMED, email="anna@example.com")


def heard(desk: Desk, one: int, body: str = "Is there a lift?", **told: Any) -> int:
    with desk.work() as work:
        return conversations.heard(work, one, body=body, **told)


def write(desk: Desk, one: int, words: str = "Yes, at the west gate.") -> tuple[int, int]:
    with desk.work() as work:
        return conversations.write(work, take(work, one), words)


def stands(desk: Desk, one: int) -> tuple[datetime | None, int]:
    with desk.reading() as look:
        row = look.execute(select(Conversation).where(Conversation.reservation_id == one)).one()
    return row.waits_since, row.unread


def test_a_question_waits_since_the_first_one_that_nobody_answered(
    desk: Desk, one: int, clock: StillClock
) -> None:
    first = desk.now()
    heard(desk, one)
    clock.forward(minutes=5)
    heard(desk, one, "Hello?")
    assert stands(desk, one) == (first, 2)


def test_an_answer_ends_the_waiting_and_what_was_unread(desk: Desk, one: int) -> None:
    heard(desk, one)
    write(desk, one)
    assert stands(desk, one) == (None, 0)


@pytest.mark.parametrize("told", [{"direction": "in", "auto": True}, {"direction": "letter"}])
def test_what_a_machine_wrote_neither_asks_nor_answers(desk: Desk, one: int, told: dict[str, Any]) -> None:
    since = desk.now()
    heard(desk, one)
    with desk.work() as work:
        conversations.said(work, one, body="I am away until Monday", **told)
    assert stands(desk, one) == (since, 1)


def test_a_machine_alone_begins_no_conversation(desk: Desk, one: int) -> None:
    heard(desk, one, "I am away until Monday", auto=True)
    with desk.reading() as look:
        assert look.execute(select(Conversation)).first() is None
        assert look.execute(select(Message.auto)).scalar_one() is True


def test_an_answer_is_promised_with_its_words_and_the_mails_it_answers(desk: Desk, one: int) -> None:
    heard(desk, one, message_id="<b@example.com>", thread="<a@example.com>")
    message, promised = write(desk, one)
    with desk.reading() as look:
        row = look.execute(select(OutboxRow).where(OutboxRow.id == promised)).one()
        kept = look.execute(select(Message).where(Message.id == message)).one()
    assert (row.kind, row.state, row.address) == ("message", "WAITING", "anna@example.com")
    assert row.body == {
        "words": "Yes, at the west gate.",
        "thread": ["<a@example.com>", "<b@example.com>"],
        "message": message,
    }
    assert (kept.direction, kept.outbox_id, kept.body) == ("out", promised, "Yes, at the west gate.")


def test_the_same_words_twice_are_two_messages(desk: Desk, one: int) -> None:
    assert write(desk, one, "Hello") != write(desk, one, "Hello")


def test_a_long_thread_is_named_by_its_first_and_its_newest_mails(desk: Desk, one: int) -> None:
    every = [f"<{n}@example.com>" for n in range(50)]
    heard(desk, one, message_id=every[-1], thread=" ".join(every[:-1]))
    with desk.work() as work:
        assert conversations.thread_of(work, one) == (every[0], *every[-19:])
