"""Puts together what a text finds: the whole number first, then today's departures, the coming, and the past.

By personal data only travelers who may be seen are found. Numbers find every reservation, masked where
masking is due.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, String, Table, cast, false, or_, select

from models.frozen import frozen
from models.pages import rows_of
from models.references import keys_to_try
from models.search import people
from models.search.finds import Find, Finds, Section
from models.search.folding import folded
from models.search.keeping import digits, place_of
from models.search.numbers import Number, numbers, telephones
from models.search.words import SHORTEST, Words, asked, differs_by_one, is_address, marks
from models.tables.desk import Operator
from models.tables.reservations import Reservation, Traveler

_R: Table = Reservation.__table__  # type: ignore[assignment]
SHOWN = 50
_MANY = 200  # of one kind of number; beyond it only today's are sure to be among those shown
_WEAK = 5  # letters without a digit that are more often a name than a number's beginning
_TAIL_SHOWN = 4
_PERSONAL = {"name", "companion", "email", "phone"}
_LONG_ENOUGH = 4  # letters of a word that may be misspelled
_LOOKED_AT = 300  # of those who share half of it


@frozen
class _Hit:
    place: int
    id: int
    kind: str
    section: Section
    weak: bool = False
    words: Words = ()
    line: int = 0

    @property
    def order(self) -> tuple[bool, bool, int, int]:
        last_first = -self.place if self.section is Section.PAST else self.place
        return (self.section is not Section.WHOLE, self.weak, self.section, last_first)


def find(look: Connection, text: str, now: datetime, *, limit: int = SHOWN) -> Finds:
    """What a text finds. Nothing before its second letter."""
    if asked(text) is None:
        return Finds(text)
    today, tomorrow = _day(look, now)
    hits = {hit.id: hit for hit in _numbers(look, text, today, tomorrow)}
    for hit in _people(look, text, today, tomorrow, limit + 1):
        if hit.id not in hits or hits[hit.id].section is not Section.WHOLE:
            hits[hit.id] = hit
    order = sorted(hits.values(), key=lambda hit: hit.order)
    personal = all(hit.section is not Section.WHOLE or hit.kind == "phone" for hit in order) and (
        not order or any(hit.kind in _PERSONAL for hit in order)
    )
    shown = sorted(order[:limit], key=lambda hit: replace(hit, weak=False).order)
    return Finds(text, _told(look, shown, text), len(order) > limit, personal)


def _day(look: Connection, now: datetime) -> tuple[int, int]:
    """The places at which the operator's day begins and ends."""
    zone = ZoneInfo(look.execute(select(Operator.zone)).scalar_one())
    day = now.astimezone(zone).date()
    return (
        place_of(datetime.combine(day, time(), zone)),
        place_of(datetime.combine(day + timedelta(days=1), time(), zone)),
    )


def nearest(look: Connection, text: str, now: datetime, *, limit: int = 3) -> tuple[Find, ...]:
    """Who is called so but for one letter, where a text found nobody."""
    wanted = asked(text)
    longest = max(wanted.words, key=len) if wanted else ""
    if wanted is None or len(longest) < _LONG_ENOUGH or "@" in longest:
        return ()
    others = tuple(word for word in wanted.words if word != longest)
    today, tomorrow = _day(look, now)
    hits: dict[int, _Hit] = {}
    middle = len(longest) // 2
    # One of the two is spelled right, even where the two letters at the middle changed places.
    for half in (longest[: max(SHORTEST, middle - 1)], longest[middle:]):
        for one in people.visible_people(
            look, (*others, half), people.stretches(today, tomorrow), _LOOKED_AT
        ):
            if not is_address(one.text, one.line) and differs_by_one(longest, one.text.split("\n")[one.line]):
                kind = "companion" if one.line else "name"
                section = _section(one.place, today, tomorrow)
                hits[one.id] = _Hit(one.place, one.id, kind, section, words=others, line=one.line)
    return _told(look, sorted(hits.values(), key=lambda hit: hit.order)[:limit], text)


