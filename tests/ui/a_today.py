"""The dashboard on a desk of its own, and what a test does there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk
from tests.builders import kkday_row, taken
from tests.ui.at_a_desk import shown
from ui.at_desk import AtDesk
from ui.today import Today
from ui.today_queue import COLUMNS

TODAY = "2027-01-15"


def opened(qtbot: QtBot, at: AtDesk, **how: Any) -> Today:
    screen = Today(at)
    return shown(qtbot, screen, until=lambda: screen.subtitle() != "", **how)


def urgent_ids(screen: Today) -> list[int]:
    model = screen.cards.queue.model_
    return [model.row(at).row.id for at in range(model.rowCount())]


def cell(screen: Today, row: int, key: str) -> str:
    model = screen.cards.queue.model_
    column = next(at for at, one in enumerate(COLUMNS) if one.key == key)
    return model.data(model.index(row, column), int(Qt.ItemDataRole.AccessibleTextRole))


def press_c(qtbot: QtBot, screen: Today) -> None:
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_C)


def a_chore(desk: Desk) -> int:
    (made,) = taken(desk, kkday_row(reference="27KK-7"))
    reservations.confirm(made, desk=desk)
    return made


def figures(qtbot: QtBot, screen: Today) -> None:
    """Until the figures have come, which come last."""
    qtbot.waitUntil(lambda: screen.cards.month.month is not None)
