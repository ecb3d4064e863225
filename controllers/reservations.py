"""What staff, travelers and the clock do to a reservation: one function a verb.

Each takes the reservation's id and the desk at which somebody acts, moves along the one table of
`models.reservations`, and answers with what became of it. `seen` is the version a dialog was
showing: if somebody changed the reservation meanwhile, nothing is overwritten.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from sqlalchemy import Table, bindparam, select, update

from controllers import conversations, letters, refunds, rewards, seats, tickets
from controllers.desk import Desk, Work
from controllers.notices import tell
from controllers.rights import needs
from models import to_do
from models.cancelling import Telling
from models.catalogue import product_facts
from models.deeds import Standing, overrules, why_not
from models.frozen import frozen
from models.leaving import over_at
from models.notices import Event
from models.orders import Collector
from models.outbox import CONFIRMATION_WAITS, Letter
from models.products import Confirmation
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Cause, Moved, Status, Verb, move
from models.rights import Right
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_TAKE = select(_R).where(_R.c.id == bindparam("id")).with_for_update(key_share=True)


@frozen
class Done:
    """What became of a reservation."""

    id: int
    number: str
    status: Status
    facts: dict[str, Any] = field(default_factory=dict)


@needs(Right.ORDERS)
def confirm(reservation_id: int, *, desk: Desk, seen: int | None = None, overbook: str = "") -> Done:
    """Confirms an order: takes its seats, issues its tickets, promises the letter in 60 s.

    Raises CannotDo("no-seats") or CannotDo("departure-closed") unless `overbook` gives a manager's reason,
    which is kept as an internal note.
    """
    overbook = overbook.strip()
    may_overbook(desk, overbook)
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        return confirm_row(work, row, Verb.CONFIRM, overbook=overbook)


def confirm_row(work: Work, row: Any, verb: Verb, *, overbook: str = "") -> Done:
    """Confirming inside a transaction that is already under way (a payment, an import)."""
    moved = move(row.status, verb, Status.CONFIRMED, number=number_of(row.id))
    moved_seats = seats.follow(work, row, Status.CONFIRMED, overbook=bool(overbook))
    tickets.issue(work, row, product_facts(work.connection, row.product_id))
    told: dict[str, Any] = moved_seats.told() if moved_seats else {}
    if moved_seats and moved_seats.over and overbook:
        told["overbooked"] = moved_seats.over
    if moved_seats and moved_seats.closed and overbook:
        told["closed"] = True
    if moved_seats and overbook and (moved_seats.over or moved_seats.closed):
        say(work, row.id, "note", overbook.strip())
    keep(
        work,
        row,
        moved,
        told=told,
        status_before=Status.UNCONFIRMED if verb is Verb.PAY else row.status,
        confirmed_at=work.now,
        first_confirmed_at=row.first_confirmed_at or work.now,
        expires_at=None,
        to_do=to_do_at_channel(row, to_do.CONFIRM),
    )
    goes = letters.queue(work, row, Letter.CONFIRMATION, waits=CONFIRMATION_WAITS)
    over = {"overbooked": told["overbooked"]} if "overbooked" in told else {}
    return done(row, moved, letter=goes and bool(row.email), **over)


@needs(Right.ORDERS)
def unconfirm(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Takes a confirmation back while its letter still waits and nobody has arrived."""
    with desk.work() as work:
        return unconfirm_row(work, take(work, reservation_id, seen))


def unconfirm_row(work: Work, row: Any) -> Done:
    """Taking a confirmation back inside a transaction that is already under way."""
    moved = move(row.status, Verb.UNCONFIRM, row.status_before, number=number_of(row.id))
    waits = not letters.has_left(work, row.id, Letter.CONFIRMATION)
    refuse_unless_may(work, row, Verb.UNCONFIRM, letter_waits=waits)
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
        to_do=to_do.without(row.to_do, (to_do.CONFIRM,)),
    )
    return done(row, moved)


@needs(Right.ORDERS)
def hold(reservation_id: int, *, desk: Desk, reason: str, seen: int | None = None) -> Done:
    """Keeps an order waiting; the reason says what is missing."""
    if not reason.strip():
        raise CannotDo("hold-reason-missing")
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.HOLD, number=number_of(row.id))
        if row.email:
            letters.queue(work, row, Letter.PROCESSING, body={"reason": reason.strip()})
        keep(work, row, moved, reason=reason.strip())
        return done(row, moved)


