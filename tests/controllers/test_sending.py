"""Letters leave through a real mail server on this machine: once, in their order, and each row tells how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from controllers import bounces, sending
from controllers.carriers.keeping import SMTP, keep_carrier, see_carrier
from controllers.desk import Desk
from controllers.mail_route import LETTERS, send_letters
from models.outbox import Letter, LetterState, Trouble
from models.reservations import Status
from models.tables import Message, OutboxRow
from tests.builders import a_product, a_reservation, an_operator
from tests.fakes import StillClock
from tests.peers.smtp import CUT, Post, post_office

_O: Any = OutboxRow.__table__
GONE = timedelta(minutes=5)


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that takes everything, until the test says otherwise."""
    with post_office() as post:
        yield post


@pytest.fixture
def order(desk: Desk, post: Post) -> int:
    """A reservation with an address, and a mail server that is set up."""
    set_up(desk, post)
    a_product(desk)
    return a_reservation(desk, email="kim@example.org")


def set_up(desk: Desk, post: Post, **others: Any) -> None:
    seen = see_carrier(SMTP, desk=desk).version
    keep_carrier(SMTP, post.settings(**others).told(), desk=desk, seen=seen)


def wait(desk: Desk, **span: float) -> None:
    assert isinstance(desk.clock, StillClock)
    desk.clock.forward(**span)


def send(desk: Desk) -> bool:
    sending.try_again_now(LETTERS.word, database=desk.database)
    return send_letters(desk=desk.by_the_clock())


def a_letter(desk: Desk, reservation_id: int, words: str = "Hello", **others: Any) -> int:
    """A letter that somebody at the desk has written and nobody has sent."""
    told = {"kind": Letter.MESSAGE, "reservation_id": reservation_id, "language": "en"}
    told |= {"address": "kim@example.org", "state": LetterState.WAITING, "body": {"words": words}}
    told |= {"leave_at": desk.now(), "made_at": desk.now(), "key": f"message:{reservation_id}:{words[:40]}"}
    with desk.work() as work:
        made = work.connection.execute(insert(_O).returning(_O.c.id), told | others).scalar_one()
    return int(made)


def row(desk: Desk, letter: int) -> Any:
    with desk.reading() as look:
        return look.execute(select(_O).where(_O.c.id == letter)).one()


def words_taken(post: Post) -> list[str]:
    return [one.mail.get_body(("plain",)).get_content().strip() for one in post.taken]  # type: ignore[union-attr]


def test_a_confirmation_leaves_with_its_voucher_when_its_minute_is_over(desk: Desk, post: Post) -> None:
    set_up(desk, post)
    an_operator(desk, name="Example Tours", contact="desk@example.com")
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, email="kim@example.org")
    assert not send(desk)

    wait(desk, seconds=61)
    send(desk)

    mail = post.taken[0].mail
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["application/pdf"]
    assert mail["Auto-Submitted"] == "auto-generated"
    with desk.reading() as look:
        kept = look.execute(select(_O).where(_O.c.reservation_id == one)).one()
        said = look.execute(select(Message).where(Message.outbox_id == kept.id)).one()
    assert (kept.state, kept.message_id) == (LetterState.SENT, mail["Message-ID"])
    assert (said.direction, said.auto, said.message_id) == ("letter", True, kept.message_id)
    assert not send(desk)
    assert len(post.taken) == 1


def test_what_is_put_off_goes_again_later_under_the_same_message_id(
    desk: Desk, post: Post, order: int
) -> None:
    letter = a_letter(desk, order)
    post.behaves = lambda stage, _: "451 4.7.1 greylisted" if stage == "rcpt" else ""

    send(desk)
    before = row(desk, letter)
    post.behaves = lambda _stage, _: ""
    send(desk)
    assert post.taken == []
    wait(desk, minutes=1)
    send(desk)

    assert (before.state, before.tries) == (LetterState.WAITING, 1)
    assert before.trouble == "451 4.7.1 greylisted"
    assert post.ids == [before.message_id]
    assert (row(desk, letter).state, row(desk, letter).trouble) == (LetterState.SENT, "")


