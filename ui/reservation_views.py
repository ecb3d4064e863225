"""What a list of reservations shows: a view, narrowed by what somebody chose, and the words for both."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from models.frozen import frozen
from models.payments import PaymentStatus
from models.reservations import LIVING, Status
from models.rows import Filter, Sort
from ui import actions
from ui.reservation_columns import Layout
from ui.reservation_spans import Span
from ui.wording.channels import channel_name
from ui.wording.numbers import number_words
from ui.wording.statuses import status_word

translate = QCoreApplication.translate

NEEDS, TODAY, UPCOMING, UNMATCHED, ALL, REZIO = "needs", "today", "upcoming", "unmatched", "all", "rezio"
GUEST = "guest"
"""The list another screen asked to see."""


@frozen
class Narrowed:
    """What is chosen on the bar; empty is everything. `gone` also shows what a view leaves out by itself."""

    statuses: frozenset[Status] = frozenset()
    channels: frozenset[str] = frozenset()
    product_id: int | None = None
    payment: PaymentStatus | None = None
    departs: Span | None = None
    ordered: Span | None = None
    text: str = ""
    gone: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether anything is left out."""
        return replace(self, gone=False) != Narrowed()


@frozen
class View:
    """A named list. A person's own has the number it is kept under, and what it was narrowed to."""

    key: str
    title: str
    shows: Filter
    urgent: bool = False
    kept: int = 0
    narrowed: Narrowed = Narrowed()
    layout: Layout = field(default_factory=Layout)
    base: str = ""

    @property
    def leaves_out(self) -> bool:
        """Whether it leaves cancelled or expired ones out by itself, so that its foot has to say so."""
        return self.shows.statuses in (LIVING, _NOT_EXPIRED)


_NOT_EXPIRED = frozenset(Status) - {Status.EXPIRED}
_WAITING = frozenset((Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED))


def views(today: date) -> tuple[View, ...]:
    """The views everybody has."""
    living = Filter(statuses=LIVING)
    rezios = Filter(statuses=_NOT_EXPIRED, sort=Sort.ORDERED, newest_first=True)
    return (
        View(NEEDS, translate("reservations", "Needs you"), Filter(statuses=_WAITING), urgent=True),
        View(TODAY, translate("reservations", "Today"), replace(living, first_day=today, last_day=today)),
        View(
            UPCOMING,
            translate("reservations", "Upcoming"),
            replace(living, first_day=today + timedelta(days=1)),
        ),
        View(UNMATCHED, translate("reservations", "Unmatched"), Filter(needs="unmatched"), urgent=True),
        View(ALL, translate("reservations", "All"), Filter(newest_first=True)),
        View(REZIO, "rezio", rezios),
    )


def wanted(view: View, narrowed: Narrowed, today: date, *, sort: Sort, newest_first: bool) -> Filter:
    """The view and the choices together."""
    shows = view.shows
    made = replace(
        shows,
        statuses=narrowed.statuses or (frozenset() if narrowed.gone else shows.statuses),
        text=narrowed.text or shows.text,
        channels=narrowed.channels or shows.channels,
        payment=narrowed.payment or shows.payment,
        sort=sort,
        newest_first=newest_first,
    )
    if narrowed.product_id is not None:
        made = replace(made, product_id=narrowed.product_id)
    if narrowed.departs is not None:
        first, last = narrowed.departs.on(today)
        made = replace(made, first_day=first, last_day=last)
    if narrowed.ordered is not None:
        first, last = narrowed.ordered.on(today)
        made = replace(made, ordered_first=first, ordered_last=last)
    return made


def fits(view: View, narrowed: Narrowed) -> bool:
    """Whether a choice can be found in this view at all; where not, it is meant for all reservations."""
    shows = view.shows
    if narrowed.statuses and shows.statuses and not narrowed.statuses & shows.statuses:
        return view.leaves_out and not (shows.first_day or shows.last_day)
    return narrowed.departs is None or not (shows.first_day or shows.last_day)


def same(one: Filter, other: Filter) -> bool:
    """Whether two lists hold the same, in whichever order."""
    return _unordered(one) == _unordered(other)


def _unordered(shows: Filter) -> Filter:
    return replace(shows, sort=Sort.DEPARTURE, newest_first=False)


def payment_words(status: PaymentStatus) -> str:
    """How an order stands with its money, as it is asked for."""
    return {
        PaymentStatus.NOTHING: translate("reservations", "nothing told"),
        PaymentStatus.DUE: translate("reservations", "due to us"),
        PaymentStatus.PAID: translate("reservations", "paid"),
        PaymentStatus.OPEN: translate("reservations", "due to the channel"),
        PaymentStatus.REFUND: translate("reservations", "refund"),
    }[status]


def looked_through(view: View, narrowed: Narrowed, today: date, products: dict[int, str]) -> str:
    """What was looked through, in words: the view, then each choice."""
    parts = [view.title]
    parts += [status_word(status) for status in Status if status in narrowed.statuses]
    if narrowed.product_id is not None:
        parts.append(products.get(narrowed.product_id, ""))
    parts += sorted(channel_name(key) for key in narrowed.channels)
    if narrowed.payment is not None:
        parts.append(payment_words(narrowed.payment))
    if narrowed.departs:
        parts.append(narrowed.departs.words(today))
    if narrowed.ordered:
        ordered = translate("reservations", "ordered {days}")
        parts.append(ordered.format(days=narrowed.ordered.words(today)))
    return ", ".join(part for part in parts if part)


def hidden_words(hidden: dict[Status, int], shown: bool = False) -> str:
    """'12 expired, 40 cancelled hidden' (or shown among the others), '' where there are none."""
    told = {
        Status.EXPIRED: translate("reservations", "{count} expired"),
        Status.CANCELLED: translate("reservations", "{count} cancelled"),
    }
    parts = [
        words.format(count=number_words(hidden[status]))
        for status, words in told.items()
        if hidden.get(status)
    ]
    words = translate("reservations", "{what} shown") if shown else translate("reservations", "{what} hidden")
    return words.format(what=", ".join(parts)) if parts else ""


def nothing_words(place: str, narrowed: Narrowed, everything: str, *, is_empty: bool) -> tuple[str, str, str]:
    """What stands where no row is: a head, a sentence, and what its button does."""
    if is_empty:
        return *no_reservations(), actions.text("go-imports")
    clear = translate("reservations", "Clear filters") if narrowed.is_anything else ""
    return *nothing_found(place, narrowed.text, everything), clear


def no_reservations() -> tuple[str, str]:
    """What stands in the list before the first order came."""
    head = translate("reservations", "No reservations yet")
    return head, translate("reservations", "Import the order list of a channel; what it holds is shown here.")


def nothing_found(place: str, text: str, everything: str) -> tuple[str, str]:
    """What was looked through without finding anything, and why a name may not be found."""
    words = [translate("reservations", "Looked through: {place}.").format(place=place)]
    if everything:
        of = translate("reservations", "There are {count} reservations in all.")
        words.append(of.format(count=everything))
    if not text:
        return translate("reservations", "Nothing here"), " ".join(words)
    hidden = translate(
        "reservations", "Names of orders that were never confirmed are hidden and cannot be searched."
    )
    head = translate("reservations", "Nothing is called “{text}”").format(text=text)
    return head, " ".join([*words, hidden])