@needs(Right.ORDERS)
def cancel(
    reservation_id: int,
    *,
    desk: Desk,
    reason: str,
    cause: Cause = Cause.OURS,
    telling: Telling = Telling.LETTER,
    seen: int | None = None,
) -> Done:
    """Tells the traveler the reason, then cancels. A confirmed one needs the right to break a promise.

    Raises CannotDo("reason-missing"), or ("no-channel-chat") where a channel shall tell what we sold ourselves.
    """
    with desk.work() as work:
        return cancel_row(work, take(work, reservation_id, seen), reason, cause, telling)


def cancel_row(work: Work, row: Any, reason: str, cause: Cause, telling: Telling = Telling.LETTER) -> Done:
    """Cancelling inside a transaction that is already under way: the message is promised before the letter."""
    reason = reason.strip()
    if not reason:
        raise CannotDo("reason-missing")
    moved = move(row.status, Verb.CANCEL, number=number_of(row.id))
    refuse_unless_may(work, row, Verb.CANCEL)
    if telling is Telling.CHANNEL and not to_do_at_channel(row, to_do.TELL):
        raise CannotDo("no-channel-chat", number=number_of(row.id))
    if telling is Telling.LETTER:
        conversations.write(work, row, reason)
    else:
        say(work, row.id, "note", reason)
    return _end(work, row, moved, cause, reason, telling)


