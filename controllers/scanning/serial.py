"""Listens to a scanner on a serial line beside the window, so that nobody waits while a line is being opened.

A radio link that is out of reach keeps whoever opens its line for twenty seconds on Windows. So the line lives in a
thread of its own (a daemon, as the camera's), and what it says comes back to the window's thread.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QEventLoop, QObject, Signal, Slot

from controllers.scanning.serial_line import Line, SerialLine

PATIENCE_S = 2.0
"""So long the end of the program waits for a line that is being opened."""


class SerialScanner(QObject):
    """`scanned` brings each text, `stands` says when `line` has changed. Made on the window's thread."""

    scanned = Signal(str)
    stands = Signal()
    trouble = Signal(object)
    """Something went wrong in the thread that is a bug of ours."""
    _wanted = Signal(str)
    _over = Signal()
    _broke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.line = Line.NONE
        self._name = ""
        self._thread: threading.Thread | None = None
        self._ends = threading.Event()
        self._error: Exception | None = None
        self._broke.connect(self._tell_trouble)

    @property
    def name(self) -> str:
        """The port that is listened to; '' for none."""
        return self._name

    def listen(self, name: str) -> None:
        """Listen to this port from now on; '' to none."""
        if name == self._name:
            return
        self._name = name
        self._stand(Line.NONE)
        if self._thread is not None:
            self._wanted.emit(name)
        elif name:
            self._thread = threading.Thread(target=self._run, name="serial line", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """The program ends."""
        self._name = ""
        self._ends.set()
        self._over.emit()
        if self._thread is not None:
            self._thread.join(PATIENCE_S)

    # in the line's thread

    def _run(self) -> None:
        """What goes wrong is told, never swallowed."""
        try:
            self._live()
        except Exception as error:  # carried to the window, which shows it
            self._error = error
            self._broke.emit()

    def _live(self) -> None:
        line, loop = SerialLine(), QEventLoop()
        line.scanned.connect(self._hear)  # what comes from this thread is queued until the window has time
        line.stands.connect(self._hear_standing)
        self._wanted.connect(line.listen)
        self._over.connect(loop.quit)
        line.broke.connect(loop.quit)
        line.listen(self._name)
        if not self._ends.is_set() and line.error is None:
            loop.exec()
        line.close()
        if line.error is not None:
            raise line.error

    # on the window's thread

    @Slot(str, str)
    def _hear(self, name: str, text: str) -> None:
        """What another port has sent meanwhile is nobody's."""
        if name and name == self._name:
            self.scanned.emit(text)

    @Slot(str, str)
    def _hear_standing(self, name: str, line: str) -> None:
        if name and name == self._name:
            self._stand(Line(line))

    @Slot()
    def _tell_trouble(self) -> None:
        self._thread = None  # the next port that is named is tried anew
        self._name = ""
        self._stand(Line.NONE)
        self.trouble.emit(self._error)

    def _stand(self, line: Line) -> None:
        if line is not self.line:
            self.line = line
            self.stands.emit()
