"""What is known of a letter is never lost, whatever the database or the server does at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from controllers import sending, sending_rest, sending_settle
from controllers.desk import Desk
from controllers.mail_route import LETTERS, send_letters
from controllers.sending import Route, send_due
from controllers.sending_rest import HORIZON, nothing_before
from controllers.work_list import JOBS, Rest
from models.outbox import MAIL, LetterState, Trouble
from models.refusals import CannotDo
from models.tables import OutboxRow
from tests.builders import a_product, a_reservation
from tests.controllers.test_sending import a_letter, row, send, set_up, wait, words_taken
from tests.peers.smtp import Post, post_office

_O: Any = OutboxRow.__table__


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that takes everything, until the test says otherwise."""
    with post_office() as post:
        yield post


@pytest.fixture
def order(a_desk: Desk, post: Post) -> int:
    """A reservation with an address, and a mail server that is set up."""
    set_up(a_desk, post)
    a_product(a_desk)
    return a_reservation(a_desk, email="kim@example.org")


def asked_when_leaving(answer: Any) -> Route:
    """The way of letters, where the second question, asked when the row says LEAVING, is answered like this."""
    asked: list[int] = []

    def why_not(_look: Any, one: Any) -> str:
        asked.append(one.id)
        if len(asked) == 2:
            raise answer
        return ""

    return replace(LETTERS, why_not=why_not)


def test_a_letter_waits_where_the_database_is_away_just_before_it_leaves(
    a_desk: Desk, post: Post, order: int
) -> None:
    letter = a_letter(a_desk, order)

    send_due(asked_when_leaving(CannotDo("database-unreachable", where="")), desk=a_desk.by_the_clock())
    then = row(a_desk, letter)
    send(a_desk)

    assert (then.state, then.tries, then.claimed_by) == (LetterState.WAITING, 0, "")
    assert row(a_desk, letter).state is LetterState.SENT
    assert len(post.taken) == 1


def test_a_mistake_of_ours_just_before_a_letter_leaves_is_no_doubt_about_it(
    a_desk: Desk, post: Post, order: int
) -> None:
    letter = a_letter(a_desk, order)

    send_due(asked_when_leaving(ZeroDivisionError()), desk=a_desk.by_the_clock())

    assert (row(a_desk, letter).state, row(a_desk, letter).trouble) == (
        LetterState.FAILED,
        Trouble.NOT_WRITTEN,
    )
    assert post.taken == []


@pytest.mark.parametrize("code", ["offline", "server-starting", "database-busy"])
def test_a_letter_waits_where_the_database_is_away_while_it_is_written(
    a_desk: Desk, post: Post, order: int, code: str
) -> None:
    letter = a_letter(a_desk, order)

    def away(_look: Any, _row: Any) -> str:
        raise CannotDo(code)

    with pytest.raises(CannotDo):
        send_due(replace(LETTERS, why_not=away), desk=a_desk.by_the_clock())
    then = row(a_desk, letter).state
    send(a_desk)

    assert then is LetterState.WAITING
    assert row(a_desk, letter).state is LetterState.SENT


