"""Decides what becomes of one mail: a message in its conversation, an order, a letter that came back, or a person's
question to be looked at. One mail is one transaction: it is placed and remembered, or neither.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, union_all
from sqlalchemy.exc import IntegrityError

from controllers import bounces, conversations, reviews
from controllers.desk import Desk, Work
from controllers.finding import all_named
from controllers.mailbox.arriving import Taken
from controllers.mailbox.attaching import Hung
from controllers.mailbox.charsets import header_text
from controllers.mailbox.cleaning import Words, words_of
from controllers.mailbox.machines import Machine, bounce_of, is_forged, machine_of
from controllers.mailbox.order_mails import adapter_for, rows_of, take_order
from controllers.mailbox.reading import Mail, ids_in, read_mail
from controllers.rights import needs
from models import thread_token, threads
from models.channel_mail import channel_of
from models.faults import fault_words
from models.refusals import CannotDo
from models.reservations import GONE
from models.rights import Right
from models.tables import ArrivedMail, Message, OutboxRow, Reservation
from models.threads import Booking, Known, Placed, Sign

log = logging.getLogger(__name__)

_A: Table = ArrivedMail.__table__  # type: ignore[assignment]
_M: Table = Message.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
MAILBOX, FOLDER = "mailbox", "folder"
MOST_RAW = 25 * 1024 * 1024
_TO_US = ("delivered-to", "x-original-to", "to", "cc", "envelope-to", "x-delivered-to")
_MOST_IDS = 60


@dataclass(frozen=True, slots=True)
class Came:
    """How a mail came: from where, by which number it is known there, when; `size` where only its start was read."""

    source: str = MAILBOX
    validity: int = 0
    uid: int = 0
    at: datetime | None = None
    size: int = 0
    rules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of a mail; `why` is a word for whoever must look."""

    became: str
    why: str = ""
    reservation_id: int | None = None


@needs(Right.TALK)
def sort_mail(taken: Taken, came: Came, *, desk: Desk) -> Sorted:
    """Places one mail, whatever it holds. Raises CannotDo only where the database cannot be asked now."""
    mail, raw = read_mail(taken), taken.raw
    if came.size:
        rest = Hung("mail.eml", "message/rfc822", came.size, None)
        mail = replace(mail, hung=(*mail.hung, rest))
    secrets = desk.code_secrets
    try:
        with desk.work(by_clock=True) as work:
            return _Sorting(work, mail, came, secrets).sort(raw)
    except CannotDo as no:
        if no.code.startswith("database-"):
            raise
        log.warning("a mail was not sorted: %s", no.code)
    except IntegrityError:  # another worker was quicker with the same mail
        return Sorted("known")
    except Exception as error:  # a stranger's mail must not stop the mails behind it
        log.warning("a mail was not sorted: %s", fault_words(error))
    with desk.work(by_clock=True) as work:
        return _Sorting(work, mail, came, secrets).keep(raw, Sorted("unread", "fault"))


