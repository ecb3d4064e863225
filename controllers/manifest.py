"""Makes the day sheet of a day or of one departure: to look at, to print, and to hand on as a table.

It shows travelers' data, so making one is journaled with the reservations on it; who is not confirmed yet
stands apart and without a name.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from controllers.desk import Desk
from controllers.exporting import Cell, amount, moment, table_file
from controllers.printing import Draft
from controllers.rights import needs
from models.manifest import DepartureSheet, Guest, Manifest
from models.manifest_reading import sheets, strays
from models.papers import Document, Paper
from models.prints import Copy, Order
from models.rights import Right

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed

COLUMNS = (
    "Day", "Departure", "Product", "Option", "Guide", "Status", "Travelers", "Arrived", "Lead traveler",
    "Companions", "Units", "Language", "Pick-up", "Request", "Notes", "Due", "Currency", "Reservation",
    "Channel", "Channel number",
)  # fmt: skip
"""What stands over the columns of the table, in the order in which a guide asks."""


@needs(Right.PRINT)
def manifest(day: date, *, desk: Desk, departure_id: int | None = None, taken_as: str = "view") -> Manifest:
    """The sheet of a day, or of one of its departures, as it is now; `taken_as` tells the journal what for."""
    with desk.work() as work:
        office = desk.operator(work.connection)
        made = sheets(work.connection, day, departure_id)
        about = f"departure:{departure_id}" if departure_id is not None else f"day:{day.isoformat()}"
        others = strays(work.connection, day) if departure_id is None else ()
        found = Manifest(day, office.name, office.zone, work.now, made, others, desk.practice)
        work.record(about, "manifest", taken_as=taken_as, reservations=list(found.reservations))
        return found


@needs(Right.PRINT)
def manifest_draft(day: date, *, desk: Desk, departure_id: int | None = None, language: str = "en") -> Draft:
    """The sheet, ready to be drawn. It says as of when it is; that is what tells one print of it from another."""
    made = manifest(day, desk=desk, departure_id=departure_id)
    key = f"manifest:{day.isoformat()}:{departure_id or 'all'}"
    order = Order(Document.MANIFEST, key, day.isoformat())
    return Draft((order,), Paper.A4, partial(_drawn, made, language), guests=made.reservations)


def _drawn(made: Manifest, language: str, _copies: tuple[Copy, ...], _paper: Paper) -> Printed:
    from controllers.manifest_pdf import manifest_pdf

    return manifest_pdf(made, language)


@needs(Right.EXPORT)
def export_manifest(day: date, path: Path, *, desk: Desk, departure_id: int | None = None) -> int:
    """Writes the sheet as CSV or XLSX, by the ending of its name; how many rows it has.

    Raises CannotDo("file-not-writable") and CannotDo("ending-unknown").
    """
    made = manifest(day, desk=desk, departure_id=departure_id, taken_as="export")
    rows = [
        (*_departure(sheet), *_cells(guest))
        for sheet in made.sheets
        for guest in (*sheet.expected, *sheet.not_confirmed)
    ]
    rows += [(day, "", guest.product, "", "", *_cells(guest)) for guest in made.strays]
    with table_file(path) as table:
        table.write(COLUMNS)
        for row in rows:
            table.write(row)
    return len(rows)


def _departure(sheet: DepartureSheet) -> tuple[Cell, ...]:
    at = moment(sheet.departs_at, sheet.zone)
    return (sheet.departs_on, at, sheet.product, sheet.option, sheet.guide)


def _cells(guest: Guest) -> tuple[Cell, ...]:
    return (
        guest.status.value,
        guest.party,
        guest.arrived,
        guest.lead or "",
        "; ".join(guest.companions),
        ", ".join(f"{unit} {quantity}" for unit, quantity in guest.units),
        guest.language,
        guest.pickup,
        guest.request,
        " / ".join(guest.notes),
        amount(guest.due),
        guest.due.currency if guest.due else "",
        guest.number,
        guest.channel,
        guest.reference,
    )
