"""Rosters that Korean operators paste from chat: one slash-separated line a booking.

    제주 크루즈 - 버스투어 / Nora Example ( 겟유가이드 - GYG6H8YZXW8Q ) / / 2 명 / Port / / mail / phone

The tag in the brackets says who sold it. The lines carry no date: a line above them does
("2026-12-05", "12월 5일"), or the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from controllers.channels.adapter import Adapter
from controllers.channels.dates import in_file_name, moment, time_of, without_year
from controllers.channels.documents import Document, Kind
from controllers.channels.identities import channel_of, reference_of, viator_number
from controllers.channels.parties import party_of
from controllers.channels.people import email_of, language_of, person, phone_of
from controllers.channels.raw import Raw, RowRefused, fingerprint, seed_of
from controllers.channels.text import clean, distinct, line
from models.orders import Collector, Order
from models.refusals import CannotDo
from models.reservations import Status

_TAG = re.compile(
    r"^(.*?)[(（]\s*([^()（）]{1,30}?)\s*[-–:]\s*([A-Za-z0-9][A-Za-z0-9-]{3,39})\s*[)）]\s*(.*)$"
)
_HEADS = re.compile(r"\d{1,4}\s*(?:명|인|pax)", re.I)
_SPLIT = re.compile(r"\s*/(?!/)\s*")
_LABEL = re.compile(r"^(?:number|phone|tel|전화|연락처)\s*[:：]\s*", re.I)
_SEED = seed_of("roster")


class RosterLine(Raw):
    """One line of a roster, on the day its heading tells."""

    __slots__ = ("_day", "_text")

    def __init__(self, row: int, text: str, day: date | None) -> None:
        self.row = row
        self._text = text
        self._day = day
        self.digest = fingerprint(f"{day}\x1f{text}", _SEED)

    @property
    def cells(self) -> Mapping[str, str]:
        """The line, and the day it stands under."""
        return {"Line": clean(self._text), "Day": self._day.isoformat() if self._day else ""}

    def _reference(self) -> str:
        found = _tagged(self._text)
        return found[2] if found else ""

    def _order(self) -> Order:
        found = _tagged(self._text)
        if found is None:
            raise RowRefused("row-not-readable")
        lead, channel, reference = found
        product, rest = _around(self._text)
        lines, party = party_of(next((each for each in rest if _HEADS.fullmatch(each)), ""))
        return Order(
            channel=channel,
            reference=reference,
            via="roster",
            status=Status.CONFIRMED,
            products=distinct(product, _halves(product)[0]),
            options=distinct(_halves(product)[1]),
            departs_on=self._day,
            starts=next(
                (at for each in rest if re.fullmatch(r"\d{1,2}:\d{2}", each) and (at := time_of(each))), None
            ),
            lines=lines,
            party=party,
            lead=lead,
            email=next(filter(None, map(email_of, rest)), ""),
            phone=_phone(rest),
            language=next(filter(None, map(language_of, rest)), ""),
            pickup=line(", ".join(each for each in rest if _is_place(each))),
            paid=True,
            collector=Collector.US if channel == "direct" else Collector.CHANNEL,
        )


class RosterReader:
    """Finds the lines of a roster, and the day above them."""

    key = "roster"
    title = "pasted roster"

    def certainty(self, document: Document, headers: Mapping[str, str]) -> int:
        """60 when a line of the text is a roster line: less than any source that knows its own mails."""
        if document.kind not in (Kind.TEXT, Kind.MAIL):
            return 0
        return 60 * any(_tagged(each) for each in document.text.split("\n")[:200])

    def rows(self, document: Document, headers: Mapping[str, str]) -> Iterator[Raw]:
        """The lines of the roster."""
        if not self.certainty(document, headers):
            raise CannotDo("not-what-it-claims", file=document.name, channel=self.title)
        return self._rows(document)

    def _rows(self, document: Document) -> Iterator[Raw]:
        day = in_file_name(document.name)
        for row, shown in enumerate(document.text.split("\n"), 1):
            if shown.count("/") >= 3:
                yield RosterLine(row, shown, day)
            elif shown.strip():
                day = _day(shown, document.seen_on) or day


def _tagged(shown: str) -> tuple[str, str, str] | None:
    """Lead, channel and reference of a roster line; None for any other line."""
    for part in _SPLIT.split(clean(shown)[:2000])[:4]:
        found = _TAG.match(part)
        if found and any(letter.isdigit() for letter in found.group(3)):
            channel = channel_of(found.group(2))
            number = viator_number(found.group(3)) if channel == "viator" else reference_of(found.group(3))
            return person(found.group(1)), channel or "direct", number
    return None


def _around(shown: str) -> tuple[str, list[str]]:
    """The product before the tagged part, and what stands behind it."""
    parts = _SPLIT.split(clean(shown)[:2000])
    index = next((place for place, part in enumerate(parts[:4]) if _TAG.match(part)), 0)
    return " / ".join(parts[:index]), [part for part in parts[index + 1 :] if part]


def _halves(product: str) -> tuple[str, str]:
    """Product and option of "제주 크루즈 - 버스투어", where a dash stands between."""
    name, _, option = product.rpartition("-")
    return name.strip(), option.strip() if name else ""


def _phone(rest: list[str]) -> str:
    numbers = [
        number for each in rest if "@" not in each and not _is_place(each) and (number := phone_of(each))
    ]
    return next((number for number in numbers if number.startswith("+")), numbers[0] if numbers else "")


def _is_place(text: str) -> bool:
    if "@" in text or _HEADS.fullmatch(text) or language_of(text) or re.fullmatch(r"\d{1,2}:\d{2}", text):
        return False
    return not phone_of(_LABEL.sub("", text)) or bool(re.search(r"[^\W\d_]{3}", _LABEL.sub("", text)))


def _day(shown: str, seen_on: date) -> date | None:
    try:
        return moment(shown).on
    except ValueError:
        return without_year(shown, seen_on)


ADAPTER = Adapter("roster", "pasted roster", (RosterReader(),))
