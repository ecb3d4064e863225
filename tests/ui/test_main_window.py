"""The window: going about by keys, what the frame shows, and what a screen is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.refusals import CannotDo
from tests.ui.gallery_windows import Sample, a_window
from ui import actions, fonts, language
from ui.main_window import MainWindow
from ui.screen import Screen
from ui.screens import plan
from ui.widgets.dialog import Dialog
from ui.widgets.keys_page import KeyList
from ui.widgets.letters_pill import LettersPill
from ui.widgets.notice import Notice
from ui.widgets.offline_band import OfflineBand
from ui.widgets.rail import Rail, RailItem
from ui.widgets.top_bar import TopBar


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = a_window("today")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_rail_is_wide_where_there_is_room(window: MainWindow) -> None:
    rail = window.findChild(Rail)
    assert rail is not None
    for width, expected in ((1366, 88), (1599, 88), (1600, 216), (1920, 216)):
        window.resize(width, 800)
        assert rail.width() == expected


def test_a_key_that_is_held_down_does_a_deed_once_and_turns_pages_on(window: MainWindow) -> None:
    repeats = {
        word: actions.make(word, window, lambda: None).autoRepeat() for word in ("close-trip", "next-page")
    }
    assert repeats == {"close-trip": False, "next-page": True}


def test_ctrl_and_a_digit_lead_to_every_screen(qtbot: QtBot, window: MainWindow) -> None:
    words = ("today", "calendar", "reservations", "checkin", "sell", "messages", "letters", "reports")
    for digit, word in enumerate(words, start=1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + digit), Qt.KeyboardModifier.ControlModifier)
        assert window.word == word


def test_screens_are_built_when_first_visited(qtbot: QtBot) -> None:
    built: list[str] = []

    def build(word: str) -> Screen:
        built.append(word)
        return Sample(word)

    made = MainWindow(plan({word: (lambda word=word: build(word)) for word in ("today", "sell", "details")}))
    qtbot.addWidget(made)
    made.go("today")
    made.go("details", number="CF-00001")
    made.go("today")
    assert built == ["today", "details"]
    made.back()
    assert made.word == "details"


def test_search_box_has_the_focus_by_ctrl_k_and_gives_it_back(qtbot: QtBot, window: MainWindow) -> None:
    window.go("reservations")
    before = focused()
    qtbot.keyClick(before, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.search_field.isAncestorOf(focused())
    with qtbot.waitSignal(window.find_typed) as typed:
        qtbot.keyClicks(focused(), "c")
    assert typed.args == ["c"]
    with qtbot.waitSignal(window.find_entered):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is before


def test_search_box_is_not_there_on_check_in(window: MainWindow) -> None:
    assert window.search_field.isVisible()
    window.go("checkin")
    assert not window.search_field.isVisible()


def test_f1_shows_the_keys_of_this_screen(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(Dialog)
    assert dialog is not None
    assert dialog.isVisible()
    described = [one.accessibleDescription() for one in dialog.findChildren(KeyList)]
    assert "C confirm" in described[0]
    assert "Ctrl K find" in described[1]
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_no_key_leads_where_nobody_here_is_let_go(qtbot: QtBot, window: MainWindow) -> None:
    window.offer(("checkin", "settings"))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    told = " ".join(one.accessibleDescription() for one in window.findChildren(KeyList))
    assert "Ctrl Z undo" in told
    assert not [word for word in ("sell", "find", "notice") if word in told]
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    window.go("settings")
    assert not window.search_field.isVisible(), "nor a search box that finds nothing"
    window.offer(window.words)
    assert window.search_field.isVisible()


def test_badges_are_said_too(window: MainWindow) -> None:
    window.set_badge("reservations", 7)
    names = [item.accessibleName() for item in window.findChildren(RailItem)]
    assert "Reservations, 7 waiting" in names


def test_letters_can_be_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    pill = window.findChild(LettersPill)
    assert pill is not None
    assert pill.accessibleName() == "2 letters leave in 0:42. Take back"
    with qtbot.waitSignal(window.take_back):
        qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    window.show_letters(0, 0)
    assert not pill.isVisible()


def test_screens_behind_learn_of_changes_when_they_come_back(qtbot: QtBot) -> None:
    told: list[tuple[str, frozenset[str]]] = []

    class Listening(Sample):
        def refresh(self, changed: frozenset[str]) -> None:
            told.append((self._word, changed))

    made = MainWindow(plan({word: (lambda word=word: Listening(word)) for word in ("today", "sell")}))
    qtbot.addWidget(made)
    made.go("sell")
    made.go("today")
    made.refresh(frozenset({"seats"}))
    made.refresh(frozenset({"money"}))
    assert told == [("today", {"seats"}), ("today", {"money"})]
    made.go("sell")
    assert told[-1] == ("sell", {"seats", "money"})


def test_offline_is_said_in_words(window: MainWindow) -> None:
    band = window.findChild(OfflineBand)
    assert band is not None
    assert not band.isVisible()
    window.show_offline("Offline since 10:20. Check-in goes on.", "7 scans wait.")
    assert band.isVisible()
    assert "7 scans wait." in band.accessibleName()
    window.show_online()
    assert not band.isVisible()


def test_practice_has_stripes_round_everything(qtbot: QtBot, window: MainWindow) -> None:
    window.set_practice(True)
    qtbot.waitUntil(lambda: window.overlay_host.geometry().topLeft() == QPoint(10, 34))
    window.set_practice(False)
    qtbot.waitUntil(lambda: window.overlay_host.geometry().topLeft() == QPoint(0, 0))


def test_title_leaves_room_for_the_search_box(window: MainWindow) -> None:
    bar = window.findChild(TopBar)
    assert bar is not None
    window.resize(1024, 700)
    assert bar.search.geometry().right() < bar.letters.geometry().left()


@pytest.mark.parametrize("word", ["today", "reservations", "checkin"])
def test_whatever_takes_the_focus_has_a_name(window: MainWindow, word: str) -> None:
    window.go(word)
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not widget.accessibleName()
    ]
    assert not nameless


def test_the_offline_band_grows_with_the_letters(window: MainWindow, qapp: QApplication) -> None:
    band = window.findChild(OfflineBand)
    assert band is not None
    language.apply(qapp, "en", scale=1.5)
    window.show_offline("Offline since 10:20. Check-in goes on.", "7 scans wait.")
    assert band.height() >= fonts.px(62)
    one_line = band.height()
    window.show_offline("Offline since Thu 15 Oct, 10:20. Check-in goes on.", "1,207 scans wait. " * 8)
    assert band.height() > one_line, "no sentence is cut off"


class _AScreen:
    def __init__(self, *size: int) -> None:
        self._size = QSize(*size)

    def availableSize(self) -> QSize:
        return self._size


@pytest.mark.parametrize(
    ("screen", "size", "whole"),
    [
        ((1366, 768), (1366, 768), True),
        ((1280, 1024), (1280, 768), True),
        ((1920, 1040), (1366, 768), False),
    ],
)
def test_the_window_is_as_large_as_it_is_drawn_for_or_takes_the_whole_screen(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    screen: tuple[int, int],
    size: tuple[int, int],
    whole: bool,
) -> None:
    made = MainWindow(plan({}))
    qtbot.addWidget(made)
    monkeypatch.setattr(made, "screen", lambda: _AScreen(*screen))
    made.fit_screen()
    assert (made.width(), made.height()) == size
    assert made.isMaximized() is whole


def test_what_the_band_says_is_not_said_again_below_it(qtbot: QtBot, window: MainWindow) -> None:
    notice = Notice("stop", "", parent=window.screen_in_front)
    qtbot.addWidget(notice)
    away = CannotDo("offline")
    notice.cannot_show(away, something=True)
    assert notice.isVisibleTo(notice.parentWidget()), "nobody has said it yet"
    window.show_offline("Offline since 10:20. Check-in goes on.", "No scan waits.")
    assert not notice.isVisibleTo(notice.parentWidget())
    notice.cannot_show(away, something=True)
    assert not notice.isVisibleTo(notice.parentWidget())
    notice.cannot_show(away, something=False)
    assert not notice.isVisibleTo(notice.parentWidget()), "the band says why the screen is empty"
    window.show_offline("Check-in would not go on.", "There is no copy here.", away=False)
    notice.cannot_show(away, something=False)
    assert notice.isVisibleTo(notice.parentWidget()), "an empty screen says why it is empty"
    notice.refuse(away)
    assert notice.isVisibleTo(notice.parentWidget()), "whoever pressed a button is answered"
