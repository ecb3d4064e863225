"""Takes orders nobody has seen before, many at once: every table is written in one go.

A paid order of an instant product is confirmed by us at once while seats are left; an order the
channel has confirmed takes its seats even over capacity. Nothing else is decided here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from controllers.channels.raw import Raw
from controllers.desk import Work, ensure_channel
from controllers.letter_ways import ways
from controllers.letters import letter_row
from controllers.notices import tell_new
from controllers.placing import Chosen, Place, Places, ordered_instant
from controllers.reservations import confirms_itself
from controllers.tickets import ticket_rows
from models.base import Base
from models.bulk import pour
from models.channels import channel_facts
from models.codes import tidy
from models.frozen import frozen
from models.intake import Facts, as_instant, facts_of, first_status
from models.orders import Collector, Order
from models.outbox import CONFIRMATION_WAITS, Letter
from models.payments import MoneyState, Paid, payment_status
from models.references import reference_key
from models.reservations import GONE, HOLDERS, Status, holds_seats
from models.search import keeping
from models.tables import (
    ForeignCode,
    OutboxRow,
    Payment,
    RawRow,
    Reservation,
    ReservationLine,
    Sequence,
    Ticket,
    Traveler,
)
from models.to_do import CONFIRM

_AT_ONCE = 2_000
_NO_NEWS = frozenset(("desk", "practice"))
"""What our own staff sell, and what is invented, is no news to staff."""
_TURN = select(Sequence.next).where(Sequence.name == "reservation").with_for_update()
_TABLES: tuple[type[Base], ...] = (
    Reservation,
    RawRow,
    ReservationLine,
    Traveler,
    Ticket,
    ForeignCode,
    Payment,
    OutboxRow,
)


@frozen
class Arrived:
    """One order as it came: the entry of the file, what it tells, and its place."""

    raw: Raw
    order: Order
    place: Place
    ordered_at: datetime


@frozen
class _Row:
    """What letters and tickets need to know of a reservation that is not in the database yet."""

    id: int
    email: str
    language: str
    version: int = 0


def wait_for_turn(work: Work) -> None:
    """New orders are taken by one at a time, each until the end of its transaction.

    Two counters may be given the same file: the second looks only when the first has written. Asked before any order
    or departure is held: whoever held one first would wait for a file's numbers, and the file for the departure.
    """
    work.connection.execute(_TURN)


def arrive(places: Places, raw: Raw, order: Order, chosen: Chosen | None = None) -> Arrived:
    """An order with its place, before anything is written."""
    ordered_at = ordered_instant(order, places.operator, places.work.now)
    return Arrived(raw, order, places.place(order, ordered_at, chosen), ordered_at)


def receive(places: Places, arrived: list[Arrived], source: str) -> list[int]:
    """Writes new reservations with all that belongs to them; their ids, in the same order."""
    if not arrived:
        return []
    work = places.work
    places.prepare(a.place for a in arrived)
    for channel in {a.order.channel for a in arrived}:
        ensure_channel(work.connection, channel)
    first = work.tear_off("reservation", len(arrived))
    news: list[dict[str, Any]] = []
    for start in range(0, len(arrived), _AT_ONCE):
        batch = _Batch(places, source)
        for offset, one in enumerate(arrived[start : start + _AT_ONCE], start):
            batch.add(first + offset, one)
        batch.write()
        news += batch.rows[Reservation]
    if source not in _NO_NEWS:
        tell_new(work, news)
    return list(range(first, first + len(arrived)))


class _Batch:
    """The rows of many new reservations, by table."""

    def __init__(self, places: Places, source: str) -> None:
        self.places = places
        self.work = places.work
        self.source = source
        self.rows: dict[type[Base], list[dict[str, Any]]] = {table: [] for table in _TABLES}
        self.found_by: list[dict[str, Any]] = []
        self.ways = ways(self.work.connection)

    def add(self, reservation_id: int, one: Arrived) -> None:
        """Works out everything one new order brings."""
        order, place, now = one.order, one.place, self.work.now
        status, by_us = self._status(order, place)
        self._take_seats(order, place, status)
        columns = place_columns(self.places, place)
        columns.update(order_columns(order))
        currency = columns["currency"] or _currency(place, self.places)
        payments = payment_rows(reservation_id, order, status, currency, now)
        columns.update(
            id=reservation_id,
            channel=order.channel[:40],
            via=order.via[:40],
            reference=order.reference[:120],
            reference_key=reference_key(order.reference, order.channel)[:120],
            via_reference=reference_key(order.via_reference)[:120],
            status=status,
            status_before=Status.UNCONFIRMED if by_us else None,
            own_sale=is_own(order),
            currency=currency,
            ordered_at=one.ordered_at,
            received_at=now,
            confirm_by=confirm_by(self.places, order, place, one.ordered_at),
            first_confirmed_at=now if status in HOLDERS else None,
            confirmed_at=now if status in HOLDERS else None,
            redeemed_at=now if status is Status.REDEEMED else None,
            cancelled_at=now if status in GONE else None,
            to_do=CONFIRM if by_us and not is_own(order) else "",
            payment=payment_status(
                [Paid(p["amount_minor"], p["state"], p["collector"]) for p in payments], 0
            ),
        )
        self.rows[Reservation].append(columns)
        self.rows[RawRow].append(raw_row(reservation_id, one.raw, order, facts_of(order), self.source, now))
        self.rows[ReservationLine] += line_rows(reservation_id, place)
        self.rows[Traveler] += [{"reservation_id": reservation_id, "name": n[:500]} for n in order.companions]
        self.rows[ForeignCode] += code_rows(reservation_id, order)
        people = (columns["lead"], order.companions, columns["email"], columns["phone"])
        self.found_by.append(keeping.kept_row(reservation_id, place.sort_at, *people))
        self.rows[Payment] += payments
        if status in HOLDERS:
            heads = [(unit, quantity * each) for unit, _, quantity, each, _ in place.lines]
            made = ticket_rows(self.work, reservation_id, place.match.product, place.party, heads)
            self.rows[Ticket] += made
        if by_us and self.ways.go(Letter.CONFIRMATION, columns["product_id"]):
            row = _Row(reservation_id, order.email[:320], order.language[:20])
            self.rows[OutboxRow].append(
                letter_row(self.work, row, Letter.CONFIRMATION, 1, CONFIRMATION_WAITS)
            )
        self.work.record(
            f"reservation:{reservation_id}",
            "receive",
            status=status,
            channel=order.channel,
            via=order.via,
            unmatched=place.unmatched,
            confirmed_by_us=by_us,
        )

    def write(self) -> None:
        """Writes every table, parents first."""
        tickets = self.rows[Ticket]
        if tickets:
            first = self.work.tear_off("ticket", len(tickets))
            for offset, ticket in enumerate(tickets):
                ticket["number"] = first + offset
        for table in _TABLES:
            pour(self.work.connection, table, self.rows[table])
        keeping.add(self.work.connection, self.found_by)
        self.places.write_seats()
        self.work.changed.update(("reservations", "letters"))

    def _status(self, order: Order, place: Place) -> tuple[Status, bool]:
        """The status a new order gets, and whether it is we who confirm it."""
        status = first_status(order)
        if status is not Status.UNCONFIRMED or order.paid is False or place.unmatched:
            return status, False
        if not confirms_itself(place.match.product):
            return status, False
        seats = self.places.seats.get(place.departure) if place.departure else None
        if seats is not None and not seats.has_room(place.heads):
            return status, False
        return Status.CONFIRMED, True

    def _take_seats(self, order: Order, place: Place, status: Status) -> None:
        if place.departure and holds_seats(status, own_sale=is_own(order)):
            seats = self.places.seats[place.departure]
            seats.taken += place.heads
            seats.added += place.heads


# --- one order as rows: also used when a newer file changes it -------------------------------


def is_own(order: Order) -> bool:
    """Whether our own staff took the order."""
    return order.channel == "direct" and not order.via


def place_columns(places: Places, place: Place) -> dict[str, Any]:
    """The columns that say where a reservation belongs."""
    product, option = place.match.product, place.match.option
    return {
        "product_id": product.id if product else None,
        "option_id": option.id if option else None,
        "departure_id": places.seats[place.departure].id if place.departure else None,
        "unmatched": place.unmatched,
        "zone": place.zone,
        "departs_on": place.departs_on,
        "departs_at": place.departs_at,
        "ends_at": place.ends_at,
        "sort_at": place.sort_at,
        "open_dated": place.open_dated,
        "valid_until": place.valid_until,
        "party": place.party,
        "heads": place.heads,
    }


def order_columns(order: Order) -> dict[str, Any]:
    """The columns that repeat what the channel tells."""
    return {
        "channel_status": order.status_word[:120],
        "product_text": order.products[0][:500] if order.products else "",
        "option_text": order.options[0][:500] if order.options else "",
        "lead": order.lead[:500],
        "email": order.email[:320],
        "phone": order.phone[:80],
        "language": order.language[:20],
        "country": order.country[:80],
        "request": order.request,
        "pickup": order.pickup,
        "amount_minor": order.amount.minor if order.amount else None,
        "currency": order.amount.currency if order.amount else "",
        "expires_at": order.expires_at,
    }


def confirm_by(places: Places, order: Order, place: Place, ordered_at: datetime) -> datetime | None:
    """The promise: the channel's own deadline, or what the product promises."""
    if order.confirm_by is not None:
        return as_instant(order.confirm_by, ZoneInfo(places.operator.zone))
    return places.promise(place, ordered_at)


