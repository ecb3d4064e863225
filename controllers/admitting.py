"""Lets people in: counts the heads, stamps the arrival, redeems where the product says so, promises the letter."""

from __future__ import annotations

from typing import Any

from controllers import gate, letters
from controllers.desk import Work
from controllers.reservations import to_do_at_channel
from models import arrivals
from models.checkin import Verdict, Window, admission_window
from models.outbox import Letter
from models.products import RedeemWhen
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status, Verb, move
from models.tickets import Admission
from models.to_do import REDEEM


def let_in(
    work: Work,
    row: Any,
    valid: list[Any],
    coming: list[Admission],
    admitted: int,
    answer: Verdict,
    scan_id: str,
) -> tuple[int, dict[str, Any]]:
    """Counts the heads, stamps the arrival, redeems where the product says so; what it did, for undoing."""
    for a in coming:
        told = {"ticket": a.number, "come": a.heads, "unspent": 0 if a.spends_use else 1}
        if not gate.LET_IN.run(work.connection, told):
            raise CannotDo("changed-meanwhile", number=number_of(row.id))
    spent = {a.number for a in coming if a.spends_use}
    all_spent = all(t.uses_left - (t.number in spent) <= 0 for t in valid)
    too_early = window_of(row).opens_at
    redeems = (
        row.redeem is RedeemWhen.ON_ARRIVAL
        and all_spent
        and row.status in (Status.CONFIRMED, Status.NO_SHOW)
        and (too_early is None or work.now >= too_early)
    )
    most = most_of(row)
    arrived = arrivals.in_now(most, row.arrived_heads, admitted)
    status = row.status
    if answer.returns:
        status = move(status, Verb.RETURN).after
    if redeems:
        status = move(status, Verb.REDEEM).after
    gate.STAMP.run(
        work.connection,
        {
            "rid": row.id,
            "new_status": status,
            "new_status_at": row.status_at if status is row.status else work.now,
            "new_version": row.version + 1,
            "new_arrived_heads": arrived,
            "new_arrived_at": work.now,
            "new_redeemed_at": work.now if redeems else row.redeemed_at,
            "new_redeemed_by_scan": scan_id if redeems else row.redeemed_by_scan,
            "new_to_do": to_do_at_channel(row, REDEEM) if redeems else row.to_do,
        },
    )
    details = {"heads": admitted, "arrived": arrived, "scan": scan_id}
    work.record(f"reservation:{row.id}", "arrive", **details, **({"forced": True} if answer.forced else {}))
    if redeems:
        work.record(f"reservation:{row.id}", Verb.REDEEM, before=row.status, after=status)
        promise_comment_letter(work, row)
    work.changed.add("reservations")
    did = {
        "version": row.version + 1,
        "tickets": [[a.number, a.heads, a.spends_use] for a in coming],
        "arrived_before": row.arrived_heads,
        "arrived_at_before": row.arrived_at.isoformat() if row.arrived_at else "",
        "redeemed": redeems,
        "returned": answer.returns,
        "most": most,
    }
    return arrived, did


def most_of(row: Any) -> int:
    """How many belong to the party, as its order tells it now; each scan keeps what it was then."""
    return int(max(row.heads, row.party or 0))


def promise_comment_letter(work: Work, row: Any) -> None:
    """The letter that asks for a comment, some hours after the trip; nobody is asked a second time."""
    letters.queue_first(work, row, Letter.COMMENT, waits=letters.comment_waits(row, work.now))


def window_of(row: Any) -> Window:
    """When the tickets of a reservation let in."""
    return admission_window(
        zone=row.zone or "UTC",
        day=row.departs_on,
        departs_at=row.departs_at,
        open_dated=row.open_dated,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        opens_minutes_before=row.opens_minutes_before,
        closes_minutes_after=row.closes_minutes_after,
        unmatched=bool(row.unmatched),
    )
