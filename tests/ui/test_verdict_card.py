"""The answer to a scan: large enough for three metres, answered by keys, closed by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.checkin import Kind
from tests.ui.gallery_verdicts import face
from ui.pulse import pulse
from ui.widgets.verdict_card import VerdictCard
from ui.widgets.verdict_keys import VerdictButton
from ui.widgets.verdict_parts import words_place
from ui.widgets.verdict_words import LEAST, fit_words

COLUMN = QRectF(56, 0, 906, 768)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1366, 768)
    qtbot.addWidget(widget)
    widget.show()
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.activateWindow()
    widget.setFocus()
    return widget


def shown(host: QWidget, kind: Kind = Kind.ADMIT) -> VerdictCard:
    card = VerdictCard(face(kind), host)
    card.open()
    return card


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("offline", [False, True])
def test_words_can_be_read_at_three_metres(kind: Kind, offline: bool) -> None:
    place = words_place(COLUMN, 1.0)
    for line in fit_words(face(kind, offline=offline), place, 1.0):
        assert line.size >= LEAST, f"{line.text!r} is too long for its column"
        assert line.right <= place.right() + 1
        assert line.baseline.y() - line.capitals >= 40
        assert line.baseline.y() <= 400


def test_a_long_translation_is_still_shown_whole() -> None:
    long = replace(face(Kind.CANCELLED), word="ANNULLIERUNGEN")
    place = words_place(COLUMN, 1.0)
    (line,) = fit_words(long, place, 1.0)
    assert line.right <= place.right() + 1


@pytest.mark.parametrize("kind", list(Kind))
def test_every_verdict_is_drawn_and_named(host: QWidget, kind: Kind) -> None:
    card = shown(host, kind)
    assert card.size() == host.size()
    assert card.accessibleName().startswith(card.face.word)
    assert not card.grab().isNull()
    card.leave()


def test_key_of_the_stub_is_told(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host)
    with qtbot.waitSignal(card.key_pressed) as pressed:
        qtbot.keyClick(card, Qt.Key.Key_U)
    assert pressed.args == ["U"]
    assert card.isVisible()


def test_enter_ends_it_and_the_focus_is_back(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host)
    with qtbot.waitSignals([card.key_pressed, card.closed]):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert host.hasFocus()


def test_digits_answer_one_to_nine(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host, Kind.PARTLY_IN)
    with qtbot.waitSignal(card.key_pressed) as pressed:
        qtbot.keyClick(card, Qt.Key.Key_3)
    assert pressed.args == ["3"]


def test_unknown_keys_do_nothing(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host, Kind.COLLECT)
    with qtbot.assertNotEmitted(card.key_pressed):
        qtbot.keyClick(card, Qt.Key.Key_Return)
        qtbot.keyClick(card, Qt.Key.Key_X)
    card.leave()


def test_keys_can_be_clicked(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host)
    undo = next(one for one in card.findChildren(VerdictButton) if one.key.cap == "U")
    assert undo.accessibleName() == "Undo (U)"
    with qtbot.waitSignal(card.key_pressed):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)


def test_one_that_waits_stays_though_it_came_over_one_that_was_closing(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host)
    card.show_face(face(Kind.COLLECT))
    with qtbot.assertNotEmitted(card.closed):
        for _ in range(6):
            pulse().beat.emit()
    assert card.isVisible()
    card.leave()


def test_it_closes_when_its_time_is_over(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host)
    with qtbot.waitSignal(card.closed):
        for left in (3, 2, 1, 0):
            pulse().beat.emit()
            assert card.left_s == left


def test_same_scan_again_starts_the_clock_anew(host: QWidget) -> None:
    card = shown(host)
    pulse().beat.emit()
    card.start_again()
    assert card.left_s == 4
    card.leave()


def test_question_of_money_waits(qtbot: QtBot, host: QWidget) -> None:
    card = shown(host, Kind.COLLECT)
    with qtbot.assertNotEmitted(card.closed):
        for _ in range(30):
            pulse().beat.emit()
    assert card.isVisible()
    card.leave()


def test_next_scan_replaces_the_words_at_once(host: QWidget) -> None:
    card = shown(host)
    card.show_face(face(Kind.USED))
    assert card.accessibleName().startswith("USED 12 min AGO")
    assert [button.key.cap for button in card.findChildren(VerdictButton) if button.isVisible()] == [
        "V",
        "U",
        "Enter",
    ]
    card.leave()
