"""One dialog for a fault of ours: the screen stays, and the details can be copied for the people who mend it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from models.faults import fault_words
from models.refusals import CannotDo
from ui import fonts
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.overlay import stands
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_log = logging.getLogger(__name__)


class FaultDialog(Dialog):
    """A fault of ours; one that comes while it is open is told in it, so that none has to be put away twice."""

    alone = "It tells of a fault, and asks nothing."

    def __init__(self, host: QWidget) -> None:
        super().__init__(
            _tr("Something in Counterfoil broke"), host, subtitle=_tr("Nothing half done was kept.")
        )
        words = _tr("You can go on working. Please send the details to whoever looks after this desk.")
        self.add(Label(words, wrap=True))
        self._told: list[str] = []
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFont(fonts.font(12, 400))
        self._details.setAccessibleName(_tr("Details of the fault"))
        self._details.setMinimumHeight(160)
        self.add(self._details)
        copy = self.add_button(_tr("Copy details"), "plain", key="C")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details.toPlainText()))
        close = self.add_button(_tr("Go on"), "primary", key="Enter")
        close.clicked.connect(self.leave)

    def tell(self, fault: str) -> None:
        """One more; the same one is told once."""
        if fault not in self._told:
            self._told.append(fault)
            self._details.setPlainText("\n\n".join(self._told))


def show_trouble(error: BaseException, host: QWidget) -> Dialog:
    """Shows a refusal nobody answered for in its sentence, and anything else as our bug."""
    for asked in host.findChildren(Dialog):
        if stands(asked):
            asked.go_on()
    if isinstance(error, CannotDo):
        return _say_no(error, host)
    _log.error("a fault of ours: %s", type(error).__name__)
    open_ = [one for one in host.findChildren(FaultDialog) if stands(one)]
    dialog = open_[0] if open_ else FaultDialog(host)
    dialog.tell(fault_words(error))
    if not open_:
        dialog.open()
    return dialog


def send_away(error: CannotDo, window: MainWindow) -> Dialog:
    """This window has no place beside the one that is open already: it says so and closes."""
    head, _, rest = refusal(error).partition(". ")
    dialog = Dialog(head, window.overlay_host)
    dialog.alone = "It says why this window closes, and asks nothing."
    dialog.add(Label(rest, wrap=True))
    close = dialog.add_button(_tr("Close this window"), "primary", key="Enter")
    close.clicked.connect(dialog.leave)
    dialog.closed.connect(window.close)
    dialog.open()
    return dialog


def _say_no(error: CannotDo, host: QWidget) -> Dialog:
    dialog = Dialog(_tr("That was not possible"), host)
    dialog.alone = "It tells of a refusal, and asks nothing."
    dialog.add(Label(refusal(error), wrap=True))
    close = dialog.add_button(_tr("Go on"), "primary", key="Enter")
    close.clicked.connect(dialog.leave)
    dialog.open()
    return dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("trouble", text)
