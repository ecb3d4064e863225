"""What travelers said afterwards: the list at the left, the chosen one with our answer in the middle, averages at the
right. A digit is nothing here; R answers, O opens the reservation, E takes the list out of the house.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from models.review_reading import PAGE, ReviewFilter
from models.rights import Right, may
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile
from ui.question import Question
from ui.review_filters import ReviewFilters
from ui.review_list import COLUMNS, ReviewsBoard
from ui.review_panel import ReviewPanel
from ui.review_tallies import TalliesCard
from ui.screen import KeyHint, Screen, hint
from ui.traveler_request import choose_table
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Hairline
from ui.widgets.notice import Notice
from ui.widgets.scrolled import scrolled
from ui.wording.bulk import counted
from ui.wording.orders import local
from ui.wording.reviews import tally_words

if TYPE_CHECKING:
    from controllers.reviews import Reviewed
    from models.review_reading import ReviewRow, Tallies

NARROW = 1120
CONCERNS = frozenset(("reviews", "reservations", "products", "departures", "rewards"))


class Reviews(Screen):
    """`opened(product=id)` shows those of one product."""

    def __init__(
        self, at: AtDesk, parent: QWidget | None = None, *, ask_file: ChooseFile = choose_table
    ) -> None:
        super().__init__(parent)
        self._at, self._ask_file = at, ask_file
        self._tallies: Tallies | None = None
        self._asked_any = False
        self.filters, self.board, self.panel = ReviewFilters(), ReviewsBoard(at.now), ReviewPanel()
        self.averages = TalliesCard()
        self._list, self._nothing = Card(padding=0), EmptyState("", shape="star")
        self._notice, self._pages = Notice("stop", ""), QStackedWidget()
        self._look, self._more = Question(at.background, self), Question(at.background, self)
        self._count, self._pictures = Question(at.background, self), Question(at.background, self)
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._write = Question(at.background, self)
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Reviews")

    def subtitle(self) -> str:
        return tally_words(self._tallies.all) if self._tallies is not None else ""

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("choose")),
            hint("answer"),
            hint("open-reservation"),
            hint("filter"),
            hint("export"),
            hint("back"),
            hint("refresh", rare=True),
        )

    def about(self) -> frozenset[str]:
        one = self.panel.one
        return subjects("reservation", one.reservation_id) if one and self.panel.is_begun else frozenset()

    def opened(self, *, product: int | None = None, **_what: Any) -> None:
        if product is not None:
            self.filters.show_wanted(ReviewFilter(product_id=product))
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.board.setAccessibleName(self.tr("Reviews"))
        for part in (self.filters, self.panel, self.averages):
            part.retranslate()
        self._show_heading()
        self._say_nothing()
        self.retitled.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # what is shown

    def _ask(self) -> None:
        wanted, shown = self.filters.wanted, self.board.model_.rowCount()
        self._look.ask(partial(asking.reviews, self._at.desk, wanted, shown=shown))
        self._count.ask(partial(asking.review_tallies, self._at.desk, wanted))

    def _ask_more(self) -> None:
        rows = self.board.model_.rows
        if rows and not self._more.is_open:
            self._more.ask(partial(asking.reviews, self._at.desk, self.filters.wanted, rows[-1].place))

    def _narrow(self, wanted: ReviewFilter) -> None:
        self.filters.show_wanted(wanted)
        self._ask()

    def _show(self, rows: tuple[ReviewRow, ...]) -> None:
        self._asked_any = True
        self._more.forget()
        self.board.model_.show_rows(rows, more=_may_be_more(rows))
        if self.board.row is None and rows:
            self.board.go_to(0)
        self._settle()

    def _append(self, rows: tuple[ReviewRow, ...]) -> None:
        self.board.model_.append_rows(rows, more=_may_be_more(rows))

    def _settle(self) -> None:
        some = bool(self.board.model_.rowCount())
        self._pages.setCurrentIndex(0 if some else 1)
        self.panel.setVisible(some)
        self._say_nothing()
        self._choose(self.board.row)

    def _choose(self, one: ReviewRow | None) -> None:
        before = self.panel.one
        self.panel.show_review(one)
        if one is not None and before is not None and before.id == one.id:
            return
        self._pictures.forget()
        if one is not None and one.photos:
            self._pictures.ask(partial(asking.review_pictures, self._at.desk, one.id))

    def _show_tallies(self, told: Tallies) -> None:
        self._tallies = told
        today = local(self._at.now(), told.departures[0].zone if told.departures else "UTC").date()
        self.filters.show_choices(told, today)
        self.averages.show_tallies(told)
        self._show_heading()
        self.retitled.emit()

    def _show_heading(self) -> None:
        told = self._tallies
        note = ""
        if told is not None and told.waiting:
            note = counted(told.waiting, self.tr("1 to look at"), self.tr("{count} to look at"))
        elif told is not None and told.unanswered:
            note = self.tr("{count} not answered").format(count=told.unanswered)
        self._list.set_heading(self.tr("What they said"), note)

    def _say_nothing(self) -> None:
        if self.filters.wanted != ReviewFilter():
            self._nothing.say(self.tr("No review fits"), self.tr("Take a filter back to see more."))
        else:
            self._nothing.say(
                self.tr("No reviews yet"),
                self.tr(
                    "Some hours after a trip its travelers are asked for a comment. What they answer stands here; "
                    "what they tell you can be kept from the page of their reservation."
                ),
            )

    # what is done

    def _reply(self, words: str) -> None:
        one = self.panel.one
        if one is not None and not self._deed.is_open:
            self._deed.ask(partial(asking.reply_to_review, self._at.desk, one.id, words, one.version))

    def _decide(self, rating: int | None) -> None:
        one = self.panel.one
        if one is not None and not self._deed.is_open:
            self._deed.ask(partial(asking.decide_review, self._at.desk, one.id, rating))

    def _was_done(self, done: Reviewed) -> None:
        one = self.panel.one
        if one is not None and one.id == done.id and not one.waits:
            self.panel.keep_answer()
            self._at.deeds.tell(self.tr("The answer to {number} leaves.").format(number=done.number))
        elif done.code:
            words = self.tr("Thanked for with the reward code {code}.")
            self._at.deeds.tell(words.format(code=done.code))
        self._ask()

    def _answer(self) -> None:
        (self.panel.area if self.panel.area.isVisibleTo(self.panel) else self.panel.pick).setFocus()

    def _open(self, one: ReviewRow | None = None) -> None:
        one = one or self.panel.one
        if one is not None:
            self.navigate.emit("details", {"reservation": one.reservation_id})

    def _export(self) -> None:
        if not may(self._at.desk().actor.role, Right.EXPORT):
            no = CannotDo("not-allowed", action=Right.EXPORT.value, who="a manager")
            self._notice.refuse(no, self._write)
            return
        self._ask_file(self, "reviews.xlsx", self._write_file)

    def _write_file(self, name: str) -> None:
        wanted, titles = self.filters.wanted, self._titles()
        self._write.ask(partial(asking.export_reviews, self._at.desk, wanted, Path(name), titles))

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Reservation"), self.tr("Written"), self.tr("Product"), self.tr("Departure"), self.tr("Guide"),
            self.tr("Traveler"), self.tr("Stars"), self.tr("Words"), self.tr("Our answer"), self.tr("Answered"),
            self.tr("From"),
        )  # fmt: skip

    def _was_written(self, rows: int) -> None:
        self._at.deeds.tell(
            counted(rows, self.tr("1 review is in the file."), self.tr("{count} reviews are in the file."))
        )

    # building

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where it is narrow the averages stand below the review, and the list keeps its room for words."""
        narrow = self.width() < fonts.px(NARROW)
        ways = QBoxLayout.Direction
        self._pair.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.board.setColumnHidden(len(COLUMNS) - 1, narrow)
        self.averages.setMinimumHeight(fonts.px(420) if narrow else 0)

    def _build(self) -> None:
        self._list.add(self.board, 1)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._nothing)
        page = QWidget()
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._pair.setContentsMargins(0, 0, 0, 0)
        self._pair.setSpacing(fonts.px(12))
        self._pair.addWidget(self.panel, 52)
        self._pair.addWidget(self.averages, 48)
        row = QHBoxLayout()
        row.setContentsMargins(fonts.px(20), fonts.px(12), fonts.px(20), fonts.px(14))
        row.setSpacing(fonts.px(12))
        row.addWidget(self._pages, 38)
        row.addWidget(scrolled(page), 62)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(Hairline())
        column.addWidget(self._notice)
        column.addLayout(row, 1)
        self._notice.hide()
        self.setFocusProxy(self.board)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._more.answered.connect(self._append)
        self._count.answered.connect(self._show_tallies)
        self._pictures.answered.connect(self.panel.pictures.show_pictures)
        self._deed.answered.connect(self._was_done)
        self._deed.refused.connect(self.panel.refuse)
        self._write.answered.connect(self._was_written)
        questions = (self._look, self._more, self._count, self._pictures, self._write)
        self._notice.follow(*questions, something=lambda: self._asked_any)
        self.filters.chosen.connect(self._narrow)
        self.averages.narrowed.connect(self.filters.choose)
        self.board.model_.more_wanted.connect(self._ask_more)
        self.board.moved.connect(self._choose)
        self.board.opened.connect(self._open)
        self.panel.answered.connect(self._reply)
        self.panel.decided.connect(self._decide)
        self.panel.open_wanted.connect(self._open)
        self.panel.area.left.connect(self.board.setFocus)
        self._actions = [
            actions.make("refresh", self, self._ask),
            actions.make("answer", self, self._answer),
            actions.make("open-reservation", self, self._open),
            actions.make("filter", self, self.filters.setFocus),
            actions.make("export", self, self._export),
            actions.make("back", self, self.back_wanted.emit),
        ]


def _may_be_more(rows: tuple[ReviewRow, ...]) -> bool:
    """Whole pages only: there may be another."""
    return bool(rows) and len(rows) % PAGE == 0
