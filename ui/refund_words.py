"""Money that goes back, in words: to whom, how far it is, when it should be seen, and what was marked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.payments import MoneyState
from models.refunds import RefundRow, Tab
from models.reservations import Cause
from models.tender import Method
from ui.wording.bulk import counted
from ui.wording.channels import channel_name
from ui.wording.dates import day_word
from ui.wording.numbers import money_words
from ui.wording.orders import UNKNOWN, local
from ui.wording.refunds import tier_words

if TYPE_CHECKING:
    from controllers.giving_back import Marked

translate = QCoreApplication.translate


def tab_word(tab: Tab) -> str:
    """What a part of the list is called."""
    return {
        Tab.DUE: translate("refunds", "Due"),
        Tab.OVERDUE: translate("refunds", "Overdue"),
        Tab.FAILED: translate("refunds", "Failed"),
        Tab.DONE: translate("refunds", "Given back"),
        Tab.THEIRS: translate("refunds", "Paid by channels"),
    }[tab]


def empty_words(tab: Tab, elsewhere: int = 0) -> tuple[str, str]:
    """What stands where a part has no rows: good news, and what it is for; `elsewhere` waits in other parts."""
    if tab is Tab.DUE and elsewhere:
        return (
            translate("refunds", "Nothing else is to be given back"),
            translate("refunds", "What is late or did not go back stands beside this."),
        )
    return {
        Tab.DUE: (
            translate("refunds", "Nothing is to be given back"),
            translate("refunds", "Cancel an order whose money we hold, and it stands here with its days."),
        ),
        Tab.OVERDUE: (
            translate("refunds", "Nobody waits too long"),
            translate("refunds", "What its traveler should have seen by now would stand here."),
        ),
        Tab.FAILED: (
            translate("refunds", "No refund is stuck"),
            translate("refunds", "What a bank or a card sent back would stand here."),
        ),
        Tab.DONE: (translate("refunds", "Nothing was given back yet"), ""),
        Tab.THEIRS: (
            translate("refunds", "No channel owes anything"),
            translate("refunds", "Money that a channel holds is paid back by the channel."),
        ),
    }[tab]


def who_words(row: RefundRow) -> str:
    """The name where it may be seen, else the number."""
    return row.number if row.traveler is None else row.traveler or UNKNOWN


def numbers_words(row: RefundRow) -> str:
    """'CF-10001, 26KK0001, Busan Night Boat'."""
    number = "" if row.traveler is None else row.number
    return ", ".join(part for part in (number, row.reference_there, row.what) if part)


def method_word(method: str) -> str:
    """How money went."""
    return {
        Method.CASH: translate("refunds", "cash"),
        Method.CARD: translate("refunds", "card"),
        Method.TRANSFER: translate("refunds", "transfer"),
        Method.MOBILE: translate("refunds", "mobile"),
        "unknown": "",
    }.get(method, method)


def window_words(first: dt.date, last: dt.date, today: dt.date) -> str:
    """'Tue 1 Dec to Fri 4 Dec'."""
    return translate("refunds", "{first} to {last}").format(
        first=day_word(first, today), last=day_word(last, today, inside=True)
    )


def standing_words(row: RefundRow, today: dt.date) -> tuple[str, str]:
    """Two lines: how far it is, and since or until when."""
    window = window_words(row.expected_from, row.expected_to, today)
    if not row.ours:
        return translate("refunds", "{channel} pays it back").format(
            channel=channel_name(row.channel)
        ), window
    if row.state is MoneyState.DONE:
        day = day_word(_day(row.done_at, row), today, inside=True)
        how = ", ".join(part for part in (method_word(row.method), row.reference) if part)
        return translate("refunds", "Given back {day}").format(day=day), how
    if row.state is MoneyState.FAILED:
        return translate("refunds", "Did not go back"), row.trouble
    if row.is_overdue(today):
        late = (today - row.expected_to).days
        words = counted(late, translate("refunds", "1 day late"), translate("refunds", "{count} days late"))
        return words, window
    return translate("refunds", "Due"), window


def facts_of(row: RefundRow, today: dt.date) -> tuple[tuple[str, str], ...]:
    """All there is about it, as pairs of a word and what stands there."""
    done = day_word(_day(row.done_at, row), today) if row.done_at else ""
    by = f"{done}, {row.done_by}" if row.done_by and done else done
    failed = day_word(_day(row.failed_at, row), today) if row.failed_at else ""
    told = (
        (translate("refunds", "Order"), numbers_words(row) if row.traveler is not None else row.number),
        (translate("refunds", "Why so much"), tier_words(row.tier)),
        (translate("refunds", "Whose cause"), cause_word(row.cause)),
        (translate("refunds", "Cancelled"), day_word(_day(row.made_at, row), today)),
        (translate("refunds", "To be seen"), window_words(row.expected_from, row.expected_to, today)),
        (translate("refunds", "Given back"), by),
        (translate("refunds", "How"), method_word(row.method)),
        (translate("refunds", "Reference"), row.reference),
        (translate("refunds", "Failed"), failed),
        (translate("refunds", "Why it failed"), row.trouble),
    )
    return tuple((word, value) for word, value in told if value)


def cause_word(cause: Cause) -> str:
    """Whose cause the cancellation was."""
    return {
        Cause.OURS: translate("refunds", "Ours"),
        Cause.THEIRS: translate("refunds", "Theirs"),
        Cause.FORCE_MAJEURE: translate("refunds", "Force majeure"),
    }[cause]


def marked_words(done: Marked, today: dt.date) -> str:
    """What was marked, at the foot of the window."""
    amount = money_words(done.amount)
    if done.state is MoneyState.DONE:
        words = translate("refunds", "{amount} of {number} given back")
        if done.told:
            words = translate("refunds", "{amount} of {number} given back, its letter leaves")
    elif done.state is MoneyState.FAILED:
        words = translate("refunds", "{amount} of {number} did not go back")
    else:
        window = window_words(done.expected_from, done.expected_to, today)
        words = translate("refunds", "{amount} of {number} is due again: {window}").replace(
            "{window}", window
        )
    return words.format(amount=amount, number=done.number)


def _day(at: dt.datetime | None, row: RefundRow) -> dt.date:
    assert at is not None
    return local(at, row.zone).date()
