"""Marks a use case with the right it needs, judges whoever calls it before anything else happens, and notes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from controllers import diary
from models.rights import Right, require

if TYPE_CHECKING:
    from controllers.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")


def needs(right: Right) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Only who has this right gets in. Raises CannotDo("not-allowed") for everybody else.

    A person's role is the one at this moment: `Desk.actor`, which follows what managers change.
    """

    def mark(use_case: Callable[P, T]) -> Callable[P, T]:
        place = use_case.__code__.co_varnames.index("desk")
        name = f"{use_case.__module__.partition('.')[2]}.{use_case.__name__}"

        @wraps(use_case)
        def judged(*args: P.args, **kwargs: P.kwargs) -> T:
            desk: Desk = kwargs["desk"] if "desk" in kwargs else args[place]  # type: ignore[assignment]
            require(desk.actor.role, right)
            notes = diary.current
            noted = notes is not None and notes.begin(name, right.value)
            try:
                return use_case(*args, **kwargs)
            finally:
                if noted and notes is not None:
                    notes.end()

        judged.needs = right  # type: ignore[attr-defined]
        return judged

    return mark
