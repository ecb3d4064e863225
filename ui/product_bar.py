"""Above the page of a product: its name, what of it is not saved, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, fonts
from ui.product_draft import Draft
from ui.widgets.button import APART, Button
from ui.widgets.flow import Flow
from ui.widgets.label import ElidingLabel
from ui.wording.products import fields_words


class ProductBar(QWidget):
    """`save_wanted`, `discard_wanted`, `stop_wanted` (stop offering, or offer again) and `delete_wanted`."""

    save_wanted = Signal()
    discard_wanted = Signal()
    stop_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._may, self._sold, self._busy = draft, True, True, False
        self._name, self._standing = ElidingLabel("", 18, 600), ElidingLabel("", 12, 400, "ink3")
        self.save = Button("", "primary", key=actions.cap("save"))
        self.discard = Button("")
        self.stop = Button("")
        self.delete = Button("", icon="delete")
        for button, signal in (
            (self.save, self.save_wanted),
            (self.discard, self.discard_wanted),
            (self.stop, self.stop_wanted),
            (self.delete, self.delete_wanted),
        ):
            button.clicked.connect(signal)
        self._build()
        draft.changed.connect(self.show_draft)

    def allow(self, *, may_change: bool, sold: bool) -> None:
        """Whether one may change products, and whether this one was ever sold."""
        self._may, self._sold = may_change, sold
        self.show_draft()

    def set_busy(self, busy: bool) -> None:
        """While it is being saved."""
        self._busy = busy
        self.show_draft()

    def show_draft(self) -> None:
        """How the product stands."""
        draft = self._draft
        name = draft.kept_name or self.tr("New product")
        offered = bool(draft.get(("offered",)))
        self._name.setText(name)
        self._standing.setText(self._standing_words(offered))
        self._standing.set_ink("act" if draft.is_dirty else "ink3")
        self.save.set_text(actions.text("save"))
        self.discard.set_text(self.tr("Discard"))
        self.stop.set_text(self.tr("Stop offering") if offered else self.tr("Offer again"))
        self.delete.set_text(self.tr("Delete"))
        self.stop.setVisible(not draft.is_new)
        self.delete.setVisible(not draft.is_new)
        self._allow(self.save, self.tr("Nothing is changed") if not draft.is_dirty else "")
        self._allow(self.discard, self.tr("Nothing is changed") if not draft.is_dirty else "")
        self._allow(self.stop, "")
        sold = self.tr("It was sold before. Stop offering it instead.")
        self._allow(self.delete, sold if self._sold else "")

    def _standing_words(self, offered: bool) -> str:
        if self._busy:
            return self.tr("Saving…")
        if self._draft.is_dirty:
            changes = fields_words(self._draft.changes)
            return self.tr("Not saved yet: {fields}").format(fields=changes)
        return self.tr("Offered") if offered else self.tr("Stopped: new orders do not find it")

    def _allow(self, button: Button, reason: str) -> None:
        """Usable, or not and why; the right is asked for first."""
        reason = self.tr("Only a manager may change products") if not self._may else reason
        if reason or self._busy:
            button.forbid(reason)
        else:
            button.allow()

    def _build(self) -> None:
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._standing)
        edges = QMargins(fonts.px(18), fonts.px(11), fonts.px(26), 0)
        deeds = (self.delete, self.stop, self.discard, self.save)
        Flow(said, end=deeds, margins=edges, spacing=APART, below=2, middle=True).fill(self)
