"""Gives money back: lists the refunds, and keeps what staff mark of each - done, failed, or due again.

A refund in cash is taken out of this counter's drawer in the same transaction, and put back with a slip that is
taken back. The traveler hears of it by the letter "refund done", once a fact.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select, update

from controllers import letters
from controllers.channels.text import line, paragraph
from controllers.desk import Desk, Work
from controllers.drawer import take_out
from controllers.reservations import still_theirs, take
from controllers.rights import needs
from controllers.staff.signing_in import role_now
from models import refunds_reading
from models.frozen import frozen
from models.money import Money
from models.outbox import Letter
from models.payments import MoneyState, refund_window
from models.references import number_of
from models.refunds import Place, RefundPage, RefundRow, Step, Tab, after
from models.refusals import CannotDo
from models.rights import Right, may
from models.tables import Counter, Refund, Reservation
from models.tender import Method

_F: Table = Refund.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]


@frozen
class Marked:
    """What became of a refund; `told` where the traveler's address is known."""

    id: int
    reservation_id: int
    number: str
    amount: Money
    state: MoneyState
    expected_from: date
    expected_to: date
    told: bool


@needs(Right.LOOK)
def see_refunds(
    tab: Tab, *, desk: Desk, after: Place | None = None, most: int = refunds_reading.PAGE
) -> RefundPage:
    """One page of the list; `after` goes on below a row."""
    with desk.reading() as look:
        office = desk.operator(look)
        day = desk.now().astimezone(ZoneInfo(office.zone)).date()
        page = refunds_reading.page(look, tab, day, office.zone, after, most)
    return replace(page, may_mark=may(desk.actor.role, Right.REFUND))


@needs(Right.LOOK)
def see_refund(refund_id: int, *, desk: Desk) -> RefundRow:
    """One refund as it stands now. Raises CannotDo("refund-gone")."""
    with desk.reading() as look:
        found = refunds_reading.one(look, refund_id, desk.zone)
    if found is None:
        raise CannotDo("refund-gone")
    return found


@needs(Right.LOOK)
def refunds_of(reservation_id: int, *, desk: Desk) -> tuple[RefundRow, ...]:
    """The refunds of one reservation, in the order they were promised."""
    with desk.reading() as look:
        return refunds_reading.of_reservation(look, reservation_id, desk.zone)


@needs(Right.REFUND)
def mark_done(
    refund_id: int,
    *,
    desk: Desk,
    method: str,
    reference: str = "",
    day: date | None = None,
    seen: int | None = None,
    drawer_words: str = "",
) -> Marked:
    """The money went back: how, under which reference, on which day (today where none is told).

    Cash leaves this counter's drawer now; `drawer_words` is what stands beside it there. Raises
    CannotDo("refund-theirs"), ("refund-step"), ("refund-day"), ("no-shift") or ("changed-meanwhile").
    """
    method = method.strip()[:40] or "unknown"
    with desk.work() as work:
        row, refund = _take(work, refund_id, Step.DONE, seen)
        if method == Method.CASH:
            role_now(work, Right.SELL)
            take_out(work, Money(refund.amount_minor, refund.currency), drawer_words or number_of(row.id))
        kept = {
            "state": MoneyState.DONE,
            "done_at": _when(work, refund, day, cash=method == Method.CASH),
            "done_by": work.staff_id,
            "counter_id": desk.actor.counter_id,
            "method": method,
            "reference": line(reference, 80),
            "failed_at": None,
            "trouble": "",
        }
        _keep(work, row, refund, kept)
        number = work.digest(line(reference, 80))
        work.record(f"reservation:{row.id}", "refund-done", **_told(refund), method=method, reference=number)
        told = {"refund": refund.id, "amount_minor": refund.amount_minor, "currency": refund.currency}
        letters.queue(work, row, Letter.REFUND_DONE, body={**told, "method": method})
        return _marked(row, refund, kept)


@needs(Right.REFUND)
def mark_failed(refund_id: int, *, desk: Desk, why: str, seen: int | None = None) -> Marked:
    """The money did not arrive, or came back: why. Raises CannotDo("refund-why-missing") and as `mark_done`."""
    why = paragraph(why)
    if not why:
        raise CannotDo("refund-why-missing")
    with desk.work() as work:
        row, refund = _take(work, refund_id, Step.FAILED, seen)
        _take_slip_back(work, row, refund, "")
        kept = {**_UNPAID, "state": MoneyState.FAILED, "failed_at": work.now, "trouble": why}
        _keep(work, row, refund, kept)
        work.record(f"reservation:{row.id}", "refund-failed", **_told(refund), why=work.digest(why))
        return _marked(row, refund, kept)


