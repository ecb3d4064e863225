"""Whatever people type or channels send is shown as it was written: nothing of it is markup, nothing is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

import ui
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.text_area import TextArea
from ui.widgets.tip import plain

MARKUP = (
    "<img src='file:///etc/passwd'>",
    "<b>bold</b>",
    "a &lt; b",
    "Kim & <Sons>",
    "{0} {name} %s %1",
    "ordinary",
)
UI = Path(ui.__file__).parent


@pytest.mark.parametrize("words", MARKUP)
def test_a_tip_shows_exactly_the_words(qtbot: QtBot, words: str) -> None:
    told = plain(words)
    shown = QTextDocument()
    if "<" in told or "&" in told:  # what Qt takes for markup, it reads as such
        shown.setHtml(told)
    else:
        shown.setPlainText(told)
    assert shown.toPlainText() == words


def test_a_label_never_reads_markup(qtbot: QtBot) -> None:
    for words in MARKUP:
        label = Label(words)
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == words


def test_only_one_place_hands_qt_a_tip_or_a_label_of_its_own() -> None:
    for path in UI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name not in ("tip.py", "tray.py"):  # the tray is the system's, and told a count only
            assert not re.search(r"\.setToolTip\(|QToolTip\.|setWhatsThis\(", text), path
        if path.name not in ("label.py", "letter_view.py"):  # a letter's words are escaped when it is written
            assert not re.search(
                r"QLabel\(|QMessageBox|QTextEdit\(|QTextBrowser|QStaticText|setHtml", text
            ), path


def test_what_is_pasted_along_and_is_no_letter_is_left_out(qtbot: QtBot) -> None:
    for field in (Field(), TextArea()):
        qtbot.addWidget(field)
        field.set_text("before\x00after \ud800 한글 👍")
        assert "\x00" not in field.text()
        field.text().encode()
        assert "한글 👍" in field.text()
