"""What staff, travelers and the clock do to a reservation: one function a verb.

Each takes the reservation's id and the desk at which somebody acts, moves along the one table of
`models.reservations`, and answers with what became of it. `seen` is the version a dialog was
showing: if somebody changed the reservation meanwhile, nothing is overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, insert, select, update

from controllers import letters, refunds, seats, tickets
from controllers.desk import Desk, Work
from models.catalogue import product_facts
from models.outbox import CONFIRMATION_WAITS, STILL_HERE, Letter
from models.products import Confirmation
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Cause, Moved, Status, Verb, move
from models.tables import Message, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_TAKE = select(_R).where(_R.c.id == bindparam("id")).with_for_update()


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a reservation."""

    id: int
    number: str
    status: Status
    facts: dict[str, Any] = field(default_factory=dict)


def confirm(reservation_id: int, *, desk: Desk, seen: int | None = None, overbook: str = "") -> Done:
    """Confirms an order: takes its seats, issues its tickets, promises the letter in 60 s.

    Raises CannotDo("no-seats") unless `overbook` gives a manager's reason.
    """
    if overbook and not is_manager(desk):
        raise CannotDo("not-allowed", action="sell above the capacity", who="a manager")
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        return confirm_row(work, row, Verb.CONFIRM, overbook=overbook)


def confirm_row(work: Work, row: Any, verb: Verb, *, overbook: str = "") -> Done:
    """Confirming inside a transaction that is already under way (a payment, an import)."""
    moved = move(row.status, verb, Status.CONFIRMED, number=number_of(row.id))
    moved_seats = seats.follow(work, row, Status.CONFIRMED, overbook=bool(overbook))
    tickets.issue(work, row, product_facts(work.connection, row.product_id))
    keep(
        work,
        row,
        moved,
        told={**(moved_seats.told() if moved_seats else {}), **({"overbooked": True} if overbook else {})},
        status_before=Status.UNCONFIRMED if verb is Verb.PAY else row.status,
        confirmed_at=work.now,
        first_confirmed_at=row.first_confirmed_at or work.now,
        to_do=to_do_at_channel(row, "confirm"),
        **({"reason": overbook} if overbook else {}),
    )
    letters.queue(work, row, Letter.CONFIRMATION, waits=CONFIRMATION_WAITS)
    return done(row, moved)


