"""What is done by the clock, by whoever holds the worker's lease: a desk, or `app.py work`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.desk import Desk


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work: its word, how often it is looked at, and what does it (as the clock, never as a person).

    `do` answers whether there was anything to do; then it is asked again at once, after the others had their turn.
    `wakes` are the kinds of change that bring its turn at once.
    """

    word: str
    every: timedelta
    do: Callable[[Desk], bool]
    wakes: frozenset[str] = frozenset()


def _clock(desk: Desk) -> bool:
    from controllers.by_the_clock import do_what_is_due, what_is_due

    due = what_is_due(desk=desk)
    if due:
        do_what_is_due(due, desk=desk)
    return bool(due)


JOBS: tuple[Job, ...] = (Job("clock", timedelta(seconds=30), _clock),)
"""In the order in which they have their turns. Each imports what it needs when it is first done."""
