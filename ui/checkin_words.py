"""The parts that facts below a verdict are made of: who, how many, what was booked, when, what was paid."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from models.money import Money
from models.orders import Collector
from models.payments import MoneyState
from ui.wording.channels import channel_name
from ui.wording.dates import clock, day_word, duration, short_day
from ui.wording.numbers import money_words, party_units
from ui.wording.orders import language_word, local, what_words
from ui.wording.verdicts import verdict_name

if TYPE_CHECKING:
    from controllers.answers import Choice
    from models.details import LineFacts
    from models.gate_found import Found
    from ui.verdicts import Judged

translate = QCoreApplication.translate

_KNOWN_UNITS = {"adult": 0, "adults": 0, "child": 1, "children": 1, "infant": 2, "infants": 2}


def units(found: Found) -> tuple[tuple[str, str], ...]:
    """('2', 'adults'), ('1', 'child'): ours in the language of the screen, the others as the product calls them."""
    counts, others = counted(found.lines)
    return (*party_units(*counts), *others)


def counted(lines: tuple[LineFacts, ...]) -> tuple[tuple[int, int, int], list[tuple[str, str]]]:
    """Adults, children and infants, and what the product calls otherwise."""
    counts = [0, 0, 0]
    others = []
    for line in lines:
        known = _KNOWN_UNITS.get(line.unit.strip().casefold())
        if known is None:
            others.append((str(line.quantity), line.unit))
        else:
            counts[known] += line.quantity
    return (counts[0], counts[1], counts[2]), others


def zone_of(judged: Judged) -> str:
    """Where the trip is; the desk's own zone where nothing was found."""
    return judged.found.row.zone if judged.found is not None else judged.zone


def near_day(day: date, judged: Judged) -> str:
    """'Tomorrow', 'Sat 17 Oct', '3 May 2028'."""
    today = today_at(judged)
    if day.year != today.year and abs((day - today).days) > 1:
        return f"{short_day(day)} {day.year}"
    return day_word(day, today)


def today_at(judged: Judged) -> date:
    """The day it is where the trip is."""
    return local(judged.at, zone_of(judged)).date()


def moment_words(at: datetime, judged: Judged) -> str:
    """Inside a sentence: '10:12' today, 'yesterday, 18:00', 'Tue 13 Oct, 14:20'."""
    here, today = at.astimezone(ZoneInfo(zone_of(judged))), today_at(judged)
    if here.date() == today:
        return clock(here)
    day = near_day(here.date(), judged)
    return f"{day.lower() if abs((here.date() - today).days) == 1 else day}, {clock(here)}"


def who(judged: Judged) -> str:
    """The traveler, '' while hidden."""
    return judged.answer.traveler


def party(judged: Judged) -> str:
    """'2 adults, 1 child', '' where nobody told."""
    found = judged.found
    told = units(found) if found is not None else ()
    if told:
        return ", ".join(f"{count} {unit}" for count, unit in told)
    party = judged.answer.party
    if party is None:
        return ""
    return ", ".join(f"{count} {unit}" for count, unit in party_units(others=party))


def who_and_party(judged: Judged) -> str:
    """'Oliver Example, 2 adults'."""
    return ", ".join(part for part in (who(judged), party(judged)) if part)


def tour(judged: Judged, *, with_party: bool = False, with_day: bool = True) -> str:
    """'Seoul Palace Walking Tour, English, 10:30'; with its day where that is not today."""
    found = judged.found
    if found is None:
        return judged.answer.number
    row = found.row
    parts = [what_words(row)]
    if row.departs_on is not None and not row.open_dated:
        if with_day and row.departs_on != today_at(judged):
            parts.append(near_day(row.departs_on, judged))
        if row.departs_at is not None:
            parts.append(clock(local(row.departs_at, row.zone)))
    if with_party and party(judged):
        parts.append(party(judged))
    return ", ".join(parts)


def sold_by(judged: Judged) -> str:
    """'Seoul Palace Walking Tour, English, 10:30, KKday': what was booked, and with whom."""
    found = judged.found
    return f"{tour(judged)}, {channel_name(found.row.channel)}" if found is not None else tour(judged)


def each_use(judged: Judged) -> str:
    """The visits of a ticket that had several: '3, 7 and 14 Oct'; '' where nobody noted them."""
    if judged.found is None:
        return ""
    times = [line.at for line in judged.found.history if line.action == "arrive"]
    return "; ".join(moment_words(at, judged) for at in reversed(times[:4]))


def booked(judged: Judged) -> str:
    """For when it was booked, against today."""
    found, today = judged.found, today_at(judged)
    day = found.row.departs_on if found is not None else None
    if day is None:
        return judged.answer.message
    if abs((day - today).days) == 1:
        words = translate("verdicts", "Booked for {day}, not for today")
    else:
        words = translate("verdicts", "Booked for {day}, today is {today}")
    return words.format(day=_full_day(day, today), today=day_word(today))


def _full_day(day: date, today: date) -> str:
    """Where the large word says only 'tomorrow' or 'yesterday', the date itself."""
    return day_word(day) if day.year == today.year else f"{day_word(day)} {day.year}"


