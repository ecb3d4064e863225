"""Lets several people press at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from models.refusals import CannotDo


def at_once(*does: Callable[[], object]) -> list[object]:
    """What each of several people got who pressed at the same moment: an answer, or the code of a refusal."""
    together = threading.Barrier(len(does))

    def press(do: Callable[[], object]) -> object:
        together.wait()
        try:
            return do()
        except CannotDo as refused:
            return refused.code

    with ThreadPoolExecutor(len(does)) as people:
        return list(people.map(press, does))
