"""Reviews in words: their stars, where they came from, what many come to, and why nobody is asked for one."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from models.comment import NotAsked
from models.review import Source, Tally
from models.review_reading import ReviewRow, Standing
from models.rewards import Counts, RewardTold
from ui.wording.bulk import counted
from ui.wording.dates import clock, dated_day, day_word
from ui.wording.numbers import money_words
from ui.wording.orders import local

translate = QCoreApplication.translate


def stars_words(rating: int) -> str:
    """'4 of 5 stars'."""
    return translate("reviews", "{rating} of 5 stars").format(rating=rating)


def average_words(tally: Tally) -> str:
    """'4.3'; a dash of none."""
    return "–" if tally.average is None else f"{tally.average:.1f}"


def count_words(tally: Tally) -> str:
    """'1 review', '12 reviews'."""
    return counted(tally.count, translate("reviews", "1 review"), translate("reviews", "{count} reviews"))


def tally_words(tally: Tally) -> str:
    """'4.3 of 5, 12 reviews'."""
    if not tally.count:
        return translate("reviews", "no review yet")
    return translate("reviews", "{average} of 5, {count}").format(
        average=average_words(tally), count=count_words(tally)
    )


def source_words(source: Source) -> str:
    """Where it came from."""
    return {
        Source.STAFF: translate("reviews", "told to us"),
        Source.MAIL: translate("reviews", "from their mail"),
        Source.CHANNEL: translate("reviews", "from the channel"),
    }[source]


def standing_words(standing: Standing) -> str:
    """Which reviews are shown."""
    return {
        Standing.ALL: translate("reviews", "all"),
        Standing.UNANSWERED: translate("reviews", "not answered"),
        Standing.TO_LOOK_AT: translate("reviews", "to look at"),
    }[standing]


def state_words(row: ReviewRow) -> str:
    """How one stands: answered, not answered, or a person has to look."""
    if row.waits:
        return translate("reviews", "Is it a review?")
    return translate("reviews", "Answered") if row.reply_at else translate("reviews", "Not answered")


def about_words(row: ReviewRow) -> str:
    """'Tea House Walk, Mon 1 Feb, Jin'."""
    day = day_word(local(row.departs_at, row.zone).date()) if row.departs_at else ""
    return ", ".join(part for part in (row.product, day, row.guide) if part)


def when_words(row: ReviewRow, now: dt.datetime) -> str:
    """'Today, 10:24'."""
    at = local(row.at, row.zone)
    today = local(now, row.zone).date()
    return clock(at) if at.date() == today else day_word(at.date(), today)


def reward_words(told: RewardTold) -> tuple[str, str]:
    """'Thanked for with ABCDE-FGHJK', and what it takes off, until when, and what is left of it."""
    worth = translate("reviews", "{percent} % off one order").format(percent=told.percent)
    if told.amount is not None:
        worth = translate("reviews", "{amount} off").format(amount=money_words(told.amount))
    left = money_words(told.left) if told.left is not None else ""
    until = dated_day(told.valid_until)
    stands = {
        Counts.WHOLE: translate("reviews", "not used yet, counts until {day}"),
        Counts.PARTLY: translate("reviews", "{left} left, counts until {day}"),
        Counts.USED: translate("reviews", "used up"),
        Counts.OVER: translate("reviews", "counted until {day}, is over"),
        Counts.REVOKED: translate("reviews", "revoked, the money of this order went back"),
    }[told.counts].format(left=left, day=until)
    head = translate("reviews", "Thanked for with the code {code}").format(code=told.code)
    return head, f"{worth}, {stands}"


def not_asked_words(why: str) -> str:
    """Why a comment letter was taken back; '' for what is no such reason."""
    return {
        NotAsked.NO_SHOW.value: translate("reviews", "Taken back: nobody came."),
        NotAsked.NOT_REDEEMED.value: translate("reviews", "Taken back: the redemption was undone."),
        NotAsked.REFUND.value: translate("reviews", "Taken back: money goes back to them."),
        NotAsked.COMPLAINT.value: translate("reviews", "Taken back: a complaint is open."),
        NotAsked.ASKED.value: translate("reviews", "Taken back: they were asked already."),
        NotAsked.REVIEWED.value: translate("reviews", "Taken back: their review is here already."),
    }.get(why, "")
