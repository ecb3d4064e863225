"""Counts the cash drawer of a counter: opens and closes its shifts, and keeps what is put in and taken out."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, insert, select, update

from controllers.channels.text import line, paragraph
from controllers.desk import Desk, Work
from controllers.rights import needs
from models.drawer import Amounts, Drawer, MoneyTaken, ShiftClosed, expected_in
from models.money import Money
from models.payments import MoneyState
from models.refusals import CannotDo
from models.rights import Right
from models.tables import DrawerMove, Payment, Shift, Staff
from models.tender import Method

_S: Table = Shift.__table__  # type: ignore[assignment]
_M: Table = DrawerMove.__table__  # type: ignore[assignment]
_P: Table = Payment.__table__  # type: ignore[assignment]
_MOST = 10**13


@needs(Right.SELL)
def see_drawer(*, desk: Desk) -> Drawer | None:
    """The shift that is open at this counter, None where nobody has counted its drawer."""
    with desk.reading() as look:
        shift = _open_shift(look, desk)
        return _drawer(look, desk, shift) if shift is not None else None


@needs(Right.SELL)
def open_shift(counted: Mapping[str, int], *, desk: Desk) -> Drawer:
    """Opens a shift with what lies in the drawer. Raises CannotDo("shift-open") or ("count-wrong")."""
    _refuse_no_count(counted)
    with desk.work() as work:
        before = _open_shift(work.connection, desk)
        if before is not None:
            zone = ZoneInfo(desk.operator(work.connection).zone)
            raise CannotDo("shift-open", at=before.opened_at.astimezone(zone))
        row = {
            "counter_id": desk.actor.counter_id,
            "opened_at": work.now,
            "opened_by": desk.actor.staff_id,
            "opened_with": dict(counted),
        }
        work.connection.execute(insert(Shift), row)
        work.record(f"counter:{desk.actor.counter_id}", "open-shift", counted=dict(counted))
        work.changed.add("drawer")
        shift = _open_shift(work.connection, desk)
        return _drawer(work.connection, desk, shift)


@needs(Right.SELL)
def close_shift(counted: Mapping[str, int], *, desk: Desk, note: str = "") -> ShiftClosed:
    """Ends the shift with what was counted; what is missing or too much stands in the journal.

    Raises CannotDo("no-shift") or ("count-wrong").
    """
    _refuse_no_count(counted)
    with desk.work() as work:
        shift = _the_open_shift(work)
        expected = _drawer(work.connection, desk, shift).expected
        closed = ShiftClosed(dict(expected), dict(counted))
        values: dict[str, Any] = {
            "closed_at": work.now,
            "closed_by": desk.actor.staff_id,
            "expected": closed.expected,
            "counted": closed.counted,
            "note": paragraph(note),
        }
        work.connection.execute(update(_S).where(_S.c.id == shift.id).values(**values))
        told = {"expected": closed.expected, "counted": closed.counted, "off": dict(closed.off)}
        work.record(f"counter:{desk.actor.counter_id}", "close-shift", **told)
        work.changed.add("drawer")
        return closed


@needs(Right.SELL)
def move_cash(money: Money, *, desk: Desk, reason: str) -> Drawer:
    """Puts cash in (above 0) or takes it out without a sale.

    Raises CannotDo("no-shift"), ("count-wrong") or ("move-reason-missing").
    """
    if not line(reason):
        raise CannotDo("move-reason-missing")
    if not money.minor or abs(money.minor) > _MOST:
        raise CannotDo("count-wrong", amount=str(money))
    with desk.work() as work:
        shift = _move(work, money, line(reason, 200))
        return _drawer(work.connection, desk, shift)


def take_out(work: Work, money: Money, reason: str) -> None:
    """Cash that leaves the drawer (below 0: comes back) inside a transaction that is already under way.

    Raises CannotDo("no-shift") where nobody has counted this counter's drawer.
    """
    _move(work, Money(-money.minor, money.currency), line(reason, 200))


def _move(work: Work, money: Money, reason: str) -> Any:
    """Writes one move of the open shift; the shift."""
    shift = _the_open_shift(work)
    counter_id = work.desk.actor.counter_id
    row = {
        "counter_id": counter_id,
        "staff_id": work.desk.actor.staff_id,
        "at": work.now,
        "amount_minor": money.minor,
        "currency": money.currency,
        "reason": reason,
    }
    work.connection.execute(insert(DrawerMove), row)
    work.record(f"counter:{counter_id}", "move-cash", amount=money.minor, currency=money.currency)
    work.changed.add("drawer")
    return shift


def _refuse_no_count(counted: Mapping[str, int]) -> None:
    for currency, minor in counted.items():
        if not 0 <= minor <= _MOST:
            raise CannotDo("count-wrong", amount=str(Money(minor, currency)))


def _open_shift(look: Connection, desk: Desk) -> Any:
    asked = select(_S).where(_S.c.counter_id == desk.actor.counter_id, _S.c.closed_at.is_(None))
    return look.execute(asked).first()


def _the_open_shift(work: Work) -> Any:
    """Locked until the transaction ends, so that nobody closes it twice."""
    mine = _S.c.counter_id == work.desk.actor.counter_id
    shift = work.connection.execute(
        select(_S).where(mine, _S.c.closed_at.is_(None)).with_for_update()
    ).first()
    if shift is None:
        raise CannotDo("no-shift")
    return shift


def _drawer(look: Connection, desk: Desk, shift: Any) -> Drawer:
    payments = [(row.method, _taken(row)) for row in _payments_since(look, desk, shift.opened_at)]
    cash = [one for method, one in payments if method == Method.CASH]
    moves = [Money(row.amount_minor, row.currency) for row in _moves_since(look, desk, shift.opened_at)]
    taken: dict[str, Tally[str]] = defaultdict(Tally)
    for method, one in payments:
        taken[method][one.handed.currency] += one.handed.minor
        taken[method][one.change.currency] -= one.change.minor
    moved: Tally[str] = Tally()
    for money in moves:
        moved[money.currency] += money.minor
    by = look.execute(select(Staff.name).where(Staff.id == shift.opened_by)).scalar_one()
    opened_with: Amounts = shift.opened_with
    return Drawer(
        shift.opened_at.astimezone(ZoneInfo(desk.operator(look).zone)),
        by,
        opened_with,
        expected_in(opened_with, cash, moves),
        {method: dict(sums) for method, sums in sorted(taken.items())},
        dict(moved),
    )


def _payments_since(look: Connection, desk: Desk, since: datetime) -> list[Any]:
    asked = select(_P).where(_P.c.counter_id == desk.actor.counter_id, _P.c.at >= since)
    return list(look.execute(asked.where(_P.c.state == MoneyState.DONE).order_by(_P.c.at, _P.c.id)).all())


def _moves_since(look: Connection, desk: Desk, since: datetime) -> list[Any]:
    asked = select(_M).where(_M.c.counter_id == desk.actor.counter_id, _M.c.at >= since)
    return list(look.execute(asked.order_by(_M.c.at, _M.c.id)).all())


def _taken(row: Any) -> MoneyTaken:
    """What came in and what went back; where nobody said what was handed over, it was the exact amount."""
    if row.handed_minor is None:
        return MoneyTaken(Money(row.amount_minor, row.currency), Money(0, row.currency))
    return MoneyTaken(Money(row.handed_minor, row.handed_currency), Money(row.change_minor, row.currency))
