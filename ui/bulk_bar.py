"""Docked under the list while rows are ticked: how many, what confirming them would do and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.refusals import CannotDo
from ui import actions, fonts, theme
from ui.widgets.button import APART, Button
from ui.widgets.chip import Shape
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.widgets.tip import set_tip
from ui.wording.bulk import leaving_words, short_words, travelers_words
from ui.wording.numbers import number_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.bulk import BulkPreview


class BulkBar(QWidget):
    """A signal for each button; nothing is decided here."""

    confirm_wanted = Signal()
    tick_off_wanted = Signal()
    claim_wanted = Signal()
    cancel_wanted = Signal()
    export_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", 14, 600)
        self._what = Label("", 13, 400, "ink2")
        self._warning = Shape("fault", 17, "stop")
        self._wrong = Label("", 13, 600, "stop")
        self.tick_off = Button("", icon="confirm", key=actions.cap("tick-off"))
        self.claim = Button("", icon="claim", key=actions.cap("claim"))
        self.cancel = Button("", icon="cancel", key=actions.cap("cancel"))
        self.export = Button("", icon="file", key=actions.cap("export"))
        self.print = Button("", icon="print", key=actions.cap("print"))
        self.confirm = Button("", "primary", icon="confirm", key=actions.cap("confirm"))
        self._told = QWidget()
        together = QHBoxLayout(self._told)  # the sign stays with its words
        together.setContentsMargins(0, 0, fonts.px(10), 0)
        together.setSpacing(fonts.px(9))
        for widget in (self._count, self._what, self._warning, self._wrong):
            together.addWidget(widget)
        edges = QMargins(fonts.px(20), fonts.px(8), fonts.px(20), fonts.px(7))
        deeds = (self.tick_off, self.claim, self.cancel, self.export, self.print, self.confirm)
        Flow(self._told, end=deeds, margins=edges, spacing=APART, below=2, middle=True).fill(self)
        self.setMinimumHeight(fonts.px(56))
        self._connect()
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """So many are ticked; what that means is asked."""
        number = number_words(count)
        self._count.setText(self.tr("{count} selected").format(count=number))
        self._say("", "")
        self.confirm.set_text(self.tr("Confirm {count}").format(count=number))
        self.confirm.setEnabled(False)
        self.tick_off.setVisible(False)
        self.tick_off.set_text(self.tr("Done there"))
        self.claim.set_text(self.tr("Claim"))
        self.cancel.set_text(self.tr("Cancel"))
        self.export.set_text(self.tr("Export"))
        self.print.set_text(self.tr("Print list"))

    def show_preview(self, preview: BulkPreview, to_do: int) -> None:
        """What confirming them would do; `to_do` of them have something to do at their channel."""
        count = len(preview.rows)
        self._say(travelers_words(preview), short_words(preview) or leaving_words(preview))
        self.confirm.set_text(self.tr("Confirm {count}").format(count=number_words(count)))
        self.confirm.allow()
        if not count:
            self.confirm.forbid(leaving_words(preview))
        self.tick_off.setVisible(to_do > 0)
        words = self.tr("Done there {count}")
        self.tick_off.set_text(words.format(count=number_words(to_do)))

    def refuse(self, no: CannotDo) -> None:
        """They cannot be judged together."""
        self._say("", refusal(no))
        self.confirm.forbid(refusal(no))

    @property
    def words(self) -> str:
        """Everything it says."""
        labels = (self._count, self._what, self._wrong)
        return " ".join(label.text() for label in labels if label.text() and not label.isHidden())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.fillRect(self.rect(), colours.accent_soft)
        painter.fillRect(0, 0, self.width(), 2, colours.accent)

    def _say(self, what: str, wrong: str) -> None:
        self._what.setText(what)
        self._wrong.setText(wrong)
        set_tip(self._wrong, wrong)
        for widget in (self._warning, self._wrong):
            widget.setVisible(bool(wrong))

    def _connect(self) -> None:
        self.confirm.clicked.connect(self.confirm_wanted)
        self.tick_off.clicked.connect(self.tick_off_wanted)
        self.claim.clicked.connect(self.claim_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.print.clicked.connect(self.print_wanted)
