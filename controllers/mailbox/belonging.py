"""Gathers what speaks for a mail's place: the addresses it was sent to, the mails it answers, the numbers it names.

Whose words they are is asked first: what one of us wrote in another mail program belongs to whom it was written to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select, union_all

from controllers.finding import all_named
from controllers.mailbox.cleaning import Words
from controllers.mailbox.machines import is_forged
from controllers.mailbox.reading import Address, Mail, ids_in
from models import thread_token, threads
from models.channel_mail import channel_of
from models.reservations import GONE
from models.tables import Message, OutboxRow, Reservation
from models.threads import Booking, Known, Placed

_M: Table = Message.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_TO_US = ("delivered-to", "x-original-to", "to", "cc", "envelope-to", "x-delivered-to")
MOST_IDS, _MOST_SIGNS = 60, 5


class Belonging:
    """Asks where one mail belongs. `rules` name further senders of channels, `ours` the addresses we write from."""

    def __init__(
        self,
        look: Connection,
        mail: Mail,
        words: Words,
        *,
        secrets: Mapping[int, bytes],
        rules: Mapping[str, str],
        ours: frozenset[str],
    ) -> None:
        self._look, self._mail, self._words = look, mail, words
        self._secrets, self._rules, self._ours = secrets, rules, ours
        self.forged = is_forged(mail)
        self.by_us = self._is_written_by_us()

    def signs(self) -> tuple[int, ...]:
        """Every reservation whose sign stands in an address this was sent to."""
        read = (thread_token.read(one.address, self._secrets) for one in self._mail.addresses(*_TO_US))
        told = dict.fromkeys(one for one in read if one is not None)
        return tuple(one for one in islice(told, _MOST_SIGNS) if _is_there(self._look, one))

    def place(self, signs: tuple[int, ...]) -> Placed:
        """Where it belongs, and how sure that is."""
        answers = ids_in(self._mail.header("in-reply-to"))[:MOST_IDS]
        refers = ids_in(" ".join(self._mail.headers.get("references", ())))[-MOST_IDS:]
        by_mail = _mails(self._look, (*answers, *refers))
        known = Known(next(iter(signs), None), by_mail, self.by_number(), self._by_sender())
        return threads.place(answers, refers, known)

    def by_number(self) -> list[Booking]:
        """The reservations named by the first of these that names any: the sender's relay, the subject, the words."""
        relay = self._mail.sender.address.partition("@")[0]
        for text in (relay, self._mail.subject, self._words.body, self._words.whole):
            ids = {each for number in threads.numbers_in(text) for each in all_named(self._look, number)}
            if ids:
                return self._bookings(_R.c.id.in_(ids))
        return []

    def bears_our_sign(self) -> bool:
        """A letter of ours whose Message-ID a server on the way has changed: answers come back to its sign."""
        answers_to = self._mail.addresses("reply-to")
        return any(thread_token.read(one.address, self._secrets) is not None for one in answers_to)

    def sign_given_back(self) -> int | None:
        """Of a letter that came back: the reservation its answers were asked for."""
        return thread_token.read(" ".join(self._mail.within.get("reply-to", ())), self._secrets)

    def _by_sender(self) -> list[Booking]:
        who = {one.address for one in self._party()}
        return self._bookings(*writes_as(self._look, who)) if who else []

    def _bookings(self, *which: Any) -> list[Booking]:
        asked = select(_R.c.id, _R.c.status, _R.c.email, _R.c.channel, _R.c.via).where(*which).limit(20)
        return [Booking(row.id, row.status not in GONE, self._fits(row)) for row in self._look.execute(asked)]

    def _fits(self, row: Any) -> bool:
        """Whether this may be about the reservation: its own traveler writes, or its channel, or we to one of them."""
        return not self.forged and any(self._is_of(row, one.address) for one in self._party())

    def _is_of(self, row: Any, address: str) -> bool:
        channel = channel_of(address, self._rules)
        return address == row.email.casefold() or (channel is not None and channel in (row.channel, row.via))

    def _party(self) -> tuple[Address, ...]:
        """Who is on the other side: the sender, or of a mail of ours those it was sent to."""
        if self.by_us:
            return tuple(one for one in self._mail.addresses("to", "cc") if not self._is_our_own(one.address))
        return (self._mail.sender,) if self._mail.sender.address else ()

    def _is_our_own(self, address: str) -> bool:
        """Whether we write from an address, a sign in it or not."""
        name, _, domain = address.partition("@")
        return address in self._ours or f"{name.partition('+')[0]}@{domain}" in self._ours

    def _is_written_by_us(self) -> bool:
        """A mail from our own address to somebody else: one of us wrote it in another mail program.

        A mail from us to us alone says nothing: strangers like to write so.
        """
        if self.forged or not self._is_our_own(self._mail.sender.address):
            return False
        return any(not self._is_our_own(one.address) for one in self._mail.addresses("to", "cc"))


def writes_as(look: Connection, addresses: Iterable[str]) -> tuple[Any, ...]:
    """Reservations of whoever writes from these addresses, told in small letters, however theirs were typed."""
    typed = _R.c.email.collate("NOCASE") if look.dialect.name == "sqlite" else func.lower(_R.c.email)
    return typed.in_(sorted(addresses)), _R.c.email != ""


def spelled(ids: Iterable[str]) -> list[str]:
    """Message-IDs as they may have been kept: with their brackets and without."""
    return [form for each in ids for form in (each, each.strip("<>"))]


def _mails(look: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Of these Message-IDs those we know, with their reservation; one that stands in several proves nothing."""
    told = spelled(ids)
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
    found: dict[str, set[int]] = defaultdict(set)
    for row in look.execute(asked):
        found[f"<{row.message_id.strip('<>')}>"].add(row.reservation_id)
    return {each: next(iter(those)) for each, those in found.items() if len(those) == 1}


def _is_there(look: Connection, reservation_id: int) -> bool:
    return look.execute(select(_R.c.id).where(_R.c.id == reservation_id)).first() is not None