def test_pauses_grow_and_after_the_last_the_letter_has_failed(desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(desk, order)
    post.behaves = lambda stage, _: "452 4.2.2 mailbox full" if stage == "rcpt" else ""
    pauses = []
    while row(desk, letter).state is LetterState.WAITING:
        send(desk)
        pauses.append(row(desk, letter).leave_at - desk.now())
        wait(desk, hours=9)

    assert pauses[:-1] == sorted(pauses[:-1])
    assert len(set(pauses)) > 5
    assert row(desk, letter).state is LetterState.FAILED
    assert row(desk, letter).trouble == "452 4.2.2 mailbox full"


def test_what_is_refused_for_good_fails_with_the_servers_words(desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(desk, order)
    post.behaves = lambda stage, _: "550 5.1.1 nobody lives here" if stage == "rcpt" else ""

    send(desk)

    assert (row(desk, letter).state, row(desk, letter).trouble) == (
        LetterState.FAILED,
        "550 5.1.1 nobody lives here",
    )


def test_a_line_that_breaks_within_the_letter_is_tried_again(desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(desk, order, "x" * 3_000_000)
    post.behaves = lambda stage, _: CUT if stage == "data" else ""

    send(desk)

    assert row(desk, letter).state is LetterState.WAITING
    assert row(desk, letter).trouble == "hung-up"


def test_a_line_that_breaks_before_the_answer_is_uncertain_and_never_repeated(
    desk: Desk, post: Post, order: int
) -> None:
    letter = a_letter(desk, order)
    post.behaves = lambda stage, _: CUT if stage == "dot" else ""

    send(desk)
    post.behaves = lambda _stage, _: ""
    wait(desk, days=2)
    send(desk)

    assert (row(desk, letter).state, row(desk, letter).trouble) == (LetterState.UNCERTAIN, Trouble.LINE_CUT)
    assert len(post.taken) == 1


def test_who_died_in_the_middle_leaves_an_uncertain_letter(desk: Desk, post: Post, order: int) -> None:
    left = {"state": LetterState.LEAVING, "claimed_by": "gone:1", "claimed_at": desk.now()}
    letter = a_letter(desk, order, **left)

    send(desk)
    assert row(desk, letter).state is LetterState.LEAVING
    wait(desk, minutes=5)
    send(desk)

    assert (row(desk, letter).state, row(desk, letter).trouble) == (
        LetterState.UNCERTAIN,
        Trouble.SENDER_GONE,
    )
    assert post.taken == []


def test_later_letters_to_a_traveler_wait_for_the_earlier_one(desk: Desk, post: Post, order: int) -> None:
    another = a_reservation(desk, email="kim@example.org")
    a_letter(desk, order, "first", address="slow@example.org")
    a_letter(desk, order, "second")
    a_letter(desk, another, "other")
    post.behaves = lambda stage, to: "451 later" if stage == "rcpt" and to.startswith("slow") else ""

    send(desk)
    assert words_taken(post) == ["other"]
    post.behaves = lambda _stage, _: ""
    wait(desk, minutes=1)
    send(desk)
    send(desk)

    assert words_taken(post) == ["other", "first", "second"]


def test_a_letter_for_tomorrow_holds_nobody_up(desk: Desk, post: Post, order: int) -> None:
    a_letter(desk, order, "tomorrow", leave_at=desk.now() + timedelta(days=1))
    a_letter(desk, order, "now")

    send(desk)

    assert words_taken(post) == ["now"]


def test_without_a_server_all_wait_and_the_route_says_why(desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(desk, order)
    set_up(desk, post, port=1)

    assert not send(desk)
    waiting, trouble = row(desk, letter), see_carrier(SMTP, desk=desk)
    set_up(desk, post)
    send(desk)

    assert (waiting.state, waiting.tries) == (LetterState.WAITING, 0)
    assert trouble.trouble == "nobody-there"
    assert trouble.trouble_since == desk.now()
    assert row(desk, letter).state is LetterState.SENT
    assert see_carrier(SMTP, desk=desk).trouble == ""


def test_a_server_that_is_away_is_not_asked_at_every_turn(desk: Desk, post: Post, order: int) -> None:
    a_letter(desk, order)
    set_up(desk, post, tls="tls")
    send(desk)
    before = post.connections

    for _ in range(5):
        send_letters(desk=desk.by_the_clock())

    assert post.connections == before


def test_a_server_that_is_switched_off_keeps_letters_here(desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(desk, order)
    set_up(desk, post, is_on=False)

    assert not send(desk)

    assert row(desk, letter).state is LetterState.WAITING


def test_two_programs_never_send_one_letter_twice(desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(desk, order)
    seen = row(desk, letter)
    with desk.reading() as look:
        parcel = LETTERS.parcel(look, desk, seen)

    assert sending._claim(desk, seen, parcel)
    assert not sending._claim(desk, seen, parcel)


def test_a_letter_that_is_taken_back_in_time_does_not_leave(desk: Desk, post: Post, order: int) -> None:
    letter = a_letter(desk, order)
    seen = row(desk, letter)
    with desk.work() as work:
        work.connection.execute(update(_O).where(_O.c.id == letter).values(state=LetterState.DROPPED))
    with desk.reading() as look:
        parcel = LETTERS.parcel(look, desk, seen)

    assert not sending._claim(desk, seen, parcel)


def test_nothing_more_goes_to_an_address_that_sent_a_letter_back(desk: Desk, post: Post, order: int) -> None:
    first = a_letter(desk, order, "first")
    send(desk)
    with desk.work() as work:
        assert bounces.bounced(work, first, "550 no such user", status="5.1.1")
    second = a_letter(desk, order, "second", address="Kim@Example.org")

    send(desk)

    assert row(desk, first).state is LetterState.BOUNCED
    assert (row(desk, second).state, row(desk, second).trouble) == (
        LetterState.FAILED,
        Trouble.BAD_ADDRESS,
    )
    assert len(post.taken) == 1


def test_a_letter_that_cannot_be_written_fails_and_keeps_no_other_here(
    desk: Desk, post: Post, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = a_letter(desk, order, body={"words": None})
    good = a_letter(desk, order, "good")

    send(desk)
    send(desk)

    assert (row(desk, broken).state, row(desk, broken).trouble) == (
        LetterState.FAILED,
        Trouble.NOT_WRITTEN,
    )
    assert row(desk, good).state is LetterState.SENT


def test_an_answer_names_the_mails_it_answers(desk: Desk, post: Post, order: int) -> None:
    a_letter(desk, order, body={"words": "Yes", "thread": ["<one@example.org>", "<two@example.org>"]})

    send(desk)

    mail = post.taken[0].mail
    assert mail["In-Reply-To"] == "<two@example.org>"
    assert mail["References"].split() == ["<one@example.org>", "<two@example.org>"]
    assert "Auto-Submitted" not in mail


@pytest.mark.parametrize("code", ["550", "451", "421"])
def test_what_a_server_says_is_kept_without_the_address_it_repeats(
    desk: Desk, post: Post, order: int, code: str
) -> None:
    letter = a_letter(desk, order, address="kim.minji@example.org")
    said = f"{code} 5.1.1 <kim.minji@example.org> (kim.minji) is not known"
    post.behaves = lambda stage, _: said if stage == "rcpt" else ""

    send(desk)

    told = row(desk, letter).trouble + see_carrier(SMTP, desk=desk).trouble
    assert told == f"{code} 5.1.1 <…@…> (…) is not known"
