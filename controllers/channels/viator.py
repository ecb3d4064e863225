"""Viator's booking list and its mails, in English or Korean: booked, amended, cancelled.

The time hides in the tour grade code (TG1~09:30) or at the end of the tour grade. Placeholders such
as "Passenger Two" are not people. The net rate is what Viator pays us, so that is the amount.
"""

from __future__ import annotations

import re
from datetime import time
from functools import lru_cache

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, ordered, time_of
from controllers.channels.documents import Document
from controllers.channels.identities import viator_number
from controllers.channels.letters import LetterReader, labelled, written_at
from controllers.channels.parties import party_of
from controllers.channels.people import companions, email_of, language_of, person, phone_of
from controllers.channels.statuses import status_of
from controllers.channels.tables import Cells, TableReader
from controllers.channels.text import distinct, line, paragraph
from models.orders import Collector, Order, Telling
from models.reservations import Status

_COLUMNS = {
    "reference": (
        "Booking Reference",
        "Booking Ref",
        "예약 참조",
        "예약 참조 번호",
        "予約番号",
        "Buchungsreferenz",
    ),
    "product": ("Tour Name", "Product Name", "투어 이름", "투어명", "상품명"),
    "departs": ("Travel Date", "여행 날짜", "여행일"),
    "lead": ("Lead Traveler Name", "Lead Traveller Name", "Lead Traveler", "여행자 인솔자 이름"),
    "names": ("Traveler Names", "Traveller Names", "여행자 이름"),
    "travelers": ("Travelers", "Travellers", "여행자 수"),
    "code": ("Product Code", "상품 코드"),
    "grade": ("Tour Grade", "투어 등급"),
    "grade_code": ("Tour Grade Code", "투어 등급 코드"),
    "language": ("Tour Language", "투어 언어"),
    "location": ("Location", "위치"),
    "net": ("Net Rate", "기본 요금", "순 요금"),
    "meeting": ("Meeting Point", "만남의 장소", "미팅 포인트"),
    "request": ("Special Requirements", "특별 요구 사항", "특별 요청 사항"),
    "phone": ("Phone", "전화", "전화번호"),
}
_CODE_TIME = re.compile(r"\s*~\s*(\d{1,2}:\d{2}).*$")
_GRADE_TIME = re.compile(r"(?<!\d)(\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?)\s*$", re.I)


def _order(cells: Cells) -> Order:
    word = line(cells["status"], 100)
    return _told(
        cells,
        reference=cells["reference"],
        telling=Telling.STATE,
        word=word,
        status=status_of("viator", word) if word else Status.CONFIRMED,
    )


def _told(cells: Cells, *, reference: str, telling: Telling, word: str, status: Status | None) -> Order:
    """What the labels tell; the export's headings and the mails' labels are the same words."""
    gone = telling is Telling.CANCELLED
    leaves = None if gone and not cells["departs"] else departure(cells["departs"], day_first=False)
    lead = person(cells["lead"])
    lines, party = party_of(cells["travelers"])
    return Order(
        channel="viator",
        reference=viator_number(reference),
        telling=telling,
        status_word=word,
        status=status,
        products=distinct(cells["product"], cells["code"]),
        options=_options(cells["grade"], cells["grade_code"]),
        departs_on=leaves.on if leaves else None,
        starts=leaves.at or _starts(cells["grade"], cells["grade_code"]) if leaves else None,
        departs_at=leaves.instant if leaves else None,
        lines=lines,
        party=party,
        lead=lead,
        companions=companions(cells["names"].split(","), lead),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        language=language_of(cells["language"]),
        request=paragraph(cells["request"]),
        pickup=line(cells["pickup"] or cells["meeting"]),
        amount=amount(cells["net"], cells.get("currency", "")),
        paid=None if gone else True,
        collector=Collector.CHANNEL,
        ordered_at=ordered(cells["ordered"], day_first=False),
    )


@lru_cache(maxsize=2048)
def _options(grade: str, code: str) -> tuple[str, ...]:
    return distinct(grade, code, _CODE_TIME.sub("", code), _GRADE_TIME.sub("", grade))


@lru_cache(maxsize=2048)
def _starts(grade: str, code: str) -> time | None:
    hidden = _CODE_TIME.search(code) or _GRADE_TIME.search(grade)
    return time_of(hidden.group(1)) if hidden else None


TABLE = TableReader(
    key="viator",
    title="Viator",
    columns={
        **_COLUMNS,
        "status": ("Status", "Booking Status", "상태", "예약 상태"),
        "pickup": ("Pickup Location", "Pick up Location", "Pickup Point"),
        "email": ("Email",),
        "currency": ("Currency", "통화"),
        "ordered": ("Booking Date", "예약 날짜"),
    },
    required=("reference", "product", "departs"),
    marks=("reference", "product", "departs"),
    build=_order,
)

_LABELS = {
    **_COLUMNS,
    "pickup": ("Pick up Location", "Pickup Location", "Pickup Point", "Hotel Pickup"),
    "email": ("Email",),
}
_NUMBER = re.compile(r"\bBR-\d{6,14}\b")
_KOREAN_TITLE = re.compile(r"^(.{3,300}?)에 대한 (?:새로운 )?예약이", re.M)
_KOREAN_DATE = re.compile(r"여행 날짜\s*[(（]([^)）]+)[)）]")
_SUBJECT_DATE = re.compile(r"[A-Z][a-z]{2}, [A-Z][a-z]{2} \d{1,2}, \d{4}")


class Mail(LetterReader):
    """The mail of a new, amended or cancelled booking."""

    key = "viator"
    title = "Viator"

    def knows(self, document: Document) -> bool:
        """A BR- number beside Viator's label, or in the subject of its mail."""
        if _NUMBER.search(labelled(document.text, _LABELS)["reference"]):
            return True
        sender, subject = document.headers.get("From", ""), document.headers.get("Subject", "")
        return "viator" in sender.casefold() and bool(_NUMBER.search(subject))

    def reference(self, document: Document, body: str) -> str:
        """The BR- number."""
        told = labelled(body, _LABELS, below=("reference",))["reference"]
        found = _NUMBER.search(told) or _NUMBER.search(document.headers.get("Subject", ""))
        return found.group() if found else ""

    def order(self, document: Document, body: str) -> Order:
        """What the mail tells."""
        subject = document.headers.get("Subject", "")
        told = labelled(body, _LABELS, below=("reference", "departs"))
        title, day = _KOREAN_TITLE.search(body), _KOREAN_DATE.search(body) or _SUBJECT_DATE.search(subject)
        told["product"] = told["product"] or (title.group(1) if title else "")
        told["departs"] = told["departs"] or (day.group(day.lastindex or 0) if day else "")
        cancelled = _is_cancellation(subject, body)
        sent = written_at(document)
        told["ordered"] = "" if cancelled or sent is None else sent.isoformat()
        return _told(
            told,
            reference=self.reference(document, body),
            telling=Telling.CANCELLED if cancelled else Telling.BOOKED,
            word="",
            status=Status.CANCELLED if cancelled else Status.CONFIRMED,
        )


def _is_cancellation(subject: str, body: str) -> bool:
    """The subject says it; where a mail was pasted without one, its first line does."""
    first = next((shown for shown in body.splitlines() if shown.strip()), "")
    said = subject or ("" if ":" in first else first)
    return bool(re.search(r"cancell?(ation|ed)|취소", said, re.I)) and not re.search(
        r"new booking|새로운 예약", said, re.I
    )


ADAPTER = Adapter("viator", "Viator", (TABLE, Mail()))
