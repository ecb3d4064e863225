"""Says a notice in its reader's language: a number, a product, a departure and a party, never a traveler.

The words are in `resources/notice_words/`, one file a language, with the same keys in each.
"""

from __future__ import annotations

import functools
from dataclasses import field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, select

from controllers.voucher_pdf.wording import Words, read_words
from models.channels import channel_facts
from models.frozen import frozen
from models.notices import STILL_WAITING, Event
from models.references import number_of
from models.tables import Product, Reservation
from models.vouchers import voucher_language

_FOLDER = Path(__file__).resolve().parents[1] / "resources" / "notice_words"
COUNTED = (
    "departing",
    "unconfirmed",
    "overdue",
    "to-cancel",
    "waiting",
    "refunds_due",
    "refunds",
    "letters",
)
"""What a morning's digest counts, in this order."""
GATHERED = frozenset({Event.PROMISE, Event.ANSWER, Event.LETTER, Event.REFUND, Event.INCIDENT})
"""Of these many may be found together, and are told as one with their number."""
_OF_NONE = {Event.LETTER: "letter_none", Event.INCIDENT: "incident_none"}
SCHEME = "counterfoil://reservation/"


@frozen
class Said:
    """A notice in words; `facts` are its parts by name, for a template that was approved with blanks."""

    title: str
    text: str
    link: str = ""
    status: Any = None
    facts: dict[str, str] = field(default_factory=dict)


@functools.cache
def wording(language: str) -> Words:
    """The words of one of `models.vouchers.LANGUAGES`."""
    return Words(language, read_words(_FOLDER, language))


def link_to(reservation_id: int | None) -> str:
    """What opens the running desk, or starts it, at this reservation; '' where a notice is about none."""
    return f"{SCHEME}{number_of(reservation_id)}" if reservation_id is not None else ""


_R: Any = Reservation.__table__
ABOUT: Select[Any] = select(
    _R.c.id, _R.c.channel, _R.c.status, _R.c.zone, _R.c.departs_on, _R.c.departs_at, _R.c.valid_until,
    _R.c.party, _R.c.confirm_by, _R.c.product_text, Product.name.label("product"),
).outerjoin(Product, Product.id == _R.c.product_id)  # fmt: skip
"""What a notice may tell of a reservation. Nothing else is read, so that nothing else can be told."""


def say(look: Connection, notice: Any, language: str, zone: str) -> Said:
    """A row of `notices` in words, as its reservation stands now; `zone` is the operator's."""
    row = None
    if notice.reservation_id is not None:
        row = look.execute(ABOUT.where(_R.c.id == notice.reservation_id)).first()
    return say_row(notice.event, notice.facts, row, language, zone)


def say_row(event: Event, told: dict[str, Any], row: Any, language: str, zone: str) -> Said:
    """The same with the reservation at hand."""
    words = wording(voucher_language(language))
    if event is Event.DIGEST:
        return _digest(words, told)
    if row is None:
        return _of_none(words, event, told)
    number = number_of(row.id)
    title = words(event.value, number=number, hours=told.get("hours", ""))
    parts = _about(words, row, zone)
    lines = [one for one in parts.values() if one]
    if event is Event.LETTER:
        lines.append(words("letter_text"))
    facts = {"event": title, "number": number, **parts, "link": link_to(row.id)}
    return Said(title, "\n".join(lines), link_to(row.id), row.status, facts)


def word_for_open(language: str) -> str:
    """What stands on a button that opens the reservation."""
    return wording(voucher_language(language))("open")


def said_to_try(language: str) -> Said:
    """What a person is sent who tries a route."""
    words = wording(voucher_language(language))
    return Said(words("try"), words("try_text"), facts=_blank(words("try"), words("try_text")))


def _of_none(words: Words, event: Event, told: dict[str, Any]) -> Said:
    """What is about no single reservation."""
    count = told.get("count", 0)
    if event is Event.NEW:
        channel = channel_facts(str(told.get("channel", ""))).name
        title = words("new_many", count=count, channel=channel)
        text = words("new_many_text")
    elif count and event in GATHERED:
        title, text = words(f"{event.value}_many", count=count), words("many_text")
    else:
        title, text = words(_OF_NONE.get(event, "something")), words("many_text")
    return Said(title, text, facts=_blank(title, text))


def _digest(words: Words, told: dict[str, Any]) -> Said:
    lines = [words(name, count=told[name]) for name in COUNTED if told.get(name)]
    text = "\n".join((*lines, words("digest_text")))
    return Said(words("digest"), text, facts=_blank(words("digest"), text))


def _about(words: Words, row: Any, zone: str) -> dict[str, str]:
    """A reservation's product, departure, party, promise and channel, each in words."""
    heads = words("party_unknown") if row.party is None else words("party", count=row.party)
    promise = ""
    if row.confirm_by is not None and row.status in STILL_WAITING:
        promise = words("by", when=words.moment(row.confirm_by.astimezone(ZoneInfo(zone))))
    return {
        "product": row.product or row.product_text,
        "departure": _departure(words, row, zone),
        "party": heads,
        "promise": promise,
        "channel": f"{channel_facts(row.channel).name}, {words(row.status.value)}",
    }


def _departure(words: Words, row: Any, zone: str) -> str:
    if row.departs_at is not None:
        return words.moment(row.departs_at.astimezone(ZoneInfo(row.zone or zone)))
    return words.day(row.departs_on) if row.departs_on is not None else words("open_date")


def _blank(title: str, text: str) -> dict[str, str]:
    """A template's blanks for what is about no reservation: a blank that is empty would be refused."""
    facts = dict.fromkeys(("number", "departure", "party", "promise", "channel", "link"), "-")
    return {**facts, "event": title, "product": " / ".join(text.splitlines()) or "-"}
