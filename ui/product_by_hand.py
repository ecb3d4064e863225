"""The departures of an option that somebody added by hand, beside what its rules say."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.product_rows import ByHand
from ui import fonts
from ui.details_rows import FactRow
from ui.product_draft import Draft
from ui.product_entries import at_left, remove_button
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.wording.dates import day_and_time
from ui.wording.orders import local


class DeparturesByHand(QWidget):
    """`wanted` asks for another one, `unwanted` brings the id of the one to take away. Both are done at once."""

    wanted = Signal()
    unwanted = Signal(int)

    def __init__(self, draft: Draft, at: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        was = draft.get(("option", at, "was"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(4))
        column.addWidget(Label(self.tr("Departures added by hand"), 12, 500, "ink2"))
        for one in draft.by_hand:
            if one.option == was:
                column.addWidget(self._row(one, str(draft.get(("zone",)) or "UTC")))
        more = Button(self.tr("Add a departure…"), "ghost", icon="plus", height=30)
        if was not in draft.options:
            more.forbid(self.tr("Save the new option first"))
        more.clicked.connect(self.wanted)
        column.addWidget(at_left(more))

    def _row(self, one: ByHand, zone: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        when = day_and_time(local(one.departs_at, zone))
        seats = self.tr("{taken} of {capacity} sold").format(taken=one.taken, capacity=one.capacity)
        row.addWidget(FactRow(when, seats), 1)
        remove = remove_button(self.tr("Remove this departure"), partial(self.unwanted.emit, one.id))
        if one.taken:
            remove.forbid(self.tr("People are expected; move or cancel them first."))
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder
