"""Looks at the desk as it stands now: what needs a person, who departs, how the week and the month go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from controllers.desk import Desk
from controllers.rehearsal import clock_behind_s, last_rehearsal
from controllers.rights import needs
from controllers.tone import rings_for
from models.around import Around, around
from models.figures import Fortnight, Month, fortnight, month
from models.frozen import frozen
from models.recovery_reading import late_since
from models.rights import Right, may
from models.today import Today, TodaysDepartures, today, todays_departures
from models.week import Week, week


@frozen
class Figures:
    """How the last days and a month went."""

    fortnight: Fortnight
    month: Month
    this_month: date


@needs(Right.LOOK)
def see_today(*, desk: Desk) -> Today:
    """What the dashboard shows first."""
    with desk.reading() as look:
        found = today(look, desk.now(), desk.operator(look).zone)
        late, newest = late_since(look, desk.now())
        return replace(
            found,
            rehearsed=last_rehearsal(look, desk) if may(desk.actor.role, Right.COUNTER) else None,
            copies_late=late and not desk.practice,
            last_copy=newest,
            clock_behind_s=clock_behind_s(look, desk),
        )


@needs(Right.LOOK)
def see_departures(*, desk: Desk) -> TodaysDepartures:
    """Who departs today."""
    with desk.reading() as look:
        return todays_departures(look, desk.now())


@needs(Right.OWN)
def see_around(*, desk: Desk) -> Around:
    """What the frame of the window shows."""
    with desk.reading() as look:
        zone, now = desk.operator(look).zone, desk.now()
        return replace(around(look, now, zone), rings=rings_for(desk.actor, look, zone, now))


@needs(Right.LOOK)
def see_week(*, desk: Desk) -> Week:
    """The coming seven days."""
    with desk.reading() as look:
        here = ZoneInfo(desk.operator(look).zone)
        return week(look, desk.now().astimezone(here).date())


@needs(Right.LOOK)
def see_figures(first: date | None = None, *, desk: Desk) -> Figures:
    """The last seven days against the seven before, and the month that begins on `first` (else this one)."""
    with desk.reading() as look:
        zone = desk.operator(look).zone
        today_ = desk.now().astimezone(ZoneInfo(zone)).date()
        this_month = today_.replace(day=1)
        wanted = min(first or this_month, this_month)
        return Figures(fortnight(look, today_, zone), month(look, wanted, desk.now(), zone), this_month)
