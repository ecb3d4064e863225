"""Takes a list out of the house as a file: which kind, which columns, how far it is, and where it lies then.

The rows are read some hundred at a time on the reading lane, so that everybody else is served between, and
whoever changes their mind is heard at once. Closing the window ends it, and nothing half is left.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from controllers.background import Background, Lane
from models.refusals import CannotDo
from ui import fonts, theme
from ui.asking import DeskDoor
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, as_file_name, choose_file
from ui.paint.meter import paint_meter
from ui.reservation_columns import REZIOS, for_file
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.list_export import Exported, ListExport

KINDS = (("csv", "CSV"), ("xlsx", "Excel"))
_FILTERS = {".csv": "CSV (*.csv)", ".xlsx": "Excel (*.xlsx)"}
Ids = Callable[[], "array[int]"]


def choose_place(parent: QWidget, name: str, chosen: Callable[[str], None]) -> None:
    """The system's own window for choosing where the file is saved; what kind it is, is chosen already."""
    choose_file(parent, name, chosen, _FILTERS[Path(name).suffix])


class Stepwise(Protocol):
    """Something that is written some rows at a time."""

    @property
    def is_over(self) -> bool:
        """Whether every row is written."""

    def step(self) -> int:
        """Write some rows; how many by now."""

    def finish(self) -> Exported:
        """Let the file have its name."""

    def abandon(self) -> None:
        """Leave nothing behind."""


class ExportJob(QObject):
    """One export under way, a step after the other; `went` brings how many rows have been looked at.

    It outlives the dialog that began it, to clear away what was given up.
    """

    went = Signal(int)
    done = Signal(object)
    refused = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self._background = background
        self._export: Stepwise | None = None
        self._given_up = False

    def start(self, begin: Callable[[], Stepwise]) -> None:
        """Open the file and go on until it is whole."""
        self._background.run(Lane.READING, begin, self._begun, self._failed)

    def give_up(self) -> None:
        """Stop after the step that is under way."""
        self._given_up = True

    def _begun(self, export: Stepwise) -> None:
        self._export = export
        self._go_on(0)

    def _go_on(self, rows: int) -> None:
        export = self._export
        assert export is not None
        if self._given_up:
            self._background.run(Lane.READING, export.abandon, self._over)
            return
        self.went.emit(rows)
        if export.is_over:
            self._background.run(Lane.DESK, export.finish, self._finished, self._failed)
        else:
            self._background.run(Lane.READING, export.step, self._go_on, self._failed)

    def _finished(self, made: Exported) -> None:
        self.done.emit(made)
        self._over()

    def _over(self, _answer: object = None) -> None:
        self._export = None
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        if self._export is not None:
            self._background.run(Lane.READING, self._export.abandon, self._over)
        if isinstance(error, CannotDo):
            self.refused.emit(error)
        else:
            self._background.trouble.emit(error)


