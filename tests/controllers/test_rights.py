"""Every use case against every role: let in or refused as the table says, before anything else happens."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import CodeType
from typing import Any

import pytest

import controllers
from controllers.desk import Desk
from models.refusals import CannotDo
from models.rights import TABLE, Right, Role, may, who_may

FOR_WHOEVER_ASKS = {
    "controllers.desk.open_desk",
    "controllers.reservations.is_manager",
    "controllers.reservations.may_overbook",
    "controllers.command_staff.act",
    "controllers.staff.machine.act_as_owner",
    "controllers.staff.signing_in.leave",
    "controllers.staff.signing_in.look_again",
    "controllers.staff.signing_in.needs_signing_in",
    "controllers.staff.signing_in.people_here",
    "controllers.staff.signing_in.sign_in",
}
"""Questions about rights themselves, and what stands before anybody is known."""

ASKS_FIRST = {
    ("controllers.today.see_today", "last_rehearsal"),
    ("controllers.mailbox.fetching.fetch", "say_trouble"),
}
"""Where the role is asked before, or the clock does it, so that nobody is sent away in the middle."""

PEOPLE = [role for role in Role if role is not Role.PROGRAM]


def use_cases() -> dict[str, Callable[..., Any]]:
    """Every public function of the controllers that is told at which desk it is done."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(controllers.__path__, "controllers."):
        loaded = importlib.import_module(module.name)
        for name, one in inspect.getmembers(loaded, inspect.isfunction):
            mine = one.__module__ == module.name and not name.startswith("_")
            if mine and "desk" in inspect.signature(one).parameters:
                found[f"{module.name}.{name}"] = one
    return found


USE_CASES = use_cases()


def test_every_use_case_names_the_right_it_needs() -> None:
    unmarked = {name for name, one in USE_CASES.items() if not hasattr(one, "needs")}
    assert unmarked <= FOR_WHOEVER_ASKS


def test_every_right_is_somebodys_and_the_owner_has_all() -> None:
    assert set(TABLE) == set(Right)
    for right in Right:
        assert Role.OWNER in TABLE[right]
        assert who_may(right)


def test_a_role_nobody_knows_may_nothing() -> None:
    assert not any(may("", right) or may("boss", right) for right in Right)


@pytest.mark.parametrize("role", PEOPLE)
def test_each_use_case_lets_in_whom_the_table_lets_in(desk: Desk, role: Role) -> None:
    desk.actor = replace(desk.actor, role=role)
    for name, use_case in USE_CASES.items():
        right: Right | None = getattr(use_case, "needs", None)
        if right is None:
            continue
        assert is_let_in(use_case, desk) == (role in TABLE[right]), (name, role)


def test_whoever_is_let_in_is_not_sent_away_further_inside() -> None:
    """A use case that calls another one needs its right, too, or does it by the clock."""
    too_much = {
        (name, called.__name__)
        for name, use_case in USE_CASES.items()
        if hasattr(use_case, "needs")
        for called in use_cases_within(use_case)
        if not TABLE[use_case.needs] <= TABLE[called.needs]  # type: ignore[attr-defined]
    }
    assert too_much == ASKS_FIRST


def use_cases_within(one: Callable[..., Any], seen: set[int] | None = None) -> Iterator[Callable[..., Any]]:
    """The use cases that a function of the controllers calls, itself or by way of plain functions."""
    seen = set() if seen is None else seen
    bare = inspect.unwrap(one)
    for name in names_in(bare.__code__):
        called = bare.__globals__.get(name)
        ours = inspect.isfunction(called) and called.__module__.startswith("controllers")
        if not ours or id(called) in seen:
            continue
        seen.add(id(called))
        if hasattr(called, "needs"):
            yield called
        else:
            yield from use_cases_within(called, seen)


def names_in(code: CodeType) -> Iterator[str]:
    """Every name that a function speaks of, in what is written inside it, too."""
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from names_in(part)


def is_let_in(use_case: Callable[..., Any], desk: Desk) -> bool:
    """Whether it comes as far as missing what it is about; nothing is done either way."""
    first = next(iter(inspect.signature(use_case).parameters))
    try:
        if first == "desk":
            use_case(desk, **{"nobody has this": 1})
        else:
            use_case(desk=desk, **{"nobody has this": 1})
    except CannotDo as no:
        return no.code != "not-allowed"
    except TypeError:
        return True
    raise AssertionError("it was done without what it is about")
