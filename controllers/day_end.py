"""Makes the sheet of a day's end: arrivals, refusals and money, with whatever does not agree in words."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from controllers.desk import Desk, Work
from controllers.rights import needs
from models.day_end import DayEnd, day_end
from models.day_end_reading import day_facts
from models.rights import Right


@needs(Right.REPORTS)
def see_day_end(day: date | None = None, *, desk: Desk) -> DayEnd:
    """The sheet of a day, today's (on the operator's clock) unless told otherwise, as it stands now."""
    with desk.reading() as look:
        office, now = desk.operator(look), desk.now()
        day = day or now.astimezone(ZoneInfo(office.zone)).date()
        told = {"zone": office.zone, "operator": office.name}
        return day_end(day_facts(look, day, now, practice=desk.practice, **told))


def note_printed(day: date, work: Work) -> None:
    """Keeps in the journal that somebody took the sheet along."""
    work.record(f"day:{day.isoformat()}", "print-day-end")
