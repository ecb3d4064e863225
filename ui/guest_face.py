"""Decides what a guest may read on the second screen: a welcome, or one moment, and never why.

Here is where nothing personal gets through: a face holds the tour, the party and the meeting point, and nothing
else is taken from an answer. Every refusal gives the same face, whatever it is, and so does a guest whom somebody
still has to let in.
"""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING

from models.frozen import frozen
from ui.checkin_words import counted
from ui.guest_words import ENGLISH, GuestWords, guest_words, languages
from ui.wording.dates import clock
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.details import LineFacts
    from models.today import DepartureToday
    from ui.verdicts import Judged

MOST_DEPARTURES = 3


class Mood(enum.StrEnum):
    """What the screen is about."""

    IDLE = "idle"
    WELCOME = "welcome"
    MOMENT = "moment"


@frozen
class GuestFace:
    """What is written, and in which language the large words are.

    `english` stands under them where they are not English. `departures` are times and tours, `others` the large
    words in other languages, each with its language.
    """

    mood: Mood
    language: str
    large: str
    line: str = ""
    english: str = ""
    tour: str = ""
    when: str = ""
    place_label: str = ""
    place: str = ""
    heads: str = ""
    party: str = ""
    heading: str = ""
    departures: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that can be read."""
        rows = (part for pair in self.departures for part in pair)
        words = (self.tour, self.when, self.large, self.line, self.english, self.place_label, self.place)
        more = (*(text for _, text in self.others), self.heading, *rows, self.heads, self.party)
        return tuple(text for text in (*words, *more) if text)


def guest_face(judged: Judged) -> GuestFace:
    """What the guest in front reads while the desk sees this verdict."""
    words = guest_words(judged.found.language if judged.found is not None else "")
    if not judged.let_in or judged.answer.waits:
        return _moment(words)
    return _welcome(judged, words)


def idle_face(departures: tuple[DepartureToday, ...], now: datetime) -> GuestFace:
    """What stands there between two guests: where to hold the code, and what leaves next."""
    english = guest_words(ENGLISH)
    others = tuple((one, guest_words(one).say("hold")) for one in languages() if one != ENGLISH)
    coming = [one for one in departures if one.departs_at >= now and not one.closed][:MOST_DEPARTURES]
    rows = tuple(
        (clock(local(one.departs_at, one.zone)), ", ".join(filter(None, (one.product, one.option))))
        for one in coming
    )
    return GuestFace(
        Mood.IDLE,
        ENGLISH,
        english.say("hold"),
        others=others,
        heading=english.say("next") if rows else "",
        departures=rows,
    )


def _moment(words: GuestWords) -> GuestFace:
    english = guest_words(ENGLISH)
    under = "" if words.language == ENGLISH else f"{english.say('moment')}. {english.say('more')}"
    return GuestFace(Mood.MOMENT, words.language, words.say("moment"), line=words.say("more"), english=under)


def _welcome(judged: Judged, words: GuestWords) -> GuestFace:
    english, found = guest_words(ENGLISH), judged.found
    heads = judged.heads if judged.answer.party is not None or judged.heads > 1 else 0
    guests = words.guests(heads) if heads else ""
    under = ""
    if words.language != ENGLISH:
        under = " ".join(
            part for part in (english.say("welcome"), english.guests(heads) if heads else "") if part
        )
    tour = when = place = party = ""
    if found is not None:
        row = found.row
        starts = clock(local(row.departs_at, row.zone)) if row.departs_at and not row.open_dated else ""
        if not row.unmatched:  # only what our own products are called: a channel may write anything
            tour, when = row.product, ", ".join(part for part in (row.option, starts) if part)
        place = found.meeting_point
        party = _party(found.lines, heads, words)
    label = words.say("meet") if place else ""
    if place and words.language != ENGLISH:
        label = f"{label} · {english.say('meet')}"
    return GuestFace(
        Mood.WELCOME,
        words.language,
        words.say("welcome"),
        line=guests,
        english=under,
        tour=tour,
        when=when,
        place_label=label,
        place=place,
        heads=str(heads) if heads else "",
        party=party,
    )


def _party(lines: tuple[LineFacts, ...], heads: int, words: GuestWords) -> str:
    """Adults, children and infants, where everybody of the party is in and nothing else was booked."""
    counts, others = counted(lines)
    whole = heads > 0 and sum(counts) == heads and not others
    return words.party(*counts) if whole else ""


def sample_face(tour: str, place: str) -> GuestFace:
    """What a welcome looks like, for whoever sets the screen up."""
    words, english = guest_words("zh-TW"), guest_words(ENGLISH)
    return GuestFace(
        Mood.WELCOME,
        words.language,
        words.say("welcome"),
        line=words.guests(3),
        english=f"{english.say('welcome')} {english.guests(3)}",
        tour=tour,
        when="10:30",
        place_label=f"{words.say('meet')} · {english.say('meet')}",
        place=place,
        heads="3",
        party=words.party(2, 1, 0),
    )
