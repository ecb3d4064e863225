"""Finds a port for a server that cannot choose one itself."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

_HERE = range(20_000, 32_000)
"""Below where systems take the near end of every outgoing line from: nobody is given one of these by chance, while
the server is still starting, or is down and will come back to the same port."""


def free_port() -> int:
    """A port of this machine that nobody uses yet."""
    for port in random.SystemRandom().sample(_HERE, 100):
        with suppress(OSError), socket.socket() as line:
            line.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