def to_know(judged: Judged) -> str:
    """The guest's language where it is not ours, and what they asked for."""
    found = judged.found
    if found is None:
        return ""
    parts = []
    ours = QLocale().name().split("_")[0]
    if found.language and found.language.split("-")[0].lower() != ours:
        parts.append(language_word(found.language))
    if found.request:
        parts.append(found.request)
    return ". ".join(part.rstrip(".") for part in parts)


def choice(one: Choice) -> str:
    """'Oliver Example, 2 travelers, Seoul Palace Walking Tour, English': one of several that a code names."""
    party = translate("verdicts", "{count} travelers").format(count=one.party) if one.party else ""
    if one.party == 1:
        party = translate("verdicts", "1 traveler")
    return ", ".join(part for part in (one.traveler or one.number, party, one.what) if part)


def bought_with(judged: Judged) -> tuple[str, ...]:
    """What else was bought in the same purchase: let in with it, offered, or why not."""
    if judged.together:
        numbers = ", ".join((judged.answer.number, *(one.number for one in judged.together)))
        return (translate("verdicts", "Together: {numbers}").format(numbers=numbers),)
    told = []
    open_ = [one for one in judged.answer.companions if one.offers]
    if open_:
        heads = sum(one.offers for one in open_)
        words = translate("verdicts", "Bought together: {heads} more on {numbers}")
        told.append(words.format(heads=heads, numbers=", ".join(one.number for one in open_)))
    for one in judged.answer.companions:
        if not one.offers:
            words = translate("verdicts", "Not with them: {number}, {why}")
            told.append(words.format(number=one.number, why=verdict_name(one.kind).lower()))
    return tuple(told[:2])


def free_today(judged: Judged) -> str:
    """Where they could go today: when, and how many seats are free."""
    there = judged.offered
    if there is None:
        return ""
    free = max(0, there.capacity - there.taken)
    words = translate("verdicts", "Today at {time}: {free} seats free")
    if free == 1:
        words = translate("verdicts", "Today at {time}: 1 seat free")
    elif not free:
        words = translate("verdicts", "Today at {time}: full")
    said = words.format(time=clock(local(there.departs_at, there.zone)), free=free)
    more = there.costs_more
    if more is not None and more.minor > 0:
        return translate("verdicts", "{free}, {amount} more").format(free=said, amount=money_words(more))
    return said


def forced(judged: Judged) -> str:
    """That a reason overruled the clock."""
    told = judged.answer.told
    return translate("verdicts", "Let in outside its time") if told is not None and told.forced else ""


def paid_words(amount: Money, collector: Collector, channel: str) -> str:
    """What was paid, and to whom."""
    if collector is Collector.US:
        return translate("verdicts", "{amount} paid here").format(amount=money_words(amount))
    return translate("verdicts", "{amount} paid to {channel}").format(
        amount=money_words(amount), channel=channel_name(channel)
    )


def promise(by: datetime | None, now: datetime) -> str:
    """How long the answer that was promised is still in time."""
    if by is None:
        return ""
    left = int((by - now).total_seconds())
    if left < 0:
        return translate("verdicts", "Promised: it should have been confirmed {ago} ago").format(
            ago=duration(-left)
        )
    return translate("verdicts", "Promised: {left} left to confirm it").format(left=duration(left))


def seats(found: Found) -> str:
    """How full the departure is."""
    if found.seats_taken is None or found.capacity is None:
        return ""
    words = translate("verdicts", "{taken} of {capacity} seats are taken, they need {heads}")
    heads = 1 if found.row.party is None else found.row.party
    return words.format(taken=found.seats_taken, capacity=found.capacity, heads=heads)


def last_use(judged: Judged, words: str) -> str:
    """'Let in at 10:12, Counter 1, by Example'."""
    told, found = judged.answer.told, judged.found
    if told is None or told.used_at is None:
        return ""
    by = ""
    if found is not None:
        by = next((line.who for line in found.history if line.action == "arrive"), "")
    parts = [words.format(when=moment_words(told.used_at, judged))]
    if told.used_counter:
        parts.append(told.used_counter)
    if by:
        parts.append(translate("verdicts", "by {person}").format(person=by))
    return ", ".join(parts)


def refund(found: Found, judged: Judged) -> str:
    """What becomes of the money of a cancelled order."""
    back = found.refunds[-1] if found.refunds else None
    if back is None:
        return translate("verdicts", "Nothing was paid, nothing goes back") if not found.payments else ""
    amount, channel = money_words(back.amount), channel_name(found.row.channel)
    if not back.amount.minor:
        return translate("verdicts", "Nothing goes back")
    if back.state is MoneyState.FAILED:
        return translate("verdicts", "The refund of {amount} failed").format(amount=amount)
    if back.state is MoneyState.DONE:
        return translate("verdicts", "{amount} was given back").format(amount=amount)
    if back.collector is Collector.CHANNEL:
        return translate("verdicts", "{channel} gives {amount} back").format(channel=channel, amount=amount)
    until = near_day(back.expected_to, judged)
    return translate("verdicts", "{amount} goes back to them by {day}").format(amount=amount, day=until)
