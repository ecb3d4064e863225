"""What a conversation says about itself: who it is with, who waits since when, how far our own message is."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from models.outbox import Letter, LetterState
from models.rows import ReservationRow
from models.talk import IN, NOTE, OUT, Room, Said, Tab, TalkCounts, TalkRow, Urgency, answer_by, urgency
from ui.wording.bulk import counted
from ui.wording.channels import channel_name
from ui.wording.dates import clock, day_and_time, day_word, duration
from ui.wording.orders import language_word, local

translate = QCoreApplication.translate

FAMILY = {Urgency.CALM: "", Urgency.SOON: "act", Urgency.OVER: "stop"}
"""How near the promise to answer is, as the colour of what says so."""


def traveler_words(row: ReservationRow) -> str:
    """The traveler's name, or whose traveler it is while the name is hidden."""
    if row.traveler:
        return row.traveler
    return translate("messages", "Traveler of {number}").format(number=row.reference or row.number)


def waits_words(since: dt.datetime, now: dt.datetime) -> str:
    """'waits 2 h 10'."""
    seconds = max(0, int((now - since).total_seconds()))
    return translate("messages", "waits {duration}").format(duration=duration(seconds))


def promise_words(since: dt.datetime, now: dt.datetime) -> str:
    """How the promise stands where that matters: '2 h 20 left', '1 h 05 late', else ''."""
    left = int((answer_by(since) - now).total_seconds())
    how = urgency(since, now)
    if how is Urgency.CALM:
        return ""
    words = (
        translate("messages", "{duration} left") if left >= 0 else translate("messages", "{duration} late")
    )
    return words.format(duration=duration(abs(left)))


def standing_words(found: Room, now: dt.datetime, zone: str) -> str:
    """The sentence over a conversation: who waits, and until when an answer is in time."""
    if found.waits_since is None:
        return translate("messages", "Nobody waits")
    by = local(answer_by(found.waits_since), zone)
    when = clock(by) if by.date() == local(now, zone).date() else day_and_time(by, local(now, zone).date())
    told = waits_words(found.waits_since, now)
    told = told[:1].upper() + told[1:]
    late = promise_words(found.waits_since, now)
    if urgency(found.waits_since, now) is Urgency.OVER:
        return translate("messages", "{waits}: {late}").format(waits=told, late=late)
    return translate("messages", "{waits}, promised by {time}").format(waits=told, time=when)


def way_words(found: Room) -> str:
    """Which way an answer takes."""
    if not found.has_address:
        channel = channel_name(found.row.channel)
        return translate("messages", "No address is known: answer at {channel}").format(channel=channel)
    if found.relay:
        channel = channel_name(found.row.channel)
        return translate("messages", "Through {channel}'s own mail thread").format(channel=channel)
    return translate("messages", "By e-mail")


def preview_words(row: TalkRow) -> str:
    """The last word, with who said it where that was us."""
    if row.ours and row.preview:
        return translate("messages", "You: {words}").format(words=row.preview)
    return row.preview


def moment_words(at: dt.datetime, now: dt.datetime, zone: str) -> str:
    """'10:18' today, 'Tue' within the week, else '3 May'."""
    here, today = local(at, zone), local(now, zone).date()
    if here.date() == today:
        return clock(here)
    return day_word(here.date(), today)


def letter_words(kind: Letter | None) -> str:
    """The name of a letter of ours."""
    return {
        Letter.PAYMENT_AWAITED: translate("messages", "Letter: payment is awaited"),
        Letter.PROCESSING: translate("messages", "Letter: we are working on it"),
        Letter.RECEIPT_DEPOSIT: translate("messages", "Letter: receipt for the deposit"),
        Letter.RECEIPT_TOTAL: translate("messages", "Letter: receipt"),
        Letter.CONFIRMATION: translate("messages", "Letter: confirmation with the voucher"),
        Letter.CHANGE: translate("messages", "Letter: the change"),
        Letter.CANCELLATION: translate("messages", "Letter: the cancellation"),
        Letter.REFUND_COMING: translate("messages", "Letter: the refund is on its way"),
        Letter.REFUND_DONE: translate("messages", "Letter: the refund is done"),
        Letter.COMMENT: translate("messages", "Letter: asking for a comment"),
    }.get(kind or Letter.MESSAGE, translate("messages", "Letter"))


