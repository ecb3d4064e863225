"""The settings screen: a tab for each kind of thing, and every change kept at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import counter, currencies, operator
from controllers.desk import Desk
from models.counter_settings import CounterSettings
from tests.builders import a_product
from tests.ui.at_a_desk import at_a_desk, shown
from ui.at_desk import AtDesk
from ui.settings import Settings
from ui.settings_counter import CounterPage
from ui.settings_money import MoneyPage
from ui.settings_operator import OperatorPage
from ui.widgets.button import Button


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
    counter.set_up_counter(desk=at.desk(), look_first=True)
    page = opened(qtbot, at).page
    assert isinstance(page, CounterPage)
    assert page.mode.at == 1


def test_the_head_says_whether_a_page_is_this_counters_or_everybodys(qtbot: QtBot, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    assert screen.subtitle() == "of this counter, kept at once"
    with qtbot.waitSignal(screen.retitled):
        screen.opened(section="mail")
    assert screen.subtitle() == "for every counter"
    qtbot.waitUntil(at.background.idle)


def test_a_change_by_key_is_kept_at_once(qtbot: QtBot, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    page = screen.page
    assert isinstance(page, CounterPage)
    with qtbot.waitSignal(screen.kept.told):
        qtbot.keyClick(page.mode, Qt.Key.Key_Right)
    assert counter.counter_settings(desk=at.desk()) == CounterSettings(look_first=True)


def test_showing_the_settings_changes_none(qtbot: QtBot, at: AtDesk) -> None:
    counter.set_up_counter(desk=at.desk(), volume=35)
    opened(qtbot, at)
    qtbot.waitUntil(at.background.idle)
    assert counter.counter_settings(desk=at.desk()) == CounterSettings(volume=35)


def test_products_are_sent_to_another_place(qtbot: QtBot, at: AtDesk) -> None:
    a_product(at.desk())
    screen = opened(qtbot, at)
    page = screen.page
    assert isinstance(page, CounterPage)
    qtbot.waitUntil(lambda: bool(page.not_here.choices))
    assert page.not_here.accessibleName() == "Products: none"
    (choice,) = page.not_here.choices
    with qtbot.waitSignal(screen.kept.told):
        page.not_here.chosen.emit(frozenset({choice[1]}))
    assert counter.counter_settings(desk=at.desk()).not_here == {choice[1]: "Tea House Walk"}
    assert page.not_here.accessibleName() == "Products: Tea House Walk"
    with qtbot.waitSignal(screen.kept.told):
        page.not_here.cleared.emit()
    assert counter.counter_settings(desk=at.desk()).not_here == {}


def test_a_currency_is_added_and_taken_away_by_the_keyboard(qtbot: QtBot, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    screen.opened(section="money")
    page = screen.page
    assert isinstance(page, MoneyPage)
    qtbot.waitUntil(lambda: page._rates.own == "KRW")
    page.code.setFocus()
    qtbot.keyClicks(page.code.focusProxy(), "usd")
    qtbot.keyClick(page.code.focusProxy(), Qt.Key.Key_Return)
    qtbot.keyClicks(page.worth.focusProxy(), "nothing")
    qtbot.keyClick(page.worth.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.notice.isVisible())
    page.worth.set_text("1342.5")
    qtbot.keyClick(page.worth.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: currencies.see_currencies(desk=at.desk()).currencies == ("KRW", "USD"))
    qtbot.waitUntil(lambda: not page.notice.isVisible() and page._rows.count() == 1)
    button = next(one for one in page.findChildren(Button) if one.accessibleName() == "Take USD away")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: currencies.see_currencies(desk=at.desk()).currencies == ("KRW",))


def test_who_the_operator_is_is_kept_and_another_currency_says_first_what_it_means(
    qtbot: QtBot, at: AtDesk
) -> None:
    currencies.take_currencies({"USD": "1342.5"}, desk=at.desk())
    screen = opened(qtbot, at)
    screen.opened(section="operator")
    page = screen.page
    assert isinstance(page, OperatorPage)
    qtbot.waitUntil(lambda: page.fields["zone"].text() == "Asia/Seoul")
    page.fields["name"].set_text("Example Tours")
    assert not page.means.isVisible()
    page.fields["zone"].set_text("Nowhere/Land")
    page.fields["zone"].setFocus()
    qtbot.keyClick(page.fields["zone"].focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.notice.isVisible())
    page.fields["zone"].set_text("Asia/Tokyo")
    page.fields["currency"].set_text("jpy")
    assert "USD are forgotten" in page.means.accessibleName()
    assert "Today, the drawer's hours" in page.means.accessibleName()
    page.keep_button.click()
    qtbot.waitUntil(lambda: not page.means.isVisible() and not page.notice.isVisible())
    kept = operator.see_operator(desk=at.desk())
    assert (kept.card.name, kept.card.zone, kept.card.currency, kept.taken) == (
        "Example Tours", "Asia/Tokyo", "JPY", (),
    )  # fmt: skip
    assert page.fields["currency"].text() == "JPY"
