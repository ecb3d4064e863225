"""Reads what was scanned at this counter today, the newest first: it is still there when the program starts again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, select

from controllers.answers import Answer
from controllers.desk import Desk
from models.checkin_kept import told_of
from models.privacy import may_see
from models.references import number_of
from models.tables import Option, Product, Reservation, ScanRow

_S: Table = ScanRow.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
MOST = 20
_LAST = (
    select(
        *(_S.c[name] for name in "id at source text kind reservation_id admitted facts undone_at".split()),
        *(
            _R.c[name]
            for name in (
                "reference lead first_confirmed_at channel via departs_at zone open_dated option_text product_text"
            ).split()
        ),
        Product.name.label("product"),
        Option.name.label("option"),
    )
    .select_from(_S)
    .outerjoin(_R, _R.c.id == _S.c.reservation_id)
    .outerjoin(Product, Product.id == _R.c.product_id)
    .outerjoin(Option, Option.id == _R.c.option_id)
    .where(_S.c.counter_id == bindparam("counter"), _S.c.at.between(bindparam("since"), bindparam("now")))
    .order_by(_S.c.at.desc(), _S.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Scanned:
    """One scan as it was answered; `what` was booked for when, `undone` whether it was taken back."""

    answer: Answer
    at: datetime
    counter: str
    zone: str
    what: str
    departs_at: datetime | None
    undone: bool


def last_scans(*, desk: Desk, most: int = MOST) -> tuple[Scanned, ...]:
    """The last scans of this counter on the operator's day."""
    zone, now = ZoneInfo(desk.zone), desk.now()
    since = datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
    asked = {"counter": desk.actor.counter_id, "since": since, "now": now, "most": most}
    found = []
    with desk.reading() as look:
        for row in look.execute(_LAST, asked):
            seen = row.reservation_id is not None and may_see(row.first_confirmed_at, row.channel, row.via)
            answer = Answer(
                row.kind, row.text, row.facts["message"], row.id, row.source, row.reservation_id,
                number_of(row.reservation_id) if row.reservation_id else "", row.reference or "", row.admitted,
                row.facts["arrived"], row.facts["party"], row.lead if seen else "", again=True,
                told=told_of(row.facts["told"]) if "told" in row.facts else None,
            )  # fmt: skip
            what = row.option or row.option_text or row.product or row.product_text or ""
            leaves = None if row.open_dated else row.departs_at
            found.append(
                Scanned(
                    answer, row.at, desk.actor.counter, row.zone or desk.zone, what, leaves,
                    row.undone_at is not None,
                )
            )  # fmt: skip
    return tuple(found)
