"""Reads a scanner on a serial line (USB or real), and finds it again when it was pulled out and plugged in.

The port is known by its name in the counter's settings: not every port is listed by the system. What arrives is
a code when Enter, Tab or a moment of silence ends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QIODeviceBase, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtSerialPort import QSerialPort

AGAIN_MS = 1000
SILENCE_MS = 60
MOST = 4096
BAUD = 9600
_ENDS = re.compile(rb"[\r\n\t\x03\x04]+")


class Line(Enum):
    """How the line stands."""

    NONE = "none"
    READY = "ready"
    UNPLUGGED = "unplugged"
    FORBIDDEN = "forbidden"
    """It is there, and the system does not let us have it: another program has, or this user may not."""


def _told(work: Callable[..., None]) -> Callable[..., None]:
    """A fault of ours ends the line and is told by whoever made it: nobody else hears what goes wrong in a thread."""

    @wraps(work)
    def does(line: SerialLine, *told: Any) -> None:
        try:
            work(line, *told)
        except Exception as error:  # carried to whoever made the line
            line.error = error
            line.broke.emit()

    return does


class SerialLine(QObject):
    """`scanned` brings each text, `stands` says when `line` has changed: each with the port it is about.

    Lives in the thread in which it was made; to open the port may keep that for long.
    """

    scanned = Signal(str, str)
    stands = Signal(str, str)
    broke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.line = Line.NONE
        self.error: Exception | None = None
        self._name = ""
        self._port: QSerialPort | None = None
        self._read = b""
        self._again = self._timer(AGAIN_MS, self._open)
        self._silence = self._timer(SILENCE_MS, self._silent)

    @property
    def name(self) -> str:
        """The port that is listened to; '' for none."""
        return self._name

    @Slot(str)
    @_told
    def listen(self, name: str) -> None:
        """Listen to this port from now on; '' to none."""
        if name == self._name:
            return
        self._close()
        self._again.stop()
        self._name = name
        self._stand(Line.NONE)
        if name:
            self._open()

    def close(self) -> None:
        """The program ends."""
        self._name = ""
        self._again.stop()
        self._close()

    @_told
    def _open(self) -> None:
        from PySide6.QtSerialPort import QSerialPort

        port = self._port = QSerialPort(self)
        port.setPortName(self._name)
        port.setBaudRate(BAUD)
        if not port.open(QIODeviceBase.OpenModeFlag.ReadWrite):
            forbidden = port.error() is port.SerialPortError.PermissionError
            self._lose(Line.FORBIDDEN if forbidden else Line.UNPLUGGED)
            return
        port.setDataTerminalReady(True)
        port.readyRead.connect(self._take)
        port.errorOccurred.connect(self._fail)
        self._stand(Line.READY)

    def _fail(self, error: QSerialPort.SerialPortError) -> None:
        """A line that was pulled out says so once, and stays open as far as Qt knows: close it, and try again."""
        if self._port is None:
            return
        kinds = self._port.SerialPortError
        if error not in (kinds.NoError, kinds.TimeoutError):
            QTimer.singleShot(0, self, self._lose)  # not while it is speaking

    @_told
    def _lose(self, line: Line = Line.UNPLUGGED) -> None:
        if self._name:
            self._close()
            self._again.start()
            self._stand(line)

    def _close(self) -> None:
        port, self._port = self._port, None
        self._silence.stop()
        self._read = b""
        if port is not None:
            port.blockSignals(True)
            port.close()
            port.deleteLater()

    @_told
    def _take(self) -> None:
        if self._port is None:
            return
        self._read = (self._read + self._port.readAll().data())[-MOST:]
        *whole, self._read = _ENDS.split(self._read)
        for text in whole:
            self._tell(text)
        if self._read:
            self._silence.start()
        else:
            self._silence.stop()

    @_told
    def _silent(self) -> None:
        """Nothing came for long enough - unless this program was busy, and the rest waits outside."""
        if self._port is not None and self._port.waitForReadyRead(0):
            return
        read, self._read = self._read, b""
        self._tell(read)

    def _tell(self, read: bytes) -> None:
        text = "".join(sign for sign in _decoded(read) if sign.isprintable()).strip()
        if text:
            self.scanned.emit(self._name, text)

    def _stand(self, line: Line) -> None:
        if line is not self.line:
            self.line = line
            self.stands.emit(self._name, line.value)

    def _timer(self, ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(slot)
        return timer


def port_names() -> list[str]:
    """The ports the system lists."""
    from PySide6.QtSerialPort import QSerialPortInfo

    return [port.systemLocation() for port in QSerialPortInfo.availablePorts()]


def _decoded(read: bytes) -> str:
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError:
        return read.decode("cp1252", "replace")
