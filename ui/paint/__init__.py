"""Draws the things that are seen again and again: chips, seats, keycaps, shapes.

Every function is `paint_x(painter, rect, …, colours)`, used alike by delegates and by widgets.
"""

from ui.paint.cells import (
    halves,
    paint_channel,
    paint_hidden,
    paint_number,
    paint_tick_box,
    paint_time_left,
    paint_two_lines,
)
from ui.paint.chip import chip_width, paint_chip, paint_pill
from ui.paint.counterfoil import counterfoil, paint_tear
from ui.paint.keycap import (
    channel_mark_width,
    keycap_width,
    keys_width,
    paint_channel_mark,
    paint_keycap,
    paint_keys,
)
from ui.paint.meter import FULL_S, paint_meter, urgency
from ui.paint.seats import (
    Seats,
    paint_arrival_bar,
    paint_hatch,
    paint_seat_bar,
    paint_seat_squares,
    paint_square,
    squares_height,
)
from ui.paint.status_marks import paint_status_mark, status_mark
from ui.paint.text import CENTER, LEFT, RIGHT, paint_text, text_width
from ui.paint.verdict_marks import paint_verdict_mark, paint_verdict_tile, verdict_mark

__all__ = [
    "CENTER",
    "FULL_S",
    "LEFT",
    "RIGHT",
    "Seats",
    "channel_mark_width",
    "chip_width",
    "counterfoil",
    "halves",
    "keycap_width",
    "keys_width",
    "paint_arrival_bar",
    "paint_channel",
    "paint_channel_mark",
    "paint_chip",
    "paint_hatch",
    "paint_hidden",
    "paint_keycap",
    "paint_keys",
    "paint_meter",
    "paint_number",
    "paint_pill",
    "paint_seat_bar",
    "paint_seat_squares",
    "paint_square",
    "paint_status_mark",
    "paint_tear",
    "paint_text",
    "paint_tick_box",
    "paint_time_left",
    "paint_two_lines",
    "paint_verdict_mark",
    "paint_verdict_tile",
    "squares_height",
    "status_mark",
    "text_width",
    "urgency",
    "verdict_mark",
]
