"""Cancels several orders for one reason: each traveler reads it in their own language, filled in for their own order.

What cannot be cancelled stays as it is and is told one by one. Who has no address stands at the channel as to do,
or, where we sold it ourselves, with a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select

from controllers import refunds, reservations
from controllers.bulk import BulkDone, LeftOut, do_all, refuse_too_many
from controllers.cancel_reasons import languages_of, meant, reasons_kept, whole
from controllers.desk import Desk, Work
from controllers.reservations import Done, to_do_at_channel
from controllers.rights import needs
from models import to_do
from models.cancelling import Reason, Telling
from models.deeds import overrules
from models.figures import cancelled_by_us
from models.frozen import frozen
from models.metrics import Share
from models.money import Money
from models.pages import rows_of
from models.payments import refund_window
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Cause, Status, Verb, move
from models.rights import Right
from models.rows import ReservationRow
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]


@frozen
class CancelAllPreview:
    """What cancelling these would do: whose money goes back, who can be written to; `seen` are their versions.

    `goes_back` tells for each cause what goes back from us and from channels, in the days from `first` to `last`;
    `languages` in which of them how many read, the most first.
    """

    rows: tuple[ReservationRow, ...]
    left_out: tuple[LeftOut, ...]
    goes_back: Mapping[Cause, tuple[tuple[Money, ...], tuple[Money, ...]]]
    first: date
    last: date
    no_address: int
    reasons: tuple[Reason, ...]
    by_us: Share
    now: datetime
    seen: dict[int, int] = field(default_factory=dict)
    languages: tuple[tuple[str, int], ...] = ()

    @property
    def confirmed(self) -> int:
        """How many of them were promised by a voucher."""
        return sum(row.status is Status.CONFIRMED for row in self.rows)


@needs(Right.ORDERS)
def preview_cancel_all(ids: Sequence[int], *, desk: Desk) -> CancelAllPreview:
    """What cancelling these would give back; nothing is changed. Raises CannotDo("too-many-at-once")."""
    refuse_too_many(ids)
    with desk.reading() as look:
        rows = {row.id: row for row in rows_of(look, ids)}
        wholes = {row.id: row for row in look.execute(select(_R).where(_R.c.id.in_(ids)))}
        office, now = desk.operator(look), desk.now()
        no = {i: CannotDo("not-found", reference=number_of(i)) for i in ids if i not in rows}
        no |= _refused(rows.values(), desk.actor.role)
        able = [i for i in ids if i not in no]
        plans = {cause: [refunds.plan(look, wholes[i], cause, office, now) for i in able] for cause in Cause}
        today = now.astimezone(ZoneInfo(office.zone)).date()
        first, last = refund_window(today, office.country, office.closed)
        return CancelAllPreview(
            rows=tuple(rows[i] for i in able),
            left_out=tuple(LeftOut(i, number_of(i), no[i], rows.get(i)) for i in ids if i in no),
            goes_back={cause: _back(made) for cause, made in plans.items()},
            first=first,
            last=last,
            no_address=sum(not wholes[i].email for i in able),
            reasons=reasons_kept(look),
            by_us=cancelled_by_us(look, today.replace(day=1), office.zone),
            now=now,
            seen={i: rows[i].version for i in able},
            languages=languages_of(look, able),
        )


@needs(Right.ORDERS)
def cancel_all(
    ids: Sequence[int],
    *,
    desk: Desk,
    reason: str,
    cause: Cause = Cause.OURS,
    seen: Mapping[int, int] | None = None,
    texts: Mapping[str, str] | None = None,
) -> BulkDone:
    """Tells each traveler the reason, then cancels; `reason` is the title of one that is kept, or a text for all.

    `texts` are the words by language where there are several; who reads another one gets the English, else the first.
    Placeholders are filled for each; one for whom nobody could fill them stays as it is.
    """
    if not reason.strip():
        raise CannotDo("reason-missing")
    with desk.reading() as look:
        why = meant(look, reason, texts)

    def cancel(work: Work, row: Any) -> Done:
        if (seen or {}).get(row.id, row.version) != row.version:
            raise CannotDo("changed-meanwhile", number=number_of(row.id))
        return reservations.cancel_row(work, row, whole(work.connection, row.id, why), cause, _way(row))

    return do_all(ids, "cancel-all", cancel, desk)


def _way(row: Any) -> Telling:
    if row.email:
        return Telling.LETTER
    return Telling.CHANNEL if to_do_at_channel(row, to_do.TELL) else Telling.OURSELVES


def _refused(rows: Iterable[ReservationRow], role: str) -> dict[int, CannotDo]:
    """Those that cannot be cancelled, or not by whoever acts."""
    no = {}
    for row in rows:
        try:
            move(row.status, Verb.CANCEL, number=row.number)
        except CannotDo as refusal:
            no[row.id] = refusal
        if row.status is Status.CONFIRMED and not overrules(role):
            action = "cancel a confirmed reservation"
            no[row.id] = CannotDo("not-allowed", action=action, who="a manager", number=row.number)
    return no


def _back(plans: list[refunds.RefundPlan]) -> tuple[tuple[Money, ...], tuple[Money, ...]]:
    ours = _sums((one.currency, one.ours.amount_minor) for one in plans)
    return ours, _sums((one.currency, one.theirs.amount_minor) for one in plans)


def _sums(amounts: Iterable[tuple[str, int]]) -> tuple[Money, ...]:
    """The amounts by currency; currencies are never added."""
    sums: Counter[str] = Counter()
    for currency, minor in amounts:
        sums[currency] += minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()) if minor)
