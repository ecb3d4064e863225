"""What a person decides about letters, and how the mail server is kept: its password is never shown again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from controllers import mail_settings, outbox
from controllers.bounces import bounced
from controllers.carriers.keeping import IMAP, SMTP, keep_carrier, password_of, seal, see_carrier, unseal
from controllers.desk import Desk, read_digest_secret
from controllers.mail_route import LETTERS
from models import thread_token
from models.mail_server import MailServer, Tls
from models.outbox import Letter, LetterState
from models.outbox_reading import PAGE
from models.outbox_views import View
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import CarrierRow, JournalEntry, Message, OutboxRow, Reservation
from tests.builders import a_product, a_reservation, an_operator

_O: Any = OutboxRow.__table__
_R: Any = Reservation.__table__
SERVER = MailServer("smtp.example.com", 587, Tls.STARTTLS, "desk", "desk@example.com")


@pytest.fixture
def order(desk: Desk) -> int:
    an_operator(desk, name="Example Tours", contact="desk@example.com")
    a_product(desk)
    return a_reservation(desk, Status.CONFIRMED, email="kim@example.org")


def a_letter(desk: Desk, order: int, state: LetterState, **others: Any) -> int:
    told = {"kind": Letter.CHANGE, "reservation_id": order, "language": "en", "state": state, "body": {}}
    told |= {"address": "old@example.org", "leave_at": desk.now(), "made_at": desk.now(), "key": "k"}
    told |= {"message_id": "<one@example.com>"}
    with desk.work() as work:
        return int(work.connection.execute(insert(_O).returning(_O.c.id), told | others).scalar_one())


def row(desk: Desk, letter: int) -> Any:
    with desk.reading() as look:
        return look.execute(select(_O).where(_O.c.id == letter)).one()


def deeds(desk: Desk) -> list[str]:
    with desk.reading() as look:
        return list(look.execute(select(JournalEntry.action).order_by(JournalEntry.seq)).scalars())


def test_trying_again_goes_to_the_address_that_is_known_now_under_the_same_id(desk: Desk, order: int) -> None:
    letter = a_letter(desk, order, LetterState.FAILED, tries=4, trouble="550 no")

    outbox.retry(letter, desk=desk)

    now = row(desk, letter)
    assert (now.state, now.address, now.tries, now.trouble) == (LetterState.WAITING, "kim@example.org", 0, "")
    assert now.message_id == "<one@example.com>"
    assert deeds(desk)[-1] == "letter-retry"


def test_what_has_left_is_neither_tried_again_nor_taken_back(desk: Desk, order: int) -> None:
    letter = a_letter(desk, order, LetterState.SENT)
    for deed in (outbox.retry, outbox.cancel, outbox.arrived, outbox.send_again):
        with pytest.raises(CannotDo, match="outbox-moved-on"):
            deed(letter, desk=desk)
    assert row(desk, letter).state is LetterState.SENT


def test_only_what_came_back_is_put_away_and_another_bounce_of_it_asks_nobody_again(
    desk: Desk, order: int
) -> None:
    letter = a_letter(desk, order, LetterState.BOUNCED, trouble="550 no")
    failed = a_letter(desk, order, LetterState.FAILED, key="k2")
    with pytest.raises(CannotDo, match="outbox-moved-on"):
        outbox.put_away(failed, desk=desk)

    outbox.put_away(letter, desk=desk)
    with desk.work() as work:
        assert bounced(work, letter, "550 still no")

    now = row(desk, letter)
    assert (now.state, now.trouble) == (LetterState.PUT_AWAY, "550 no")
    assert deeds(desk)[-1] == "letter-put-away"
    assert [line.id for line in outbox.see_outbox(View.NEEDS_YOU, desk=desk).page.lines] == [failed]
    assert letter in [line.id for line in outbox.see_outbox(View.SENT, desk=desk).page.lines]
    outbox.put_back(letter, desk=desk)
    assert row(desk, letter).state is LetterState.BOUNCED


def test_a_letter_known_to_be_there_stands_in_its_conversation(desk: Desk, order: int) -> None:
    letter = a_letter(desk, order, LetterState.UNCERTAIN)

    outbox.arrived(letter, desk=desk)

    with desk.reading() as look:
        said = look.execute(select(Message).where(Message.outbox_id == letter)).one()
    assert (said.direction, said.message_id) == ("letter", "<one@example.com>")
    assert row(desk, letter).state is LetterState.SENT


@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.BOUNCED, LetterState.UNCERTAIN])
def test_a_letter_that_says_what_is_not_so_any_more_leaves_no_second_time(
    desk: Desk, order: int, state: LetterState
) -> None:
    again = outbox.send_again if state is LetterState.UNCERTAIN else outbox.retry
    letter = a_letter(desk, order, state, kind=Letter.CONFIRMATION)
    refund = a_letter(desk, order, state, kind=Letter.REFUND_COMING, key="k2")
    with desk.work() as work:
        work.connection.execute(update(_R).where(_R.c.id == order).values(status=Status.CANCELLED))

    with pytest.raises(CannotDo, match="letter-not-confirmed"):
        again(letter, desk=desk)
    with pytest.raises(CannotDo, match="letter-no-refund-due"):
        again(refund, desk=desk)
    assert row(desk, letter).state is state


def test_only_an_uncertain_letter_is_sent_again(desk: Desk, order: int) -> None:
    letter = a_letter(desk, order, LetterState.UNCERTAIN)

    outbox.send_again(letter, desk=desk)

    assert (row(desk, letter).state, row(desk, letter).message_id) == (
        LetterState.WAITING,
        "<one@example.com>",
    )


def test_a_letter_without_an_address_is_taken_back_or_waits_for_one(desk: Desk, order: int) -> None:
    letter = a_letter(desk, order, LetterState.NO_ADDRESS, address="")
    with desk.database.transaction() as connection:
        connection.execute(update(_R).where(_R.c.id == order).values(email=""))
    with pytest.raises(CannotDo, match="no-address"):
        outbox.retry(letter, desk=desk)

    outbox.cancel(letter, desk=desk)

    assert row(desk, letter).state is LetterState.DROPPED


def test_pages_go_on_where_the_last_one_ended_whatever_the_state(desk: Desk, order: int) -> None:
    states = (LetterState.FAILED, LetterState.UNCERTAIN, LetterState.BOUNCED)
    for n in range(PAGE + 20):
        a_letter(desk, order, states[n % 3], key=f"k{n}")

    first = outbox.see_outbox(View.NEEDS_YOU, desk=desk).page
    second = outbox.see_outbox(View.NEEDS_YOU, desk=desk, after=first.lines[-1].key).page

    ids = [line.id for line in (*first.lines, *second.lines)]
    assert ids == sorted(set(ids), reverse=True)
    assert (len(ids), first.more, second.more) == (PAGE + 20, True, False)
    assert first.counts[View.NEEDS_YOU] == PAGE + 20


# --- how the mail server is kept --------------------------------------------------------------


def test_a_password_lies_sealed_and_stands_in_no_journal(desk: Desk) -> None:
    mail_settings.keep_mail(SERVER, desk=desk, seen=0, password="Long Words 7")

    with desk.reading() as look:
        kept = look.execute(select(CarrierRow)).one()
        told = look.execute(select(JournalEntry.details)).scalars().all()
        assert password_of(look, SMTP) == "Long Words 7"
    assert b"Long Words 7" not in bytes(kept.secret)
    assert "Long Words 7" not in repr(kept.settings) + repr(told)
    assert "smtp.example.com" not in repr(told)


def test_the_seal_of_one_route_opens_no_other(desk: Desk) -> None:
    with desk.reading() as look:
        key = read_digest_secret(look)
    assert unseal(key, SMTP, seal(key, SMTP, "words")) == "words"
    assert unseal(key, IMAP, seal(key, SMTP, "words")) == ""
    assert unseal(b"another key", SMTP, seal(key, SMTP, "words")) == ""


def test_a_kept_password_goes_to_no_other_server(desk: Desk) -> None:
    mail_settings.keep_mail(SERVER, desk=desk, seen=0, password="words")
    for other in ({"host": "smtp.example.org"}, {"port": 2525}, {"tls": Tls.FROM_THE_START}, {"user": "me"}):
        with pytest.raises(CannotDo, match="mail-password-again"):
            mail_settings.keep_mail(replace(SERVER, **other), desk=desk, seen=1)  # type: ignore[arg-type]
        with pytest.raises(CannotDo, match="mail-password-again"):
            mail_settings.try_mail(replace(SERVER, **other), "me@example.org", desk=desk)  # type: ignore[arg-type]

    mail_settings.keep_mail(replace(SERVER, sender_name="Example"), desk=desk, seen=1)

    assert see_carrier(SMTP, desk=desk).settings["sender_name"] == "Example"


def test_what_two_want_alike_is_no_clash_and_what_differs_is(desk: Desk) -> None:
    mail_settings.keep_mail(SERVER, desk=desk, seen=0)
    mail_settings.keep_mail(SERVER, desk=desk, seen=0)

    with pytest.raises(CannotDo) as no:
        mail_settings.keep_mail(replace(SERVER, sender="other@example.com"), desk=desk, seen=0)

    assert (no.value.code, no.value.facts["fields"]) == ("kept-meanwhile", ("sender",))


def test_answers_come_to_the_conversations_own_address(desk: Desk, order: int) -> None:
    keep_carrier(IMAP, {"address": "desk@example.com", "plus": True}, desk=desk, seen=0)
    letter = a_letter(desk, order, LetterState.WAITING)
    with desk.reading() as look:
        parcel = LETTERS.parcel(look, desk, row(desk, letter))

    assert parcel.reply_to.startswith("desk+cf")
    assert thread_token.read(parcel.reply_to, desk.code_secrets) == order