def _people(look: Connection, text: str, today: int, tomorrow: int, limit: int) -> list[_Hit]:
    wanted = asked(text)
    assert wanted is not None
    order = people.stretches(today, tomorrow)
    hits: dict[int, _Hit] = {}
    for words, only_latin in wanted.ways:
        if len(hits) >= limit:
            break
        for one in people.visible_people(look, words, order, limit, only_latin=only_latin):
            kind = "email" if is_address(one.text, one.line) else "companion" if one.line else "name"
            section = _section(one.place, today, tomorrow)
            hits.setdefault(one.id, _Hit(one.place, one.id, kind, section, words=words, line=one.line))
    return list(hits.values())


def _numbers(look: Connection, text: str, today: int, tomorrow: int) -> list[_Hit]:
    named = numbers(look, text, _MANY)
    if len(named) >= _MANY:
        named += _todays(look, text, today, tomorrow)
    phones = telephones(look, text, _MANY)
    visible = set(people.visible_ids(look, [one.id for one in phones])) if phones else set()
    found = {one.id: one for one in phones if one.id in visible} | {one.id: one for one in named}
    weak = not digits(text) and len(folded(text)) < _WEAK
    return [
        _Hit(
            one.place,
            one.id,
            one.kind,
            Section.WHOLE if one.whole else _section(one.place, today, tomorrow),
            weak=weak and not one.whole,
        )
        for one in found.values()
    ]


def _todays(look: Connection, text: str, today: int, tomorrow: int) -> list[Number]:
    """Today's among very many whose number begins so."""
    first, after = (people.instant_of(place) for place in (today, tomorrow))
    keys = keys_to_try(text)
    ours = keys[0].removeprefix("CF")
    begun = [
        column.startswith(key, autoescape=True)
        for key in keys
        for column in (_R.c.reference_key, _R.c.via_reference)
    ]
    is_ours = cast(_R.c.id, String).startswith(ours, autoescape=True) if ours.isdigit() else false()
    asked = select(_R.c.id, _R.c.sort_at, is_ours.label("is_ours")).where(
        _R.c.sort_at >= first, _R.c.sort_at < after, or_(is_ours, *begun)
    )
    return [
        Number(place_of(row.sort_at, row.id), row.id, "number" if row.is_ours else "reference")
        for row in look.execute(asked.limit(_MANY))
    ]


def _section(place: int, today: int, tomorrow: int) -> Section:
    if place < today:
        return Section.PAST
    return Section.TODAY if place < tomorrow else Section.UPCOMING


def _told(look: Connection, hits: list[_Hit], text: str) -> tuple[Find, ...]:
    """The hits with their rows and what was found in them."""
    rows = {row.id: row for row in rows_of(look, [hit.id for hit in hits])}
    details = _details(look, hits, text)
    whole = (folded(text),)
    finds = []
    for hit in hits:
        row = rows.get(hit.id)
        if row is None:
            continue
        detail = details.get(hit.id, "")
        shown = {"name": row.traveler or "", "number": row.number, "reference": row.reference}
        typed = marks(detail or shown.get(hit.kind, ""), hit.words or whole)
        if hit.kind == "phone":
            typed = ((1, len(detail)),)  # however it was typed
        finds.append(Find(row, hit.section, hit.kind, detail, typed))
    return tuple(finds)


def _details(look: Connection, hits: list[_Hit], text: str) -> dict[int, str]:
    """What was found and is not in a row: a companion, the address, the end of the telephone."""
    of = {kind: [hit.id for hit in hits if hit.kind == kind] for kind in ("companion", "email", "phone")}
    told: dict[int, str] = {}
    if of["email"] or of["phone"]:
        contacts = select(_R.c.id, _R.c.email, _R.c.phone).where(_R.c.id.in_([*of["email"], *of["phone"]]))
        for row in look.execute(contacts):
            tail = digits(row.phone)[-max(_TAIL_SHOWN, min(len(digits(text)), 6)) :]
            told[row.id] = row.email if row.id in of["email"] else f"…{tail}"
    if of["companion"]:
        lines = {hit.id: hit.line for hit in hits}
        named = select(Traveler.reservation_id, Traveler.name).where(
            Traveler.reservation_id.in_(of["companion"])
        )
        count: dict[int, int] = {}
        for reservation_id, name in look.execute(named.order_by(Traveler.id)):
            count[reservation_id] = count.get(reservation_id, 0) + 1
            if count[reservation_id] == lines[reservation_id]:
                told[reservation_id] = name
    return told
