"""GetYourGuide's bookings download (Excel or CSV) and its booking mails.

The download lists living bookings only and has no status column. Its ticket categories are columns
of their own. GetYourGuide takes the money; guests are reached through its relay addresses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, ordered
from controllers.channels.documents import Document
from controllers.channels.identities import reference_of
from controllers.channels.letters import LetterReader, labelled, written_at
from controllers.channels.parties import Party, count_of, heads, party_of, singular
from controllers.channels.people import companions, email_of, language_of, person, phone_of
from controllers.channels.statuses import status_of
from controllers.channels.tables import Cells, TableReader
from controllers.channels.text import distinct, fold, line, paragraph
from models.orders import Collector, Line, Order, Telling
from models.reservations import Status

_UNITS = {
    "unit:Adult": ("Adult", "Adults"),
    "unit:Senior": ("Senior", "Seniors"),
    "unit:Student (with ID)": ("Student (with ID)", "Student", "Students"),
    "unit:EU Citizens (with ID)": ("EU Citizens (with ID)", "EU Citizens"),
    "unit:Student EU Citizens (with ID)": ("Student EU Citizens (with ID)", "Student EU Citizens"),
    "unit:Military (with ID)": ("Military (with ID)", "Military"),
    "unit:Youth": ("Youth", "Youths"),
    "unit:Child": ("Child", "Children"),
    "unit:Infant": ("Infant", "Infants"),
    "unit:Group": ("Group", "Groups"),
}
_PRODUCT = re.compile(r"(?:(\d{3,})\s+)?(?:\[([^\]]+)\]\s*)?(.*)", re.S)
_FIRST = re.compile(r"First Name:[ \t]*(.*)", re.I)
_LAST = re.compile(r"Last Name:[ \t]*(.*)", re.I)


def _order(cells: Cells) -> Order:
    leaves = departure(cells["departs"])
    lead = person(f"{cells['first']} {cells['last']}")
    lines, party = _party(tuple([cells[unit] for unit in _UNITS]))
    word = line(cells["status"], 100)
    later = fold(cells["pay_later"]) in ("yes", "ja", "true")
    return Order(
        channel="getyourguide",
        reference=reference_of(cells["reference"]),
        status_word=word,
        status=status_of("getyourguide", word) if word else Status.CONFIRMED,
        products=spellings(cells["product"]),
        options=spellings(cells["option"]),
        departs_on=leaves.on,
        starts=leaves.at,
        departs_at=leaves.instant,
        lines=lines,
        party=party,
        lead=lead,
        companions=companions(_named(cells["additional"]), lead),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        language=language_of(cells["language"]),
        request=paragraph(cells["addons"]),
        amount=amount(cells["price"] or cells["net"], cells["currency"]),
        paid=None if later else True,
        payment_word="Reserve now, pay later" if later else "",
        collector=Collector.CHANNEL,
        ordered_at=ordered(cells["ordered"]),
    )


@lru_cache(maxsize=2048)
def _party(counts: tuple[str, ...]) -> Party:
    told = zip(_UNITS, counts, strict=True)
    lines = tuple(
        Line(unit.removeprefix("unit:"), number) for unit, cell in told if (number := count_of(cell))
    )
    return lines, heads(lines) if lines else None


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """What is worth trying for "709493 [CFT] Seoul: Palace": whole, without id, without code, and each."""
    found = _PRODUCT.fullmatch(text.strip())
    if found is None:
        return distinct(text)
    number, code, title = (group or "" for group in found.groups())
    return distinct(text, f"[{code}] {title}" if code else title, title, number, code)


def _named(additional: str) -> list[str]:
    first, last = _FIRST.findall(additional), _LAST.findall(additional)
    return [f"{one} {other}".strip() for one, other in zip(first, last, strict=False)]


TABLE = TableReader(
    key="getyourguide",
    title="GetYourGuide",
    columns={
        "departs": ("Date", "Activity Date", "Tour Date"),
        "reference": ("Booking Ref #", "Booking Ref", "Booking Reference #", "Booking Ref. #"),
        "product": ("Product",),
        "option": ("Option",),
        "first": ("Traveler's First Name", "Traveller's First Name", "First Name"),
        "last": ("Traveler's Last Name", "Traveller's Last Name", "Last Name"),
        "email": ("Email",),
        "phone": ("Phone",),
        "language": ("Language",),
        **_UNITS,
        "addons": ("Add-ons", "Add ons"),
        "price": ("Price",),
        "net": ("Net Price",),
        "currency": ("Currency",),
        "ordered": ("Purchase Date (local time)", "Purchase Date"),
        "pay_later": ("Reserve Now Pay Later Booking",),
        "additional": ("Additional Information",),
        "status": (),
    },
    required=("reference", "departs", "product"),
    marks=("reference", "departs", "product"),
    build=_order,
)

_LABELS = {
    "departs": ("Date", "New date", "Datum"),
    "option": ("Option",),
    "price": ("Price", "Preis"),
    "reference": ("Reference number", "Booking reference", "Booking reference number"),
    "phone": ("Phone", "Telefon"),
    "language": ("Tour language", "Language"),
    "request": ("Customer comment", "Comment", "Special request"),
    "pickup": ("Pickup location", "Pick-up location", "Customer's hotel", "Hotel"),
}
_NUMBER = re.compile(r"\bGYG[A-Z0-9]{6,12}\b")
_ACTIVITY = re.compile(r"\bS\d{4,9}\b")


class Mail(LetterReader):
    """The mail of a new, changed or cancelled booking."""

    key = "getyourguide"
    title = "GetYourGuide"

    def knows(self, document: Document) -> bool:
        """A GYG number beside its label, or in a subject about a booking."""
        subject = document.headers.get("Subject", "")
        return bool(_NUMBER.search(labelled(document.text, _LABELS)["reference"])) or (
            "booking" in subject.casefold() and bool(_NUMBER.search(subject))
        )

    def reference(self, document: Document, body: str) -> str:
        """The GYG number."""
        told = labelled(body, _LABELS, below=("reference",))["reference"]
        found = _NUMBER.search(told) or _NUMBER.search(document.headers.get("Subject", ""))
        return found.group() if found else ""

    def order(self, document: Document, body: str) -> Order:
        """What the mail tells."""
        told = labelled(body, _LABELS, below=("departs", "price"))
        subject = document.headers.get("Subject", "")
        cancelled = _is_cancellation(subject, body)
        leaves = None if cancelled and not told["departs"] else departure(told["departs"])
        lines, party = _told_party(body)
        lead, country = _customer(body)
        activity = _ACTIVITY.search(subject)
        return Order(
            channel="getyourguide",
            reference=reference_of(self.reference(document, body)),
            telling=Telling.CANCELLED if cancelled else Telling.BOOKED,
            status=Status.CANCELLED if cancelled else Status.CONFIRMED,
            products=distinct(_title(body), activity.group() if activity else ""),
            options=spellings(told["option"]),
            departs_on=leaves.on if leaves else None,
            starts=leaves.at if leaves else None,
            lines=lines,
            party=party,
            lead=lead,
            email=email_of(body.partition("Main customer:")[2]),
            phone=phone_of(told["phone"]),
            language=language_of(told["language"]),
            country=country,
            request=paragraph(told["request"]),
            pickup=line(told["pickup"]),
            amount=amount(told["price"]),
            paid=None if cancelled else True,
            collector=Collector.CHANNEL,
            ordered_at=None if cancelled else written_at(document),
        )


def _is_cancellation(subject: str, body: str) -> bool:
    """The subject says it, or the first sentences; a cancellation policy further below says nothing."""
    if re.search(r"cancell?(ed|ation)|storniert", subject, re.I):
        return True
    return bool(re.search(r"(?:has been|was) cancell?ed", body[:400], re.I))


def _title(body: str) -> str:
    """The offer stands on the line below the sentence that ends with a colon, above its option."""
    lines = [shown.strip() for shown in body.splitlines() if shown.strip()]
    for above, shown in pairwise(lines):
        if re.search(r"(booked|cancell?ed|changed|booking|offer).*:$", above, re.I) and ":" not in shown[-1:]:
            return shown
    option = next((index for index, shown in enumerate(lines) if shown.startswith("Option:")), 0)
    return lines[option - 1] if option else ""


def _told_party(body: str) -> Party:
    """The lines below "Number of participants", one a category: 2 x Adults (Age 12 - 99 ) (€ 59.00)."""
    _, found, rest = body.partition("Number of participants")
    if not found:
        return (), None
    first, *others = rest.lstrip(":").split("\n")
    listed = [first, *(shown for shown in others[:20] if re.match(r"\s*\d+\s*x\s", shown))]
    lines: list[Line] = []
    total: int | None = None
    for shown in filter(str.strip, listed):
        each, number = party_of(shown)
        lines.extend(Line(singular(one.unit), one.quantity, one.heads_each, one.price) for one in each)
        total = number if not each else total
    return tuple(lines), heads(lines) if lines else total


def _customer(body: str) -> tuple[str, str]:
    """The name below "Main customer", and the country that stands alone below it."""
    _, _, rest = body.partition("Main customer:")
    lines = [shown.strip() for shown in rest.split("\n")[:8] if shown.strip()]
    lead = person(lines[0]) if lines and "@" not in lines[0] else ""
    second = lines[1] if len(lines) > 1 else ""
    return lead, line(second, 100) if second and "@" not in second and ":" not in second else ""


ADAPTER = Adapter("getyourguide", "GetYourGuide", (TABLE, Mail()))