@needs(Right.ORDERS)
def withdraw(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """The traveler steps back before confirmation: free of charge, at any time."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        return _end(work, row, move(row.status, Verb.WITHDRAW, number=number_of(row.id)), Cause.THEIRS)


@needs(Right.ORDERS)
def request_cancel(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """The traveler asks to cancel a confirmed reservation; somebody has to answer."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.REQUEST_CANCEL, number=number_of(row.id))
        keep(work, row, moved)
        tell(work, Event.CANCEL, row, row.version + 1)
        return done(row, moved)


@needs(Right.ORDERS)
def accept(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Accepts the traveler's cancellation; the refund follows the policy."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        return _end(work, row, move(row.status, Verb.ACCEPT, number=number_of(row.id)), Cause.THEIRS)


@needs(Right.ORDERS)
def decline(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Declines the traveler's cancellation: it stays confirmed."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.DECLINE, number=number_of(row.id))
        keep(work, row, moved)
        return done(row, moved)


@needs(Right.ORDERS)
def no_show(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """Marks that nobody came. Only after the departure, and only if nobody did come."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.NO_SHOW, number=number_of(row.id))
        refuse_unless_may(work, row, Verb.NO_SHOW)
        keep(work, row, moved)
        return done(row, moved)


@needs(Right.ORDERS)
def return_(reservation_id: int, *, desk: Desk, seen: int | None = None) -> Done:
    """They came after all: a no-show is confirmed again."""
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        moved = move(row.status, Verb.RETURN, number=number_of(row.id))
        keep(work, row, moved)
        return done(row, moved)


@needs(Right.OWN)
def expire(*, desk: Desk) -> list[Done]:
    """Lets every order lapse whose time to pay is over."""
    with desk.work(by_clock=True) as work:
        due = (
            select(_R)
            .where(_R.c.status == Status.AWAITING_PAYMENT, _R.c.expires_at <= work.now)
            .order_by(_R.c.id)
        )
        ended = []
        for row in work.connection.execute(due.with_for_update(key_share=True)).all():
            moved = move(row.status, Verb.EXPIRE)
            moved_seats = seats.follow(work, row, moved.after)
            refunds.give_up_due(work, row.id)
            rewards.revoke(work, row.id)
            keep(work, row, moved, told=moved_seats.told() if moved_seats else {})
            ended.append(done(row, moved))
        return ended


@needs(Right.ORDERS)
def tick_off(reservation_id: int, *, desk: Desk, deed: str = "") -> Done:
    """What was to do at the channel has been done there: one deed, or without a name all of them."""
    with desk.work() as work:
        return tick_off_row(work, take(work, reservation_id), deed)


def tick_off_row(work: Work, row: Any, deed: str = "") -> Done:
    """Ticking off inside a transaction that is already under way."""
    ticked = [one for one in to_do.deeds(row.to_do) if deed in ("", one)]
    if not ticked:
        raise CannotDo("nothing-to-do", number=number_of(row.id))
    note_ticked(work, row, ticked)
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


def refuse_unless_may(work: Work, row: Any, verb: Verb, *, letter_waits: bool = False) -> None:
    """Raises the reason why this verb cannot be done now; whether its status allows it is asked before."""
    at = Standing(
        over=over_at(row),
        arrived=row.arrived_heads,
        confirmed_by_us=row.status_before is not None,
        letter_waits=letter_waits,
    )
    code = why_not(row.status, verb, at, work.now, work.desk.actor.role)
    if code:
        facts = {"action": "cancel a confirmed reservation", "who": "a manager", "verb": verb}
        raise CannotDo(code, number=number_of(row.id), status=row.status, **facts)


def may_overbook(desk: Desk, reason: str) -> None:
    """Raises CannotDo where somebody gives a reason to overbook who has no right to."""
    if reason and not is_manager(desk):
        raise CannotDo("not-allowed", action="sell above the capacity", who="a manager")


def still_theirs(work: Work, row: Any) -> dict[str, Any]:
    """A deed of whoever has claimed it keeps the claim alive: the columns to write with it."""
    mine = row.claimed_by is not None and row.claimed_by == work.staff_id
    return {"claimed_at": work.now} if mine else {}


def note_ticked(work: Work, row: Any, ticked: list[str], **told: Any) -> None:
    """Takes deeds from what is to do at the channel, each with an entry of its own."""
    left = to_do.without(row.to_do, ticked)
    work.connection.execute(
        update(_R)
        .where(_R.c.id == row.id)
        .values(to_do=left, version=row.version + 1, **still_theirs(work, row))
    )
    for deed in ticked:
        work.record(f"reservation:{row.id}", "tick-off", done=deed, **told)
    work.changed.add("reservations")


def say(work: Work, reservation_id: int, direction: str, words: str) -> None:
    """Keeps what was written: 'out' to the traveler, 'note' for our own eyes."""
    conversations.said(work, reservation_id, direction=direction, body=words)


def keep(work: Work, row: Any, moved: Moved, *, told: dict[str, Any] | None = None, **values: Any) -> None:
    """Writes one step of the life and records it."""
    work.connection.execute(
        update(_R)
        .where(_R.c.id == row.id)
        .values(
            status=moved.after,
            status_at=work.now,
            version=row.version + 1,
            **still_theirs(work, row),
            **values,
        )
    )
    told = dict(told or {})
    if values.get("reason"):
        told["reason"] = work.digest(values["reason"])
    work.record(f"reservation:{row.id}", moved.verb, before=moved.before, after=moved.after, **told)
    work.changed.add("reservations")


def done(row: Any, moved: Moved, **facts: Any) -> Done:
    """The answer of a verb."""
    return Done(row.id, number_of(row.id), moved.after, facts)


def to_do_at_channel(row: Any, deed: str) -> str:
    """What still has to be told to the channel after this deed, '' for our own sales."""
    return "" if row.channel == "direct" and not row.via else to_do.with_deed(row.to_do, deed)


def is_manager(desk: Desk) -> bool:
    """Whether whoever acts may break a promise or sell above the capacity."""
    return overrules(desk.actor.role)


def confirms_itself(product: Any) -> bool:
    """Whether an order of this product is confirmed without a person."""
    return product is not None and product.confirmation is Confirmation.INSTANT


def _end(
    work: Work,
    row: Any,
    moved: Moved,
    cause: Cause,
    reason: str = "",
    telling: Telling = Telling.LETTER,
) -> Done:
    """Cancels: frees the seats, voids the tickets, takes waiting letters back, promises refund and letters."""
    moved_seats = seats.follow(work, row, moved.after)
    tickets.void(work, row.id)
    letters.drop_of_the_living(work, row.id)
    made = refunds.promise_refund(work, row, cause)
    letters.queue(work, row, Letter.CANCELLATION, body={"reason": reason, "cause": cause})
    if any(one["collector"] is Collector.US for one in made):
        letters.queue(work, row, Letter.REFUND_COMING)
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
        to_do=_to_do_of_end(row, telling),
    )
    return done(row, moved)


def _to_do_of_end(row: Any, telling: Telling) -> str:
    """Cancel there, too; and first tell them, where the channel's chat is the way."""
    there = to_do_at_channel(row, to_do.CANCEL)
    return to_do.with_deed(to_do.TELL, to_do.CANCEL) if there and telling is Telling.CHANNEL else there
