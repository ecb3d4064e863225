"""Promises letters, and takes them back while nobody outside has seen them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    bindparam,
    cast,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from controllers.desk import Work
from controllers.letter_ways import ways
from models.outbox import (
    CONFIRMATION_WAITS,
    MAY_HAVE_LEFT,
    STILL_HERE,
    Letter,
    LetterState,
    first_state,
    letter_key,
)
from models.prepared import Prepared
from models.tables import OutboxRow

_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_TOLD = "key kind reservation_id language address state leave_at made_at body".split()
_WHAT: dict[str, ColumnElement[Any]] = {name: bindparam(name, type_=_O.c[name].type) for name in _TOLD}
_WHAT["kind"] = cast(_WHAT["kind"], String)  # told twice, and PostgreSQL guesses another type each time
_LEFT = or_(*(_O.c.state == state for state in sorted(MAY_HAVE_LEFT)))
_QUEUE_FIRST = Prepared(
    insert(_O).from_select(
        _TOLD,
        select(*_WHAT.values()).where(
            ~exists().where(
                _O.c.reservation_id == _WHAT["reservation_id"],
                cast(_O.c.kind, String) == _WHAT["kind"],
                _LEFT,
            )
        ),
    )
)


def queue(
    work: Work,
    row: Any,
    kind: Letter,
    *,
    waits: timedelta = timedelta(0),
    body: dict[str, Any] | None = None,
    by_hand: bool = False,
) -> bool:
    """Promises one letter to the traveler of a reservation, in the transaction of the fact it tells.

    Nothing (False) where its product does not let this letter go by itself, unless a person sends it `by_hand`.
    """
    if not by_hand and not ways(work.connection).go(kind, row.product_id):
        return False
    work.connection.execute(insert(OutboxRow), letter_row(work, row, kind, row.version + 1, waits, body))
    work.changed.add("letters")
    return True


def queue_first(work: Work, row: Any, kind: Letter, *, waits: timedelta) -> None:
    """The same, for a letter that nobody gets a second time: nothing where one has left already."""
    if not ways(work.connection).go(kind, row.product_id):
        return
    _QUEUE_FIRST.run(work.connection, letter_row(work, row, kind, row.version + 1, waits))
    work.changed.add("letters")


def queue_change(work: Work, row: Any) -> None:
    """What a traveler who has a voucher is told of a change: one letter, however often it changes meanwhile."""
    if not has_left(work, row.id, Letter.CONFIRMATION):
        return
    drop(work, row.id, Letter.CHANGE)
    before = row.departs_at.isoformat() if row.departs_at else str(row.departs_on or "")
    queue(work, row, Letter.CHANGE, waits=CONFIRMATION_WAITS, body={"before": before})


def queue_receipt(work: Work, row: Any, *, all_paid: bool) -> None:
    """The receipt of money that was taken here, where its traveler has an address and the product sends it."""
    if row.email:
        queue(work, row, Letter.RECEIPT_TOTAL if all_paid else Letter.RECEIPT_DEPOSIT)


def letter_row(
    work: Work, row: Any, kind: Letter, fact: int, waits: timedelta, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The outbox row of one letter; `fact` makes its key unique for this happening."""
    return {
        "key": letter_key(kind, row.id, fact),
        "kind": kind,
        "reservation_id": row.id,
        "language": row.language,
        "address": row.email,
        "state": first_state(row.email),
        "leave_at": work.now + waits,
        "made_at": work.now,
        "body": body or {},
    }


def comment_waits(row: Any, now: datetime) -> timedelta:
    """How long the letter that asks for a comment waits: some hours after the trip."""
    hours = row.comment_hours if row.comment_hours is not None else 2
    return max(now, row.ends_at or now) + timedelta(hours=hours) - now


def drop(work: Work, reservation_id: int, kind: Letter, why: str = "") -> int:
    """Takes back the letters of a kind that have not left; how many that were. `why` is kept for the Outbox."""
    done = work.connection.execute(
        update(OutboxRow)
        .where(
            OutboxRow.reservation_id == reservation_id,
            OutboxRow.kind == kind,
            OutboxRow.state.in_(STILL_HERE),
        )
        .values(state=LetterState.DROPPED, **({"trouble": str(why)} if why else {}))
    )
    work.changed.add("letters")
    return int(done.rowcount)


def drop_of_the_living(work: Work, reservation_id: int) -> None:
    """Takes back what a reservation that ends has no use for any more."""
    living = (Letter.CONFIRMATION, Letter.CHANGE, Letter.PROCESSING, Letter.PAYMENT_AWAITED)
    work.connection.execute(
        update(OutboxRow)
        .where(OutboxRow.reservation_id == reservation_id)
        .where(OutboxRow.kind.in_(living), OutboxRow.state.in_(STILL_HERE))
        .values(state=LetterState.DROPPED)
    )
    work.changed.add("letters")


def count(work: Work, reservation_id: int, kind: Letter, states: frozenset[LetterState]) -> int:
    """How many letters of a kind are in one of these states."""
    asked = select(func.count()).where(
        OutboxRow.reservation_id == reservation_id, OutboxRow.kind == kind, OutboxRow.state.in_(states)
    )
    return int(work.connection.execute(asked).scalar_one())


def has_left(work: Work, reservation_id: int, kind: Letter) -> bool:
    """Whether a letter of this kind is on its way or there."""
    return count(work, reservation_id, kind, MAY_HAVE_LEFT) > 0
