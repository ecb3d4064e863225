"""The settings screen: a tab for each kind of thing, and every change kept at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import counter
from controllers.desk import Desk
from models.counter_settings import CounterSettings
from tests.ui.at_a_desk import at_a_desk, shown
from ui.at_desk import AtDesk
from ui.settings import Settings
from ui.settings_counter import CounterPage


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk) -> Settings:
    screen = Settings(at)
    with qtbot.waitSignal(screen.kept.told):
        screen.opened(section="counter")
    return shown(qtbot, screen, until=lambda: True)


def test_the_page_shows_what_is_kept(qtbot: QtBot, at: AtDesk) -> None:
    counter.set_up_counter(desk=at.desk(), look_first=True, volume=30)
    page = opened(qtbot, at).page
    assert isinstance(page, CounterPage)
    assert (page.mode.at, page.volume.value) == (1, 3)


def test_a_change_by_key_is_kept_at_once(qtbot: QtBot, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    page = screen.page
    assert isinstance(page, CounterPage)
    with qtbot.waitSignal(screen.kept.told):
        qtbot.keyClick(page.mode, Qt.Key.Key_Right)
    with qtbot.waitSignal(screen.kept.told):
        qtbot.keyClick(page.volume, Qt.Key.Key_Minus)
    assert counter.counter_settings(desk=at.desk()) == CounterSettings(look_first=True, volume=70)


def test_showing_the_settings_changes_none(qtbot: QtBot, at: AtDesk) -> None:
    counter.set_up_counter(desk=at.desk(), volume=35)
    opened(qtbot, at)
    assert at.background.idle()
    assert counter.counter_settings(desk=at.desk()) == CounterSettings(volume=35)
