"""Keeps what a person makes of the list: views under names of their own, columns, widths and order.

Columns and widths are kept as soon as they are changed; what a view is narrowed to only when somebody says so,
because people narrow a list all day long without meaning to keep it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import actions, asking
from ui.at_desk import AtDesk
from ui.reservation_columns import Layout
from ui.reservation_columns_dialog import ColumnsDialog
from ui.reservation_showing import Showing
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.overlay import stands

KEEP_MS = 600
"""So long after the last pull at a heading the widths are kept."""


class Keeping(QObject):
    """`kept` comes when the views are other ones now, with the number of one to show (0 for none)."""

    kept = Signal(int)
    laid_out = Signal(object)
    refused = Signal(object)

    def __init__(self, at: AtDesk, showing: Showing, owner: QWidget) -> None:
        super().__init__(owner)
        self._at, self._showing, self._owner = at, showing, owner
        self._dialog: Dialog | None = None
        self._keeps: Callable[[], object] = lambda: None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(KEEP_MS)
        self._later.timeout.connect(self._keep_layout)

    # what can be done

    def menu(self) -> QMenu:
        """What can be done with the view that is shown."""
        menu = QMenu(self._owner)
        view = self._showing.view
        self._entry(menu, self.tr("Columns…"), "columns", self.ask_columns)
        menu.addSeparator()
        if view.kept:
            save = self._entry(menu, self.tr("Save changes"), "save-view", self.save)
            save.setEnabled(self._showing.is_changed)
            self._entry(menu, self.tr("Save as another view…"), "", self.save_as)
            self._entry(menu, self.tr("Rename…"), "", self.rename)
            self._entry(menu, self.tr("Move left"), "", partial(self._move, -1))
            self._entry(menu, self.tr("Move right"), "", partial(self._move, 1))
            self._entry(menu, self.tr("Delete this view"), "", self.delete)
        else:
            self._entry(menu, self.tr("Save as a view of mine…"), "save-view", self.save)
        return menu

    def ask_columns(self) -> None:
        """Which columns, in which order."""
        showing = self._showing
        dialog = ColumnsDialog(showing.layout, showing.usual_layout(), self._host(), self._about())
        dialog.picked.connect(self._take_columns)
        dialog.ask()

    def arrange(self, layout: Layout) -> None:
        """Somebody pulled a heading about."""
        self._showing.arrange(layout)
        self._keeps = self._layout_work()  # of this view, whichever is in front by then
        self._later.start()

    def save(self) -> None:
        """Keep what is shown: in the view of mine that is in front, else under a name that is asked for."""
        view = self._showing.view
        if view.kept:
            self._write(
                partial(asking.change_view, self._at.desk, view.kept, self._showing.state()), view.kept
            )
        else:
            self.save_as()

    def save_as(self) -> None:
        """Under a name that is asked for."""
        state = self._showing.state()
        self._ask_name(
            self.tr("Save this list as a view of yours"),
            "",
            lambda name: partial(asking.save_view, self._at.desk, name, state),
        )

    def rename(self) -> None:
        """Another name for the view that is shown."""
        view = self._showing.view
        self._ask_name(
            self.tr("What shall this view be called?"),
            view.title,
            lambda name: partial(asking.rename_view, self._at.desk, view.kept, name),
        )

    def delete(self) -> None:
        """Ask once: what a view held cannot be brought back."""
        view = self._showing.view
        title = self.tr("Delete the view “{name}”?").format(name=view.title)
        dialog = Dialog(title, self._host(), subtitle=self.tr("The reservations stay; only the view goes."))
        dialog.about = self._about()
        dialog.add_button(self.tr("Keep it"), key="Esc")
        dialog.add_button(self.tr("Delete it"), "danger", key="Enter")
        dialog.accepted.connect(lambda: self._write(partial(asking.delete_view, self._at.desk, view.kept), 0))
        dialog.open()

    # keeping

    def _move(self, steps: int) -> None:
        kept = self._showing.view.kept
        self._write(partial(asking.move_view, self._at.desk, kept, steps), kept)

    def _take_columns(self, layout: Layout) -> None:
        self._showing.arrange(layout)
        self.laid_out.emit(layout)
        self._keeps = self._layout_work()
        self._keep_layout()

    def _keep_layout(self) -> None:
        """Quietly: nobody waits for it."""
        self._later.stop()
        self._at.background.run(Lane.DESK, self._keeps, None, self._refuse)

    def _layout_work(self) -> Callable[[], object]:
        kept = self._showing.view.kept
        if kept:
            return partial(asking.change_view, self._at.desk, kept, self._showing.kept_state())
        return partial(asking.arrange_views, self._at.desk, self._showing.arranged_state())

    def _ask_name(self, title: str, name: str, work: Callable[[str], Callable[[], object]]) -> None:
        dialog = Dialog(title, self._host(), width=460, stays=True)
        dialog.about = self._about()
        field = Field(self.tr("For example: Boats, next week"), name=self.tr("Name of the view"))
        field.set_text(name)
        field.select_all()
        dialog.add(Labelled(self.tr("Name of the view"), field))
        small = self.tr("It keeps the filters, the columns and the order. A search is not kept.")
        dialog.add(Label(small, 12, 400, "ink2", wrap=True), line=False)
        dialog.add_button(self.tr("Not now"), key="Esc")
        dialog.add_button(self.tr("Save"), "primary", key="Enter")
        dialog.accepted.connect(lambda: self._write(work(field.text()), -1))
        self._dialog = dialog
        dialog.open(field)

    def _write(self, work: Callable[[], object], then: int) -> None:
        self._at.background.run(Lane.DESK, work, partial(self._written, then), self._refuse)

    def _written(self, then: int, made: object) -> None:
        if self._dialog is not None and stands(self._dialog):
            self._dialog.leave()
        self._dialog = None
        number = getattr(made, "id", 0) or self._showing.view.kept
        self.kept.emit(number if then < 0 else then)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)
        elif self._dialog is not None and stands(self._dialog):
            self._dialog.refuse(error)
        else:
            self.refused.emit(error)

    def _about(self) -> frozenset[str]:
        """The view in front, which its owner may change at another counter; nobody changes those everybody has."""
        return subjects("view", self._showing.view.kept or None)

    def _host(self) -> QWidget:
        return self._at.deeds.host or self._owner.window()

    def _entry(self, menu: QMenu, words: str, action: str, slot: Callable[[], object]) -> QAction:
        made = QAction(f"{words}\t{actions.cap(action)}" if action else words, menu)
        made.triggered.connect(lambda _checked=False: slot())
        menu.addAction(made)
        return made
