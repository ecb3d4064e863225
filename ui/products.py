"""Everything that is sold: the list at the left, the product under the cursor beside it, to be changed right there.

What is typed stays on the page until it is saved or discarded; going elsewhere asks first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import actions, fonts, product_asks
from ui.at_desk import AtDesk
from ui.departure_maker import DepartureMaker
from ui.product_bar import ProductBar
from ui.product_dialogs import DeleteDialog, LeaveDialog
from ui.product_draft import Draft
from ui.product_list import ProductList
from ui.product_options import new_product
from ui.product_page import ProductPage
from ui.product_photo import PhotoChoice
from ui.product_rules import NEW_RULE
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.widgets.empty_state import EmptyState
from ui.widgets.loading import Loading
from ui.widgets.notice import Notice
from ui.wording.numbers import number_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.products import SavedProduct
    from models.product_rows import ProductPage as Page
    from models.product_rows import ProductRow, Uses
    from ui.product_asks import Surroundings

CONCERNS = frozenset(("products", "departures", "reservations"))
LIST_WIDTHS = ((1100, 348), (720, 286), (0, 224))
"""From so wide a screen on the list is so wide, at the size of the text: it makes room for the page."""

_BESIDE = {"code-taken": ("code",)}
"""Refusals of the world that belong to one field."""


class Products(Screen):
    """`opened(product=id)` goes to one of them."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self.draft = Draft(self)
        self._around: Surroundings | None = None
        self._wanted: int | None = None
        self._go_on: Callable[[], object] | None = None
        self.photo = PhotoChoice(at, self)
        self._asks = {name: Question(at.background, self) for name in ("list", "page", "uses")}
        self._asks["photo"] = self.photo.question
        self._deeds = {name: Question(at.background, self, lane=Lane.DESK) for name in ("save", "delete")}
        self.maker = DepartureMaker(at.background, at.desk, self)
        self.list = ProductList(at.now)
        self.bar = ProductBar(self.draft)
        self.page = ProductPage(self.draft, at)
        self.notice = Notice("stop", "")
        self._build()
        self._connect()
        self.retranslate()
        self._ask_list()

    # what the window asks

    def title(self) -> str:
        return self.tr("Products")

    def subtitle(self) -> str:
        if self._around is None or not self._around.rows:
            return ""
        offered = sum(row.offered for row in self._around.rows)
        return self.tr("{count} offered").format(count=number_words(offered))

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("move")),
            hint("open", self.tr("change")),
            hint("save"),
            hint("new-product"),
            hint("filter"),
            hint("go-mapping", self.tr("unmatched")),
            hint("back", self.tr("to the list")),
        )

    def about(self) -> frozenset[str]:
        return self.draft.about if self.draft.is_dirty else frozenset()

    def opened(self, *, product: int | None = None, **_what: Any) -> None:
        if product is not None:
            self._wanted = product
            self.list.go_to(product)

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask_list()
        self.page.refresh(changed)
        if "products" in changed and self.draft.product_id is not None and not self.draft.is_dirty:
            self._ask_page(self.draft.product_id)

    def _open_switches(self) -> None:
        """To where it is said which letters of this product go by themselves."""
        self.navigate.emit("settings", {"section": "letters", "product": self.draft.product_id or 0})

    def may_leave(self, go_on: Callable[[], object]) -> bool:
        if self.draft.is_dirty:
            self._ask_to_leave(go_on)
        return not self.draft.is_dirty

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.list.retranslate()
        self._nothing.say(
            self.tr("No product yet"),
            self.tr("Add one here, or take a products file under Import."),
            self.tr("New product"),
        )
        self._show_draft()

    # what Qt tells

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for least, width in LIST_WIDTHS:
            if self.width() >= fonts.px(least):
                self.list.setFixedWidth(fonts.px(width))
                break

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_list = self.list.rows.hasFocus() and not self.list.filter.text()
        if event.key() == Qt.Key.Key_Escape and not at_list:
            self._step_back()
        else:
            super().keyPressEvent(event)

    # building

    def _build(self) -> None:
        self._loading, self._nothing = Loading(), EmptyState("", shape="products")
        self._pages, self._whole = QStackedWidget(), QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.page, 1)
        self.notice.hide()
        for page in (self._loading, self._whole, self._nothing):
            self._pages.addWidget(page)
        self._pages.setBackgroundRole(QPalette.ColorRole.Window)
        row = QHBoxLayout(self)
        row.setContentsMargins(fonts.px(16), 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(0, fonts.px(16), 0, fonts.px(16))
        left.addWidget(self.list)
        row.addLayout(left)
        right = QVBoxLayout()
        right.addWidget(self.notice)
        right.addWidget(self._pages)
        row.addLayout(right, 1)
        self._loading.start()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        for name, show in (
            ("list", self._show_list),
            ("page", self._show_page),
            ("uses", self._show_uses),
            ("photo", self.draft.set_photo),
        ):
            self._asks[name].answered.connect(show)
        self._deeds["save"].answered.connect(self._saved)
        self._deeds["delete"].answered.connect(self._deleted)
        for question in (*self._asks.values(), *self._deeds.values()):
            question.refused.connect(partial(self._refuse, question))
            question.answered.connect(partial(self._settle, question))
        self.maker.done.connect(self._departures_changed)
        self.maker.not_done.connect(partial(self._refuse, self.maker))
        self.list.moved.connect(self._move_to)
        self.list.opened.connect(self.page.focus_first)
        self.list.new_wanted.connect(self.new)
        self.list.mapping_wanted.connect(lambda: self.navigate.emit("mapping", {}))
        self.bar.save_wanted.connect(self.save)
        self.bar.discard_wanted.connect(self.discard)
        self.bar.stop_wanted.connect(self._turn)
        self.bar.delete_wanted.connect(self._ask_to_delete)
        self.page.photo_wanted.connect(lambda: self.photo.choose(self.window()))
        self.page.switches_wanted.connect(self._open_switches)
        self.page.departure_wanted.connect(self._ask_departure)
        self.page.departure_unwanted.connect(self.maker.remove)
        self._nothing.pressed.connect(self.new)
        actions.make("save", self, self.save)
        actions.make("new-product", self, self.new)
        actions.make("filter", self, self.list.filter.setFocus)
        actions.make("refresh", self, self._ask_list)

    # asking

    def _ask_list(self) -> None:
        self._asks["list"].ask(partial(product_asks.look, self._at.desk))

    def _ask_page(self, product_id: int) -> None:
        self._asks["page"].ask(partial(product_asks.page, self._at.desk, product_id))

    def _ask_uses(self) -> None:
        if self.draft.product_id is not None:
            self._asks["uses"].ask(partial(product_asks.uses, self._at.desk, self.draft.product_id))

    # showing

    def _show_list(self, around: Surroundings) -> None:
        self._around = around
        self.list.blockSignals(True)
        self.list.show_rows(around.rows)
        self.list.go_to(self.draft.product_id if self._wanted is None else self._wanted)
        self.list.blockSignals(False)
        if not self.draft.is_dirty and not (self.draft.is_new and self.draft.content):
            self._move_to(self.list.row)
        if not around.rows and not self.draft.content:
            self._loading.stop()
            self._pages.setCurrentWidget(self._nothing)
        self.retitled.emit()

    def _move_to(self, row: ProductRow | None) -> None:
        """The cursor is on another product; what is not saved is asked about first."""
        if row is None:
            return
        if row.id == self.draft.product_id:
            self._wanted = row.id  # back again: the one between is of no interest any more
            return
        if self.draft.is_dirty:
            here = self.draft.product_id
            self._ask_to_leave(partial(self.list.go_to, row.id))
            self.list.go_to(here)
            return
        self._wanted = row.id
        self.notice.hide()
        self._ask_page(row.id)

    def _show_page(self, page: Page) -> None:
        if self._wanted not in (None, page.id):
            return
        if page.id == self.draft.product_id and page.by_hand != self.draft.by_hand:
            self.draft.show_departures(page)
        again = page.id == self.draft.product_id
        if again and self.draft.is_dirty and self.draft.seen:
            return  # what is being typed is not thrown away; saving it will say what happened
        if again and page.seen == self.draft.seen and page.photo == self.draft.photo:
            return
        place = self.page.verticalScrollBar().value() if again else 0
        keyboard = self.page.keyboard_at
        self.page.clear()
        if again:
            self.draft.show_kept(page)
        else:
            self._asks["photo"].forget()  # it was to be that of another product
            self.draft.show_page(page)
        self._show_draft(place=place)
        if keyboard is not None:
            self.page.type_on(keyboard if again else ((), 0))
        self._ask_uses()

    def _show_draft(self, *, place: int = 0) -> None:
        if self._around is None or not self.draft.content:
            return
        row = next((one for one in self._around.rows if one.id == self.draft.product_id), None)
        self.page.build(self._around, row)
        self.bar.allow(may_change=self._around.may_change, sold=True)
        self._loading.stop()
        self._pages.setCurrentWidget(self._whole)
        self.page.verticalScrollBar().setValue(place)
        self.retitled.emit()

    def _show_uses(self, answer: tuple[int, Uses]) -> None:
        product_id, uses = answer
        if product_id == self.draft.product_id and self._around is not None:
            self.page.show_uses(uses)
            self.bar.allow(may_change=self._around.may_change, sold=uses.sold)

    def _step_back(self) -> None:
        """Esc: from the page to the list; from the filter, too, and it is emptied."""
        if self.list.filter.text():
            self.list.filter.set_text("")
        self.list.setFocus()

    # doing

    def new(self) -> None:
        """A product that is not there yet."""
        if self._around is None or not self._around.may_change:
            return
        if self.may_leave(self.new):
            for asked in ("page", "photo"):
                self._asks[asked].forget()
            self.notice.hide()
            self.page.clear()
            self.draft.show_new(new_product(self._around.zone, self._around.currency))
            self._show_draft()
            self.bar.allow(may_change=True, sold=False)
            self.page.focus_first()

    def save(self) -> None:
        """Keep what is on the page, or go to what is wrong with it."""
        saving = self._deeds["save"]
        if not self.draft.is_dirty or self._around is None or not self._around.may_change or saving.is_open:
            return
        if not self.draft.try_to_save():
            count = len(self.draft.faults)
            words = (
                self.tr("1 field is not right.") if count == 1 else self.tr("{count} fields are not right.")
            )
            self.notice.say(
                words.format(count=count), self.tr("Each says beside itself what would be right.")
            )
            self.notice.show()
            self.page.focus_fault()
            self._go_on = None
            return
        self.notice.hide()
        self.bar.set_busy(True)
        draft = self.draft
        content, photo = draft.send()
        saving.ask(partial(product_asks.save, self._at.desk, content, draft.product_id, draft.seen, photo))

    def discard(self) -> None:
        """Back to what is kept; of a new product nothing is left."""
        self.notice.hide()
        if self.draft.is_new:
            self._forget()
            row = self.list.row
            self._wanted = row.id if row is not None else None
            if row is not None:
                self._ask_page(row.id)
            else:
                self._pages.setCurrentWidget(self._nothing)
        else:
            place = self.page.verticalScrollBar().value()
            self.page.clear()
            self.draft.discard()
            self._show_draft(place=place)
            self._ask_uses()
        self.list.setFocus()

    def _turn(self) -> None:
        """Stop offering it, or offer it again: kept at once, with whatever else is on the page."""
        self.draft.set(("offered",), not self.draft.get(("offered",)))
        self.save()

    def _saved(self, saved: SavedProduct) -> None:
        self.bar.set_busy(False)
        self._wanted = saved.id
        self.draft.keep(saved.id)
        self._ask_list()
        self._ask_page(saved.id)
        go_on, self._go_on = self._go_on, None
        if go_on is not None:
            go_on()

    def _settle(self, of: Question, _told: object) -> None:
        """This one was had; what another was refused stays said."""
        self.notice.settle(of)

    def _refuse(self, of: QObject, no: CannotDo) -> None:
        if of is self._deeds["save"]:
            self.bar.set_busy(False)
            self._go_on = None
        self._loading.stop()
        path = _BESIDE.get(no.code)
        if path is not None:
            self.draft.refuse(path, refusal(no))
            self.page.focus_fault()
        else:
            self.notice.refuse(no, of)

    # departures by hand

    def _ask_departure(self) -> None:
        option = self.draft.get(("option", self.draft.option))
        rules = option["rules"] or [NEW_RULE]
        like = {key: rules[0][key] for key in ("minutes", "capacity") if isinstance(rules[0][key], int)}
        name = f"{self.draft.get(('name',))}, {option['name']}"
        self.maker.open(self._host, name, self.draft.options[option["was"]], self.draft.about, **like)

    def _departures_changed(self, _made: object) -> None:
        self.notice.settle(self.maker)
        if self.draft.product_id is not None:
            self._ask_page(self.draft.product_id)

    # questions to whoever is there

    def _ask_to_leave(self, go_on: Callable[[], object]) -> None:
        name = str(self.draft.get(("name",)) or "") or self.tr("The new product")
        dialog = LeaveDialog(self._host, name, self.draft.about)
        dialog.thrown_away.connect(partial(self._throw_away, go_on))
        dialog.accepted.connect(partial(self._save_then, go_on))
        dialog.open()

    def _save_then(self, go_on: Callable[[], object]) -> None:
        self._go_on = go_on
        self.save()

    def _throw_away(self, go_on: Callable[[], object]) -> None:
        self.discard()
        go_on()

    def _ask_to_delete(self) -> None:
        if self.draft.product_id is not None:
            dialog = DeleteDialog(self._host, str(self.draft.get(("name",))), self.draft.about)
            dialog.accepted.connect(self._delete)
            dialog.open()

    def _delete(self) -> None:
        if self.draft.product_id is not None:
            self._deeds["delete"].ask(partial(product_asks.delete, self._at.desk, self.draft.product_id))

    def _deleted(self, product_id: int) -> None:
        if self.draft.product_id == product_id:
            self._forget()
            self._wanted = None
        self._ask_list()

    def _forget(self) -> None:
        self.page.clear()
        self.draft.forget()

    @property
    def _host(self) -> QWidget:
        return self._at.deeds.host or self.window()
