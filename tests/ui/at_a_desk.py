"""What a test of a screen needs: lanes that end, deeds that are remembered, a screen with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from controllers.background import Background
from controllers.desk import Desk
from models.reservations import Verb
from tests.fakes import FakeLoudspeaker
from ui.at_desk import AtDesk
from ui.screen import Screen
from ui.sounds import Sounds


class FakeDeeds(QObject):
    """Remembers what was asked of it in `asked`."""

    done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.host: QWidget | None = None
        self.asked: list[tuple[str, Any]] = []

    def confirm(self, reservation_id: int) -> None:
        self.asked.append(("confirm", reservation_id))

    def hold(self, reservation_id: int) -> None:
        self.asked.append(("hold", reservation_id))

    def cancel(self, reservation_id: int) -> None:
        self.asked.append(("cancel", reservation_id))

    def tick_off(self, reservation_id: int) -> None:
        self.asked.append(("tick-off", reservation_id))

    def claim(self, reservation_id: int) -> None:
        self.asked.append(("claim", reservation_id))

    def claim_all(self, ids: Sequence[int]) -> None:
        self.asked.append(("claim-all", tuple(ids)))

    def confirm_all(self, ids: Sequence[int]) -> None:
        self.asked.append(("confirm-all", tuple(ids)))

    def tick_off_all(self, ids: Sequence[int]) -> None:
        self.asked.append(("tick-off-all", tuple(ids)))

    def tell(self, words: str) -> None:
        self.asked.append(("tell", words))

    def pay(self, reservation_id: int) -> None:
        self.asked.append(("pay", reservation_id))

    def do(self, verb: Verb, reservation_id: int) -> None:
        self.asked.append((verb.value, reservation_id))


@contextmanager
def at_a_desk(desk: Desk) -> Iterator[AtDesk]:
    """The desk as a screen is given it; no fault of ours stays unseen."""
    background = Background()
    faults: list[Exception] = []
    background.trouble.connect(faults.append)
    desk.listeners.append(background.announce)
    deeds: Any = FakeDeeds()
    made: list[Sounds] = []

    def sounds() -> Sounds:
        if not made:
            made.append(Sounds(at, FakeLoudspeaker()))  # type: ignore[arg-type]
        return made[0]

    at = AtDesk(background, lambda: desk, deeds, desk.now, sounds=sounds)
    try:
        yield at
    finally:
        background.close()
    assert faults == []


def shown(
    qtbot: QtBot, screen: Screen, *, until: Callable[[], bool], size: tuple[int, int] = (1282, 680)
) -> Any:
    """The screen in a window of its own, with the keyboard, once `until` is true."""
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    screen.setFocus()
    qtbot.waitUntil(until)
    return screen


def wanders(screen: Screen) -> list[tuple[str, dict[str, Any]]]:
    """Where the screen asks to be taken, from now on."""
    asked: list[tuple[str, dict[str, Any]]] = []
    screen.navigate.connect(lambda word, what: asked.append((word, what)))
    return asked
