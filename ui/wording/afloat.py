"""How the counter stands towards the shared database, in words: since when, what waits, what is unchecked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.offline import UNCHECKED
from ui.wording.bulk import counted
from ui.wording.dates import clock, day_and_time, duration

if TYPE_CHECKING:
    from ui.afloat import Standing

translate = QCoreApplication.translate
_JUST_NOW_S = 60


def band_words(standing: Standing, zone: dt.tzinfo | None, now: dt.datetime) -> tuple[str, str]:
    """The two lines of the band under the top bar."""
    if standing.is_returning:
        waiting = counted(
            standing.waiting,
            translate("afloat", "1 scan is being handed over."),
            translate("afloat", "{count} scans are being handed over.")
            if standing.waiting
            else translate("afloat", "Nothing waits to be handed over."),
        )
        return translate("afloat", "The shared database answers again."), waiting
    since = since_words(standing.since, zone, now)
    if not standing.can_check_in:
        return (
            translate("afloat", "Offline since {time}. Nobody can be checked in.").format(time=since),
            translate("afloat", "This counter has no copy of today yet. It tries again by itself."),
        )
    head = translate("afloat", "Offline since {time}. Check-in goes on.").format(time=since)
    return head, " ".join(
        (waiting_words(standing.waiting), f"{unchecked_words()}.", _shown(standing, zone, now))
    )


def waiting_words(count: int) -> str:
    """'7 scans wait.'"""
    many = translate("afloat", "{count} scans wait.") if count else translate("afloat", "No scan waits.")
    return counted(count, translate("afloat", "1 scan waits."), many)


def unchecked_words(words: Sequence[str] = UNCHECKED) -> str:
    """What a counter that stands alone cannot know: 'Not checked: seats, payments, other counters'."""
    known = {
        "seats": translate("afloat", "seats"),
        "payments": translate("afloat", "payments"),
        "counters": translate("afloat", "other counters"),
    }
    return translate("afloat", "Not checked: {what}").format(what=", ".join(known[word] for word in words))


def _shown(standing: Standing, zone: dt.tzinfo | None, now: dt.datetime) -> str:
    """How old what the screens show is."""
    if standing.synced_at is None:
        return ""
    time = since_words(standing.synced_at, zone, now)
    return translate("afloat", "Shown is how it stood at {time}.").format(time=time)


def since_words(since: dt.datetime | None, zone: dt.tzinfo | None, now: dt.datetime) -> str:
    """'14:02', with its day where that is another one."""
    if since is None:
        return "?"
    there, today = since.astimezone(zone), now.astimezone(zone).date()
    return clock(there) if there.date() == today else day_and_time(there, today)


def bar_words(standing: Standing, zone: dt.tzinfo | None, now: dt.datetime) -> str:
    """The same in the key bar: 'Offline since 14:02, 7 waiting' or 'Shared database, last sync 4 min ago'."""
    if standing.is_returning:
        return translate("afloat", "Handing over {count}").format(count=standing.waiting)
    if standing.is_offline:
        words = translate("afloat", "Offline since {time}, {count} waiting")
        return words.format(time=since_words(standing.since, zone, now), count=standing.waiting)
    if standing.synced_at is None:
        return translate("afloat", "Shared database")
    age = max(0, int((now - standing.synced_at).total_seconds()))
    if age < _JUST_NOW_S:
        return translate("afloat", "Shared database, in sync")
    return translate("afloat", "Shared database, last sync {duration} ago").format(duration=duration(age))


def handed_words(taken: int, conflicts: int) -> str:
    """What came of it, when everything was handed over."""
    if not taken:
        return translate("afloat", "Online again. Nothing had to be handed over.")
    words = counted(
        taken,
        translate("afloat", "Online again. 1 scan was handed over."),
        translate("afloat", "Online again. {count} scans were handed over."),
    )
    if not conflicts:
        return words
    told = counted(
        conflicts,
        translate("afloat", "1 does not agree with another counter: decide on Today."),
        translate("afloat", "{count} do not agree with other counters: decide on Today."),
    )
    return f"{words} {told}"
