"""The first start: three choices by key, and an address that is tried before it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import app
from controllers.background import Background
from controllers.place import Place
from models.refusals import CannotDo
from ui.program import Program
from ui.welcome import Welcome
from ui.widgets.field import Field
from ui.widgets.notice import Notice

ADDRESS = "postgresql://desk@127.0.0.1/example"


class Server:
    """Answers at one address only, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.up = True

    def __call__(self, address: str) -> None:
        self.asked.append(address)
        if not self.up:
            raise CannotDo("database-unreachable", where=address)


class Start:
    """The page over a window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.server, self.background = qtbot, Server(), Background()
        self.host = QWidget()
        self.host.resize(1024, 700)
        qtbot.addWidget(self.host)
        self.host.show()
        self.host.activateWindow()
        self.page = Welcome(self.background, self.host, try_it=self.server)
        self.chosen: list[tuple[str, str]] = []
        self.page.chosen.connect(lambda kind, address: self.chosen.append((kind, address)))
        self.page.setGeometry(self.host.rect())
        self.page.show()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, key: Qt.Key) -> None:
        """One key, wherever the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        self.qtbot.keyClick(widget, key)
        self.qtbot.waitUntil(self.background.idle)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Into the field."""
        widget = QApplication.focusWidget()
        assert widget is not None
        self.qtbot.keyClicks(widget, text)

    def said(self) -> list[str]:
        """What the notices say."""
        return [one.accessibleName() for one in self.page.findChildren(Notice) if one.isVisible()]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    made = Start(qtbot)
    yield made
    made.background.close()


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_1, "practice"), (Qt.Key.Key_2, "empty")])
def test_a_digit_chooses_at_once(start: Start, key: Qt.Key, kind: str) -> None:
    start.press(key)
    assert start.chosen == [(kind, "")]
    assert not start.page.isVisible()


def test_arrows_and_enter_choose_too(start: Start) -> None:
    start.page._choices[0].setFocus()
    start.press(Qt.Key.Key_Down)
    start.press(Qt.Key.Key_Return)
    assert start.chosen == [("empty", "")]


def test_practice_says_what_it_is(start: Start) -> None:
    words = start.page._choices[0].accessibleDescription()
    assert "folder of its own" in words
    assert "striped frame" in words
    assert "Nothing is mailed" in words


def test_an_address_that_answers_is_taken_with_the_second_enter(start: Start) -> None:
    start.press(Qt.Key.Key_3)
    assert start.chosen == []
    start.type(ADDRESS)
    start.press(Qt.Key.Key_Return)
    assert start.said() == ["It answers. Press Enter to work with it from now on."]
    start.press(Qt.Key.Key_Return)
    assert start.chosen == [("postgresql", ADDRESS)]
    assert start.server.asked == [ADDRESS]


def test_an_address_that_does_not_answer_is_refused_in_words(start: Start) -> None:
    start.server.up = False
    start.press(Qt.Key.Key_3)
    start.type(ADDRESS)
    start.press(Qt.Key.Key_Return)
    assert "does not answer" in start.said()[0]
    assert start.chosen == []
    start.server.up = True
    start.press(Qt.Key.Key_Return)
    assert start.said()[0].startswith("It answers.")


def test_another_address_must_be_tried_again(start: Start) -> None:
    start.press(Qt.Key.Key_3)
    start.type(ADDRESS)
    start.press(Qt.Key.Key_Return)
    start.type("2")
    start.press(Qt.Key.Key_Return)
    assert start.server.asked == [ADDRESS, f"{ADDRESS}2"]
    assert start.chosen == []


def test_what_is_no_address_is_not_tried(start: Start) -> None:
    start.press(Qt.Key.Key_3)
    start.type("server 12")
    start.press(Qt.Key.Key_Return)
    assert start.said() == ["That is no PostgreSQL address. It begins with postgresql://"]
    assert start.server.asked == []


def test_escape_goes_back_to_the_choices(start: Start) -> None:
    start.press(Qt.Key.Key_3)
    field = start.page.findChild(Field)
    assert field is not None
    assert field.isVisible()
    start.press(Qt.Key.Key_Escape)
    assert not field.isVisible()
    start.press(Qt.Key.Key_2)
    assert start.chosen == [("empty", "")]


def test_the_page_follows_the_window(start: Start) -> None:
    start.host.resize(1366, 768)
    assert start.page.size() == start.host.size()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_new_desk_asks_at_once_and_opens_as_soon_as_it_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    program = Program(Place(tmp_path), app.SCREENS)
    program.show()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(Welcome)))
    page = program.window.findChildren(Welcome)[0]
    qtbot.waitUntil(page.isVisible)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: program.is_open and program.window.word == "today", timeout=30_000)
    assert (tmp_path / "counterfoil.sqlite").exists()
    qtbot.waitUntil(program.is_quiet, timeout=30_000)
    program.window.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_desk_with_data_of_its_own_opens_without_a_question(qtbot: QtBot, tmp_path: Path) -> None:
    Place(tmp_path).open("Desk").database.close()
    program = Program(Place(tmp_path), app.SCREENS)
    program.show()
    qtbot.waitUntil(lambda: program.is_open and program.window.word == "today", timeout=30_000)
    qtbot.waitUntil(program.is_quiet, timeout=30_000)
    program.window.close()
