"""What text is as wide as is kept, and measured anew when the letters change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import fonts
from ui.paint.text import text_width

WORDS = "Tea House Walk 9/12"


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[QApplication]:
    here = QApplication.instance()
    assert isinstance(here, QApplication)
    yield here
    fonts.apply(here, "en", 1.0)


def measured(size: int, weight: int) -> float:
    return fonts.metrics(size, weight).horizontalAdvance(WORDS)


def test_a_width_is_that_of_its_own_letters(app: QApplication) -> None:
    for size, weight in ((12, 400), (12, 700), (20, 400), (12, 400)):
        assert text_width(WORDS, size, weight) == measured(size, weight)
    assert len({text_width(WORDS, size, weight) for size, weight in ((12, 400), (12, 700), (20, 400))}) == 3


def test_larger_letters_are_measured_anew(app: QApplication) -> None:
    before = text_width(WORDS, 12, 400)
    fonts.apply(app, "en", 1.5)
    assert text_width(WORDS, 12, 400) == measured(12, 400) > before


def test_more_widths_than_are_kept_are_measured_again(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_MOST_WIDTHS", 3)
    for number in range(10):
        assert text_width(str(number) * 9, 12) == fonts.metrics(12).horizontalAdvance(str(number) * 9)
        assert len(fonts._widths) <= 3


def test_another_language_s_letters_are_measured_anew(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text_width(WORDS, 12)
    monkeypatch.setattr(fonts, "families", lambda language, *, display=False: ["DejaVu Sans Mono"])
    fonts.apply(app, "ko", 1.0)
    assert text_width(WORDS, 12) == measured(12, 400) != before
