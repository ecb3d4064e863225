"""Two questions about a product: whether to save it before going elsewhere, and whether it shall really go."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.dialog import Dialog


class LeaveDialog(Dialog):
    """`accepted` to save first, `thrown_away` to go without saving; Esc stays."""

    thrown_away = Signal()

    def __init__(self, host: QWidget, name: str, about: frozenset[str] = frozenset()) -> None:
        super().__init__(" ", host, subtitle=" ", width=520)
        self.about = about
        title = self.tr("Save what was changed?")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._subtitle.setText(self.tr("{name} is not saved yet.").format(name=name))
        self.add_button(self.tr("Stay"), key="Esc")
        throw = self.add_button(self.tr("Discard"), key="D")
        self.add_button(self.tr("Save"), "primary", key="Enter")
        throw.clicked.connect(self._throw_away)

    def _throw_away(self) -> None:
        self.leave()
        self.thrown_away.emit()


class DeleteDialog(Dialog):
    """`accepted` to delete it."""

    def __init__(self, host: QWidget, name: str, about: frozenset[str] = frozenset()) -> None:
        super().__init__(" ", host, subtitle=" ", width=520)
        self.about = about
        title = self.tr("Delete {name}?").format(name=name)
        self._title.setText(title)
        self.setAccessibleName(title)
        self._subtitle.setText(self.tr("It was never sold. Its options, prices and other names go with it."))
        self.add_button(self.tr("Keep it"), key="Esc")
        self.add_button(self.tr("Delete"), "danger", key="Enter")
