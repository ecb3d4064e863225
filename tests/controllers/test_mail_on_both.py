"""The way of mails on both databases: found by every sign, once each, read as orders, come back, forgotten."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from controllers.desk import Desk
from controllers.erasing import erase
from controllers.mailbox.belonging import writes_as
from controllers.mailbox.forgetting import forget_old
from controllers.mailbox.sorting import Sorted
from models.outbox import LetterState
from models.reservations import Status
from models.tables import ArrivedMail, Conversation, Message, Operator, OutboxRow, Reservation
from tests.builders import a_product, a_reservation
from tests.fakes import StillClock
from tests.mails.arriving import OURS, STRANGER, letter, order_mail, rows, sign, sort
from tests.mails.building import ANN, a_bounce, a_mail


def test_every_mail_finds_its_place(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk, Status.CONFIRMED, email="Ann@Example.org", reference="27KK100000001")
    letter(desk, made)
    first = a_mail("Where?", to=sign(desk, made), message_id="<first@example.org>")
    assert sort(desk, first, uid=1) == Sorted("message", "address", made)
    assert sort(desk, first, uid=2).became == "known"
    assert sort(desk, a_mail(answers=OURS, sender=STRANGER)) == Sorted("message", "answer", made)
    assert sort(desk, a_mail(refers=["<first@example.org>"])) == Sorted("message", "thread", made)
    assert sort(desk, a_mail(subject="27KK100000001")) == Sorted("message", "number", made)
    assert sort(desk, a_mail(subject="27KK100000001", sender=STRANGER)) == Sorted("unread", "stranger", made)
    assert sort(desk, a_mail("Hello")) == Sorted("unread", "sender", made)
    assert sort(desk, a_bounce(OURS)).became == "bounce"
    assert rows(desk, OutboxRow, OutboxRow.message_id == OURS)[0].state == LetterState.BOUNCED
    assert sort(desk, order_mail("kkday-mail.txt", "no-reply@kkday.cn")).became == "order"
    assert rows(desk, Conversation)[0].unread == len(rows(desk, Message)) == 4
    with desk.work() as work:
        cancelled = update(Reservation).where(Reservation.id == made).values(status=Status.CANCELLED)
        work.connection.execute(cancelled)
        erase(work, [made], "request")
    assert all(not (row.subject or row.sender or row.raw) for row in rows(desk, ArrivedMail))


def test_what_nobody_placed_is_forgotten_when_travelers_are(desk: Desk, clock: StillClock) -> None:
    sort(desk, a_mail("Hello"))
    with desk.database.transaction() as connection:
        connection.execute(update(Operator).values(retention_days=30))
    clock.set(clock() + timedelta(days=29))
    assert not forget_old(desk=desk)
    clock.set(clock() + timedelta(days=2))
    assert forget_old(desk=desk)
    row = rows(desk, ArrivedMail)[0]
    assert (row.became, row.subject, row.sender, row.raw) == ("ignored", "", "", None)
    assert not forget_old(desk=desk)


def test_whoever_writes_is_found_by_an_index_in_whatever_case_the_address_was_typed(desk: Desk) -> None:
    with desk.reading() as look:
        asked = select(Reservation.id).where(*writes_as(look, (ANN[1],)))
        told = asked.compile(look.engine, compile_kwargs={"literal_binds": True})
        if not desk.database.is_sqlite:
            look.exec_driver_sql("set local enable_seqscan = off")
        how = "explain query plan" if desk.database.is_sqlite else "explain"
        plan = " ".join(str(row) for row in look.exec_driver_sql(f"{how} {told}"))
    assert "ix_reservations_email" in plan