@pytest.fixture(params=["database-busy", "offline", "server-starting", "disk-full"])
def deaf(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[bool]:
    """While the list holds something the database hears of no outcome, whatever it says to that."""
    holds, write = [True], sending_settle._write_down

    def perhaps(*told: Any) -> None:
        if holds:
            raise CannotDo(request.param)
        write(*told)

    monkeypatch.setattr(sending_settle, "_BETWEEN_S", 0)
    monkeypatch.setattr(sending_settle, "_write_down", perhaps)
    return holds


def test_what_a_deaf_database_did_not_hear_is_told_in_the_next_turn(
    a_desk: Desk, post: Post, order: int, deaf: list[bool]
) -> None:
    letter = a_letter(a_desk, order)

    with pytest.raises(CannotDo):
        send(a_desk)
    then = row(a_desk, letter).state
    deaf.clear()
    wait(a_desk, minutes=10)
    send(a_desk)

    assert then is LetterState.LEAVING
    assert row(a_desk, letter).state is LetterState.SENT
    assert len(post.taken) == 1


def test_while_the_database_hears_nothing_no_other_letter_leaves(
    a_desk: Desk, post: Post, order: int, deaf: list[bool]
) -> None:
    a_letter(a_desk, order)
    a_letter(a_desk, a_reservation(a_desk, email="lee@example.org"))

    for _ in range(3):
        with pytest.raises(CannotDo):
            send(a_desk)

    assert len(post.taken) == 1


def test_a_letter_that_was_given_up_and_then_refused_does_not_leave_behind_later_ones(
    a_desk: Desk, post: Post, order: int, deaf: list[bool]
) -> None:
    first = a_letter(a_desk, order, "first")
    post.behaves = lambda stage, _: "451 later" if stage == "rcpt" else ""
    with pytest.raises(CannotDo):
        send(a_desk)
    with a_desk.work() as work:  # another program found it LEAVING for too long
        work.connection.execute(update(_O).where(_O.c.id == first).values(state=LetterState.UNCERTAIN))
    deaf.clear()
    post.behaves = lambda _stage, _: ""
    second = a_letter(a_desk, order, "second")

    for _ in range(3):
        wait(a_desk, minutes=5)
        send(a_desk)

    assert words_taken(post) == ["second"]
    assert (row(a_desk, first).state, row(a_desk, first).trouble) == (LetterState.FAILED, "451 later")
    assert row(a_desk, second).state is LetterState.SENT


def test_a_letter_is_sent_though_its_conversation_cannot_be_written(
    a_desk: Desk, post: Post, order: int
) -> None:
    def breaks(*_told: Any) -> None:
        raise ZeroDivisionError

    letter = a_letter(a_desk, order)

    send_due(replace(LETTERS, has_left=breaks), desk=a_desk.by_the_clock())

    assert row(a_desk, letter).state is LetterState.SENT


def test_one_letter_at_which_the_server_always_hangs_up_holds_no_other_up(
    a_desk: Desk, post: Post, order: int
) -> None:
    poisoned = a_letter(a_desk, order, address="slow@example.org")
    others = [a_letter(a_desk, a_reservation(a_desk, email=f"{n}@example.org")) for n in range(2)]
    post.behaves = lambda stage, to: "421 not now" if stage == "rcpt" and to.startswith("slow") else ""

    send(a_desk)
    assert [row(a_desk, one).state for one in others] == [LetterState.WAITING] * 2
    send(a_desk)

    assert [row(a_desk, one).state for one in others] == [LetterState.SENT] * 2
    last = row(a_desk, poisoned)
    assert (last.state, last.trouble, last.tries) == (LetterState.WAITING, "421 not now", 1)
    assert last.leave_at > a_desk.now()


def test_a_slow_server_gives_others_their_turn_after_each_minute(
    a_desk: Desk, post: Post, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        a_letter(a_desk, a_reservation(a_desk, email=f"{n}@example.org"))
    monkeypatch.setattr(sending, "TURN_S", -1.0)

    assert [send(a_desk) for _ in range(4)] == [True, True, True, False]
    assert len(post.taken) == 3


# --- how long nobody has to look -----------------------------------------------------------------


def seconds(desk: Desk) -> float:
    return nothing_before((MAIL,), desk.now(), desk=desk.by_the_clock()).seconds


def test_nobody_looks_before_the_next_letter_leaves(a_desk: Desk, post: Post, order: int) -> None:
    assert seconds(a_desk) == HORIZON.total_seconds()
    a_letter(a_desk, order, leave_at=a_desk.now() + timedelta(days=1))
    assert seconds(a_desk) == HORIZON.total_seconds()
    a_letter(a_desk, order, "soon", leave_at=a_desk.now() + timedelta(seconds=7))
    assert seconds(a_desk) == 7


def test_a_letter_that_became_due_while_somebody_looked_is_seen_at_once(
    a_desk: Desk, post: Post, order: int
) -> None:
    since = a_desk.now()
    a_letter(a_desk, order, leave_at=since + timedelta(seconds=1))
    wait(a_desk, seconds=2)

    assert nothing_before((MAIL,), since, desk=a_desk.by_the_clock()).seconds == 0


def test_who_leaves_is_looked_after_when_its_sender_counts_as_gone(
    a_desk: Desk, post: Post, order: int
) -> None:
    then = a_desk.now() - sending_rest.SENDER_GONE + timedelta(seconds=3)
    a_letter(a_desk, order, state=LetterState.LEAVING, claimed_by="gone:1", claimed_at=then)

    assert seconds(a_desk) == 3


def test_a_server_that_is_away_is_left_alone_and_what_waits_for_it_with_it(
    a_desk: Desk, post: Post, order: int
) -> None:
    a_letter(a_desk, order)
    a_letter(a_desk, a_reservation(a_desk), leave_at=a_desk.now() + timedelta(seconds=1))
    set_up(a_desk, post, port=1)
    send(a_desk)

    assert 5 < seconds(a_desk) <= 10


def test_settings_that_another_program_kept_are_tried_at_once(a_desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(a_desk, order)
    set_up(a_desk, post, port=1)
    send(a_desk)
    set_up(a_desk, post)

    assert send_letters(desk=a_desk.by_the_clock())
    assert row(a_desk, letter).state is LetterState.SENT


def test_the_job_of_letters_tells_how_long_it_has_nothing_to_do(a_desk: Desk, post: Post, order: int) -> None:
    letters = next(job for job in JOBS if job.word == "letters")
    a_letter(a_desk, order, leave_at=a_desk.now() + timedelta(seconds=5))

    assert letters.do(a_desk.by_the_clock()) == Rest(5)
    wait(a_desk, seconds=5)
    assert letters.do(a_desk.by_the_clock()) is True
    assert len(post.taken) == 1


def test_a_job_of_notices_without_any_has_nothing_to_do(a_desk: Desk) -> None:
    notices = next(job for job in JOBS if job.word == "notices")

    assert notices.do(a_desk.by_the_clock()) == Rest(HORIZON.total_seconds())
