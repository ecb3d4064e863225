"""Says in words what erasing a traveler takes away, what must stay and why, and why it cannot be done yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from models.erasing import Stays
from models.traveler import Goes, PersonFound, Preview
from ui.wording.dates import day_word
from ui.wording.numbers import number_words

translate = QCoreApplication.translate


def person_words(found: PersonFound) -> str:
    """'Anna Sample, who ordered' or 'Ben Sample, a companion'."""
    name = found.name or translate("privacy", "hidden until confirmed")
    if found.name == "":
        name = translate("privacy", "erased")
    if found.person.is_lead:
        return translate("privacy", "{name}, who ordered").format(name=name)
    return translate("privacy", "{name}, a companion").format(name=name)


def order_words(found: PersonFound) -> str:
    """'CF-10001, Tea House Walk, Mon 1 Feb 2027': a request may be about any year."""
    day = dt.date.fromisoformat(found.day) if found.day else None
    told = day_word(day, dt.date.min) if day is not None else ""
    return ", ".join(part for part in (found.number, found.product, told) if part)


def goes_words(shown: Preview) -> str:
    """What goes, in one sentence."""
    words = {
        "name": translate("privacy", "name and contacts"),
        "wishes": translate("privacy", "wishes and pick-up"),
        "rows": translate("privacy", "the channel's rows ({count})"),
        "letters": translate("privacy", "what letters say ({count})"),
        "messages": translate("privacy", "messages ({count})"),
        "review": translate("privacy", "the words and pictures of a review"),
    }
    if not shown.found.person.is_lead:
        words["name"] = translate("privacy", "the name, also in notes and in the channel's rows")
    return _listed(words, shown.goes)


def keeps_words(shown: Preview) -> str:
    """What stays, each with its reason."""
    words = {
        "order": translate("privacy", "the order's number, day and product (reports add up)"),
        "rating": translate("privacy", "the stars of a review (averages)"),
        "money": translate("privacy", "payments and refunds (accounts, {count})"),
        "tickets": translate("privacy", "tickets without a name (admission, {count})"),
        "scans": translate("privacy", "when somebody came in ({count})"),
        "journal": translate("privacy", "the journal, which holds no personal value ({count})"),
    }
    return _listed(words, shown.keeps)


def stays_words(stays: Iterable[Stays]) -> str:
    """Why somebody cannot be erased yet."""
    words = {
        Stays.UNANSWERED: translate("privacy", "The order still waits for an answer"),
        Stays.TRIP_AHEAD: translate("privacy", "The trip is still ahead"),
        Stays.REFUND_OWED: translate("privacy", "A refund is still owed"),
        Stays.TO_DECIDE: translate("privacy", "A newer file is still to be decided about"),
    }
    return ". ".join(words[one] for one in stays) + "."


def _listed(words: dict[str, str], counted: Iterable[Goes]) -> str:
    return ", ".join(words[one.what].format(count=number_words(one.count)) for one in counted)