def unconfirm(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Takes a confirmation back while its letter still waits and nobody has arrived."""
    with desk.work() as work:
        return unconfirm_row(work, take(work, reservation_id, seen))


def unconfirm_row(work: Work, row: Any) -> Done:
    """Taking a confirmation back inside a transaction that is already under way."""
    moved = move(row.status, Verb.UNCONFIRM, row.status_before, number=number_of(row.id))
    if row.arrived_heads:
        raise CannotDo("somebody-arrived", number=number_of(row.id))
    if row.status_before is None:
        raise CannotDo("confirmed-by-channel", number=number_of(row.id))
    if not letters.count(work, row.id, Letter.CONFIRMATION, STILL_HERE):
        raise CannotDo("letter-has-left", number=number_of(row.id))
    letters.drop(work, row.id, Letter.CONFIRMATION)
    tickets.void(work, row.id)
    moved_seats = seats.follow(work, row, moved.after)
    hidden_again = row.first_confirmed_at == row.confirmed_at
    keep(
        work,
        row,
        moved,
        told=moved_seats.told() if moved_seats else {},
        status_before=None,
        confirmed_at=None,
        first_confirmed_at=None if hidden_again else row.first_confirmed_at,
        to_do="",
    )
    return done(row, moved)


def hold(reservation_id: int, *, desk: Desk, reason: str, seen: int | None = None) -> Done:
    """Keeps an order waiting; the reason says what is missing."""
    if not reason.strip():
        raise CannotDo("hold-reason-missing")
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.HOLD, number=number_of(row.id))
        keep(work, row, moved, reason=reason.strip())
        return done(row, moved)


def cancel(
    reservation_id: int, *, desk: Desk, reason: str, cause: Cause = Cause.OURS, seen: int | None = None
) -> Done:
    """Tells the traveler the reason, then cancels. A confirmed one needs the right to break a promise."""
    if not reason.strip():
        raise CannotDo("reason-missing")
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.CANCEL, number=number_of(row.id))
        if row.status is Status.CONFIRMED and not is_manager(desk):
            raise CannotDo("not-allowed", action="cancel a confirmed reservation", who="a manager")
        _tell_traveler(work, row, reason.strip())
        return _end(work, row, moved, cause, reason.strip())


def withdraw(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """The traveler steps back before confirmation: free of charge, at any time."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        return _end(work, row, move(row.status, Verb.WITHDRAW, number=number_of(row.id)), Cause.THEIRS)


def request_cancel(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """The traveler asks to cancel a confirmed reservation; somebody has to answer."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.REQUEST_CANCEL, number=number_of(row.id))
        keep(work, row, moved)
        return done(row, moved)


def accept(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Accepts the traveler's cancellation; the refund follows the policy."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        return _end(work, row, move(row.status, Verb.ACCEPT, number=number_of(row.id)), Cause.THEIRS)


def decline(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Declines the traveler's cancellation: it stays confirmed."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.DECLINE, number=number_of(row.id))
        keep(work, row, moved)
        return done(row, moved)


def no_show(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Marks that nobody came. Only after the departure, and only if nobody did come."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.NO_SHOW, number=number_of(row.id))
        if not _has_departed(row, work.now):
            raise CannotDo("not-yet-departed", number=number_of(row.id))
        if row.arrived_heads:
            raise CannotDo("somebody-arrived", number=number_of(row.id))
        keep(work, row, moved)
        return done(row, moved)


def return_(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """They came after all: a no-show is confirmed again."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.RETURN, number=number_of(row.id))
        keep(work, row, moved)
        return done(row, moved)


def expire(*, desk: Desk) -> list[Done]:
    """Lets every order lapse whose time to pay is over."""
    with desk.work() as work:
        due = (
            select(_R)
            .where(_R.c.status == Status.AWAITING_PAYMENT, _R.c.expires_at <= work.now)
            .order_by(_R.c.id)
        )
        ended = []
        for row in work.connection.execute(due.with_for_update()).all():
            moved = move(row.status, Verb.EXPIRE)
            moved_seats = seats.follow(work, row, moved.after)
            refunds.give_up_due(work, row.id)
            keep(work, row, moved, told=moved_seats.told() if moved_seats else {})
            ended.append(done(row, moved))
        return ended


def tick_off(reservation_id: int, *, desk: Desk) -> Done:
    """What was to do at the channel has been done there."""
    with desk.work() as work:
        return tick_off_row(work, take(work, reservation_id))


def tick_off_row(work: Work, row: Any) -> Done:
    """Ticking off inside a transaction that is already under way."""
    if not row.to_do:
        raise CannotDo("nothing-to-do", number=number_of(row.id))
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(to_do="", version=row.version + 1))
    work.record(f"reservation:{row.id}", "tick-off", done=row.to_do)
    work.changed.add("reservations")
    return Done(row.id, number_of(row.id), row.status)


# --- the steps that the verbs share ---------------------------------------------------------


def take(work: Work, reservation_id: int, seen: int | None = None) -> Any:
    """The reservation's row, locked until the transaction ends."""
    row = work.connection.execute(_TAKE, {"id": reservation_id}).first()
    if row is None:
        raise CannotDo("not-found", reference=number_of(reservation_id))
    if seen is not None and row.version != seen:
        raise CannotDo("changed-meanwhile", number=number_of(row.id))
    return row


def keep(work: Work, row: Any, moved: Moved, *, told: dict[str, Any] | None = None, **values: Any) -> None:
    """Writes one step of the life and records it."""
    work.connection.execute(
        update(_R).where(_R.c.id == row.id).values(status=moved.after, version=row.version + 1, **values)
    )
    work.record(f"reservation:{row.id}", moved.verb, before=moved.before, after=moved.after, **(told or {}))
    work.changed.add("reservations")


def done(row: Any, moved: Moved, **facts: Any) -> Done:
    """The answer of a verb."""
    return Done(row.id, number_of(row.id), moved.after, facts)


def to_do_at_channel(row: Any, what: str) -> str:
    """What still has to be told to the channel, '' for our own sales."""
    return "" if row.channel == "direct" and not row.via else what


def is_manager(desk: Desk) -> bool:
    """Whether whoever acts may break a promise or sell above the capacity."""
    return desk.actor.role in ("owner", "manager")


def departure_or_day_end(row: Any) -> datetime | None:
    """When the departure is over for certain: its instant, or the end of its day; None for open-dated."""
    if row.departs_at is not None:
        return row.departs_at  # type: ignore[no-any-return]
    if row.departs_on is None or row.open_dated:
        return None
    day_end = datetime.combine(row.departs_on + timedelta(days=1), time(), ZoneInfo(row.zone or "UTC"))
    return day_end.astimezone(UTC)


def confirms_itself(product: Any) -> bool:
    """Whether an order of this product is confirmed without a person."""
    return product is not None and product.confirmation is Confirmation.INSTANT


def _end(work: Work, row: Any, moved: Moved, cause: Cause, reason: str = "") -> Done:
    """Cancels: frees the seats, voids the tickets, takes waiting letters back, promises refund and letter."""
    moved_seats = seats.follow(work, row, moved.after)
    tickets.void(work, row.id)
    letters.drop(work, row.id, Letter.CONFIRMATION)
    made = refunds.promise_refund(work, row, cause)
    letters.queue(work, row, Letter.CANCELLATION, body={"reason": reason, "cause": cause})
    keep(
        work,
        row,
        moved,
        told={
            "cause": cause,
            "refunds": [[r["amount_minor"], r["currency"], r["collector"], r["tier"]] for r in made],
            **(moved_seats.told() if moved_seats else {}),
        },
        cancelled_at=work.now,
        cause=cause,
        reason=reason,
        to_do=to_do_at_channel(row, "cancel"),
    )
    return done(row, moved)


def _tell_traveler(work: Work, row: Any, words: str) -> None:
    """The message that precedes a cancellation."""
    work.connection.execute(
        insert(Message),
        {
            "reservation_id": row.id,
            "at": work.now,
            "direction": "out",
            "staff_id": work.desk.actor.staff_id,
            "body": words,
        },
    )
    work.changed.add("messages")


def _has_departed(row: Any, now: datetime) -> bool:
    over = departure_or_day_end(row)
    if over is None and row.valid_until is not None:
        return now.astimezone(ZoneInfo(row.zone or "UTC")).date() > row.valid_until  # type: ignore[no-any-return]
    return over is not None and over <= now
