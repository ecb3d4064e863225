"""A row of controls goes on in the next line where there is no room, and keeps its end at the right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import fonts
from ui.widgets.flow import Flow

WIDE, GAP, EDGE = 100, 4, QMargins(10, 6, 20, 8)


def a_box(width: int = WIDE, height: int = 30) -> QWidget:
    box = QWidget()
    box.setFixedSize(width, height)
    return box


def test_even_things_share_a_line_by_as_many_as_have_room(qtbot: QtBot) -> None:
    boxes = [QWidget() for _ in range(6)]
    for box in boxes:
        box.setMinimumSize(WIDE, 30)
    flow = Flow(*boxes, spacing=GAP, even=3)
    qtbot.addWidget(flow)
    for width, columns in ((320, 3), (250, 2), (120, 1), (900, 3)):
        flow.resize(width, 400)
        flow.show()
        assert len({box.x() for box in boxes}) == columns
        assert len({box.width() for box in boxes}) == 1


class Row:
    """A bar that is nothing but a row: two boxes, and two more at its end."""

    def __init__(self, qtbot: QtBot) -> None:
        self.boxes = [a_box() for _ in range(4)]
        self.low = a_box(height=20)
        self.boxes[1] = self.low
        self.bar = QWidget()
        self.flow = Flow(*self.boxes[:2], end=self.boxes[2:], margins=EDGE, spacing=GAP, middle=True)
        self.flow.fill(self.bar)
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addStretch(1)
        qtbot.addWidget(self.window)
        self.qtbot = qtbot

    def show(self, width: int) -> None:
        self.window.resize(width, 400)
        self.window.show()
        self.qtbot.waitUntil(lambda: self.bar.height() == self.flow.heightForWidth(width))

    @property
    def places(self) -> list[tuple[int, int]]:
        return [(box.x(), box.y()) for box in self.boxes]


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    return Row(qtbot)


def test_what_is_at_the_end_stands_at_the_right_inside_the_margins(row: Row) -> None:
    row.show(800)
    gap = fonts.px(GAP)
    assert row.places == [(10, 6), (110 + gap, 11), (800 - 20 - 2 * WIDE - gap, 6), (800 - 20 - WIDE, 6)]
    assert row.bar.height() == 6 + 30 + 8


def test_a_narrow_row_goes_on_below_and_its_end_stays_at_the_right(row: Row) -> None:
    row.show(2 * WIDE + fonts.px(GAP) + 30)
    below = 6 + 30 + fonts.px(GAP)
    assert [y for _, y in row.places] == [6, 11, below, below]
    row.show(WIDE + 60)
    assert [x for x, _ in row.places] == [10, 10, 40, 40]
    assert row.bar.height() == 6 + 30 + 20 + 30 + 30 + 3 * fonts.px(GAP) + 8


def test_a_hidden_one_leaves_no_hole(row: Row) -> None:
    row.show(800)
    row.boxes[0].hide()
    row.qtbot.waitUntil(lambda: row.low.x() == 10)


def test_what_changed_while_the_bar_was_hidden_stands_right_when_it_is_seen(row: Row) -> None:
    row.show(WIDE + 60)
    row.bar.hide()
    for box in row.boxes[:3]:
        box.hide()
    row.bar.show()
    row.qtbot.waitUntil(lambda: row.bar.height() == 6 + 30 + 8)
    assert row.places[3] == (40, 6)


def test_none_is_wider_than_the_row(qtbot: QtBot) -> None:
    long = QWidget()
    long.sizeHint = lambda: a_box(500).size()  # type: ignore[method-assign]
    flow = Flow(long, margins=EDGE)
    qtbot.addWidget(flow)
    flow.resize(200, 50)
    flow.show()
    assert long.width() == 200 - 30
