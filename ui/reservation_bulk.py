"""What is done with several rows of the list, or with all of it: confirm, claim, tick off, export, print."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from models.refusals import CannotDo
from ui import actions, asking
from ui.at_desk import AtDesk
from ui.bulk_bar import BulkBar
from ui.question import Question
from ui.reservation_export import ExportDialog
from ui.reservation_print import PrintDialog
from ui.reservation_showing import Showing
from ui.reservation_table import ReservationTable
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.bulk import BulkPreview

LOOK_MS = 120
"""So long ticks are gathered before what they mean is asked."""


class Bulk(QObject):
    """Keeps the bar at the foot in step with what is ticked."""

    def __init__(
        self, at: AtDesk, showing: Showing, table: ReservationTable, bar: BulkBar, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._at, self._showing, self._table, self._bar, self._owner = at, showing, table, bar, owner
        self._zone = ""
        self._products: dict[int, str] = {}
        self._question = Question(at.background, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self._look)
        self._question.answered.connect(self._show)
        self._question.refused.connect(bar.refuse)
        table.model_.ticks_changed.connect(self._follow_ticks)
        for wanted, deed in (
            (bar.confirm_wanted, self.confirm),
            (bar.tick_off_wanted, self.tick_off),
            (bar.claim_wanted, self.claim),
            (bar.cancel_wanted, self.cancel),
            (bar.export_wanted, self.export),
            (bar.print_wanted, self.print),
        ):
            wanted.connect(partial(self._from_bar, deed))

    @property
    def is_looking(self) -> bool:
        """Whether what the ticks mean is still to come."""
        return self._soon.isActive() or self._question.is_open

    def look_again(self) -> None:
        """Something changed; what the ticks mean may be something else now."""
        if self._table.model_.ticks:
            self._soon.start()

    def confirm(self) -> None:
        """Ask about all that are ticked."""
        if not self._are_too_many():
            self._at.deeds.confirm_all(self._ids())

    def tick_off(self) -> None:
        """What is to do at the channels of the ticked ones has been done there."""
        if not self._are_too_many():
            self._at.deeds.tick_off_all(self._ids())

    def claim(self) -> None:
        """Work on all that are ticked."""
        if not self._are_too_many():
            self._at.deeds.claim_all(self._ids())

    def cancel(self) -> None:
        """Ask for the reason of the one that is ticked, or one reason for several."""
        if self._table.model_.ticked_count == 1:
            self._at.deeds.cancel(self._ids()[0])
        elif not self._are_too_many():
            self._at.deeds.cancel_all(self._ids())

    def alone(self, word: str) -> None:
        """Cancel what is ticked, or hold the one that is. Several are not held: each has a reason of its own."""
        count = self._table.model_.ticked_count
        if word == "cancel" and count:
            self.cancel()
        elif count == 1:
            getattr(self._at.deeds, word)(self._ids()[0])
        elif count:
            words = self.tr(
                "{deed} is for one order at a time, because each has its own reason. "
                "{count} are ticked: {key} takes the ticks away."
            )
            deed, key = actions.text(word), actions.cap("back")
            self._at.deeds.tell(words.format(deed=deed, count=number_words(count), key=key))

    def export(self) -> None:
        """What is ticked, else the whole list as it is shown."""
        model, showing = self._table.model_, self._showing
        if not model.rowCount():
            return
        dialog = ExportDialog(
            self._at,
            self._host(),
            name=showing.view.title,
            count=model.ticked_count or model.rowCount(),
            ids=self._in_order(),
            own=showing.layout.columns,
            prefers_own=showing.has_own_columns,
            zone=self._zone,
        )
        dialog.ask()

    def print(self) -> None:
        """What is ticked, else the whole list, on paper."""
        model = self._table.model_
        if not model.rowCount():
            return
        dialog = PrintDialog(
            self._at,
            self._host(),
            title=self._showing.view.title,
            about=self._about(model.ticked_count),
            ids=self._in_order(),
            columns=self._showing.layout.columns,
            zone=self._zone,
        )
        dialog.open()

    def show_choices(self, zone: str, products: dict[int, str]) -> None:
        """On whose clock orders are dated, and what products are called."""
        self._zone, self._products = zone, products

    def _about(self, ticked: int) -> str:
        """'All, Klook. 17 reservations', or how many of them were chosen."""
        place = self._showing.about(self._products)
        words = self.tr("{place}. {count} chosen") if ticked else self.tr("{place}. {count} reservations")
        return words.format(place=place, count=number_words(ticked or self._table.model_.rowCount()))

    def _host(self) -> QWidget:
        return self._at.deeds.host or self._owner.window()

    def _from_bar(self, deed: Callable[[], object]) -> None:
        """Its buttons turn grey and go with the ticks: the keyboard is with the rows, as where a key was pressed."""
        self._table.setFocus()
        deed()

    def _follow_ticks(self) -> None:
        count = self._table.model_.ticked_count
        was_hidden = self._bar.isHidden()
        self._bar.setVisible(count > 0)
        if not count:
            self._question.forget()
            return
        if was_hidden:
            QTimer.singleShot(0, self._table, self._table.scroll_to_cursor)  # the bar took some room
        self._question.forget()  # an answer about other ticks
        self._bar.show_count(count)
        self._soon.start()

    def _look(self) -> None:
        if self._are_too_many():
            return
        ids = self._ids()
        if ids:
            self._question.ask(partial(asking.preview_confirm_all, self._at.desk, ids))

    def _show(self, preview: BulkPreview) -> None:
        rows = [*preview.rows, *(one.row for one in preview.left_out if one.row is not None)]
        self._bar.show_preview(preview, sum(bool(row.to_do) for row in rows))

    def _ids(self) -> tuple[int, ...]:
        model = self._table.model_
        return tuple(model.ticks.chosen(model.ids))

    def _in_order(self) -> Callable[[], array[int]]:
        """The rows meant, in the order of the list; to be called on a lane."""
        ticks, ids = self._table.model_.ticks, self._table.model_.ids
        return lambda: array("q", ticks.among(ids)) if ticks else ids

    def _are_too_many(self) -> bool:
        from controllers.bulk import MOST

        count = self._table.model_.ticked_count
        if count > MOST:
            self._bar.refuse(CannotDo("too-many-at-once", count=count, most=MOST))
        return count > MOST
