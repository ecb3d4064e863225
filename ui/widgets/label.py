"""A line of text in one of the inks, and the thin line between two things."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.paint.text import paint_text, text_width
from ui.widgets.tip import set_tip

_LEAST = 48
"""So much of a line that has no room is always shown."""


class Label(QLabel):
    """Text in a size, a weight and an ink: 'ink', 'ink2', 'ink3', 'accent_text', or a family ('stop', 'act' …)."""

    def __init__(
        self,
        text: str = "",
        size: int = 13,
        weight: int = 400,
        ink: str = "ink",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size, self._weight, self._ink = size, weight, ink
        self.setFont(fonts.font(size, weight))
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names and notes are never markup
        self._recolour()

    def set_ink(self, ink: str) -> None:
        """Another ink, when what is said becomes urgent or calm."""
        self._ink = ink
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange}:
            self._recolour()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setFont(fonts.font(self._size, self._weight))

    def _recolour(self) -> None:
        colours = theme.of(self.palette())
        family = colours.families.get(self._ink)
        wanted = family.text if family else getattr(colours, self._ink)
        if self.palette().color(QPalette.ColorRole.WindowText) != wanted:
            only = QPalette()
            only.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(only)


class ElidingLabel(Label):
    """One line of unknown length, a name or a title: what has no room ends in dots, and the tip has it whole."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self._settle_tip()

    def minimumSizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(hint.width(), fonts.px(_LEAST)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fits:
            super().paintEvent(event)
        else:
            ink = self.palette().color(QPalette.ColorRole.WindowText)
            place = QRectF(self.contentsRect())
            paint_text(QPainter(self), place, self.text(), ink, self._size, self._weight)

    @property
    def _fits(self) -> bool:
        return text_width(self.text(), self._size, self._weight) <= self.contentsRect().width() + 1

    def _settle_tip(self) -> None:
        set_tip(self, "" if self._fits else self.text())


class FittingLabel(Label):
    """Says the longest of several wordings that has room; the tooltip and a screen reader have the longest."""

    def __init__(
        self, size: int = 13, weight: int = 400, ink: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__("", size, weight, ink, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)  # beside what follows
        self._wordings: tuple[str, ...] = ("",)

    def say(self, *wordings: str) -> None:
        """The same thing, the longest first."""
        self._wordings = wordings
        self.setAccessibleName(wordings[0])
        set_tip(self, wordings[0] if len(wordings) > 1 else "")
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._room_for(self._wordings[0])

    def minimumSizeHint(self) -> QSize:
        return self._room_for(self._wordings[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fits = (words for words in self._wordings if self._room_for(words).width() <= self.width())
        self.setText(next(fits, self._wordings[-1]))

    def _room_for(self, words: str) -> QSize:
        measure = self.fontMetrics()
        return QSize(measure.horizontalAdvance(words) + 2, measure.height())


class Hairline(QWidget):
    """One pixel of line colour, instead of a shadow or a box."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else grows, grows if upright else fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.of(self.palette()).line)


class Labelled(QWidget):
    """A field with its name above it; the name is also what a screen reader says."""

    def __init__(self, text: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label(text, 12, 500, "ink2")
        self._field = field
        self._label.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(
            0, 0, 0, 3
        )  # a button beside it has room for its ring: their faces end together
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(field)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Another name, for example in another language."""
        self._label.setText(text)
        by_choice = getattr(self._field, "set_name", None)  # it says what is chosen with its name
        (by_choice or self._field.setAccessibleName)(text)
