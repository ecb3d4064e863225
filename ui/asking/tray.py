"""Looks what the tray has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.tray import Looked, TrayNews
    from ui.asking.door import DeskDoor


def tray_news(desk: DeskDoor, looked: Looked | None) -> TrayNews:
    """What was noted since."""
    from controllers import tray

    return tray.see_tray(looked, desk=desk())