class ExportDialog(Dialog):
    """`count` rows, the ids of which `ids` tells on a lane; `own` are the columns of the list as it is shown."""

    alone = "The file holds its orders as they stand when it is written; nothing of them is decided here."

    def __init__(
        self,
        at: AtDesk,
        host: QWidget,
        *,
        name: str,
        count: int,
        ids: Ids,
        own: tuple[str, ...],
        prefers_own: bool,
        zone: str,
        ask_file: ChooseFile = choose_place,
    ) -> None:
        super().__init__(" ", host, width=560, stays=True)
        self._at, self._name, self._count, self._ids = at, name, count, ids
        self._own, self._zone, self._ask_file = own, zone, ask_file
        self.job: ExportJob | None = None
        self._title.setText(self._title_words())
        self.setAccessibleName(self._title.text())
        self.kind = Segmented(*(words for _ending, words in KINDS), name=self.tr("Kind of file"))
        self.columns = Segmented(self.tr("rezio's order"), self.tr("As shown here"), name=self.tr("Columns"))
        self.columns.choose(int(prefers_own))
        self._columns_told = Label("", 12, 400, "ink2", wrap=True)
        self._progress = Progress()
        self._said = QVBoxLayout()
        self._build_choices()
        self.columns.chosen.connect(self._tell_columns)
        self.accepted.connect(self._choose_place)
        self.rejected.connect(self._give_up)
        self._tell_columns()

    def ask(self) -> None:
        """Open it."""
        self.open()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that were chosen."""
        return self._own if self.columns.at == 1 else REZIOS

    def refuse(self, no: CannotDo) -> None:
        self._progress.hide()
        self._allow(True)
        super().refuse(no)

    def _build_choices(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(fonts.px(28))
        choices.addWidget(Labelled(self.tr("Kind of file"), self.kind))
        choices.addWidget(Labelled(self.tr("Columns"), self.columns))
        choices.addStretch(1)
        for segmented, name in ((self.kind, self.tr("Kind of file")), (self.columns, self.tr("Columns"))):
            segmented.set_name(name)
        column = QVBoxLayout()
        column.setSpacing(fonts.px(10))
        column.addLayout(choices)
        column.addWidget(self._columns_told)
        self.add(column)
        private = self.tr("Names that are hidden stay hidden. The journal notes that you took the list out.")
        self._said.setSpacing(fonts.px(10))
        self._said.addWidget(Label(private, 12, 400, "ink2", wrap=True))
        self._said.addWidget(self._progress)
        self._progress.hide()
        self.add(self._said)
        self._close = self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Choose a place…"), "primary", key="Enter")

    def _title_words(self) -> str:
        if self._count == 1:
            return self.tr("Export 1 reservation")
        return self.tr("Export {count} reservations").format(count=number_words(self._count))

    def _tell_columns(self, _at: int = 0) -> None:
        titles = [column.title for column in for_file(self.keys, self._zone)]
        self._columns_told.setText(", ".join(titles))
        if self.isVisible():
            self._place()

    def _choose_place(self) -> None:
        self.set_busy(False)
        ending = KINDS[self.kind.at][0]
        self._ask_file(self, as_file_name(f"{self._name}.{ending}"), self._begin)

    def _begin(self, name: str) -> None:
        self.set_busy(True)
        self._notice.hide()
        self._allow(False)
        self._progress.show_share(0, self._count)
        self._progress.show()
        self._place()
        columns = for_file(self.keys, self._zone)
        self.job = ExportJob(self._at.background)
        self.job.went.connect(self._show_progress)
        self.job.done.connect(self._show_done)
        self.job.refused.connect(self.refuse)
        self.job.start(partial(_open, self._at.desk, self._ids, columns, Path(name)))

    def _allow(self, choosing: bool) -> None:
        """Choose, or stop what is under way."""
        for widget in (self.kind, self.columns):
            widget.setEnabled(choosing)
        self._close.set_text(self.tr("Not now") if choosing else self.tr("Stop"))

    def _give_up(self) -> None:
        if self.job is not None:
            self.job.give_up()

    def _show_progress(self, rows: int) -> None:
        self._progress.show_share(rows, self._count)

    def _show_done(self, made: Exported) -> None:
        self.job = None
        self._progress.hide()
        head = self.tr("{count} rows are in {file}")
        words = head.format(count=number_words(made.rows), file=made.path.name)
        self._said.addWidget(Notice("good", words, str(made.path.parent)))
        self._go.hide()
        self._close.set_text(self.tr("Close"))
        self._close.setFocus()
        self._place()


class Progress(QWidget):
    """A bar and, under it, how many of how many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._all = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = Label("", 13, 500)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, fonts.px(14), 0, 0)
        column.addWidget(self._words)

    def show_share(self, done: int, of: int) -> None:
        """So many of so many."""
        self._done, self._all = done, max(1, of)
        words = self.tr("{done} of {all} rows").format(done=number_words(done), all=number_words(of))
        self._words.setText(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(400), fonts.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self.palette())
        track = QRectF(0, 1, self.width(), fonts.px(7))
        paint_meter(QPainter(self), track, self._done / self._all, colours.accent, colours)


def _open(desk: DeskDoor, ids: Ids, columns: object, path: Path) -> ListExport:
    from controllers.list_export import ListExport

    return ListExport(ids(), columns, path, desk=desk())  # type: ignore[arg-type]
