"""What a screen asks about what others do meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.meanwhile import News
    from ui.asking.door import DeskDoor


def done_by_others(desk: DeskDoor, heads: Mapping[int, int] | None, about: Collection[str]) -> News:
    """What others did about these since then."""
    from controllers.meanwhile import done_by_others

    return done_by_others(heads, about, desk=desk())
