"""Says whose time has come: travelers are forgotten so many days after their trip, if the operator wants it.

Whoever is known stands in what is kept for the search, in the order of departure. So the oldest are read straight off
its key, and whoever is forgotten is not looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, func, select, update

from controllers.desk import Desk
from controllers.meanwhile import refuse_overwriting
from controllers.placing import FAR_AWAY
from controllers.rights import needs
from controllers.traveler_requests import stands
from models.erasing import is_due, why_stays
from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right, may
from models.search.keeping import place_of
from models.tables import Operator, Reservation, ScanRow, SearchText
from models.tables.tickets import REFUSED

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = SearchText.__table__  # type: ignore[assignment]
_N: Table = ScanRow.__table__  # type: ignore[assignment]
_O: Table = Operator.__table__  # type: ignore[assignment]
LEAST_DAYS, MOST_DAYS = 1, 3_650
AT_ONCE, LOOKED_AT = 10, 100
"""Orders that are forgotten in one transaction: a scan at the gate waits for no more than these; and looked at."""


@frozen
class Found:
    """Orders whose travelers are forgotten now, and the place up to which was looked."""

    due: tuple[int, ...]
    place: int


@frozen
class Retention:
    """How long travelers are remembered (None: for ever), how many would go now, and whether one may change it."""

    days: int | None
    night_hour: int
    may_change: bool


@needs(Right.OWN)
def see_retention(*, desk: Desk) -> Retention:
    """How it is set."""
    with desk.reading() as look:
        row = look.execute(select(_O.c.retention_days, _O.c.night_hour)).one()
    return Retention(row.retention_days, row.night_hour, may(desk.actor.role, Right.PRIVACY))


@needs(Right.PRIVACY)
def keep_retention(
    days: int | None, night_hour: int, *, desk: Desk, seen: Retention | None = None
) -> Retention:
    """Keeps it. Raises CannotDo("retention-wrong") for no number of days, or no hour.

    CannotDo("kept-meanwhile") where somebody else has changed it since it was `seen`.
    """
    if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
        raise CannotDo("retention-wrong", days=days, least=LEAST_DAYS, most=MOST_DAYS)
    if not 0 <= night_hour <= 23:
        raise CannotDo("night-hour-wrong", hour=night_hour)
    with desk.work() as work:
        row = work.connection.execute(select(_O.c.retention_days, _O.c.night_hour).with_for_update()).one()
        before = {"days": row.retention_days, "night_hour": row.night_hour}
        after = {"days": days, "night_hour": night_hour}
        if seen is not None:
            was = {"days": seen.days, "night_hour": seen.night_hour}
            refuse_overwriting(work, "operator", ("retention",), was, before, after)
        if before != after:
            work.connection.execute(update(_O).values(retention_days=days, night_hour=night_hour))
            work.record("operator", "retention", before=before, after=after)
            work.changed.add("settings")
    return see_retention(desk=desk)


@needs(Right.PRIVACY)
def count_due(days: int, *, desk: Desk, most: int = 10_000) -> int:
    """How many orders the first night would take the travelers from; counting stops at `most`."""
    with desk.reading() as look:
        upto = place_of(desk.now() - timedelta(days=days))
        some = select(_S.c.place).where(_S.c.place < upto).limit(most).subquery()
        return int(look.execute(select(func.count()).select_from(some)).scalar_one())


def next_travelers(look: Connection, after: int, days: int, now: datetime) -> Found | None:
    """The next orders behind a place; None when there are none. Open-dated tickets come at the end."""
    upto = place_of(now - timedelta(days=days))
    far = place_of(FAR_AWAY)
    spans = ((after, upto), (max(after, far - 1), None))
    for begin, end in spans:
        asked = select(_S.c.place, _S.c.reservation_id).where(_S.c.place > begin)
        if end is not None:
            asked = asked.where(_S.c.place < end)
        rows = look.execute(asked.order_by(_S.c.place).limit(LOOKED_AT)).all()
        if rows:
            return _due_among(look, [(row.place, row.reservation_id) for row in rows], days, now)
    return None


def _due_among(look: Connection, places: Sequence[tuple[int, int]], days: int, now: datetime) -> Found:
    ids = [one for _, one in places]
    rows = {row.id: row for row in look.execute(select(_R).where(_R.c.id.in_(ids)))}
    due: list[int] = []
    for place, one in places:
        if is_due(rows[one], days, now) and not why_stays(rows[one], stands(look, [one])[one], now):
            due.append(one)
            if len(due) == AT_ONCE:
                return Found(tuple(due), place)
    return Found(tuple(due), places[-1][0])


def still_due(look: Connection, ids: Sequence[int], now: datetime) -> tuple[int, ...]:
    """Those of these whose travelers are to be forgotten as it is set and as they stand at this moment."""
    days = look.execute(select(_O.c.retention_days)).scalar_one()
    if days is None:
        return ()
    rows = look.execute(
        select(_R).where(_R.c.id.in_(ids)).order_by(_R.c.id).with_for_update(key_share=True)
    ).all()
    open_ = stands(look, ids)
    return tuple(row.id for row in rows if is_due(row, days, now) and not why_stays(row, open_[row.id], now))


def next_scans(look: Connection, days: int, now: datetime) -> tuple[str, ...]:
    """Scans that fitted no order and still tell what was scanned or typed; the index of refusals finds them."""
    asked = (
        select(_N.c.id)
        .where(REFUSED, _N.c.at < now - timedelta(days=days), _N.c.reservation_id.is_(None), _N.c.text != "")
        .order_by(_N.c.at, _N.c.id)
        .limit(LOOKED_AT)
    )
    return tuple(look.execute(asked).scalars())
