"""Finds where a server stands and opens a line there, within a deadline: the system may look for a name for minutes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

_Place = tuple[Any, ...]


def places_of(host: str, port: int, seconds: float) -> Sequence[_Place]:
    """Where a name stands in the network. Raises TimeoutError, and socket.gaierror for one that nobody knows.

    The system cannot be told to hurry: a look-up that takes too long ends by itself, on a thread that nobody waits for.
    """
    told: SimpleQueue[Sequence[_Place] | OSError | UnicodeError] = SimpleQueue()

    def look_up() -> None:
        try:
            told.put(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            told.put(error)

    Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        found = told.get(timeout=max(0.0, seconds))
    except Empty:
        raise TimeoutError("the name was not found in time") from None
    if isinstance(found, UnicodeError):
        raise socket.gaierror(socket.EAI_NONAME, "no name of a computer") from found
    if isinstance(found, OSError):
        raise found
    return found


def connect(host: str, port: int, left: Callable[[], float]) -> socket.socket:
    """A line to the first of its places that answers; `left` tells how long each step may still take, or raises."""
    last: OSError = socket.gaierror(socket.EAI_NONAME, "no place")
    for family, kind, protocol, _name, place in places_of(host, port, left()):
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(left())
            line.connect(place)
            line.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
            )  # else each letter's last dot waits 40 ms
        except OSError as error:
            line.close()
            last = error
        else:
            return line
    raise last
