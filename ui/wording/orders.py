"""Words about an order that are needed on more than one screen: its party, its language, what it lacks."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from models.rows import ReservationRow
from models.to_do import deeds
from ui.wording.dates import clock, day_word, long_day

translate = QCoreApplication.translate

UNKNOWN = "–"
"""Stands where the channel tells nothing; a screen reader is told `not_told()`."""


def not_told() -> str:
    """What the dash means."""
    return translate("orders", "not told")


def heads_words(heads: int | None) -> str:
    """The party as a number, or the dash."""
    return UNKNOWN if heads is None else str(heads)


def unmatched_words(code: str) -> str:
    """Why no seats are counted for an order; '' where they are."""
    return {
        "unknown-product": translate("orders", "No product of ours: no seats are counted"),
        "unknown-option": translate("orders", "No option of ours: no seats are counted"),
        "no-departure": translate("orders", "No departure of ours: no seats are counted"),
        "no-date": translate("orders", "No date told: no seats are counted"),
    }.get(code, translate("orders", "No seats are counted") if code else "")


def hidden_words() -> str:
    """What stands in place of a name that may not be seen yet."""
    return translate("orders", "Hidden until confirmed")


def language_word(code: str) -> str:
    """'Chinese (Taiwan)', in the language of the screen; the code itself where nobody knows it."""
    return _language_word(code, QLocale().name())


@lru_cache(maxsize=256)
def _language_word(code: str, here: str) -> str:
    """Kept: looking a language up takes longer than painting a whole verdict."""
    from babel import Locale, UnknownLocaleError

    try:
        told = Locale.parse(code.replace("-", "_"))
        shown, place = told.get_language_name(here), told.get_territory_name(here)
    except (UnknownLocaleError, ValueError):
        return code
    return f"{shown} ({place})" if shown and told.territory and place else shown or code


def local(moment: dt.datetime, zone: str) -> dt.datetime:
    """An instant on the clock of its place."""
    return moment.astimezone(ZoneInfo(zone or "UTC"))


def when_words(row: ReservationRow, now: dt.datetime) -> str:
    """'Today, Thursday 15 October, 19:30', or what is known of it."""
    today = local(now, row.zone).date()
    if row.open_dated:
        return translate("orders", "Open date")
    if row.departs_on is None and row.departs_at is None:
        return translate("orders", "No date told")
    at = local(row.departs_at, row.zone) if row.departs_at else None
    day = at.date() if at else row.departs_on
    assert day is not None
    near = abs((day - today).days) <= 1
    words = f"{day_word(day, today)}, {long_day(day)}" if near else long_day(day)
    if day.year != today.year:
        words = f"{words} {day.year}"
    return f"{words}, {clock(at)}" if at else words


def what_words(row: ReservationRow) -> str:
    """'Busan Night Boat, Night'."""
    return f"{row.product}, {row.option}" if row.option else row.product


def to_do_words(row: ReservationRow, channel: str) -> str:
    """'To do at KKday: confirm there, redeem there', '' where nothing is."""
    words = ", ".join(to_do_word(deed) for deed in deeds(row.to_do))
    return (
        translate("orders", "To do at {channel}: {deed}").format(channel=channel, deed=words) if words else ""
    )


def to_do_word(deed: str) -> str:
    """What is to be done at the channel: 'confirm there'."""
    return {
        "confirm": translate("orders", "confirm there"),
        "cancel": translate("orders", "cancel there"),
        "redeem": translate("orders", "redeem there"),
        "move": translate("orders", "move there"),
        "tell": translate("orders", "tell them in its chat"),
    }.get(deed, deed)