def raw_row(
    reservation_id: int, raw: Raw, order: Order, facts: Facts, source: str, now: datetime
) -> dict[str, Any]:
    """The row as it came, with what we understood of it."""
    return {
        "reservation_id": reservation_id,
        "source": source,
        "via": order.via[:40],
        "via_reference": reference_key(order.via_reference)[:120],
        "telling": order.telling.value,
        "digest": raw.digest.hex(),
        "latest": True,
        "cells": dict(raw.cells),
        "facts": facts,
        "received_at": now,
    }


def line_rows(reservation_id: int, place: Place) -> list[dict[str, Any]]:
    """The lines of an order."""
    return [
        {
            "reservation_id": reservation_id,
            "unit": unit,
            "unit_id": unit_id,
            "quantity": quantity,
            "heads_each": each,
            "price_minor": price,
        }
        for unit, unit_id, quantity, each, price in place.lines
    ]


def code_rows(reservation_id: int, order: Order) -> list[dict[str, Any]]:
    """The channel's own voucher codes, tidied so that they scan like ours."""
    found = dict.fromkeys(tidy(code)[:200] for code in order.voucher_codes)
    return [{"reservation_id": reservation_id, "code": code} for code in found if code]


def payment_rows(
    reservation_id: int, order: Order, status: Status, currency: str, now: datetime, *, at_desk: int = 0
) -> list[dict[str, Any]]:
    """What has been paid and what is still due, to whom. A dead order owes nothing.

    `at_desk` has been taken here already and is written down; whether the channel has heard of it or not,
    all of it together is never more than the order's amount.
    """
    if order.amount is None or status in GONE:
        return []
    total = order.amount.minor
    unpaid = order.paid is False or (order.paid is None and status is Status.AWAITING_PAYMENT)
    due = order.balance.minor if order.balance else (total if unpaid else 0)
    collector = order.collector or channel_facts(order.channel).collector
    elsewhere = min(total - due, total - at_desk)
    amounts = ((elsewhere, MoneyState.DONE), (total - at_desk - elsewhere, MoneyState.DUE))
    return [
        {
            "reservation_id": reservation_id,
            "method": "channel" if collector is Collector.CHANNEL else (order.payment_word[:40] or "unknown"),
            "amount_minor": minor,
            "currency": currency,
            "state": state,
            "collector": collector,
            "at": now,
            "told": True,
        }
        for minor, state in amounts
        if minor > 0
    ]


def _currency(place: Place, places: Places) -> str:
    return place.match.product.currency if place.match.product else places.operator.currency


def existing_digests(work: Work, digests: list[str]) -> dict[str, int]:
    """Those fingerprints that are the latest word on some reservation already, and on which."""
    found: dict[str, int] = {}
    for start in range(0, len(digests), 500):
        asked = select(RawRow.digest, RawRow.reservation_id).where(
            RawRow.digest.in_(digests[start : start + 500]), RawRow.latest.is_(True)
        )
        found.update(work.connection.execute(asked).all())
    return found
