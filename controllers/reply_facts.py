"""What the placeholders of a saved reply stand for in one reservation, said in its traveler's language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, select

from models.channels import channel_facts
from models.pages import rows_of
from models.references import number_of
from models.refusals import CannotDo
from models.tables import Departure, Operator, Product, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]


def facts_of(look: Connection, reservation_id: int, now: datetime) -> dict[str, str]:
    """The facts by their placeholders; '' where nothing is known or nothing may be told yet."""
    rows = rows_of(look, [reservation_id])
    if not rows:
        raise CannotDo("not-found", reference=number_of(reservation_id))
    row = rows[0]
    asked = (
        select(_R.c.language, Product.meeting_point, Departure.guide)
        .select_from(_R)
        .outerjoin(Product, Product.id == _R.c.product_id)
        .outerjoin(Departure, Departure.id == _R.c.departure_id)
        .where(_R.c.id == reservation_id)
    )
    whole = look.execute(asked).one()
    operator = look.execute(select(Operator.name, Operator.contact)).one()
    day, time = _when(row.departs_at, row.departs_on, row.zone, whole.language)
    return {
        "traveler": row.traveler or "",
        "product": row.product,
        "option": row.option,
        "date": day,
        "time": time,
        "meeting_point": whole.meeting_point or "",
        "party": str(row.party) if row.party else "",
        "guide": whole.guide or "",
        "number": row.number,
        "reference": row.reference,
        "channel": channel_facts(row.channel).name,
        "operator": operator.name,
        "contact": operator.contact,
    }


def _when(at: datetime | None, on: object, zone: str, language: str) -> tuple[str, str]:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date, format_time

    try:
        locale = Locale.parse((language or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    if at is None:
        return (format_date(on, "full", locale=locale) if on else ""), ""  # type: ignore[arg-type]
    here = at.astimezone(ZoneInfo(zone or "UTC"))
    return format_date(here.date(), "full", locale=locale), format_time(here.time(), "short", locale=locale)
