"""The products at the left: each with its photo, how it is confirmed, and its next departure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import halves
from ui.paint.text import RIGHT, paint_text, text_width
from ui.product_what import paint_photo, photo_pixmap
from ui.widgets.board import Board
from ui.widgets.button import APART, Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import day_and_time
from ui.wording.orders import local
from ui.wording.products import confirmation_word
from ui.wording.reviews import average_words, tally_words

if TYPE_CHECKING:
    from models.product_rows import ProductRow

translate = QCoreApplication.translate

COLUMNS = (Column("product", QT_TRANSLATE_NOOP("columns", "Product"), stretch=True, inset=8),)
ROW, NARROW = 64, 300


class ProductList(Card):
    """`moved` brings the row under the cursor, `opened` the row to edit, `new_wanted` a product that is not there."""

    moved = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()
    mapping_wanted = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._all: tuple[ProductRow, ...] = ()
        self.filter = Field(icon="find", key=actions.cap("filter"), height=34)
        self.new = Button("", icon="plus", key=actions.cap("new-product"), height=34)
        self.mapping = Button("", "ghost", icon="link")
        self.model_ = RowModel(COLUMNS, lambda row: row.id, say)
        self.rows = Board(self.model_, _Rows(now), name="", row_height=ROW, click_opens=False)
        self.model_.setParent(self.rows)
        self._none = Label("", 13, 400, "ink2", wrap=True)
        self._build()
        self.rows.moved.connect(self.moved)
        self.rows.opened.connect(self.opened)
        self.filter.changed.connect(self._narrow)
        self.filter.entered.connect(self.rows.setFocus)
        self.new.clicked.connect(self.new_wanted)
        self.mapping.clicked.connect(self.mapping_wanted)
        self.setFocusProxy(self.rows)
        self.retranslate()

    @property
    def row(self) -> ProductRow | None:
        """The product under the cursor."""
        return self.rows.row

    def show_rows(self, rows: tuple[ProductRow, ...]) -> None:
        """Show these products, narrowed as before."""
        self._all = rows
        self._narrow()

    def go_to(self, product_id: int | None) -> None:
        """Put the cursor on a product."""
        at = self.model_.place_of(product_id)
        if at >= 0:
            self.rows.go_to(at)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.rows.setAccessibleName(self.tr("Products"))
        self.filter.set_placeholder(self.tr("Name or code"))
        self.filter.setAccessibleName(self.tr("Filter products"))
        self.new.set_text(self.tr("New"))
        self.mapping.set_text(self.tr("Orders that fit no product"))
        self._narrow()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 8)
        top.setSpacing(APART)
        top.addWidget(self.filter, 1)
        top.addWidget(self.new)
        self.add(top)
        self._none.setContentsMargins(16, 4, 16, 8)
        self.add(self._none)
        self.add(self.rows, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        foot.addWidget(self.mapping)
        foot.addStretch(1)
        self.add(foot)

    def _narrow(self) -> None:
        wanted = self.filter.text().strip().casefold()
        shown = [row for row in self._all if wanted in f"{row.name}\n{row.code}".casefold()]
        self.model_.show_rows(shown)
        self._none.setVisible(not shown)
        if self._all:
            self._none.setText(
                self.tr("No product is called “{text}”.").format(text=self.filter.text().strip())
            )
        else:
            self._none.setText(self.tr("No products yet. Add one, or import a products file."))


class _Rows(RowDelegate):
    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now = now
        self._pixmaps: dict[bytes, QPixmap | None] = {}

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        product: ProductRow = row
        side = fonts.px(44)
        thumb = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
        paint_photo(painter, thumb, self._pixmap(product.thumb), colours, 20)
        words = rect.adjusted(side + fonts.px(12), 0, 0, 0)
        upper, lower = halves(words)
        told = next_words(product, self._now()) if product.offered else translate("products", "Stopped")
        ink = colours.ink if product.offered else colours.ink3
        if rect.width() < fonts.px(NARROW):  # one under the other, so that the name is not cut
            paint_text(painter, upper, product.name, ink, 13, 600)
            below = ", ".join(part for part in (told, sold_words(product)) if part) or said_of(product)
            paint_text(painter, lower, below, colours.ink3, 12)
            return
        width = max(text_width(told, 12, 500), text_width(sold_words(product), 12)) + 1
        for line, text, weight in ((upper, told, 500), (lower, sold_words(product), 400)):
            place = QRectF(rect.right() - fonts.px(6) - width, line.y(), width, line.height())
            paint_text(
                painter, place, text, colours.ink2 if product.offered else colours.ink3, 12, weight, RIGHT
            )
        room = -width - fonts.px(16)
        paint_text(painter, upper.adjusted(0, 0, room, 0), product.name, ink, 13, 600)
        paint_text(painter, lower.adjusted(0, 0, room, 0), said_of(product), colours.ink3, 12)

    def _pixmap(self, thumb: bytes | None) -> QPixmap | None:
        if thumb is None:
            return None
        if thumb not in self._pixmaps:
            self._pixmaps[thumb] = photo_pixmap(thumb)
        return self._pixmaps[thumb]


def said_of(product: ProductRow) -> str:
    """'BOAT, manual' and when it leaves next."""
    said = f"{product.code}, {confirmation_word(product.confirmation).lower()}"
    return f"{said}, {average_words(product.tally)} ★" if product.tally.count else said


def next_words(product: ProductRow, now: dt.datetime) -> str:
    """'Tomorrow, 10:30', '' where nothing leaves."""
    if product.departs is None:
        return ""
    at = local(product.departs.departs_at, product.zone)
    return day_and_time(at, local(now, product.zone).date())


def sold_words(product: ProductRow) -> str:
    """'12 of 20 sold' on the next departure."""
    if product.departs is None or not product.offered:
        return ""
    words = translate("products", "{taken} of {capacity} sold")
    return words.format(taken=product.departs.taken, capacity=product.departs.capacity)


def say(product: ProductRow, _key: str) -> str:
    """A product for a screen reader."""
    parts = [product.name, product.code, confirmation_word(product.confirmation)]
    if not product.offered:
        parts.append(translate("products", "stopped"))
    parts.append(sold_words(product))
    parts.append(tally_words(product.tally) if product.tally.count else "")
    return ", ".join(part for part in parts if part)
