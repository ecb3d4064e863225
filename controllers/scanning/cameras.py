"""Tells which cameras are plugged in, by the names people know them by."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from controllers.scanning.reading import opencv
from models.frozen import frozen


@frozen
class Found:
    """One camera: its name, and the number OpenCV knows it by until the next one is plugged in or out."""

    name: str
    index: int
    backend: int = 0


def cameras() -> list[Found]:
    """Those that are there now, in the order the system gives them; asks the system, so not on the window's thread."""
    return named(plugged_in())


def plugged_in() -> list[Any]:
    """What the system tells of each."""
    opencv()
    from cv2_enumerate_cameras import enumerate_cameras

    try:
        return list(enumerate_cameras(_backend()))
    except OSError:  # the system's own service does not answer: as if there were none, and asked again soon
        return []


def named(there: list[Any]) -> list[Found]:
    """Two of the same kind are told apart by a number: 'HD Webcam', 'HD Webcam 2'."""
    seen: Counter[str] = Counter()
    found = []
    for one in sorted(there, key=lambda one: int(one.index)):
        name = " ".join((one.name or "Camera").split())
        seen[name] += 1
        number = f" {seen[name]}" if seen[name] > 1 else ""
        found.append(Found(name + number, one.index, one.backend))
    return found


def _backend() -> int:
    """One way to the devices for each system: through several, each camera would be there several times."""
    cv2 = opencv()
    ways = {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}
    way: int = ways.get(sys.platform, cv2.CAP_V4L2)
    return way
