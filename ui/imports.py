"""Takes the order lists of channels, and our own products files, from disk.

Every file is read on trial first and gives its account; only then somebody takes it. The trial is the
real run, taken back at its end, so both accounts agree. Files come by the button or are dropped here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.frozen import frozen
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.import_account import AccountCard
from ui.import_drop import DropPlace
from ui.import_files import Files, ImportFile, Stage
from ui.import_post import Post
from ui.screen import KeyHint, Screen, hint
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.imports import Account
    from controllers.products import Saved

ENDINGS = "*.csv *.tsv *.txt *.xlsx *.xls *.json *.eml *.html *.toml"


_BOTH_FROM = 800


@frozen
class _Outcome:
    file_id: int
    really: bool
    account: Account | None = None
    saved: Saved | None = None
    no: CannotDo | None = None


class Imports(Screen):
    """`opened(paths=[…])` reads these files on trial."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = at
        self._files: dict[int, ImportFile] = {}
        self._made = 0
        self._folder = ""
        self.native_dialogs = True  # tests choose in Qt's own dialog
        self.drop = DropPlace()
        self.files = Files()
        self.account = AccountCard()
        self.post = Post(at, self)
        self.take_all = Button("", icon="import")
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Import")

    def subtitle(self) -> str:
        return self.tr("order lists of the channels, and products")

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            hint("choose-files"),
            KeyHint(("↑", "↓"), self.tr("move")),
            hint("take-file"),
            hint("leave-file"),
            hint("back"),
        )

    def opened(self, *, paths: Sequence[Path] = (), **_what: Any) -> None:
        self.add_files(paths)
        self.post.ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if "mails" in changed:
            self.post.ask()

    def hide_personal(self) -> None:
        """Who reads a mail is noted: whoever comes next opens it themselves."""
        self.post.close()
        self._show_files()
        self._make_room()

    # files

    def add_files(self, paths: Iterable[Path]) -> None:
        """Read these files on trial and show the first of them."""
        first = self._made + 1
        for path in paths:
            self._made += 1
            self._files[self._made] = ImportFile(self._made, path)
            self._try(self._made)
        self._show_files()
        if first <= self._made:
            self.files.go_to(self.files.model_.place_of(first))
            self.files.setFocus()

    def choose_files(self) -> None:
        """Ask which files."""
        dialog = QFileDialog(self.window(), self.tr("Choose files to import"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Order lists and products ({endings})").format(endings=ENDINGS),
                self.tr("All files (*)"),
            ]
        )
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self.native_dialogs)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._take_chosen)
        dialog.open()

    @property
    def file(self) -> ImportFile | None:
        """The file under the cursor."""
        return self.files.row

    def take(self) -> None:
        """Really take the file under the cursor."""
        if self.file is not None and self.file.can_be_taken:
            self._take(self.file.id)
            self._show_files()

    def take_all_files(self) -> None:
        """Really take every file that has something new: products first, so that orders find them."""
        for file in sorted(self._files.values(), key=lambda file: not file.holds_products):
            if file.can_be_taken:
                self._take(file.id)
        self._show_files()

    def leave_out(self) -> None:
        """Forget the file under the cursor."""
        if self.file is not None and not self.file.busy:
            del self._files[self.file.id]
            self._show_files()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.files.setAccessibleName(self.tr("Files"))
        self.drop.retranslate()
        self._show_files()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self.files if self._files else self.drop.button).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _back(self) -> None:
        """From the mail that is read to the list, from there to where one came from."""
        if self.post.finder.is_open:
            self.post.finder.close()
        elif self.post.is_read:
            self.post.close()
            self._show_files()
            self._make_room()
            self.post.list.mails.setFocus()
        else:
            self.back_wanted.emit()

    def _make_room(self) -> None:
        """Where there is not room for both, the mail that is read has it."""
        tight = self.width() < fonts.px(_BOTH_FROM)
        self._left.setVisible(not (tight and self.post.is_read))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.drop.light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.drop.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop.light(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.add_files(paths)

    # building

    def _build(self) -> None:
        self._list = Card(padding=0)
        self._list.add(self.files, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 12)
        foot.addStretch(1)
        foot.addWidget(self.take_all)
        self._list.add(foot)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(16)
        left.addWidget(self.drop)
        left.addWidget(self._list, 1)
        left.addWidget(self.post.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 20)
        row.setSpacing(16)
        row.addWidget(self._left, 36)
        row.addWidget(self.account, 64)
        row.addWidget(self.post.card, 64)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        self.drop.button.clicked.connect(self.choose_files)
        self.files.moved.connect(self._show_file)
        self.post.came.connect(self._show_files)
        self.post.read.connect(self.account.hide)
        for turn in (self.post.read, self.post.done):
            turn.connect(self._make_room)
        self.post.done.connect(self._show_files)
        self.account.take_wanted.connect(self.take)
        self.account.leave_wanted.connect(self.leave_out)
        self.account.source_chosen.connect(self._name_source)
        self.take_all.clicked.connect(self.take_all_files)
        actions.make("choose-files", self, self.choose_files)
        actions.make("take-file", self, self.take)
        actions.make("leave-file", self, self.leave_out)
        actions.make("back", self, self._back)

    # showing

    def _show_file(self, file: ImportFile | None) -> None:
        self.post.close()
        self.account.show_file(file)

    def _show_files(self) -> None:
        self._list.setVisible(bool(self._files))
        self._list.set_heading(self.tr("Files"), number_words(len(self._files)))
        self.drop.set_large(not self._files and not self.post.waits)
        self.files.model_.show_rows(self._files.values())
        if not self.post.is_read:
            self.account.show_file(self.file if self._files else None)
        ready = sum(file.can_be_taken for file in self._files.values())
        self.take_all.set_text(self.tr("Take all {count} files").format(count=number_words(ready)))
        self.take_all.setVisible(ready > 1)
        if not self._files and self.isVisible() and not self.post.has_keyboard:
            self.drop.button.setFocus()

    # doing

    def _take_chosen(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            self._folder = str(paths[0].parent)
        self.add_files(paths)

    def _name_source(self, channel: str) -> None:
        if self.file is not None and not self.file.busy:
            self._files[self.file.id] = replace(self.file, channel=channel, no=None)
            self._try(self.file.id)
            self._show_files()

    def _try(self, file_id: int) -> None:
        file = self._files[file_id]
        if file.holds_products:
            self._files[file_id] = replace(file, stage=Stage.TRIED)
            return
        self._files[file_id] = replace(file, stage=Stage.TRYING)
        self._run(file, really=False)

    def _take(self, file_id: int) -> None:
        file = self._files[file_id]
        self._files[file_id] = replace(file, stage=Stage.TAKING)
        self._run(file, really=True)

    def _run(self, file: ImportFile, *, really: bool) -> None:
        desk = self._desk.desk
        if file.holds_products:
            work: Callable[[], Any] = partial(asking.take_products, desk, file.path)
        else:
            work = partial(asking.take_file, desk, file.path, file.channel, dry_run=not really)
        self._desk.background.run(
            Lane.DESK, partial(_outcome, file.id, really, work), self._hear, self._give_up
        )

    def _hear(self, outcome: _Outcome) -> None:
        file = self._files.get(outcome.file_id)
        if file is None:
            return
        stage = Stage.TAKEN if outcome.really and outcome.no is None else Stage.TRIED
        account = outcome.account or (file.account if outcome.really else None)
        self._files[file.id] = replace(file, stage=stage, account=account, saved=outcome.saved, no=outcome.no)
        self._show_files()

    def _give_up(self, error: Exception) -> None:
        """A bug of ours: whoever listens for trouble tells it; no file stays busy for ever."""
        for file in list(self._files.values()):
            if file.busy:
                del self._files[file.id]
        self._show_files()
        self._desk.background.trouble.emit(error)


def _outcome(file_id: int, really: bool, work: Callable[[], Any]) -> _Outcome:
    """On the lane: what became of a file. A refusal of the world is an outcome like any other."""
    try:
        result = work()
    except CannotDo as no:
        return _Outcome(file_id, really, no=no)
    if hasattr(result, "taken"):
        return _Outcome(file_id, really, account=result)
    return _Outcome(file_id, really, saved=result)