@needs(Right.REFUND)
def due_again(refund_id: int, *, desk: Desk, seen: int | None = None, drawer_words: str = "") -> Marked:
    """It is to be paid (again); the days in which it should be seen are counted from today.

    Cash that this counter gave by a slip is put back into its drawer. Raises as `mark_done`.
    """
    with desk.work() as work:
        row, refund = _take(work, refund_id, Step.AGAIN, seen)
        _take_slip_back(work, row, refund, drawer_words)
        office = desk.operator(work.connection)
        today = work.now.astimezone(ZoneInfo(office.zone)).date()
        first, last = refund_window(today, office.country, office.closed)
        days = {"counted_from": today, "expected_from": first, "expected_to": last}
        kept = {**_UNPAID, "state": MoneyState.DUE, **days}
        _keep(work, row, refund, kept)
        work.record(f"reservation:{row.id}", "refund-due-again", **_told(refund), until=last.isoformat())
        return _marked(row, refund, kept)


_UNPAID: dict[str, Any] = {
    "done_at": None,
    "done_by": None,
    "counter_id": None,
    "method": "",
    "reference": "",
    "failed_at": None,
    "trouble": "",
}


def _take(work: Work, refund_id: int, step: Step, seen: int | None) -> tuple[Any, Any]:
    """The reservation, locked first as everybody locks it, and its refund; only where the step may be made."""
    role_now(work, Right.REFUND)
    asked = select(_F).where(_F.c.id == refund_id)
    found = work.connection.execute(asked).first()
    if found is None:
        raise CannotDo("refund-gone")
    row = take(work, found.reservation_id)
    refund = work.connection.execute(asked.with_for_update()).first()
    if refund is None:
        raise CannotDo("refund-gone")
    number = number_of(row.id)
    if seen is not None and refund.version != seen:
        raise CannotDo("changed-meanwhile", number=number)
    after(refund.state, refund.collector, step, number=number)
    return row, refund


def _take_slip_back(work: Work, row: Any, refund: Any, words: str) -> None:
    """What was marked as given back was not: its letter does not leave, and cash lies in the drawer again."""
    if refund.state is not MoneyState.DONE:
        return
    letters.drop(work, row.id, Letter.REFUND_DONE)
    if refund.method == Method.CASH:
        role_now(work, Right.SELL)
        _refuse_other_drawer(work, refund)
        take_out(work, Money(-refund.amount_minor, refund.currency), words or number_of(row.id))


def _refuse_other_drawer(work: Work, refund: Any) -> None:
    """Cash goes back into the drawer it came from."""
    if refund.counter_id not in (None, work.desk.actor.counter_id):
        asked = select(Counter.name).where(Counter.id == refund.counter_id)
        raise CannotDo("refund-other-drawer", counter=work.connection.execute(asked).scalar_one())


def _when(work: Work, refund: Any, day: date | None, *, cash: bool) -> datetime:
    zone, made_at = ZoneInfo(work.desk.operator(work.connection).zone), cast(datetime, refund.made_at)
    today = work.now.astimezone(zone).date()
    if day is None or day == today:
        return work.now
    if cash or not made_at.astimezone(zone).date() <= day < today:
        raise CannotDo("refund-day", day=day)
    return max(datetime.combine(day, time(12), zone).astimezone(UTC), made_at)


def _told(refund: Any) -> dict[str, Any]:
    return {"refund": refund.id, "amount": refund.amount_minor, "currency": refund.currency}


def _keep(work: Work, row: Any, refund: Any, kept: dict[str, Any]) -> None:
    """Writes a step, and moves the reservation's version: whoever looks at it sees that it changed."""
    work.connection.execute(update(_F).where(_F.c.id == refund.id).values(version=refund.version + 1, **kept))
    work.connection.execute(
        update(_R).where(_R.c.id == row.id).values(version=row.version + 1, **still_theirs(work, row))
    )
    work.changed.update({"refunds", "reservations"})


def _marked(row: Any, refund: Any, kept: dict[str, Any]) -> Marked:
    return Marked(
        refund.id,
        row.id,
        number_of(row.id),
        Money(refund.amount_minor, refund.currency),
        kept["state"],
        kept.get("expected_from", refund.expected_from),
        kept.get("expected_to", refund.expected_to),
        bool(row.email),
    )
