"""Looks what the tray has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.tray import TrayNews
    from ui.asking.door import DeskDoor


def tray_news(desk: DeskDoor, after: int | None) -> TrayNews:
    """What was noted since."""
    from controllers import tray

    return tray.see_tray(after, desk=desk())
