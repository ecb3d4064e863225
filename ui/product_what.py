"""What a product is called, what it looks like and where it starts; and how an order of it is confirmed."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.products import Confirmation, ConfirmFrom
from models.promise import promise
from ui import fonts, theme
from ui.icons import paint_icon
from ui.product_draft import Draft
from ui.product_entries import AreaEntry, ListEntry, NumberEntry, PickEntry, Section, TextEntry
from ui.widgets.button import Button
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.wording.dates import day_and_time
from ui.wording.orders import language_word, local

if TYPE_CHECKING:
    from ui.product_asks import Surroundings


class WhatPart(Section):
    """`photo_wanted` asks for a file."""

    photo_wanted = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__(self.tr("What it is"))
        self._draft = draft
        self._photo = PhotoPlace()
        self._choose = Button(self.tr("Choose a photo…"), icon="camera", height=30)
        self._remove = Button(self.tr("Remove"), "ghost", height=30)
        self._languages = Label("", 12, 400, "ink3", wrap=True)
        self._choose.clicked.connect(self.photo_wanted)
        self._remove.clicked.connect(partial(draft.set_photo, None))
        name = TextEntry(draft, ("name",), self.tr("Name"), hint=self.tr("as travelers know it"))
        code = TextEntry(draft, ("code",), self.tr("Code"), hint=self.tr("short, ours"), wide=130)
        self.first = name
        beside = QWidget()
        words = QVBoxLayout(beside)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(fonts.px(12))
        words.addWidget(name)
        words.addWidget(
            Flow(
                code,
                TextEntry(draft, ("zone",), self.tr("Time zone"), wide=150),
                TextEntry(draft, ("currency",), self.tr("Currency"), wide=80),
            )
        )
        self.add(Flow(beside, self._build_photo(), grows=beside, spacing=16))
        self.add(
            AreaEntry(
                draft, ("meeting_point",), self.tr("Meeting point"), hint=self.tr("Where they wait for you")
            )
        )
        self.add(ListEntry(draft, ("languages",), self.tr("Languages"), hint=self.tr("en, ko, zh-TW")))
        self.add(self._languages)
        draft.changed.connect(self._show)
        self._show()

    def _build_photo(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._photo)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._choose)
        row.addWidget(self._remove)
        row.addStretch(1)
        column.addLayout(row)
        return holder

    def _show(self) -> None:
        photo = self._draft.shown_photo
        self._photo.show_photo(photo)
        self._remove.setVisible(photo is not None)
        codes = self._draft.get(("languages",)) or []
        names = ", ".join(language_word(code) for code in codes)
        self._languages.setText(names)
        self._languages.setVisible(bool(names))


class PhotoPlace(QWidget):
    """The picture of a product, or the place where it would be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._shown: bytes | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_photo(None)

    def show_photo(self, photo: bytes | None) -> None:
        """Another picture."""
        if photo is not None and photo == self._shown:
            return
        self._shown = photo
        self._pixmap = photo_pixmap(photo)
        self.setAccessibleName(self.tr("Photo") if self._pixmap else self.tr("No photo"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(228), fonts.px(128))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_photo(QPainter(self), QRectF(self.rect()), self._pixmap, theme.of(self.palette()), 28)


def photo_pixmap(photo: bytes | None) -> QPixmap | None:
    """A kept picture as it is painted; None where there is none, or none that can be shown."""
    if photo is None:
        return None
    made = QPixmap()
    made.loadFromData(QByteArray(photo))
    return None if made.isNull() else made


def paint_photo(
    painter: QPainter, place: QRectF, pixmap: QPixmap | None, colours: theme.Colours, icon: int
) -> None:
    """A picture that fills its place, its corners rounded; without one, what a picture would be."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(place, 6, 6)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(place, colours.sunken)
    if pixmap is not None:
        scale = max(place.width() / pixmap.width(), place.height() / pixmap.height())
        shown = QRectF(0, 0, place.width() / scale, place.height() / scale)
        shown.moveCenter(QRectF(pixmap.rect()).center())
        painter.drawPixmap(place, pixmap, shown)
    else:
        side = fonts.px(icon)
        middle = QRectF(0, 0, side, side)
        middle.moveCenter(place.center())
        paint_icon(painter, middle, "picture", colours.ink3)
    painter.restore()


class ConfirmPart(Section):
    """By itself or by a person, and what is promised; the promise is told for an order made now."""

    def __init__(
        self, draft: Draft, around: Surroundings, now: dt.datetime, departs_at: dt.datetime | None
    ) -> None:
        super().__init__(self.tr("How it is confirmed"))
        self._draft, self._around, self._now, self._departs_at = draft, around, now, departs_at
        self.add(
            PickEntry(
                draft,
                ("confirmation",),
                self.tr("An order is confirmed"),
                [
                    ("instant", self.tr("at once, if seats are left")),
                    ("manual", self.tr("by a person")),
                ],
            )
        )
        within = NumberEntry(
            draft, ("confirm_within", "days"), self.tr("Promised within"), after=self.tr("office days")
        )
        counted = PickEntry(
            draft,
            ("confirm_within", "from"),
            self.tr("counted"),
            [("order", self.tr("from the order")), ("departure", self.tr("back from the departure"))],
        )
        self._promise = Flow(within, counted)
        self.add(self._promise)
        self.told = Label("", 13, 400, "ink2", wrap=True)
        self.add(self.told)
        draft.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        manual = self._draft.get(("confirmation",)) == Confirmation.MANUAL
        self._promise.setVisible(manual)
        self.told.setText(
            self._sentence() if manual else self.tr("Where no seats are left, a person decides.")
        )

    def _sentence(self) -> str:
        days = self._draft.get(("confirm_within", "days"))
        if not isinstance(days, int) or not 0 <= days <= 365:
            return ""
        counts_from = ConfirmFrom(self._draft.get(("confirm_within", "from")))
        made: Any = promise(
            counts_from,
            days,
            ordered_at=self._now,
            departs_at=self._departs_at,
            zone=self._around.zone,
            closed=self._around.closed,
        )
        if made is None:
            return self.tr("Counted back from each departure.")
        by = local(made.confirm_by, self._around.zone)
        today = local(self._now, self._around.zone).date()
        if counts_from is ConfirmFrom.ORDER:
            words = self.tr("An order made now is to be confirmed by {moment}.")
        else:
            words = self.tr("An order for the next departure is to be confirmed by {moment}.")
        told = words.format(moment=day_and_time(by, today, inside=True))
        if made.skipped:
            skipped = self.tr("{count} closed days are not counted.").format(count=made.skipped)
            told = f"{told} {skipped}"
        return told
