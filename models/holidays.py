"""Which days the office is closed: its own closed days, and the public holidays of the calendar it observes.

The package `holidays` knows the calendars. It is large, so it is loaded when the first promise or refund
counts days and never for a desk that observes no calendar; each year of a calendar is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from models.frozen import frozen

_NONE: Mapping[date, str] = MappingProxyType({})


@frozen
class OfficeDays:
    """The days on which the office is closed, to be asked `day in days`.

    `worked` are public holidays on which the office works all the same.
    """

    calendar: str = ""
    own: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        if day in self.own:
            return True
        if not self.calendar or not isinstance(day, date) or day in self.worked:
            return False
        return day in public_days(self.calendar, day.year)

    def wake(self, year: int) -> None:
        """Loads the calendar now, off the UI thread, so that nobody waits for it when a day is asked for."""
        if self.calendar:
            public_days(self.calendar, year)


@frozen
class OfficeDay:
    """One day of the year's list. `public` days come from the calendar, and may be `worked`; the others are own."""

    day: date
    name: str
    public: bool
    worked: bool = False


@lru_cache(maxsize=256)
def public_days(calendar: str, year: int, language: str = "") -> Mapping[date, str]:
    """The public holidays of 'KR' or 'DE-BY' in a year, by name; none of a calendar the package does not know."""
    import holidays

    country, _, region = calendar.partition("-")
    asked: dict[str, Any] = {"years": year}
    if region:
        asked["subdiv"] = region
    try:
        found = holidays.country_holidays(country, **asked, language=_spoken(country, language))
    except NotImplementedError:
        return _NONE
    return MappingProxyType(dict(sorted(found.items())))


def calendars() -> dict[str, tuple[str, ...]]:
    """Every country whose calendar is known, by two letters, with its regions."""
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(regions) for code, regions in sorted(known.items()) if len(code) == 2}


def is_known(calendar: str) -> bool:
    """Whether there is such a calendar."""
    country, _, region = calendar.partition("-")
    regions = calendars().get(country)
    return regions is not None and (not region or region in regions)


def region_names(country: str) -> dict[str, str]:
    """The regions of a country with calendars of their own: {'BY': 'Bayern'}."""
    import holidays

    regions = calendars().get(country, ())
    known = holidays.country_holidays(country)
    names = {code: name for name, code in known.subdivisions_aliases.items()}
    return {code: names.get(code, code) for code in regions}


def _spoken(country: str, language: str) -> str | None:
    """The package's own word for a language it knows the holidays of this country in; None for the country's own."""
    import holidays

    known = [str(one) for one in holidays.country_holidays(country).supported_languages]
    wanted = language.replace("-", "_").lower()
    alike = [one for one in known if wanted and one.lower().split("_")[0] == wanted.split("_")[0]]
    return next((one for one in alike if one.lower() == wanted), alike[0] if alike else None)
