"""The refund policy as a bar from the order to the departure, with a mark for now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.frozen import frozen
from models.payments import Tier
from ui import fonts, theme
from ui.paint.seats import paint_hatch
from ui.paint.text import paint_text, text_width


@frozen
class Span:
    """From when until when so many percent go back."""

    start: dt.datetime
    end: dt.datetime
    percent: int


def tier_spans(tiers: Sequence[Tier], ordered_at: dt.datetime, departs_at: dt.datetime) -> tuple[Span, ...]:
    """The tiers one after the other, and after the last the time in which nothing goes back."""
    made, start = [], min(ordered_at, departs_at)
    for tier in tiers:
        end = departs_at - dt.timedelta(days=tier.until_days)
        if end > start:
            made.append(Span(start, end, tier.percent))
            start = end
    if start < departs_at:
        made.append(Span(start, departs_at, 0))
    return tuple(made)


class TierBar(QWidget):
    """Equal lengths, because the last day matters more than the first month; full is plain, part is hatched."""

    def __init__(self, spans: tuple[Span, ...], now: dt.datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans, self._now = spans, now
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = ", ".join(f"{span.percent} %" for span in spans)
        at = self._at
        now_words = self.tr("now {percent} %").format(percent=spans[at].percent) if spans else ""
        self.setAccessibleName(self.tr("Refund over time: {tiers}; {now}").format(tiers=words, now=now_words))

    @property
    def _at(self) -> int:
        """The span in which now lies."""
        return next((n for n, span in enumerate(self._spans) if self._now <= span.end), len(self._spans) - 1)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(240), fonts.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._spans:
            return
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0, fonts.px(8), self.width(), fonts.px(8))
        path = QPainterPath()
        path.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        width = whole.width() / len(self._spans)
        painter.save()
        painter.setClipPath(path)
        for number, span in enumerate(self._spans):
            place = QRectF(number * width, whole.y(), width, whole.height())
            self._paint_span(painter, place, span, colours)
        painter.restore()
        self._paint_now(painter, whole, width, colours)
        for number, span in enumerate(self._spans):
            self._paint_label(painter, number, width, span, colours)

    def _paint_span(self, painter: QPainter, place: QRectF, span: Span, colours: theme.Colours) -> None:
        family = "good" if span.percent == 100 else "act" if span.percent else "stop"
        colour = colours.families[family].mark
        if span.percent in (0, 100):
            painter.fillRect(place, colour)
        else:
            painter.fillRect(place, colours.surface)
            paint_hatch(painter, place, colour)

    def _paint_now(self, painter: QPainter, whole: QRectF, width: float, colours: theme.Colours) -> None:
        span = self._spans[self._at]
        length = max(1.0, (span.end - span.start).total_seconds())
        share = min(1.0, max(0.0, (self._now - span.start).total_seconds() / length))
        x = min(max(2.0, (self._at + share) * width), whole.right() - 2)
        painter.setPen(QPen(colours.surface, 4))
        painter.drawLine(QPointF(x, whole.y() - 5), QPointF(x, whole.bottom() + 5))
        painter.setPen(QPen(colours.ink, 2))
        painter.drawLine(QPointF(x, whole.y() - 5), QPointF(x, whole.bottom() + 5))

    def _paint_label(
        self, painter: QPainter, number: int, width: float, span: Span, colours: theme.Colours
    ) -> None:
        on = number == self._at
        words = f"{span.percent} %"
        if on:
            words = self.tr("{percent} %, now").format(percent=span.percent)
        weight = 600 if on else 400
        x = number * width
        place = QRectF(x, fonts.px(22), max(width, text_width(words, 12, weight)), fonts.px(17))
        paint_text(painter, place, words, colours.ink if on else colours.ink2, 12, weight)
