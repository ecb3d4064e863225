"""Gathers everything that is known of one traveler of one order, as lines a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from models.money import Money
from models.privacy import HIDDEN, may_see, without_names, without_traveler
from models.refusals import CannotDo
from models.tables import (
    Attachment,
    ForeignCode,
    JournalEntry,
    Message,
    OutboxRow,
    Payment,
    Print,
    RawRow,
    Refund,
    Reservation,
    Review,
    Reward,
    ScanRow,
    Ticket,
    Traveler,
)
from models.tables.journal import OPENED
from models.traveler import Person

_R: Table = Reservation.__table__  # type: ignore[assignment]
Line = tuple[str, str, str, str]
"""The order's number, the part of what is kept, what it is, and its value."""

_OF_ORDER = (
    "channel", "via", "reference", "via_reference", "status", "product_text", "option_text", "departs_on",
    "departs_at", "party", "ordered_at", "received_at", "confirmed_at", "arrived_at", "redeemed_at",
    "cancelled_at", "reason",
)  # fmt: skip
_OF_LEAD = ("lead", "email", "phone", "language", "country", "request", "pickup", "attention")
_TABLES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("payment", Payment, ("at", "method", "amount_minor", "state", "collector", "slip")),
    ("refund", Refund, ("made_at", "amount_minor", "state", "collector", "cause", "done_at")),
    ("ticket", Ticket, ("number", "label", "heads", "state", "made_at")),
    ("voucher code", ForeignCode, ("code",)),
    ("letter", OutboxRow, ("kind", "address", "state", "made_at", "sent_at", "trouble", "body")),
    ("message", Message, ("at", "direction", "sender_name", "sender", "body", "whole")),
    ("attachment", Attachment, ("name", "kind", "size")),
    ("scan", ScanRow, ("at", "kind", "text", "admitted")),
    ("print", Print, ("at", "document", "copy")),
    ("review", Review, ("at", "rating", "words", "reply", "reply_at")),
    ("reward code", Reward, ("code", "given_at", "valid_until", "revoked_at")),
    ("row of the channel", RawRow, ("received_at", "source", "cells")),
)


def known_of(look: Connection, person: Person) -> Iterator[Line]:
    """The lines about one person. Who came along is not told of anybody else, and contacts wait for confirmation."""
    row = look.execute(select(_R).where(_R.c.id == person.reservation_id)).first()
    if row is None:
        raise CannotDo("not-found", reference=f"CF-{person.reservation_id}")
    number = f"CF-{row.id}"
    companions = _companions(look, row.id)
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    others = [name for one, name in companions.items() if one != person.traveler_id]
    if not person.is_lead:
        name = companions.get(person.traveler_id or 0, "")
        yield number, "person", "name", name if seen else HIDDEN
        for key in ("product_text", "departs_on", "departs_at", "status"):
            yield number, "order", key, _told(getattr(row, key))
        return
    hidden = () if seen else (row.lead, row.email, row.phone)
    words = _Words(others, hidden)
    for key in _OF_LEAD:
        told = _told(getattr(row, key))
        yield number, "person", key, words(told) if seen or not told else HIDDEN
    for key in _OF_ORDER:
        yield number, "order", key, words(_told(getattr(row, key)))
    yield number, "order", "amount", _amount(row.amount_minor, row.currency)
    for part, table, columns in _TABLES:
        yield from _lines(look, row, part, table, columns, words)
    yield from _openings(look, row.id, number)


class _Words:
    """Takes the others of the order out of a text, and where the order is masked the traveler as well."""

    def __init__(self, others: list[str], hidden: tuple[str, ...]) -> None:
        self._others, self._hidden = others, hidden

    def __call__(self, text: str) -> str:
        text = without_names(text, self._others)
        return without_traveler(text, self._hidden) if self._hidden else text


def _lines(
    look: Connection, row: Any, part: str, table: Any, columns: tuple[str, ...], words: _Words
) -> Iterator[Line]:
    key = next(iter(table.__table__.primary_key))
    asked = select(table.__table__).where(table.reservation_id == row.id).order_by(key)
    for number, one in enumerate(look.execute(asked).all(), 1):
        for name in columns:
            value = getattr(one, name)
            told = _amount(value, one.currency) if name == "amount_minor" else _told(value)
            if told:
                yield f"CF-{row.id}", f"{part} {number}", name, words(told)


def _openings(look: Connection, reservation_id: int, number: str) -> Iterator[Line]:
    """When the data were opened: that is told to the traveler, who of the staff it was is the house's matter."""
    asked = (
        select(JournalEntry.at, JournalEntry.action)
        .where(JournalEntry.subject == f"reservation:{reservation_id}", OPENED)
        .order_by(JournalEntry.at)
    )
    for row in look.execute(asked):
        yield number, "opened", row.action, row.at


def _companions(look: Connection, reservation_id: int) -> dict[int, str]:
    asked = select(Traveler.id, Traveler.name).where(Traveler.reservation_id == reservation_id)
    return {row.id: row.name for row in look.execute(asked)}


def _told(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return "; ".join(
            f"{key}: {_told(one)}" for key, one in value.items() if one not in (None, "", [], {})
        )
    if isinstance(value, list):
        return ", ".join(_told(one) for one in value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else str(Money(minor, currency))
