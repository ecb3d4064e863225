"""What the window and its screens may ask of each other, and nothing beyond it.

The window shows a screen's title, subtitle and keys; it tells the screen when it is opened and
when something changed anywhere. The screen asks the window to go elsewhere by `navigate`. A screen
never knows the window, nor another screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.frozen import frozen
from ui import actions


@frozen
class KeyHint:
    """A key of the bar below: its caps and a word. The less used ones are `rare`: only F1 shows them."""

    keys: tuple[str, ...]
    text: str
    rare: bool = False
    leads: str = ""
    """The screen it leads to: who is not let go there is not shown the key."""


LEADS = {
    "open-checkin": "checkin",
    "close-trip": "trips",
    "find": "reservations",
    "open-notice": "details",
}
"""Where actions lead that are not called after a screen."""


def hint(word: str, text: str = "", *, rare: bool = False) -> KeyHint:
    """The hint of an action, with its own word unless a shorter one is given."""
    leads = LEADS.get(word, word.removeprefix("go-") if word.startswith("go-") else "")
    return KeyHint(actions.keys(word), text or actions.text(word).lower(), rare, leads)


def is_offered(part: QWidget, word: str) -> bool:
    """Whether who works at the window of this part is let go to a screen. On its own it is not asked."""
    offers = getattr(part.window(), "offers", None)
    return offers is None or bool(offers(word))


class Screen(QWidget):
    """Override what the screen needs; every method here does nothing or says nothing."""

    navigate = Signal(str, dict)
    """Ask to be taken to another screen: its word, and what it shall open."""

    back_wanted = Signal()
    """Ask to be taken to where one came from."""

    retitled = Signal()
    """Title, subtitle or keys are different now."""

    has_own_search = False
    """True where the search box of the window would be a second one (check-in)."""

    def takes_scan(self, _text: str) -> bool:
        """Whether what a scanner read is this screen's own, and was taken; all else is judged at the gate."""
        return False

    def about(self) -> frozenset[str]:
        """What is edited here right now, as the journal names it: who edits hears what others do to it."""
        return frozenset()

    def tell_meanwhile(self, _words: str) -> bool:
        """Another counter changed it: whether the screen says so itself, beside what is typed. Else the window does."""
        return False

    def title(self) -> str:
        """The large word at the top left."""
        return ""

    def subtitle(self) -> str:
        """A few small words after it."""
        return ""

    def keys(self) -> tuple[KeyHint, ...]:
        """This screen's keys, the most used first."""
        return ()

    def opened(self, **what: Any) -> None:
        """The screen came to the front, perhaps to show something: opened(reservation='CF-…')."""

    def may_leave(self, go_on: Callable[[], object]) -> bool:
        """Before another screen comes to the front or the window closes: False where something would be lost.

        Then the screen asks, and does `go_on` once it may be left.
        """
        return True

    def leaves(self) -> dict[str, Any]:
        """What the screen one goes back to may want to know, told to its `opened`: what was shown here last."""
        return {}

    def hide_personal(self) -> None:
        """Whoever worked here has left: what they had opened of a traveler's data is hidden again."""

    def refresh(self, changed: frozenset[str]) -> None:
        """These kinds of things were changed here; ask again if they are shown.

        While the screen is not in front, changes are gathered and told when it comes back.
        """

    def refresh_quietly(self, changed: frozenset[str]) -> None:
        """Somebody else changed these kinds of things: show it, but leave the row under the cursor where it is.

        A screen whose rows keep their places anyway need not tell the two apart.
        """
        self.refresh(changed)
