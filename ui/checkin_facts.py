"""Words the facts below a verdict, the one that decides first: each is read in two seconds or left out.

The large word says what it is; a fact says why, who, and what was booked. No fact repeats the word.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models import codes
from models.checkin import Kind
from models.outbox import Letter, LetterState
from models.payments import MoneyState
from models.references import likely_channel
from models.repair import Wrong
from models.reservations import Cause, Status
from ui import checkin_words as say
from ui.wording.afloat import unchecked_words
from ui.wording.channels import channel_name
from ui.wording.dates import clock, duration
from ui.wording.numbers import money_words
from ui.wording.orders import local

if TYPE_CHECKING:
    from ui.verdicts import Judged

translate = QCoreApplication.translate
MOST = 4
_GOES = frozenset({"cancel", "accept", "withdraw", "expire"})


def facts(judged: Judged) -> tuple[str, ...]:
    """At most four, the one that decides first."""
    told = tuple(fact for fact in _FACTS[judged.kind](judged) if fact)
    last = tuple(fact for fact in (_alone(judged), _scanner(judged)) if fact)
    return (*told[: MOST - len(last)], *last)


def _alone(judged: Judged) -> str:
    """What was not checked, where the server did not answer."""
    alone = judged.answer.alone
    return unchecked_words(alone.unchecked) if alone is not None else ""


def _scanner(judged: Judged) -> str:
    """What is wrong with the scanner whose code had to be repaired."""
    words = {
        Wrong.KEYBOARD: translate("verdicts", "Scanner set to another keyboard"),
        Wrong.SHIFT: translate("verdicts", "Scanner holds Shift: see its Caps Lock"),
        Wrong.SCRIPT: translate("verdicts", "Scanner sends digits of another script"),
        Wrong.EXTRA: translate("verdicts", "Scanner sends more than the code"),
    }
    wrong = judged.answer.repaired
    return words[wrong] if wrong is not None else ""


# --- what is told with each verdict ----------------------------------------------------------


def _admit(judged: Judged) -> tuple[str, ...]:
    count = ""
    if judged.answer.party is None and judged.heads < 2:
        count = translate("verdicts", "Count them: the channel did not tell how many come")
    who = say.who(judged)
    return (*say.bought_with(judged), count, who, say.tour(judged), say.to_know(judged), say.forced(judged))


def _partly_in(judged: Judged) -> tuple[str, ...]:
    answer = judged.answer
    before = answer.arrived - answer.admitted
    left = (answer.party or answer.arrived) - answer.arrived
    if answer.waits:
        words = translate("verdicts", "{before} of {party} are in")
    elif left > 0:
        words = translate("verdicts", "In before: {before}. Still to come: {left}")
    else:
        words = translate("verdicts", "In before: {before}. Now all of them are in")
    inside = words.format(before=before, left=left, party=answer.party)
    return (inside, *say.bought_with(judged), say.who(judged), say.tour(judged), say.to_know(judged))


def _check(judged: Judged) -> tuple[str, ...]:
    told, found = judged.answer.told, judged.found
    status = told.status if told else (found.row.status if found is not None else None)
    if judged.answer.note:  # it stands above, larger
        return (say.who_and_party(judged), say.tour(judged), say.forced(judged))
    if status is Status.CANCEL_REQUESTED:
        note = translate("verdicts", "They asked to cancel: ask if they still come")
    elif found is not None and found.row.unmatched:
        note = translate("verdicts", "No departure of ours: check what they booked")
    else:
        note = found.request if found is not None else judged.answer.message
    return (note, *_admit(judged))


def _collect(judged: Judged) -> tuple[str, ...]:
    found = judged.found
    paid = ""
    if found is not None and found.row.due is not None:
        done = [p for p in found.payments if p.state is MoneyState.DONE]
        open_words = translate("verdicts", "{amount} open").format(amount=money_words(found.row.due))
        told = [say.paid_words(p.amount, p.collector, found.row.channel) for p in done]
        paid = ", ".join((*told, open_words)) if done else translate("verdicts", "Nothing is paid yet")
    then = translate("verdicts", "Let in as soon as the money is taken")
    return (say.who_and_party(judged), paid, say.sold_by(judged), then)


def _not_confirmed(judged: Judged) -> tuple[str, ...]:
    found = judged.found
    if found is None:
        return (judged.answer.message,)
    row = found.row
    if row.status is Status.AWAITING_PAYMENT:
        why = translate("verdicts", "Not paid yet. Ordered {since}")
    elif row.status is Status.PENDING:
        why = translate("verdicts", "On hold. Ordered {since}")
    else:
        why = translate("verdicts", "Nobody has confirmed it. Ordered {since}")
    since = say.moment_words(row.ordered_at, judged)
    return (
        why.format(since=since),
        say.tour(judged, with_party=True),
        say.promise(row.confirm_by, judged.at),
        say.seats(found),
    )


def _other_day(judged: Judged) -> tuple[str, ...]:
    today = say.free_today(judged)
    return (say.booked(judged), say.who_and_party(judged), say.tour(judged, with_day=False), today)


def _too_early(judged: Judged) -> tuple[str, ...]:
    told = judged.answer.told
    window = told.window if told else None
    early = judged.answer.message
    if window is not None and window.opens_at is not None:
        wait = int((window.opens_at - judged.at + timedelta(seconds=59)).total_seconds())
        now = clock(local(judged.at, window.zone))
        early = translate("verdicts", "{wait} too early: it is {now}").format(wait=duration(wait), now=now)
    elif window is not None and window.valid_from is not None:
        first = say.near_day(window.valid_from, judged)
        early = translate("verdicts", "The ticket starts to be valid: {day}").format(day=first)
    return (early, say.who_and_party(judged), say.tour(judged), say.free_today(judged))


def _too_late(judged: Judged) -> tuple[str, ...]:
    found, late = judged.found, judged.answer.message
    if found is not None and found.row.departs_at is not None:
        ago = duration(max(0, int((judged.at - found.row.departs_at).total_seconds())))
        at = clock(local(found.row.departs_at, found.row.zone))
        late = translate("verdicts", "Departed {ago} ago, at {at}").format(ago=ago, at=at)
    return (late, say.who_and_party(judged), say.tour(judged), say.free_today(judged))


def _out_of_date(judged: Judged) -> tuple[str, ...]:
    told, found = judged.answer.told, judged.found
    window = told.window if told else None
    until = window.valid_until if window else (found.valid_until if found is not None else None)
    over = judged.answer.message
    if until is not None:
        days = (say.today_at(judged) - until).days
        over = translate("verdicts", "Its last day was {ago} ago").format(ago=duration(days * 86400))
        if days == 1:
            over = translate("verdicts", "Yesterday was its last day")
    return (over, _rule(judged), say.who_and_party(judged), say.tour(judged))


def _rule(judged: Judged) -> str:
    """What makes an open-dated ticket end when it does."""
    found = judged.found
    if found is None or not found.valid_days:
        return ""
    bought = say.near_day(local(found.row.ordered_at, found.row.zone).date(), judged)
    words = translate("verdicts", "Valid {count} days from its purchase: {day}")
    return words.format(count=found.valid_days, day=bought)


def _used(judged: Judged) -> tuple[str, ...]:
    answer, found = judged.answer, judged.found
    first = say.last_use(judged, translate("verdicts", "Let in {when}"))
    first = first or translate("verdicts", "Redeemed at the channel, not at this desk")
    who = say.who(judged)
    if answer.party is not None:
        words = translate("verdicts", "{arrived} of {party} are in")
        if answer.arrived >= answer.party:
            words = translate("verdicts", "all {party} are in")
        inside = words.format(arrived=answer.arrived, party=answer.party)
        who = f"{who}, {inside}" if who else inside
    if answer.offers_in_all:
        return (first, *say.bought_with(judged), who, say.tour(judged))
    sold = f"{channel_name(found.row.channel)} {answer.reference}" if found is not None else answer.reference
    return (first, who, say.tour(judged), sold)


def _no_uses_left(judged: Judged) -> tuple[str, ...]:
    told = judged.answer.told
    spent = judged.answer.message
    if told is not None:
        spent = translate("verdicts", "All {count} visits are used").format(count=told.uses)
    last = say.last_use(judged, translate("verdicts", "The last {when}"))
    return (spent, say.each_use(judged) or last, say.who(judged), say.tour(judged))


def _cancelled(judged: Judged) -> tuple[str, ...]:
    found = judged.found
    if found is None:
        return (judged.answer.message,)
    row, told = found.row, judged.answer.told
    gone = next((line for line in found.history if line.action in _GOES), None)
    at = gone.at if gone is not None else (told.cancelled_at if told else None)
    when = say.moment_words(at, judged) if at else ""
    if row.status is Status.EXPIRED:
        why = translate("verdicts", "Never paid, expired {when}")
    elif gone is None:
        why = translate("verdicts", "Cancelled at {channel}, {when}")
    elif found.cause is Cause.THEIRS or gone.action in {"accept", "withdraw"}:
        why = translate("verdicts", "Cancelled by the traveler, {when}")
    else:
        why = translate("verdicts", "Cancelled by us, {when}")
    said = why.format(when=when, channel=channel_name(row.channel)).strip(", ")
    return (said, say.who_and_party(judged), say.tour(judged), say.refund(found, judged))


def _replaced(judged: Judged) -> tuple[str, ...]:
    found = judged.found
    sent = ""
    if found is not None:
        letter = next((x for x in reversed(found.letters) if x.kind is Letter.CONFIRMATION), None)
        if letter is not None and letter.state is LetterState.SENT:
            words = translate("verdicts", "The new one was sent {when}, to {address}")
            if not found.address_hint:
                words = translate("verdicts", "The new one was sent {when}")
            sent = words.format(when=say.moment_words(letter.leave_at, judged), address=found.address_hint)
        elif letter is not None and not letter.has_address:
            sent = translate("verdicts", "No address is known: print the new one")
        elif letter is not None:
            sent = translate("verdicts", "The new one has not been sent yet")
    return (
        translate("verdicts", "A newer voucher is valid: ask for it"),
        sent,
        say.who_and_party(judged),
        say.tour(judged),
    )


def _elsewhere(judged: Judged) -> tuple[str, ...]:
    found, told = judged.found, judged.answer.told
    if told is not None and not told.in_group:
        return (translate("verdicts", "Your group does not redeem it"), say.tour(judged), say.who(judged))
    place = found.meeting_point if found is not None else ""
    where = translate("verdicts", "They meet at {place}").format(place=place) if place else ""
    return (where or translate("verdicts", "Not admitted at this counter"), say.tour(judged), say.who(judged))


def _unknown(judged: Judged) -> tuple[str, ...]:
    told = judged.answer.told
    read = translate("verdicts", "Read: {text}").format(text=" ".join(judged.answer.text.split())[:40])
    if judged.answer.choices:
        several = translate("verdicts", "{count} orders have this number").format(
            count=len(judged.answer.choices)
        )
        return (several, *(f"{n}   {say.choice(one)}" for n, one in enumerate(judged.answer.choices, 1)))
    if told is not None and told.no_row:
        ours = translate("verdicts", "A code of ours, but its order is not here")
        return (ours, translate("verdicts", "Type the CF number on the voucher"))
    if codes.digits_of(judged.answer.text) is not None:
        return (translate("verdicts", "A code of another operator, or of another installation"),)
    none = translate("verdicts", "No order has this number")
    likely = likely_channel(judged.answer.text)
    if likely:
        words = translate("verdicts", "No order of {channel} has this number")
        none = words.format(channel=channel_name(likely))
    return (none, read, translate("verdicts", "Compare it sign by sign, or search for the name"))


def _forged(_judged: Judged) -> tuple[str, ...]:
    return (
        translate("verdicts", "Misread, or not a voucher of ours"),
        translate("verdicts", "Scan it once more, then type its CF number"),
    )


def _unreadable(judged: Judged) -> tuple[str, ...]:
    read = judged.answer.told.digits_read if judged.answer.told else 0
    if read:
        missed = translate("verdicts", "Only {read} of 26 digits arrived").format(read=read)
        return (missed, translate("verdicts", "Hold the code flat and closer, or type the CF number"))
    if judged.answer.source == "picture":
        none = translate("verdicts", "There is no code in this picture")
        return (none, translate("verdicts", "Ask for the whole voucher, or type the CF number"))
    return (
        translate("verdicts", "No code arrived"),
        translate("verdicts", "Hold the code flat and closer, or type the CF number"),
    )


_FACTS: dict[Kind, Callable[[Judged], tuple[str, ...]]] = {
    Kind.ADMIT: _admit,
    Kind.PARTLY_IN: _partly_in,
    Kind.CHECK: _check,
    Kind.COLLECT: _collect,
    Kind.NOT_CONFIRMED: _not_confirmed,
    Kind.OTHER_DAY: _other_day,
    Kind.TOO_EARLY: _too_early,
    Kind.TOO_LATE: _too_late,
    Kind.OUT_OF_DATE: _out_of_date,
    Kind.USED: _used,
    Kind.NO_USES_LEFT: _no_uses_left,
    Kind.CANCELLED: _cancelled,
    Kind.REPLACED: _replaced,
    Kind.ELSEWHERE: _elsewhere,
    Kind.UNKNOWN: _unknown,
    Kind.FORGED: _forged,
    Kind.UNREADABLE: _unreadable,
}
