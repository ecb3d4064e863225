"""Hears what a newer file says about an order we know, and moves it forward or asks a person.

Before confirmation the channel's word replaces the older one. From then on another date, party or
amount waits for a decision with both sides shown; contacts and requests are always brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select, update

from controllers import erasing
from controllers.channels.raw import Raw
from controllers.decisions import ask, ask_contested
from controllers.desk import Work
from controllers.following import (
    BEFORE_CONFIRMED,
    SOFT,
    bring_up_to_date,
    insert_rows,
    latest_rows,
    merged_facts,
    move_to,
    replace_place,
    restate_money,
)
from controllers.notices import tell
from controllers.placing import Places, ordered_instant
from controllers.receiving import order_columns, raw_row
from controllers.reservations import note_ticked, take
from models.erasing import Whose
from models.frozen import frozen
from models.intake import (
    CONTESTED,
    DEPARTURE_FIELDS,
    MONEY_FIELDS,
    PERSONAL,
    Facts,
    Step,
    behind,
    changed_fields,
    facts_of,
    order_of,
    status_step,
)
from models.notices import Event
from models.orders import Order, Telling
from models.references import reference_key
from models.reservations import GONE, LIVING, Status
from models.tables import RawRow, Reservation
from models.to_do import MOVE, deeds

_R: Table = Reservation.__table__  # type: ignore[assignment]
_W: Table = RawRow.__table__  # type: ignore[assignment]
_SHOWS_DONE = {
    "confirm": (Status.CONFIRMED, Status.REDEEMED, Status.NO_SHOW),
    "cancel": (Status.CANCELLED,),
    "redeem": (Status.REDEEMED,),
}


@frozen
class Heard:
    """The fields a row told anew; `waits` when some of it is for a person to decide."""

    fields: tuple[str, ...] = ()
    waits: bool = False


def whose(work: Work, order: Order) -> list[int]:
    """The reservations a row can mean: none (it is new), one, or several for a person to choose from.

    A row of a sender we have not heard of this order before means the one living reservation with the
    same channel and reference. Where the sender has numbers of its own, another number is another booking.
    """
    key = reference_key(order.reference, order.channel)[:120]
    sender = (order.via[:40], reference_key(order.via_reference)[:120])
    same = work.connection.execute(
        select(
            _R.c.id, _R.c.via, _R.c.via_reference, _R.c.status, _R.c.zone, _R.c.departs_on, _R.c.departs_at
        )
        .where(_R.c.channel == order.channel[:40], _R.c.reference_key == key)
        .order_by(_R.c.id)
    ).all()
    senders = {row.id: {(row.via, row.via_reference)} for row in same}
    heard = select(_W.c.reservation_id, _W.c.via, _W.c.via_reference).where(
        _W.c.reservation_id.in_(list(senders))
    )
    for reservation_id, via, via_reference in work.connection.execute(heard):
        senders[reservation_id].add((via, via_reference))
    exact = [row.id for row in same if sender in senders[row.id]]
    if exact:
        return exact[:1]
    others = [row for row in same if all(via != sender[0] for via, _ in senders[row.id])]
    living = [row for row in others if row.status in LIVING]
    if len(living) == 1:
        return [] if _another_booking(order, living[0]) else [living[0].id]
    if living:
        return [row.id for row in living]
    return [row.id for row in others] if len(others) == 1 and not order.via_reference else []


def parts_cancelled_with(work: Work, order: Order) -> list[int]:
    """Rezdy's orders of several products are N, N/2, N/3 here; its cancellation names only N."""
    if order.telling is not Telling.CANCELLED or order.channel != "rezdy":
        return []
    whole = reference_key(order.reference, order.channel)
    asked = select(_R.c.id).where(
        _R.c.channel == "rezdy", _R.c.reference_key.startswith(f"{whole}/", autoescape=True)
    )
    return list(work.connection.execute(asked.order_by(_R.c.id)).scalars())


def _another_booking(order: Order, row: Any) -> bool:
    """Whether a cancelled row with a number of its own is about another departure than the living one."""
    if order.status is not Status.CANCELLED or not order.via_reference:
        return False
    if order.departs_on != row.departs_on:
        return True
    if order.starts is None or row.departs_at is None:
        return False
    return bool(row.departs_at.astimezone(ZoneInfo(row.zone or "UTC")).time() != order.starts)


def hear(where: Places, reservation_id: int, raw: Raw, order: Order, source: str) -> Heard:
    """Takes in one row about a known reservation."""
    work = where.work
    forgotten, gone = erasing.marks(work, reservation_id)
    if forgotten is not None:
        order = _without_forgotten(work, order, forgotten, gone)
    heard = latest_rows(work, reservation_id, order.via, order.via_reference)
    known = merged_facts(heard)
    last = next((row for row in heard if row.telling == order.telling), None)
    told = facts_of(order)
    if heard and order.telling is Telling.BOOKED:
        told = {name: value for name, value in told.items() if name not in ("status", "status_word")}
    fields = changed_fields(last.facts if last is not None else known, told) if heard else []
    if last is not None and not fields:
        return Heard()
    _store(work, reservation_id, raw, order, told, source, last, whole=forgotten is None)
    merged = {**known, **told}
    row = take(work, reservation_id)
    if not heard:
        _fill_in(where, row, told, order)
        row = take(work, reservation_id)
    step = _step(row, order, fields, first=not heard)
    waits = step is Step.ASK
    if waits:
        ask(work, row, "status", {"status": row.status}, {"status": order.status, "word": order.status_word})
        if order.status is Status.CANCEL_REQUESTED:
            tell(work, Event.CANCEL, row, row.version + 1)
    waits |= _apply_fields(where, row, merged, order, fields)
    if step is Step.APPLY and order.status is not None:
        move_to(where, take(work, reservation_id), order.status, merged)
    _tick_off(work, reservation_id, order)
    names = tuple(fields) if heard else ("status",)
    if not fields and step is Step.NOTHING:
        return Heard()
    sides = _sides(work, names, last.facts if last is not None else known, told)
    work.record(
        f"reservation:{reservation_id}",
        "channel-told",
        fields=sorted(names),
        waits=waits,
        source=source,
        **sides,
    )
    return Heard(names, waits)


