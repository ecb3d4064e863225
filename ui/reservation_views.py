"""What a list of reservations shows: a view, narrowed by what somebody chose, and the words for both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from models.reservations import LIVING, Status
from models.rows import Filter
from ui.wording.channels import channel_name
from ui.wording.dates import day_range, day_word
from ui.wording.numbers import number_words
from ui.wording.statuses import status_word

translate = QCoreApplication.translate

NEEDS, TODAY, UPCOMING, UNMATCHED, ALL, GUEST = range(6)
"""The views from the left; the last is what another screen asked to see."""


@dataclass(frozen=True, slots=True)
class View:
    """A named list."""

    title: str
    shows: Filter
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is chosen on the bar; empty is everything. `days` are the first and the last."""

    status: Status | None = None
    product_id: int | None = None
    channel: str = ""
    days: tuple[date, date] | None = None
    text: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether anything is left out."""
        return self != Narrowed()


def views(today: date) -> tuple[View, ...]:
    """The views everybody has."""
    waiting = frozenset((Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED))
    return (
        View(translate("reservations", "Needs you"), Filter(statuses=waiting), urgent=True),
        View(translate("reservations", "Today"), Filter(statuses=LIVING, first_day=today, last_day=today)),
        View(
            translate("reservations", "Upcoming"),
            Filter(statuses=LIVING, first_day=today + timedelta(days=1)),
        ),
        View(translate("reservations", "Unmatched"), Filter(needs="unmatched"), urgent=True),
        View(translate("reservations", "All"), Filter(newest_first=True)),
    )


def wanted(view: View, narrowed: Narrowed, *, newest_first: bool) -> Filter:
    """The view and the choices together."""
    made = replace(
        view.shows,
        statuses=frozenset((narrowed.status,)) if narrowed.status else view.shows.statuses,
        text=narrowed.text or view.shows.text,
        channels=frozenset((narrowed.channel,)) if narrowed.channel else view.shows.channels,
        newest_first=newest_first,
    )
    if narrowed.product_id is not None:
        made = replace(made, product_id=narrowed.product_id)
    if narrowed.days is not None:
        made = replace(made, first_day=narrowed.days[0], last_day=narrowed.days[1])
    return made


def fits(view: View, narrowed: Narrowed) -> bool:
    """Whether a choice can be found in this view at all; where not, it is meant for all reservations."""
    if narrowed.status and view.shows.statuses and narrowed.status not in view.shows.statuses:
        return False
    return narrowed.days is None or not (view.shows.first_day or view.shows.last_day)


def spans(today: date) -> list[tuple[str, tuple[date, date]]]:
    """The departure days people ask for."""
    tomorrow = today + timedelta(days=1)
    return [
        (translate("reservations", "Today"), (today, today)),
        (translate("reservations", "Tomorrow"), (tomorrow, tomorrow)),
        (translate("reservations", "Next 7 days"), (today, today + timedelta(days=6))),
        (translate("reservations", "Next 30 days"), (today, today + timedelta(days=29))),
        (translate("reservations", "Yesterday"), (today - timedelta(days=1), today - timedelta(days=1))),
        (translate("reservations", "Last 7 days"), (today - timedelta(days=7), today - timedelta(days=1))),
        (translate("reservations", "Last 30 days"), (today - timedelta(days=30), today - timedelta(days=1))),
    ]


def days_words(days: tuple[date, date], today: date) -> str:
    """'Today', or '13 to 18 Oct'."""
    return day_word(days[0], today) if days[0] == days[1] else day_range(*days)


def looked_through(view: View, narrowed: Narrowed, today: date, products: dict[int, str]) -> str:
    """What was looked through, in words: the view, then each choice."""
    parts = [view.title]
    if narrowed.status:
        parts.append(status_word(narrowed.status))
    if narrowed.product_id is not None:
        parts.append(products.get(narrowed.product_id, ""))
    if narrowed.channel:
        parts.append(channel_name(narrowed.channel))
    if narrowed.days:
        parts.append(days_words(narrowed.days, today))
    return ", ".join(part for part in parts if part)


def same(one: Filter, other: Filter) -> bool:
    """Whether two lists hold the same, in whichever order."""
    return replace(one, newest_first=False) == replace(other, newest_first=False)


def no_reservations() -> tuple[str, str]:
    """What stands in the list before the first order came."""
    head = translate("reservations", "No reservations yet")
    return head, translate("reservations", "Import the order list of a channel; what it holds is shown here.")


def nothing_found(place: str, text: str, everything: int | None) -> tuple[str, str]:
    """What was looked through without finding anything, and why a name may not be found."""
    words = [translate("reservations", "Looked through: {place}.").format(place=place)]
    if everything is not None:
        of = translate("reservations", "There are {count} reservations in all.")
        words.append(of.format(count=number_words(everything)))
    if not text:
        return translate("reservations", "Nothing here"), " ".join(words)
    hidden = translate(
        "reservations", "Names of orders that were never confirmed are hidden and cannot be searched."
    )
    head = translate("reservations", "Nothing is called “{text}”").format(text=text)
    return head, " ".join([*words, hidden])
