"""What hangs on messages: chosen for an answer, looked at, saved; and the whole of a message that quotes another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from controllers.background import Lane
from ui import asking
from ui.at_desk import AtDesk
from ui.messages_picture import PictureDialog
from ui.pages_dialog import as_file_name, choose_file
from ui.question import Question

if TYPE_CHECKING:
    from controllers.messages import Opened
    from models.talk import FileFacts
    from ui.messages_line import Bubble

ChooseFiles = Callable[[QWidget, str, Callable[[list[str]], None]], None]
SaveFile = Callable[[QWidget, str, Callable[[str], None]], None]


def choose_files(parent: QWidget, title: str, chosen: Callable[[list[str]], None]) -> None:
    """The system's own window for choosing files."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def save_file(parent: QWidget, name: str, chosen: Callable[[str], None]) -> None:
    """The system's own window for where a file goes."""
    choose_file(parent, name, chosen, "*")


class Files(QObject):
    """`read` brings the files that shall hang on the answer to a reservation, or `not_read` why they cannot.

    `whole_read` brings a bubble and all that it quotes.
    """

    read = Signal(int, object)
    not_read = Signal(int, object)
    whole_read = Signal(object, str)
    refused = Signal(object)

    def __init__(self, at: AtDesk, place: QWidget, choose: ChooseFiles, save: SaveFile) -> None:
        super().__init__(place)
        self._at, self._place, self._choose, self._save = at, place, choose, save
        self._bubble: Bubble | None = None
        self._file: FileFacts | None = None
        self._text = Question(at.background, self)
        self._picture, self._keep = (Question(at.background, self, lane=Lane.DESK) for _ in range(2))
        self._text.answered.connect(self._show_whole)
        self._picture.answered.connect(self._show_picture)
        self._keep.answered.connect(self._tell_saved)
        for question in (self._text, self._picture, self._keep):
            question.refused.connect(self.refused)

    def forget(self) -> None:
        """What somebody wanted to read who has left is shown to nobody."""
        for question in (self._text, self._picture):
            question.forget()

    def choose_files(self, title: str, of: int) -> None:
        """Ask which files shall hang on the answer to a reservation."""
        self._choose(self._place, title, partial(self._read_files, of))

    def read_whole(self, bubble: Bubble) -> None:
        """All of a message, with what it quotes."""
        self._bubble = bubble
        self._text.ask(partial(asking.whole_message, self._at.desk, bubble.said.id))

    def look_at(self, file: FileFacts) -> None:
        """Show a picture over the window."""
        self._file = file
        self._picture.ask(partial(asking.open_enclosure, self._at.desk, file.id))

    def save(self, file: FileFacts) -> None:
        """Ask where it shall be saved, and save it there."""
        name = as_file_name(Path(file.name).name) if file.name else self.tr("file")

        def chosen(place: str) -> None:
            self._keep.ask(partial(asking.keep_enclosure, self._at.desk, file.id, Path(place)))

        self._save(self._place, name, chosen)

    def _read_files(self, of: int, files: list[str]) -> None:
        """A file that comes slowly is still for the reservation it was chosen for."""
        if files:
            reading = Question(self._at.background, self, lane=Lane.NETWORK)
            for told, tell in ((reading.answered, self.read), (reading.refused, self.not_read)):
                told.connect(partial(tell.emit, of))
                told.connect(reading.deleteLater)
            reading.failed.connect(reading.deleteLater)
            reading.ask(partial(asking.read_enclosure, tuple(map(Path, files))))

    def _show_whole(self, words: str) -> None:
        if self._bubble is not None:
            self.whole_read.emit(self._bubble, words)

    def _show_picture(self, told: Opened) -> None:
        host, file = self._at.deeds.host, self._file
        if host is not None and file is not None:
            dialog = PictureDialog(host, told.name, told.data)
            dialog.accepted.connect(partial(self.save, file))
            dialog.open()

    def _tell_saved(self, name: str) -> None:
        self._at.deeds.tell(self.tr("Saved: {name}").format(name=name))