def _sides(work: Work, names: Iterable[str], before: Facts, after: Facts) -> dict[str, Facts]:
    """What a channel told before and tells now; of what is personal only a keyed digest."""

    def told(name: str, value: Any) -> Any:
        return work.digest(value) if name in PERSONAL else value

    return {
        "before": {name: told(name, before.get(name)) for name in names},
        "after": {name: told(name, after.get(name)) for name in names},
    }


# --- status ---------------------------------------------------------------------------------


def _step(row: Any, order: Order, fields: list[str], *, first: bool) -> Step:
    if order.status is None or (not first and "status" not in fields):
        return Step.NOTHING
    if first and behind(row.status, order.status):
        return Step.NOTHING
    return status_step(row.status, order.status, order.telling)


def _tick_off(work: Work, reservation_id: int, order: Order) -> None:
    """A newer file that shows our deed done at the channel ticks it off here."""
    row = take(work, reservation_id)
    shown = [deed for deed in deeds(row.to_do) if _shows_done(row, order, deed)]
    if shown:
        note_ticked(work, row, shown, by="channel")


def _shows_done(row: Any, order: Order, deed: str) -> bool:
    if deed != MOVE:
        return order.status in _SHOWS_DONE[deed]
    if order.departs_at is not None or row.departs_at is None:
        return bool(order.departs_at == row.departs_at)
    here = row.departs_at.astimezone(ZoneInfo(row.zone or "UTC"))
    return bool(order.departs_on == row.departs_on) and order.starts in (None, here.time())


# --- fields ---------------------------------------------------------------------------------


def _apply_fields(where: Places, row: Any, merged: Facts, order: Order, fields: list[str]) -> bool:
    """Applies what may be applied; True when something waits for a person."""
    if not fields or row.status in GONE:
        return False
    work = where.work
    whole = order_of(merged, channel=row.channel, reference=row.reference, via=order.via, via_reference="")
    waits = False
    if row.status in BEFORE_CONFIRMED:
        if CONTESTED.intersection(fields):
            replace_place(
                where, row, whole, where.place(whole, ordered_instant(whole, where.operator, work.now))
            )
        if MONEY_FIELDS.intersection(fields):
            restate_money(work, row, whole)
    else:
        news = (
            fields
            if not _stands_there(where, row, whole)
            else [x for x in fields if x not in DEPARTURE_FIELDS]
        )
        waits = ask_contested(work, row, merged, news)
        if {"paid", "balance", "payment_word"}.intersection(fields) and "amount" not in fields:
            restate_money(work, row, whole)
    bring_up_to_date(work, row, whole, fields)
    return waits


def _stands_there(where: Places, row: Any, whole: Order) -> bool:
    """Whether the departure that is told is the one it stands on here: we moved it, and the channel followed."""
    place = where.place(whole, row.ordered_at)
    same_time = (place.departs_on, place.departs_at) == (row.departs_on, row.departs_at)
    return same_time and (place.match.option is None or place.match.option.id == row.option_id)


def _fill_in(where: Places, row: Any, told: Facts, order: Order) -> None:
    """A sender we hear of this order for the first time tells what nobody has told yet."""
    columns = order_columns(order)
    blank = [name for name in SOFT if name in told and not getattr(row, name)]
    bring_up_to_date(where.work, row, order, [*blank, *({"voucher_codes"} & set(told))])
    if row.amount_minor is None and order.amount is not None:
        money = {"amount_minor": columns["amount_minor"], "currency": columns["currency"]}
        where.work.connection.execute(update(_R).where(_R.c.id == row.id).values(**money))
    place = where.place(order, row.ordered_at)
    finds_place = bool(row.unmatched) and not place.unmatched
    tells_party = row.party is None and place.party is not None and place.departure is not None
    if row.status in BEFORE_CONFIRMED and (finds_place or (tells_party and not row.unmatched)):
        replace_place(where, row, order, place)


# --- rows -----------------------------------------------------------------------------------


def _store(
    work: Work,
    reservation_id: int,
    raw: Raw,
    order: Order,
    facts: Facts,
    source: str,
    last: Any,
    *,
    whole: bool,
) -> None:
    if last is not None:
        work.connection.execute(update(_W).where(_W.c.id == last.id).values(latest=False))
    row = raw_row(reservation_id, raw, order, facts, source, work.now)
    if not whole:  # the file still names who was forgotten here
        row |= {"cells": {}, "digest": ""}
    insert_rows(work, RawRow, [row])


def _without_forgotten(work: Work, order: Order, forgotten: Whose, gone: frozenset[str]) -> Order:
    """The order as if its file did not know whom we have forgotten."""
    if forgotten is not Whose.COMPANION:
        order = replace(order, lead="", email="", phone="", request="", pickup="")
    kept = tuple(name for name in order.companions if erasing.digest_of(work, name) not in gone)
    return replace(order, companions=() if forgotten is Whose.EVERYBODY else kept)
