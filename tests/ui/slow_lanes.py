"""Holds a lane still, so that a test can do something between a question and its answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from controllers.background import _WIDTHS, Background, Lane


@contextmanager
def held(background: Background, lane: Lane = Lane.DESK) -> Iterator[None]:
    """Nothing is answered on this lane until the block is left."""
    gate = threading.Event()
    for _ in range(_WIDTHS[lane]):
        background.run(lane, lambda: gate.wait(30))
    try:
        yield
    finally:
        gate.set()
