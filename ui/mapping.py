"""Orders that fit no departure of ours: gathered by what their channel calls it, and given a meaning here.

What is learned is kept: the next order with the same words finds its place by itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import actions, fonts, mapping_asks
from ui.at_desk import AtDesk
from ui.departure_maker import DepartureMaker
from ui.mapping_choice import Choice
from ui.mapping_groups import Groups, called
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.widgets.empty_state import EmptyState
from ui.widgets.loading import Loading
from ui.widgets.scroll_bar import ScrollBar
from ui.wording.numbers import number_words
from ui.wording.refusals import refusal
from ui.wording.unmatched import placed_words

if TYPE_CHECKING:
    from controllers.mapping import Mapped, Unmatched
    from controllers.schedule import Added
    from models.mapping import Group, GroupKey, WantedDeparture
    from models.products import Catalogue

CONCERNS = frozenset(("products", "reservations", "departures"))


class Mapping(Screen):
    """The groups at the left, and at the right what the one under the cursor means."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._around: Unmatched | None = None
        self._seen: tuple[GroupKey, Catalogue] | None = None  # what was known when this group was come to
        self._asks = {name: Question(at.background, self) for name in ("groups", "group")}
        self._deeds = {name: Question(at.background, self, lane=Lane.DESK) for name in ("map",)}
        self.maker = DepartureMaker(at.background, at.desk, self)
        self.groups, self.choice = Groups(at.now), Choice()
        self._build()
        self._connect()
        self.retranslate()
        self.ask()

    # what the window asks

    def title(self) -> str:
        return self.tr("Orders that fit no product")

    def subtitle(self) -> str:
        count = 0 if self._around is None else len(self._around.groups)
        if count < 2:
            return self.tr("1 group") if count else ""
        return self.tr("{count} groups").format(count=number_words(count))

    def keys(self) -> tuple[KeyHint, ...]:
        if self._around is not None and not self._around.groups:
            return (hint("back"),)
        return (
            KeyHint(("↑", "↓"), self.tr("move")),
            hint("open", self.tr("choose")),
            hint("take-file", self.tr("keep")),
            hint("back"),
        )

    def about(self) -> frozenset[str]:
        product = self.choice.product
        return subjects("product", product.id) if product is not None else frozenset()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self.ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.groups.retranslate()
        self._nothing.say(
            self.tr("Every order has its departure"),
            self.tr("What a channel calls by a name nobody knows is gathered here."),
        )
        self._show()

    # what Qt tells

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.groups.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
        else:
            super().keyPressEvent(event)

    # building

    def _build(self) -> None:
        self._loading, self._nothing = Loading(), EmptyState("")
        self._pages = QStackedWidget()
        both = QWidget()
        row = QHBoxLayout(both)
        edge = fonts.px(16)
        row.setContentsMargins(edge, edge, 0, edge)
        row.setSpacing(edge)
        row.addWidget(self.groups, 42)
        row.addWidget(self._scrolled(self.choice), 58)
        self._both = both
        for page in (self._loading, both, self._nothing):
            self._pages.addWidget(page)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._loading.start()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _scrolled(self, widget: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBar(ScrollBar(parent=area))
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, fonts.px(16), 0)
        inside.addWidget(widget)
        area.setWidget(holder)
        holder.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area

    def _connect(self) -> None:
        self._asks["groups"].answered.connect(self.show_groups)
        self._asks["group"].answered.connect(self.choice.show_details)
        self._deeds["map"].answered.connect(self._mapped)
        self.maker.done.connect(self._made)
        self.maker.not_done.connect(self._refuse)
        for question in (*self._asks.values(), self._deeds["map"]):
            question.refused.connect(self._refuse)
        self.groups.moved.connect(self._move_to)
        self.groups.opened.connect(lambda _group: self.choice.pick_product.setFocus())
        self.choice.decided.connect(self._keep)
        self.choice.departure_wanted.connect(self._ask_departure)
        self.choice.order_wanted.connect(
            lambda number: self.navigate.emit("details", {"reservation": number})
        )
        actions.make("take-file", self, self.choice.decide.click)
        actions.make("refresh", self, self.ask)

    # asking and showing

    def ask(self) -> None:
        """Ask which orders wait."""
        self._asks["groups"].ask(partial(mapping_asks.look, self._at.desk))

    def show_groups(self, around: Unmatched) -> None:
        """Show what waits."""
        self._around = around
        self._show()

    def _show(self) -> None:
        if self._around is None:
            return
        self._loading.stop()
        self.groups.show_groups(self._around.groups)
        group = self.groups.row
        self._pages.setCurrentWidget(self._both if self._around.groups else self._nothing)
        if group is not None:
            self._move_to(group)
        self.retitled.emit()

    def _move_to(self, group: Group | None) -> None:
        if group is not None and self._around is not None:
            if self._seen is None or self._seen[0] != group.key:
                self._seen = group.key, self._around.catalogue
            self.choice.show_group(group, self._around)
            self._asks["group"].ask(partial(mapping_asks.group, self._at.desk, group.key))

    def _step_back(self) -> None:
        """Esc: from the choice to the groups, and from there to where one came from."""
        if self.groups.rows.hasFocus() or not self._around or not self._around.groups:
            self.back_wanted.emit()
        else:
            self.groups.setFocus()

    # doing

    def _keep(self) -> None:
        group, product = self.groups.row, self.choice.product
        if group is None or product is None or self._seen is None or self._deeds["map"].is_open:
            return
        self.choice.notice.hide()
        option_id = self.choice.option.id if self.choice.option else None
        units = dict(self.choice.units)
        chosen = (group.key, product.id, option_id, units, self._seen[1])
        self._deeds["map"].ask(partial(mapping_asks.map_orders, self._at.desk, *chosen))

    def _mapped(self, mapped: Mapped) -> None:
        self.say(placed_words(mapped.placed, mapped.left), good=not mapped.left)

    def say(self, words: str, *, good: bool = True) -> None:
        """What came of it; it stands above the choice until the next deed."""
        head, _dot, rest = words.partition(". ")
        self.choice.said.say(head + ("." if rest else ""), rest)
        self.choice.said.show()
        self._nothing.say(self.tr("Every order has its departure"), words)
        self.groups.setFocus()
        self.ask()

    def _ask_departure(self, wanted: WantedDeparture) -> None:
        group, product, option = self.groups.row, self.choice.product, self.choice.option
        if group is None or product is None or option is None:
            return
        like = option.rules[0] if option.rules else None
        self.maker.open(
            self._at.deeds.host or self.window(),
            called(group),
            option.id,
            subjects("product", product.id),
            day=wanted.day,
            starts=wanted.starts,
            minutes=like.minutes if like else 120,
            capacity=like.capacity if like else max(1, wanted.heads),
        )

    def _made(self, added: Added) -> None:
        self.say(placed_words(added.matched, ()))

    def _refuse(self, no: CannotDo) -> None:
        self._loading.stop()
        self.choice.refuse(refusal(no))
        if no.code == "mapped-meanwhile":
            self._seen = None  # theirs is told now
            self.ask()

    def opened(self, **_what: Any) -> None:
        self.choice.said.hide()
