"""A question that is open while somebody else changes what it is about: it shows what is so now, and says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from shiboken6 import isValid

from controllers.background import Background, Lane
from models.refusals import CannotDo

if TYPE_CHECKING:
    from ui.asking import DeskDoor


def look_again(
    background: Background,
    desk: DeskDoor,
    dialog: Any,
    waits: Callable[[], bool],
    failed: Callable[[Exception], object],
) -> None:
    """Read anew what `dialog` asks about, if it can; shown only while it still `waits` for a person."""
    if hasattr(dialog, "read_again"):
        background.run(Lane.READING, dialog.read_again(desk), partial(_show, dialog, waits), failed)


def _show(dialog: Any, waits: Callable[[], bool], question: Any) -> None:
    if not isValid(dialog) or dialog.isHidden() or not waits():
        return
    changed = question.row.version != dialog.row.version
    dialog.show_question(question)
    if changed:
        dialog.refuse(CannotDo("changed-meanwhile", number=question.row.number))
