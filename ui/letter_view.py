"""Shows a letter as it looks when it arrives, by day or by night, and as plain text. It fetches nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ui import fonts
from ui.widgets.label import Label
from ui.widgets.scroll_bar import ScrollBar
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from controllers.letter_words import Composed

DAY, NIGHT, TEXT = range(3)
_SIZES = re.compile(r"(font-size|line-height):(\d+)px")


def _as_large(found: re.Match[str]) -> str:
    """A size of letters as large as those of the desk are."""
    return f"{found[1]}:{fonts.px(int(found[2]))}px"


class LetterPage(QTextBrowser):
    """A page of HTML or text; pictures come from the letter itself, links open nothing, the network is never asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[str, bytes] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBar(ScrollBar(parent=self))

    def show_html(self, html: str, pictures: dict[str, bytes]) -> None:
        """A designed letter and the pictures that come with it."""
        self._pictures = pictures
        self.setHtml(_SIZES.sub(_as_large, html))

    def show_text(self, text: str) -> None:
        """The plain letter."""
        self._pictures = {}
        self.setFont(fonts.font(14, 400))
        self.setPlainText(text)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only a picture that is enclosed; everything else is nothing."""
        picture = self._pictures.get(
            (name if isinstance(name, str) else name.toString()).removeprefix("cid:")
        )
        if kind == QTextDocument.ResourceType.ImageResource.value and picture is not None:
            return QImage.fromData(picture)
        return QImage(1, 1, QImage.Format.Format_ARGB32)


class LetterView(QWidget):
    """Three ways to see one letter: by day, by night, as text; its subject above."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 380) -> None:
        super().__init__(parent)
        self._letter: Composed | None = None
        self._night = ""
        self._way = Segmented("", "", "", name="")
        self._subject = Label("", 14, 600, wrap=True)
        self.page = LetterPage()
        self.page.setMinimumHeight(fonts.px(height))
        head = QHBoxLayout()
        head.addWidget(self._subject, 1)
        head.addWidget(self._way)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(10))
        column.addLayout(head)
        column.addWidget(self.page, 1)
        self._way.chosen.connect(lambda _at: self._show())
        self.retranslate()

    @property
    def way(self) -> Segmented:
        """By day, by night or as text."""
        return self._way

    def show_letter(self, letter: Composed, by_night: str) -> None:
        """Another letter, seen the same way as the last."""
        self._letter, self._night = letter, by_night
        self._subject.setText(letter.subject)
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._way.set_words(self.tr("Light"), self.tr("Dark"), self.tr("Text"))
        self._way.set_name(self.tr("How the letter is shown"))
        self.page.setAccessibleName(self.tr("The letter"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self) -> None:
        letter = self._letter
        if letter is None:
            return
        if self._way.at == TEXT:
            self.page.show_text(letter.text)
            return
        pictures = {one.cid: one.data for one in letter.attachments if one.cid}
        self.page.show_html(self._night if self._way.at == NIGHT else letter.html, pictures)
