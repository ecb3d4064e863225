"""Mails as they arrive at a desk, are placed, and what came of them: for the tests of the mailbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from controllers.desk import Desk
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.sorting import Came, Sorted, sort_mail
from models import thread_token
from models.outbox import LetterState
from models.tables import OutboxRow
from tests.mails.building import ANN, DESK, a_mail

STRANGER = ("Otto Muster", "otto@example.net")
OURS = "<1.abcdefgh@counterfoil.example.com>"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "channels"


def sort(desk: Desk, mail: bytes, **came: Any) -> Sorted:
    """Places a mail that arrived; what became of it."""
    return sort_mail(taken_whole(mail), Came(**came), desk=desk)


def rows(desk: Desk, table: Any, *which: Any) -> list[Any]:
    """The rows of a table, in their order."""
    with desk.reading() as look:
        return list(look.execute(select(table).where(*which).order_by(*table.__table__.primary_key)))


def sign(desk: Desk, reservation_id: int) -> str:
    """The address at which answers of one conversation arrive."""
    version, secret = max(desk.code_secrets.items())
    return thread_token.reply_address(
        DESK, thread_token.token_for(reservation_id, version=version, secret=secret)
    )


def letter(desk: Desk, reservation_id: int, message_id: str = OURS, address: str = ANN[1]) -> None:
    """A letter of ours has left for a reservation."""
    row = {
        "key": f"test:{message_id}", "kind": "confirmation", "reservation_id": reservation_id, "address": address,
        "state": LetterState.SENT, "leave_at": desk.now(), "made_at": desk.now(), "message_id": message_id,
        "body": {},
    }  # fmt: skip
    with desk.database.transaction() as connection:
        connection.execute(insert(OutboxRow), row)


def order_mail(file: str, sender: str, *, charset: str = "utf-8", **headers: str) -> bytes:
    """An order as a channel writes it, from the collected ones."""
    head, _, text = (FIXTURES / file).read_text(encoding="utf-8").partition("\n\n")
    subject = next(line.partition(":")[2].strip() for line in head.split("\n") if line.startswith("Subject"))
    return a_mail(text, subject=subject, sender=("Channel", sender), charset=charset, headers=headers)
