"""A list of invented reservations, for the pictures and for the tests of lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui import theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_channel, paint_hidden, paint_number, paint_time_left, paint_two_lines
from ui.paint.chip import paint_chip
from ui.paint.text import RIGHT
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column
from ui.wording.channels import channel_mark, channel_name
from ui.wording.statuses import status_word

COLUMNS = (
    Column("tick", QT_TRANSLATE_NOOP("columns", "Select"), 36),
    Column("status", QT_TRANSLATE_NOOP("columns", "Status"), 150),
    Column("traveler", QT_TRANSLATE_NOOP("columns", "Traveler"), 244),
    Column("pax", QT_TRANSLATE_NOOP("columns", "Pax"), 44, right=True),
    Column("product", QT_TRANSLATE_NOOP("columns", "Product / option"), stretch=True),
    Column("departure", QT_TRANSLATE_NOOP("columns", "Departure"), 132, sortable=True),
    Column("channel", QT_TRANSLATE_NOOP("columns", "Channel"), 176),
    Column("amount", QT_TRANSLATE_NOOP("columns", "Amount"), 92, right=True),
    Column("act_by", QT_TRANSLATE_NOOP("columns", "Act by"), 104, right=True, sortable=True),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An invented reservation, as a list shows it."""

    number: str
    status: str
    name: str
    pax: str
    product: str
    option: str
    time: str
    day: str
    channel: str
    amount: str
    left: str = ""
    share: str = "0"
    due: str = ""


_SAMPLE = """
UNCONFIRMED||2|Example Palace Tour|Chinese|11:00|Today|kkday|₩78,000|26 min|0.05
UNCONFIRMED||4|Example Night Boat|Sunset|17:40|Sat 17 Oct|myrealtrip|₩156,000|1 h 34|0.2
UNCONFIRMED||6|Example Night Boat|Night|19:30|Today|klook|₩234,000|3 h 35|0.45
CANCEL_REQUESTED|Charlotte Example|2|Example Palace Tour|English|14:00|Fri 16 Oct|getyourguide|₩78,000|1 day|1
PENDING||3|Example Half-day|Japanese|08:00|Sun 18 Oct|viator|₩267,000|Fri 18:00|1
CONFIRMED|範例 Example Lin|3|Example Palace Tour|English|10:30|Today|kkday|₩117,000
ARRIVED|예시 Example Kim|2|Example Palace Tour|English|10:30|Today|myrealtrip|₩78,000
CONFIRMED|Oliver Example|2|Example Palace Tour|English|10:30|Today|getyourguide|₩78,000||0|due ₩24,000
AWAITING_PAYMENT|Anna Example|2|Example Night Boat|Night|19:30|Today|direct|₩78,000|2 h 36|0.3|due ₩78,000
NO_SHOW|Jack Example|1|Example Rental|2 hours|09:00|Today|klook|₩25,000
REDEEMED|Ines Example|2|Example Rental|2 hours|09:00|Today|klook|₩25,000
CANCELLED|Isabella Example de la Very Long Family Name|2|Example Rental|4 hours|09:00|Today|viator|₩25,000
EXPIRED|Karl Example|2|Example Rental|4 hours|09:00|Today|direct|₩25,000
"""

ROWS = tuple(
    Row(f"CF-{48231 - at}", *line.split("|")) for at, line in enumerate(_SAMPLE.strip().splitlines())
)


class Rows(RowDelegate):
    """How a cell of the sample list is painted."""

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        if key == "status":
            paint_chip(painter, rect.adjusted(-4, 0, 8, 0), row.status, status_word(row.status), colours)
        elif key == "traveler" and not row.name:
            paint_hidden(painter, rect, "Hidden until confirmed", row.number, colours)
        elif key == "traveler":
            paint_two_lines(painter, rect, row.name, row.number, colours)
        elif key == "pax":
            paint_number(painter, rect, row.pax, colours)
        elif key == "product":
            paint_two_lines(painter, rect, row.product, row.option, colours, weight=500)
        elif key == "departure":
            today = row.day == "Today"
            second, weight = (colours.accent_text, 600) if today else (None, 400)
            paint_two_lines(
                painter, rect, row.time, row.day, colours, second_colour=second, second_weight=weight
            )
        elif key == "channel":
            paint_channel(painter, rect, channel_mark(row.channel), channel_name(row.channel), colours)
        elif key == "amount":
            act = colours.families["act"].text
            paint_two_lines(
                painter,
                rect,
                row.amount,
                row.due,
                colours,
                weight=500,
                second_colour=act,
                second_weight=600,
                align=RIGHT,
            )
        elif key == "act_by" and row.left:
            share = float(row.share)
            family = "stop" if share < 0.1 else "act" if share < 1 else "gone"
            paint_time_left(painter, rect, row.left, share, family, colours)


def say(row: Row, key: str) -> str:
    """A cell in words."""
    return {"status": status_word(row.status), "traveler": row.name or "Hidden until confirmed"}.get(
        key, str(getattr(row, key, ""))
    )
