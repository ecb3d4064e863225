"""Lets another program of the same user tell the running window what to show: a link somebody pressed.

Only who may go into the data folder reaches it, and all it can be told is one line.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from controllers.place import Place

LONGEST = 200
ANSWER = b"heard\n"
_CONNECT_MS, _ANSWER_MS = 1_000, 5_000
log = logging.getLogger(__name__)


class Doorbell(QObject):
    """`rung` brings the line; whoever wrote it is told that it was heard."""

    rung = Signal(str)

    def __init__(self, place: Place, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._open)
        name = place.doorbell
        QLocalServer.removeServer(name)  # one that a crash left: the data are ours now
        if not self._server.listen(name):
            log.info("links cannot be heard: %s", self._server.errorString())
        elif os.name != "nt":
            Path(self._server.fullServerName()).chmod(0o600)  # Qt lets its owner execute it, too

    @property
    def is_there(self) -> bool:
        """Whether it can be rung."""
        return self._server.isListening()

    def close(self) -> None:
        """The window is closed."""
        self._server.close()

    def _open(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(lambda caller=caller: self._read(caller))
            caller.disconnected.connect(caller.deleteLater)
            if caller.bytesAvailable():
                self._read(caller)

    def _read(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > LONGEST:
                caller.abort()
            return
        line = bytes(caller.readLine(LONGEST + 1).data())
        caller.write(ANSWER)
        caller.disconnectFromServer()
        self.rung.emit(line.decode("utf-8", "replace").strip())


def ring(place: Place, link: str) -> bool:
    """Tells the running window; False where none listens. Waits, so only before there is a window of one's own."""
    caller = QLocalSocket()
    caller.connectToServer(place.doorbell)
    if not caller.waitForConnected(_CONNECT_MS):
        return False
    line = link.encode("utf-8", "replace").replace(b"\n", b" ")[: LONGEST - 1]
    caller.write(line + b"\n")
    caller.waitForBytesWritten(_CONNECT_MS)
    caller.waitForReadyRead(_ANSWER_MS)
    return bytes(caller.readAll().data()) == ANSWER