class _Sorting:
    """One mail under way."""

    def __init__(self, work: Work, mail: Mail, came: Came, secrets: Mapping[int, bytes]) -> None:
        self._work, self._mail, self._came, self._secrets = work, mail, came, secrets
        self._look = work.connection
        self._forged = is_forged(mail)
        self._words = words_of(mail)

    def sort(self, raw: bytes) -> Sorted:
        seen = self._look.execute(select(_A.c.id).where(_A.c.digest == self._mail.digest)).first()
        if seen is not None or self._is_ours():
            return self.keep(b"", Sorted("known"), digest=_other_digest(self._mail, self._came))
        return self.keep(raw, self._judge())

    def keep(self, raw: bytes, outcome: Sorted, *, digest: str = "") -> Sorted:
        """Remembers the mail; itself only where a person must look at it."""
        unread = outcome.became == "unread"
        shown = unread or outcome.became == "message"  # an answer takes up its subject
        at = min(self._came.at or self._work.now, self._work.now)
        self._look.execute(
            insert(_A),
            {
                "source": self._came.source,
                "validity": self._came.validity,
                "uid": self._came.uid,
                "digest": digest or self._mail.digest,
                "message_id": self._mail.message_id,
                "at": at,
                "became": outcome.became,
                "why": outcome.why[:80],
                "reservation_id": outcome.reservation_id,
                "subject": self._mail.subject[:500] if shown else "",
                "sender": self._mail.sender.address[:320] if shown else "",
                "raw": raw[:MOST_RAW] if unread else None,
            },
        )
        self._work.changed.add("mails")
        return outcome

    def _judge(self) -> Sorted:
        machine = machine_of(self._mail)
        if machine is Machine.BOUNCE:
            return self._came_back()
        placed = self._place()
        if placed.sure and placed.sign is not Sign.NUMBER:
            return self._said(placed, machine)
        order = self._order()
        if order is not None:
            return order
        if placed.sure:
            return self._said(placed, machine)
        if machine is not Machine.NONE:
            return Sorted("auto" if machine is Machine.REPLY else "ignored", machine.value)
        return Sorted("unread", "forged" if self._forged else placed.sign.value, placed.reservation)

    def _came_back(self) -> Sorted:
        told = bounce_of(self._mail)
        row = _letter_of(self._look, told.message_ids)
        if row is None or not told.for_good:
            return Sorted("bounce", "no-letter" if row is None else "delayed", row and row.reservation_id)
        bounces.bounced(self._work, row.id, told.words, status=told.status)
        if row.reservation_id:
            self._work.record(f"reservation:{row.reservation_id}", "bounced", status=told.status)
        return Sorted("bounce", told.status, row.reservation_id)

    def _order(self) -> Sorted | None:
        """The mail as an order of its channel; None where it is none."""
        adapter = adapter_for(self._mail, self._came.rules)
        if adapter is None:
            return None
        if self._forged:
            return Sorted("unread", "forged")
        try:
            rows = rows_of(self._mail, adapter)
        except CannotDo as no:
            return Sorted("unread", f"order:{no.code}")
        account = take_order(self._work, self._mail, adapter, rows)
        if account.refused:
            return Sorted("unread", f"order:{account.refused[0].code}")
        found = self._by_number()
        return Sorted("order", adapter.key, found[0].id if len(found) == 1 else None)

    def _said(self, placed: Placed, machine: Machine) -> Sorted:
        assert placed.reservation is not None
        say(
            self._work,
            placed.reservation,
            self._mail,
            self._words,
            at=self._came.at,
            auto=machine is not Machine.NONE,
        )
        return Sorted("message", placed.sign.value, placed.reservation)

    # where it belongs

    def _place(self) -> Placed:
        answers = ids_in(self._mail.header("in-reply-to"))[:_MOST_IDS]
        refers = ids_in(" ".join(self._mail.headers.get("references", ())))[-_MOST_IDS:]
        known = Known(
            self._by_address(),
            _mails(self._look, (*answers, *refers)),
            self._by_number(),
            self._by_sender(),
        )
        return threads.place(answers, refers, known)

    def _by_address(self) -> int | None:
        for one in self._mail.addresses(*_TO_US):
            found = thread_token.read(one.address, self._secrets)
            if found is not None and _is_there(self._look, found):
                return found
        return None

    def _by_number(self) -> list[Booking]:
        """The reservations named by the first of these that names any: the sender's relay, the subject, the words."""
        relay = self._mail.sender.address.partition("@")[0]
        for text in (relay, self._mail.subject, self._words.body, self._words.whole):
            ids = {each for number in threads.numbers_in(text) for each in all_named(self._look, number)}
            if ids:
                return self._bookings(_R.c.id.in_(ids))
        return []

    def _by_sender(self) -> list[Booking]:
        sender = self._mail.sender.address
        words = header_text(self._mail.header("from")).split()
        spelled = {sender, *(word.strip("<>,;\"'") for word in words if "@" in word)}
        return self._bookings(_R.c.email.in_(spelled), _R.c.email != "") if sender else []

    def _bookings(self, *which: Any) -> list[Booking]:
        asked = select(_R.c.id, _R.c.status, _R.c.email, _R.c.channel, _R.c.via).where(*which).limit(20)
        return [Booking(row.id, row.status not in GONE, self._fits(row)) for row in self._look.execute(asked)]

    def _fits(self, row: Any) -> bool:
        sender = self._mail.sender.address
        if self._forged or not sender:
            return False
        channel = channel_of(sender, self._came.rules)
        return sender == row.email.casefold() or (channel is not None and channel in (row.channel, row.via))

    def _is_ours(self) -> bool:
        """A copy of a letter of ours, which the mailbox holds as well."""
        mine = self._mail.message_id
        return bool(mine) and _letter_of(self._look, (mine,)) is not None


def say(
    work: Work, reservation_id: int, mail: Mail, words: Words, *, at: datetime | None, auto: bool = False
) -> int:
    """Puts a mail into a conversation, with what hangs on it; the number of the message."""
    sender = mail.sender
    refers = ids_in(" ".join((*mail.headers.get("references", ()), mail.header("in-reply-to"))))
    made = conversations.heard(
        work,
        reservation_id,
        body=words.body or mail.subject,
        whole=words.whole,
        at=min(at or mail.written_at or work.now, work.now),
        sender_name=sender.name,
        sender=sender.address,
        message_id=mail.message_id,
        thread=" ".join(dict.fromkeys(refers[-_MOST_IDS:])),
        auto=auto,
        files=[conversations.File(each.name, each.kind, each.size, each.data) for each in mail.hung],
    )
    if not auto:
        reviews.read_answer(work, made)
    return made


def _other_digest(mail: Mail, came: Came) -> str:
    """A name of its own for the place of a mail that is known already: it need not be fetched again."""
    import hashlib

    return hashlib.sha256(f"{mail.digest} {came.source} {came.validity} {came.uid}".encode()).hexdigest()


def _spelled(ids: Iterable[str]) -> list[str]:
    return [form for each in ids for form in (each, each.strip("<>"))]


def _letter_of(look: Connection, ids: Iterable[str]) -> Any:
    told = _spelled(ids)
    asked = (
        select(_O.c.id, _O.c.reservation_id).where(_O.c.message_id.in_(told), _O.c.message_id != "").limit(1)
    )
    return look.execute(asked).first() if told else None


def _mails(look: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Of these Message-IDs those we know, with their reservation."""
    told = _spelled(ids)
    if not told:
        return {}
    asked = union_all(
        *(
            select(table.c.message_id, table.c.reservation_id).where(
                table.c.message_id.in_(told), table.c.reservation_id.is_not(None)
            )
            for table in (_M, _O)
        )
    )
    return {f"<{row.message_id.strip('<>')}>": row.reservation_id for row in look.execute(asked)}


def _is_there(look: Connection, reservation_id: int) -> bool:
    return look.execute(select(_R.c.id).where(_R.c.id == reservation_id)).first() is not None
