"""The one question that is open: asked, sent, refused, and shown anew when somebody else changes what it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from controllers.background import Background, Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui.widgets.overlay import stands

if TYPE_CHECKING:
    from ui.asking import DeskDoor
    from ui.bulk_cancel import BulkCancelDialog
    from ui.bulk_confirm import BulkConfirmDialog
    from ui.cancel import CancelDialog
    from ui.confirm import ConfirmDialog
    from ui.hold import HoldDialog, UndoDialog
    from ui.pay import PayDialog
    from ui.take_theirs import TakeDialog

    Asked = (
        BulkCancelDialog
        | BulkConfirmDialog
        | ConfirmDialog
        | CancelDialog
        | HoldDialog
        | UndoDialog
        | PayDialog
        | TakeDialog
    )

_AWAY = ("database-busy", "database-unreachable")


class OpenQuestion:
    """`say_no` where no dialog is open that could say it; `refused` is told what a dialog said."""

    def __init__(
        self,
        background: Background,
        desk: DeskDoor,
        host: Callable[[], QWidget | None],
        say_no: Callable[[Exception], object],
        refused: Callable[[CannotDo], object],
    ) -> None:
        self._background, self._desk, self._host = background, desk, host
        self._say_no, self._refused = say_no, refused
        self.dialog: Asked | None = None
        self._sent: list[Asked] = []  # those whose answer has not come yet
        self._coming = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return stands(self.dialog)

    @property
    def is_asking(self) -> bool:
        """Whether one is open, or on its way."""
        return self._coming or self.is_open

    def over(self) -> QWidget:
        """What its dialog lies over."""
        host = self._host()
        assert host is not None, "whoever makes the window says where its dialogs lie"
        return host

    def ask(self, work: Callable[[], Any], show: Callable[[Any], None], lane: Lane = Lane.READING) -> None:
        """One question at a time: while one is open or on its way, another is not heard."""
        if self._host() is None or self.is_asking:
            return
        self._coming = True
        self._background.run(lane, work, show, self._cannot_ask)

    def open(self, dialog: Asked) -> None:
        """Show what was asked for."""
        self._coming, self.dialog = False, dialog
        dialog.about = _about(dialog)
        dialog.ask()

    def send(self, done: Callable[[Any], None]) -> None:
        """Do what the open dialog asks for; the answer finds this dialog, whichever is open by then."""
        dialog = self.dialog
        if dialog is not None:
            self._sent.append(dialog)
            heard, refused = partial(self._close_and, dialog, done), partial(self._refuse_in, dialog)
            self._background.run(Lane.DESK, dialog.deed(self._desk), heard, refused)

    def look_again(self) -> None:
        """Others changed something: it shows what is so now."""
        if self.dialog is not None and self.is_open:
            self._look_again_at(self.dialog, quietly=False)

    def _look_again_at(self, dialog: Asked, *, quietly: bool) -> None:
        waits = partial(self._waits, dialog)
        look_again(self._background, self._desk, dialog, waits, self._cannot_any_more, quietly=quietly)

    def _waits(self, dialog: Asked) -> bool:
        """Whether nothing has been asked for yet that is still to be answered."""
        return dialog not in self._sent

    def _cannot_ask(self, error: Exception) -> None:
        self._coming = False
        self._say_no(error)

    def _close_and(self, dialog: Asked, done: Callable[[Any], None], answer: Any) -> None:
        self._sent.remove(dialog)
        if stands(dialog):
            dialog.leave()
        done(answer)

    def _refuse_in(self, dialog: Asked, error: Exception) -> None:
        """Beside the button, with everything read anew; at the foot where the dialog was left meanwhile."""
        self._sent.remove(dialog)
        if not stands(dialog):
            self._say_no(error)
        elif isinstance(error, CannotDo):
            dialog.refuse(error)
            self._refused(error)
            self._look_again_at(dialog, quietly=True)
        else:
            dialog.set_busy(False)  # what was written there is not lost by a fault of ours
            self._say_no(error)

    def _cannot_any_more(self, dialog: Asked, error: Exception) -> None:
        """It was changed so that this cannot be done at all now; a database that is away may be back soon.

        The dialog stays: who changed it is told in it, and the next Enter would meet what lies behind.
        """
        if not (stands(dialog) and isinstance(error, CannotDo)):
            if stands(dialog):
                dialog.leave()
            self._say_no(error)
        elif error.code in _AWAY:
            dialog.refuse(error)
        else:
            dialog.give_up(error)
            self._refused(error)


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
    dialog.take_up()
    dialog.show_question(question)
    if dialog.row.version != before and not quietly:
        dialog.refuse(CannotDo("changed-meanwhile", number=dialog.row.number))


def _about(dialog: Asked) -> frozenset[str]:
    """The orders a question is about, and the departures whose seats it counts."""
    from ui.bulk_cancel import BulkCancelDialog
    from ui.bulk_confirm import BulkConfirmDialog

    rows = dialog.rows if isinstance(dialog, (BulkConfirmDialog, BulkCancelDialog)) else (dialog.row,)
    orders = subjects("reservation", *(row.id for row in rows))
    return orders | subjects("departure", *(row.departure_id for row in rows))
