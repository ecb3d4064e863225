"""The other end of a serial line, played by a pseudo terminal that can be pulled out and plugged in again."""

from __future__ import annotations

import os
import pty
import tty
from pathlib import Path


class Plug:
    """The other end of the line; the port keeps its name, wherever the scanner is plugged in."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self._master = -1

    def put_in(self) -> None:
        """Plug it in."""
        self._master, slave = pty.openpty()
        tty.setraw(slave)
        self.name.unlink(missing_ok=True)
        self.name.symlink_to(os.ttyname(slave))
        os.close(slave)

    def send(self, read: bytes) -> None:
        """The scanner reads a code."""
        os.write(self._master, read)

    def pull_out(self) -> None:
        """Gone, in the middle of whatever it was doing."""
        if self._master >= 0:
            os.close(self._master)
            self.name.unlink(missing_ok=True)
        self._master = -1
