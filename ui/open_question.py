"""A question that is open while somebody else changes what it is about: it shows what is so now, and says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from controllers.background import Background, Lane
from models.refusals import CannotDo
from ui.widgets.overlay import stands

if TYPE_CHECKING:
    from ui.asking import DeskDoor


def look_again(
    background: Background,
    desk: DeskDoor,
    dialog: Any,
    waits: Callable[[], bool],
    failed: Callable[[Any, Exception], object],
    *,
    quietly: bool = False,
) -> None:
    """Read anew what `dialog` asks about, if it can; shown only while it still `waits` for a person.

    `quietly` where it has just said why not. `failed` is told which dialog it was.
    """
    if hasattr(dialog, "read_again"):
        lane = getattr(dialog, "reads_on", Lane.READING)
        show = partial(_show, dialog, waits, quietly)
        background.run(lane, dialog.read_again(desk), show, partial(failed, dialog))


def _show(dialog: Any, waits: Callable[[], bool], quietly: bool, question: Any) -> None:
    if not stands(dialog) or not waits():
        return
    before = dialog.row.version
    dialog.show_question(question)
    if dialog.row.version != before and not quietly:
        dialog.refuse(CannotDo("changed-meanwhile", number=dialog.row.number))
