"""Klook's order list, its list of transfers and its booking mails.

A mail that names a confirmation deadline asks us to confirm: the deadline is the promise, and it is
never the time of the tour. "Time Request: NA" means that no time is told.
"""

from __future__ import annotations

import re
from datetime import datetime

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, moment, ordered, time_of
from controllers.channels.documents import Document
from controllers.channels.identities import reference_of
from controllers.channels.letters import LetterReader, labelled, written_at
from controllers.channels.parties import Party, party_of
from controllers.channels.people import email_of, language_of, person, phone_of
from controllers.channels.statuses import status_of
from controllers.channels.tables import Cells, TableReader
from controllers.channels.text import distinct, line, paragraph
from models.orders import Collector, Order, Telling
from models.reservations import Status

_COLUMNS = {
    "reference": ("Booking reference ID", "Booking reference", "Booking ID", "訂單編號", "예약 번호"),
    "departs": ("Date Request", "Participation date", "Date"),
    "time": ("Time Request", "Participation time", "Time"),
    "lead": ("Lead participant", "Lead participant name"),
    "country": ("Country", "Country/region"),
    "participant": ("Participant", "Participants"),
    "number": ("No. of participants", "Number of participants", "No of participants"),
    "language": ("Preferred language", "Language"),
    "request": ("Special requirements", "Special requirement"),
    "pickup": ("Departure location", "Pick-up location"),
    "phone": ("Phone number", "Phone"),
    "email": ("Email", "Email address"),
    "product": ("Activity name", "Activity"),
    "option": ("Package name", "Package"),
    "amount": ("Total amount", "Amount"),
}


def _order(cells: Cells) -> Order:
    word = line(cells["status"], 100)
    return _told(
        cells,
        telling=Telling.STATE,
        word=word,
        status=status_of("klook", word),
        products=distinct(cells["product"]),
    )


def _told(
    cells: Cells,
    *,
    telling: Telling,
    word: str,
    status: Status | None,
    products: tuple[str, ...],
    deadline: str = "",
) -> Order:
    gone = telling is Telling.CANCELLED
    leaves = None if gone and not cells["departs"] else departure(cells["departs"])
    lines, party = _party(cells)
    confirm_by = ordered(deadline)
    return Order(
        channel="klook",
        reference=reference_of(cells["reference"]),
        telling=telling,
        status_word=word,
        status=status,
        products=products,
        options=distinct(cells["option"]),
        departs_on=leaves.on if leaves else None,
        starts=leaves.at or time_of(cells["time"]) if leaves else None,
        departs_at=leaves.instant if leaves else None,
        lines=lines,
        party=party,
        lead=person(cells["lead"]),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        language=language_of(cells["language"]),
        country=line(cells["country"], 100),
        request=paragraph(cells["request"]),
        pickup=line(cells["pickup"]),
        amount=amount(cells["amount"], cells.get("currency", "")),
        paid=None if gone else True,
        collector=Collector.CHANNEL,
        ordered_at=ordered(cells["ordered"]),
        confirm_by=confirm_by if isinstance(confirm_by, datetime) else None,
    )


def _party(cells: Cells) -> Party:
    lines, party = party_of(cells["participant"])
    return (lines, party) if lines or party is not None else party_of(cells["number"])


TABLE = TableReader(
    key="klook",
    title="Klook",
    columns={
        **_COLUMNS,
        "status": ("Booking status", "Status"),
        "ordered": ("Booking date", "Booking time"),
        "currency": ("Currency",),
    },
    required=("reference", "departs", "status"),
    marks=("reference", "departs", "lead"),
    build=_order,
)


def _transfer(cells: Cells) -> Order:
    leaves = departure(cells["departs"])
    route = " - ".join(filter(None, (line(cells["pickup"]), line(cells["drop_off"]))))
    return Order(
        channel="klook",
        reference=reference_of(cells["reference"]),
        status=Status.CONFIRMED,
        products=("Klook transfer",),
        options=distinct(route),
        departs_on=leaves.on,
        starts=leaves.at,
        departs_at=leaves.instant,
        lead=person(cells["lead"]),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        request=paragraph(cells["services"]),
        pickup=line(cells["pickup"]),
        paid=True,
        collector=Collector.CHANNEL,
    )


TRANSFERS = TableReader(
    key="klook",
    title="Klook",
    columns={
        "reference": ("Klook booking reference ID",),
        "lead": ("Customer name",),
        "phone": ("Customer phone number",),
        "email": ("Customer email",),
        "departs": ("Pick-up time (local)", "Pick-up time"),
        "pickup": ("Pick-up location",),
        "drop_off": ("Drop-off location",),
        "back": ("Drop-off time (local)", "Drop-off time"),
        "days": ("Duration (days)",),
        "services": ("Additional services",),
    },
    required=("reference", "departs"),
    marks=("reference", "departs"),
    build=_transfer,
)

_LABELS = {**_COLUMNS, "url": ("Activity URL",), "status": ("Booking status",)}
_NUMBER = re.compile(r"\b[A-Z]{2,5}\d{6,12}\b")
_DEADLINE = re.compile(r"confirmation deadline\D{0,30}(\d{4}-\d\d-\d\d \d\d:\d\d)", re.I)
_ACTIVITY = re.compile(r"/activity/(\d+)")


class Mail(LetterReader):
    """The mail of a booking that waits for us, is confirmed or is cancelled."""

    key = "klook"
    title = "Klook"

    def knows(self, document: Document) -> bool:
        """Klook's own label with a number in Klook's form."""
        told = labelled(document.text, {"reference": ("Booking reference ID",)}, below=("reference",))[
            "reference"
        ]
        return bool(_NUMBER.search(told))

    def reference(self, document: Document, body: str) -> str:
        """The booking's number."""
        found = _NUMBER.search(labelled(body, _LABELS, below=("reference",))["reference"])
        return found.group() if found else ""

    def order(self, document: Document, body: str) -> Order:
        """What the mail tells."""
        told = labelled(body, _LABELS, below=("reference", "departs"))
        word = line(told["status"], 100)
        deadline = _deadline(body)
        cancelled = bool(re.search(r"cancell?(ed|ation)", document.headers.get("Subject", ""), re.I))
        known = status_of("klook", word)
        status = (
            Status.CANCELLED if cancelled else Status.UNCONFIRMED if deadline and known is None else known
        )
        activity = _ACTIVITY.search(told["url"])
        sent = written_at(document)
        told |= {
            "reference": self.reference(document, body),
            "ordered": sent.isoformat() if sent and not cancelled else "",
        }
        return _told(
            told,
            telling=Telling.CANCELLED if cancelled else Telling.BOOKED,
            word=word,
            status=status,
            products=distinct(told["product"], activity.group(1) if activity else ""),
            deadline=deadline,
        )


def _deadline(body: str) -> str:
    """The deadline as written, '' where there is none that is a date."""
    found = _DEADLINE.search(body)
    try:
        return found.group(1) if found and moment(found.group(1)) else ""
    except ValueError:
        return ""


ADAPTER = Adapter("klook", "Klook", (TABLE, TRANSFERS, Mail()))
