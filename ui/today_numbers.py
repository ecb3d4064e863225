"""The five numbers at the top of the dashboard: how many, since when the oldest waits, and what they open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.reservations import RIVALS, Status
from ui import theme
from ui.paint.meter import urgency
from ui.today_settle import since_words
from ui.widgets.stat_strip import Stat
from ui.wording.dates import duration
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from models.today import Today

translate = QCoreApplication.translate

BOXES = ("unconfirmed", "departing", "to-cancel", "unmatched", "letters")
"""Which box each number stands for, from the left."""


def number_title(key: str) -> str:
    """What the number is called, and the list it opens."""
    return {
        "unconfirmed": translate("today", "Unconfirmed"),
        "departing": translate("today", "Departing today"),
        "to-cancel": translate("today", "To be cancelled"),
        "unmatched": translate("today", "Unmatched"),
        "letters": translate("today", "Failed letters"),
    }[key]


def numbers(today: Today, now: dt.datetime) -> tuple[Stat, ...]:
    """The five, each with its shape and one sentence."""
    return (
        _unconfirmed(today, now),
        _departing(today),
        _plain(
            today, now, "to-cancel", Status.CANCEL_REQUESTED, "stop", translate("today", "nobody asked to")
        ),
        _plain(today, now, "unmatched", "fault", "act", translate("today", "every order has its departure")),
        _plain(today, now, "letters", "letters", "stop", translate("today", "no letter came back")),
    )


def next_promise(today: Today) -> dt.datetime | None:
    """The earliest promise that is still to be kept: an order whose traveler asks to cancel was confirmed."""
    waiting = (urgent.row for urgent in today.urgent if urgent.row.status in RIVALS)
    return min((row.confirm_by for row in waiting if row.confirm_by), default=None)


def _unconfirmed(today: Today, now: dt.datetime) -> Stat:
    box = today.box("unconfirmed")
    name = number_title("unconfirmed")
    promise = next_promise(today)
    if not box.count:
        return Stat(Status.UNCONFIRMED, name, "0", translate("today", "every order is answered"))
    oldest = _age(box.oldest, now)
    if promise is None:
        return Stat(Status.UNCONFIRMED, name, number_words(box.count), oldest)
    left = int((promise - now).total_seconds())
    words = (
        translate("today", "one is {duration} late")
        if left < 0
        else translate("today", "next due in {duration}")
    )
    sentence = ", ".join(part for part in (oldest, words.format(duration=duration(abs(left)))) if part)
    family = urgency(left)
    return Stat(
        Status.UNCONFIRMED, name, number_words(box.count), sentence, "" if family == "gone" else family
    )


def _departing(today: Today) -> Stat:
    expected = sum(departure.expected for departure in today.departures)
    arrived = sum(departure.arrived for departure in today.departures)
    words = translate("today", "{arrived} of {expected} guests in").format(
        arrived=number_words(arrived), expected=number_words(expected)
    )
    count = number_words(today.box("departing").count)
    sentence = words if expected else translate("today", "no guests today")
    return Stat(theme.ARRIVED, number_title("departing"), count, sentence)


def _plain(today: Today, now: dt.datetime, key: str, shape: str, family: str, calm: str) -> Stat:
    box = today.box(key)
    if not box.count:
        return Stat(shape, number_title(key), "0", calm)
    return Stat(shape, number_title(key), number_words(box.count), since_words(box.oldest, now), family)


def _age(since: dt.datetime | None, now: dt.datetime) -> str:
    seconds = 0 if since is None else int((now - since).total_seconds())
    if seconds < 60:
        return ""
    return translate("today", "oldest {duration}").format(duration=duration(seconds))
