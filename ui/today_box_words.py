"""What stands on the boxes of the dashboard: how many, since when the oldest waits, and what it means."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.frozen import frozen
from models.reservations import Status
from models.talk import Urgency, answer_by
from models.talk import urgency as waits
from ui import theme
from ui.paint.meter import urgency
from ui.wording.channels import channel_name
from ui.wording.dates import clock, duration
from ui.wording.numbers import number_words
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.boxes import Box
    from models.today import Today

translate = QCoreApplication.translate

_SHAPES = {
    "unconfirmed": Status.UNCONFIRMED,
    "pending": Status.PENDING,
    "overdue": Status.EXPIRED,
    "to-cancel": Status.CANCEL_REQUESTED,
    "departing": theme.ARRIVED,
    "decisions": "conflict",
    "to-do": "globe",
    "unmatched": "fault",
    "letters": "letters",
    "refunds": "cash",
    "answers": "messages",
    "mails": "letter",
    "journal": "fault",
}
_STOP, _ACT = (
    frozenset(("overdue", "to-cancel", "letters", "refunds", "journal")),
    frozenset(("decisions", "unmatched", "mails")),
)


@frozen
class Face:
    """One box as it is drawn. `meaning` is its one sentence, `since` the age of its oldest; `family` colours
    the sentence when it asks for something, a `quiet` box has nothing to ask."""

    key: str
    shape: str
    name: str
    number: str
    meaning: str
    since: str
    family: str = ""
    quiet: bool = False

    @property
    def words(self) -> str:
        """Everything on it, for a screen reader."""
        return ", ".join(part for part in (f"{self.name} {self.number}", self.meaning, self.since) if part)


def faces(today: Today, now: dt.datetime) -> tuple[Face, ...]:
    """All boxes in their order, the empty ones too: good news is news."""
    return tuple(_face(box, today, now) for box in today.boxes)


def box_title(key: str) -> str:
    """What a box is called, and the list it opens."""
    return {
        "unconfirmed": translate("today", "Unconfirmed"),
        "pending": translate("today", "Pending"),
        "overdue": translate("today", "Past departure"),
        "to-cancel": translate("today", "To be cancelled"),
        "departing": translate("today", "Departing today"),
        "decisions": translate("today", "To decide"),
        "to-do": translate("today", "To do at channels"),
        "unmatched": translate("today", "Unmatched"),
        "letters": translate("today", "Failed letters"),
        "refunds": translate("today", "Refunds"),
        "answers": translate("today", "To be answered"),
        "mails": translate("today", "Mails to look at"),
        "journal": translate("today", "Broken journal"),
    }[key]


def since_words(since: dt.datetime | None, now: dt.datetime) -> str:
    """'oldest 2 h 10'; '' where nobody knows since when."""
    if since is None:
        return ""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 60:
        return translate("today", "just now")
    return translate("today", "oldest {duration}").format(duration=duration(seconds))


def _face(box: Box, today: Today, now: dt.datetime) -> Face:
    shape, name = _SHAPES[box.key], box_title(box.key)
    if not box.count:
        return Face(box.key, shape, name, "0", _good_news(box.key), "", quiet=True)
    meaning, family = _meaning(box, today, now)
    since = _next_departure(today, now) if box.key == "departing" else since_words(box.oldest, now)
    return Face(box.key, shape, name, number_words(box.count), meaning, since, family)


def _meaning(box: Box, today: Today, now: dt.datetime) -> tuple[str, str]:
    """The one sentence of a box that is not empty, and its family."""
    if box.key in ("unconfirmed", "pending"):
        return _promise(box, today, now)
    if box.key == "answers":
        return _to_answer(box, now)
    words = {
        "overdue": translate("today", "left without an answer"),
        "to-cancel": translate("today", "an answer is asked for"),
        "departing": _guests(today),
        "decisions": translate("today", "told differently by a newer file"),
        "to-do": _at_channels(today),
        "unmatched": translate("today", "no seats are counted"),
        "letters": translate("today", "not delivered"),
        "refunds": _refunds(box),
        "mails": translate("today", "not placed yet"),
        "journal": translate("today", "a manager looks into it"),
    }
    if box.key == "refunds" and not (box.failed or box.broken):
        return words[box.key], ""
    return words[box.key], "stop" if box.key in _STOP else "act" if box.key in _ACT else ""


def _promise(box: Box, today: Today, now: dt.datetime) -> tuple[str, str]:
    if box.broken:
        return translate("today", "{count} past the promise").format(count=number_words(box.broken)), "stop"
    missing = next((urgent.missing for urgent in today.urgent if urgent.missing), "")
    if box.key == "pending" and missing:
        return translate("today", "missing: {what}").format(what=missing), ""
    if box.next_promise is None:
        return translate("today", "nothing was promised"), ""
    left = int((box.next_promise - now).total_seconds())
    if left < 0:
        return translate("today", "one is {duration} late").format(duration=duration(-left)), "stop"
    family = urgency(left)
    words = translate("today", "next due in {duration}").format(duration=duration(left))
    return words, "" if family == "gone" else family


def _to_answer(box: Box, now: dt.datetime) -> tuple[str, str]:
    if box.broken:
        return translate("today", "{count} past 12 hours").format(count=number_words(box.broken)), "stop"
    if box.oldest is None:
        return translate("today", "travelers wait"), ""
    left = int((answer_by(box.oldest) - now).total_seconds())
    family = "act" if waits(box.oldest, now) is Urgency.SOON else ""
    return translate("today", "next due in {duration}").format(duration=duration(max(0, left))), family


def _guests(today: Today) -> str:
    expected = sum(departure.expected for departure in today.departures)
    arrived = sum(departure.arrived for departure in today.departures)
    return translate("today", "{arrived} of {expected} guests in").format(
        arrived=number_words(arrived), expected=number_words(expected)
    )


def _next_departure(today: Today, now: dt.datetime) -> str:
    coming = [d for d in today.departures if d.departs_at >= now and d.expected]
    if not coming:
        return translate("today", "the last has left")
    at = clock(local(coming[0].departs_at, coming[0].zone))
    return translate("today", "next at {time}").format(time=at)


def _at_channels(today: Today) -> str:
    """'KKday 9, Klook 3'."""
    return ", ".join(f"{channel_name(channel)} {number_words(count)}" for channel, count in today.to_do_at)


def _refunds(box: Box) -> str:
    """'1 failed, 2 overdue'; where nothing is wrong, that they are to be given back."""
    wrong = []
    if box.failed:
        wrong.append(translate("today", "{count} failed").format(count=number_words(box.failed)))
    if box.broken:
        wrong.append(translate("today", "{count} overdue").format(count=number_words(box.broken)))
    return ", ".join(wrong) or translate("today", "to be given back in time")


def _good_news(key: str) -> str:
    return {
        "unconfirmed": translate("today", "every order is answered"),
        "pending": translate("today", "nothing is missing"),
        "overdue": translate("today", "none is unanswered"),
        "to-cancel": translate("today", "nobody asks to cancel"),
        "departing": translate("today", "no guests today"),
        "decisions": translate("today", "no newer file disagrees"),
        "to-do": translate("today", "every channel knows"),
        "unmatched": translate("today", "each has its departure"),
        "letters": translate("today", "no letter came back"),
        "refunds": translate("today", "nothing is to go back"),
    }[key]
