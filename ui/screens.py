"""The list of screens: in which order they stand, by which word, key and icon they are reached.

A screen is built when it is first visited, so the window is there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right, may, who_may
from ui import actions
from ui.screen import Screen

Build = Callable[[], Screen]

IN_RAIL = (
    "today",
    "calendar",
    "reservations",
    "checkin",
    "sell",
    "messages",
    "letters",
    "reports",
    "products",
    "holidays",
    "settings",
)
"""Top to bottom; those that are seldom needed stand at the foot."""

AT_THE_FOOT = frozenset({"holidays", "settings"})

UNDER = {
    "mapping": "products",
    "details": "reservations",
    "departure": "calendar",
    "imports": "reservations",
    "trips": "today",
    "incidents": "today",
    "reviews": "reports",
    "refunds": "today",
}
"""Screens without a place of their own in the rail, and where they belong."""


NEEDS = {
    "checkin": Right.SCAN,
    "sell": Right.SELL,
    "messages": Right.TALK,
    "reports": Right.REPORTS,
    "products": Right.CATALOGUE,
    "mapping": Right.CATALOGUE,
    "holidays": Right.CATALOGUE,
    "settings": Right.OWN,
    "imports": Right.FILES,
    "trips": Right.TRIPS,
    "incidents": Right.INCIDENTS,
}
"""The right without which a screen has nothing to offer; the others show reservations."""


def is_open_to(role: str, word: str) -> bool:
    """Whether somebody of this role is offered a screen."""
    return may(role, NEEDS.get(word, Right.LOOK))


def not_open(word: str) -> CannotDo:
    """Why somebody is not offered a screen, and who could help."""
    needed = NEEDS.get(word, Right.LOOK)
    return CannotDo("not-allowed", action=needed.value, who=who_may(needed))


@frozen
class ScreenPlan:
    """One screen: its word, how it is built, and the place in the rail that is lit while it is shown."""

    word: str
    build: Build
    rail: str

    @property
    def in_rail(self) -> bool:
        """Whether it has a place of its own in the rail."""
        return self.rail == self.word

    @property
    def action(self) -> str:
        """The action that leads there, in `ui.actions`."""
        return f"go-{self.rail}"

    @property
    def icon(self) -> str:
        """Its drawing, in `ui.icons`."""
        return actions.ACTIONS[self.action].icon


def plan(builders: Mapping[str, Build]) -> tuple[ScreenPlan, ...]:
    """The screens that can be built, in the order of the rail; the others after them."""
    listed = [ScreenPlan(word, builders[word], word) for word in IN_RAIL if word in builders]
    others = [ScreenPlan(word, build, UNDER[word]) for word, build in builders.items() if word not in IN_RAIL]
    return (*listed, *others)