def state_words(one: Said, now: dt.datetime) -> str:
    """How far a message of ours is; '' for what others wrote."""
    state = one.state
    if one.elsewhere:
        return translate("messages", "written in another mail program")
    if state is None:
        return translate("messages", "told at the channel") if one.direction == OUT else ""
    if state is LetterState.WAITING and one.leave_at is not None and one.leave_at > now:
        left = duration(int((one.leave_at - now).total_seconds()) + 1)
        return translate("messages", "leaves in {duration}").format(duration=left)
    return {
        LetterState.WAITING: translate("messages", "waits to leave"),
        LetterState.LEAVING: translate("messages", "is leaving"),
        LetterState.NO_ADDRESS: translate("messages", "not sent: no address is known"),
        LetterState.SENT: translate("messages", "sent"),
        LetterState.BOUNCED: translate("messages", "came back"),
        LetterState.UNCERTAIN: translate("messages", "perhaps sent"),
        LetterState.FAILED: translate("messages", "not sent"),
        LetterState.DROPPED: translate("messages", "taken back"),
        LetterState.PUT_AWAY: translate("messages", "came back, done with"),
    }[state]


def is_trouble(one: Said) -> bool:
    """Whether a message of ours needs a person."""
    bad = (LetterState.BOUNCED, LetterState.UNCERTAIN, LetterState.FAILED, LetterState.NO_ADDRESS)
    return one.state in bad


def beneath_words(one: Said, now: dt.datetime, zone: str) -> str:
    """The small line below a message: when, who of us, how far."""
    parts = [clock(local(one.at, zone))]
    if one.author:
        parts.append(one.author)
    if one.direction == NOTE:
        parts.append(translate("messages", "internal note"))
    if one.auto and one.direction == IN:
        parts.append(translate("messages", "automatic reply"))
    state = state_words(one, now)
    if state and one.language and one.direction == OUT and one.state is LetterState.SENT:
        words = translate("messages", "sent to a reader of {language}")
        state = words.format(language=language_word(one.language))
    return ", ".join([*parts, *([state] if state else [])])


def sender_words(one: Said) -> str:
    """Who wrote that is not the traveler we know: a new participant, with the name where it may be seen."""
    if not one.stranger:
        return ""
    if one.sender:
        return translate("messages", "New participant: {name}").format(name=one.sender)
    return translate("messages", "New participant: somebody else in this thread")


def counts_words(counts: TalkCounts) -> str:
    """How many wait, and how many of them for longer than is promised."""
    if not counts.waiting:
        return translate("messages", "nobody waits")
    one, many = (
        translate("messages", "1 waits for an answer"),
        translate("messages", "{count} wait for an answer"),
    )
    words = counted(counts.waiting, one, many)
    late = translate("messages", "{count} too long").format(count=counts.over)
    return f"{words}, {late}" if counts.over else words


def calm_words(tab: Tab) -> tuple[str, str]:
    """What stands in place of an empty list."""
    if tab is Tab.WAITING:
        head = translate("messages", "Everybody has an answer")
        return head, translate("messages", "Who writes next stands here at once.")
    if tab is Tab.FAILED:
        head = translate("messages", "Every message arrived")
        return head, translate("messages", "What could not be sent stands here.")
    head = translate("messages", "Nothing was said yet")
    return head, translate("messages", "What travelers write, and what you write to them, stands here.")


def size_words(size: int) -> str:
    """'340 KB', '2.4 MB'."""
    if size < 1_000_000:
        return translate("messages", "{size} KB").format(size=max(1, round(size / 1000)))
    return translate("messages", "{size} MB").format(size=f"{size / 1_000_000:.1f}")
