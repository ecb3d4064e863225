"""Selling by the keyboard alone: what, how many, who, paid with; and what is said when it cannot be."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import insert, select, update

from controllers import counter, drawer
from controllers.desk import Desk
from controllers.spooling import Sent
from models.money import Money
from models.refusals import CannotDo
from models.reservations import Status
from models.rewards import new_code, spelled
from models.tables import Operator, Reservation, Reward, Shift
from tests.builders import DEPARTS, a_product, a_reservation, direct_row, only_reservation, paid, taken
from tests.fakes import FakePrinters, StillClock
from tests.paper import text_of
from tests.ui.at_a_desk import at_a_desk, shown
from ui.at_desk import AtDesk
from ui.drawer import DrawerDialog
from ui.printing import printing
from ui.sell import Sell
from ui.sell_draft import PaidWith
from ui.wording.refusals import refusal

UNITS = [{"name": "Adult", "price": "39000"}, {"name": "Child", "price": "19500"}]
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    QLocale.setDefault(QLocale("en_US"))
    clock = a_desk.clock
    assert isinstance(clock, StillClock)
    clock.set(DEPARTS - timedelta(hours=5))
    with at_a_desk(a_desk) as made:
        yield made


def on_sale(at: AtDesk, capacity: int = 8, confirmation: str = "instant") -> None:
    times = [("Morning", "11:00"), ("Afternoon", "14:00")]
    options = [
        {"name": name, "starts": starts, "capacity": capacity, "minutes": 60, "units": UNITS}
        for name, starts in times
    ]
    a_product(at.desk(), options=options, currency="KRW", confirmation=confirmation)


def opened(qtbot: QtBot, at: AtDesk) -> Sell:
    screen = Sell(at)
    screen.opened()
    return shown(qtbot, screen, until=lambda: screen._till is not None)


class Keys:
    """Counts what is pressed."""

    def __init__(self, qtbot: QtBot, screen: Sell) -> None:
        self.qtbot, self.screen, self.pressed = qtbot, screen, 0

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.screen, key, with_)
            self.pressed += 1
        quiet(self.qtbot, self.screen)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)
        self.pressed += len(text)

    def sell(self) -> None:
        self.press(ENTER, with_=CTRL)


class Painted(QObject):
    """Remembers what of a widget was painted anew."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


@pytest.fixture
def keys(qtbot: QtBot, at: AtDesk) -> Keys:
    on_sale(at)
    return Keys(qtbot, opened(qtbot, at))


def quiet(qtbot: QtBot, screen: Sell) -> None:
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not (screen._look.is_open or screen._deed.is_open))


def said(screen: Sell) -> str:
    return screen.receipt.notice.accessibleName() if screen.receipt.notice.isVisible() else ""


def test_two_adults_for_today_are_sold_with_twelve_keys(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_F2)
    keys.sell()
    row = only_reservation(at.desk())
    assert (row.status, row.lead, row.party, row.departs_at) == (Status.CONFIRMED, "Kim", 2, DEPARTS)
    assert paid(at.desk(), row.id) == [(78_000, "DONE", "us")]
    assert keys.pressed <= 12
    assert keys.screen.receipt.accessibleName() == f"CF-{row.id} Paid and confirmed."


def test_a_reward_code_lowers_the_price_before_anybody_pays(keys: Keys, at: AtDesk) -> None:
    code = a_reward(at.desk(), 50_000)
    screen = keys.screen
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    screen.reward.toggle()
    keys.type(code.lower())
    keys.qtbot.waitUntil(lambda: screen.reward.off is not None)
    assert screen.receipt._to_pay.text() == "₩28,000"
    assert "50,000" in screen.reward._told.text()
    keys.sell()
    row = only_reservation_but_reviewed(at.desk())
    assert paid(at.desk(), row.id) == [(28_000, "DONE", "us"), (50_000, "DONE", "us")]


def test_enter_after_a_reward_code_shows_what_is_left_to_pay_and_sells_nothing_yet(
    keys: Keys, at: AtDesk
) -> None:
    code = a_reward(at.desk(), 50_000)
    screen = keys.screen
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    screen.reward.toggle()
    keys.type(code)
    keys.press(ENTER)
    keys.qtbot.waitUntil(lambda: screen.receipt._to_pay.text() == "₩28,000")
    assert screen.receipt.received.isAncestorOf(QApplication.focusWidget())
    assert screen.sold is None


def test_a_scanned_reward_code_counts_whatever_has_the_keyboard(keys: Keys, at: AtDesk) -> None:
    code = a_reward(at.desk(), 50_000)
    screen = keys.screen
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    assert screen.takes_scan(code.replace("-", ""))
    keys.qtbot.waitUntil(lambda: screen.reward.off is not None)
    assert (screen.reward.code, screen.receipt._to_pay.text()) == (code, "₩28,000")
    keys.type("!")  # still in the name
    assert screen.who.name.text() == "Kim!"
    assert not screen.takes_scan("CF-10001")


def test_a_code_with_a_wrong_sign_sells_nothing_and_keeps_the_keyboard(keys: Keys, at: AtDesk) -> None:
    code = a_reward(at.desk(), 50_000)
    screen = keys.screen
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    screen.reward.toggle()
    keys.type(code[:-1] + ("3" if code[-1] != "3" else "4"))
    keys.sell()
    assert "no reward code" in said(screen)
    assert screen.reward.field.isAncestorOf(QApplication.focusWidget())
    assert screen.sold is None


def test_a_right_code_is_not_called_wrong_while_nobody_is_counted_yet(keys: Keys, at: AtDesk) -> None:
    code = a_reward(at.desk(), 50_000)
    screen = keys.screen
    keys.press(Qt.Key.Key_1)
    screen.reward.toggle()
    keys.type(code)
    keys.sell()
    assert screen.sold is None
    assert "no reward code" not in said(screen)
    assert not screen.reward.field.isAncestorOf(QApplication.focusWidget())


def a_reward(desk: Desk, minor: int) -> str:
    """A code for the review of an order that came from elsewhere."""
    (one,) = taken(desk, direct_row(option="Morning", time="11:00"))
    told = {"percent": 0, "amount_minor": minor, "currency": "KRW", "balance": minor, "given_at": desk.now()}
    made = new_code(secrets.randbelow)
    with desk.database.transaction() as connection:
        row = {"code": made, "reservation_id": one, "valid_until": DEPARTS.date(), **told}
        connection.execute(insert(Reward), row)
    return spelled(made)


def only_reservation_but_reviewed(desk: Desk) -> Any:
    with desk.reading() as look:
        return look.execute(select(Reservation).where(Reservation.lead == "Kim")).one()


def test_keys_that_are_quicker_than_the_departures_choose_what_they_say(qtbot: QtBot, at: AtDesk) -> None:
    on_sale(at)
    screen = Sell(at)
    keys = Keys(qtbot, shown(qtbot, screen, until=lambda: True))
    screen.setFocus()
    qtbot.waitUntil(screen.offers.rows.hasFocus)
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    assert (screen.offers.offer, screen.who.name.text()) == (None, "")
    screen.opened()
    qtbot.waitUntil(lambda: screen.offers.offer is not None)
    draft = screen.draft
    assert draft.offer is not None
    assert (draft.offer.starts, draft.heads, draft.name) == (screen.offers.model_.rows[0].starts, 2, "Kim")


def test_what_was_received_shows_the_change_before_and_after(keys: Keys) -> None:
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(ENTER)
    keys.type("100000")
    change = keys.screen.receipt._change
    assert (change.text(), change.isVisible()) == ("₩22,000", True)
    keys.press(ENTER)
    assert (change.text(), keys.screen._sold is not None) == ("₩22,000", True)


def test_the_tear_of_the_receipt_moves_with_what_stands_below_it(qtbot: QtBot, keys: Keys) -> None:
    receipt, painted = keys.screen.receipt, Painted()
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    qtbot.wait(0)
    before = receipt._stub.y()
    receipt.installEventFilter(painted)
    keys.press(Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: receipt._stub.y() != before)
    qtbot.waitUntil(lambda: QRegion(receipt.rect()).subtracted(painted.region).isEmpty())


def test_an_amount_that_is_none_is_marked_and_sells_nothing(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_1, Qt.Key.Key_1, ENTER)
    keys.type("Kim")
    keys.press(ENTER)
    keys.type("4e3")
    keys.sell()
    assert "not an amount" in said(keys.screen)
    assert keys.screen.receipt.received.hasFocus() or keys.screen.receipt.received.focusProxy().hasFocus()
    assert keys.screen._sold is None


@pytest.mark.parametrize(("missing", "words"), [("name", "Write a name"), ("party", "Choose how many come")])
def test_what_is_missing_is_said_and_led_to(keys: Keys, missing: str, words: str) -> None:
    keys.press(Qt.Key.Key_1)
    if missing == "name":
        keys.press(Qt.Key.Key_2)
    else:
        keys.press(ENTER)
        keys.type("Kim")
    keys.sell()
    assert words in said(keys.screen)
    keys.press(Qt.Key.Key_3)
    assert said(keys.screen) == ""


def test_paid_later_holds_the_seats_and_says_until_when(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_F4)
    keys.sell()
    assert only_reservation(at.desk()).status is Status.AWAITING_PAYMENT
    assert keys.screen.receipt._rest.text() == "Held until 10:00; ₩78,000 to pay."


def test_a_deposit_confirms_and_leaves_the_rest_to_collect(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_F7)
    keys.type("20000")
    keys.press(ENTER)
    row = only_reservation(at.desk())
    assert row.status is Status.CONFIRMED
    assert paid(at.desk(), row.id) == [(20_000, "DONE", "us"), (58_000, "DUE", "us")]
    assert "₩58,000" in keys.screen.receipt._rest.text()


def test_a_card_asks_for_its_slip_and_not_for_what_was_received(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_1, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_F3)
    assert not keys.screen.receipt.received.isVisible()
    keys.screen.paid.slip.setFocus()
    keys.type("0147")
    keys.press(ENTER)
    assert paid(at.desk(), only_reservation(at.desk()).id) == [(39_000, "DONE", "us")]


def test_another_currency_of_the_till_says_what_it_comes_to(qtbot: QtBot, at: AtDesk) -> None:
    with at.desk().database.transaction() as connection:
        connection.execute(update(Operator).values(currencies=[{"code": "USD", "worth": "1342.5"}]))
    on_sale(at)
    keys = Keys(qtbot, opened(qtbot, at))
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_F8)
    assert keys.screen.receipt._rest.text() == "That is USD\xa058.11."
    keys.screen.receipt.received.setFocus()
    keys.type("60")
    keys.sell()
    assert keys.screen._sold is not None
    assert keys.screen._sold.change == Money(2_550, "KRW")


def test_exactly_what_is_asked_in_dollars_lies_in_the_drawer_as_dollars(qtbot: QtBot, at: AtDesk) -> None:
    with at.desk().database.transaction() as connection:
        connection.execute(update(Operator).values(currencies=[{"code": "USD", "worth": "1342.5"}]))
    drawer.open_shift({"KRW": 0}, desk=at.desk())
    on_sale(at)
    keys = Keys(qtbot, opened(qtbot, at))
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_F8)
    keys.sell()
    assert keys.screen.receipt.accessibleName().endswith("Paid and confirmed.")
    found = drawer.see_drawer(desk=at.desk())
    assert found is not None
    assert found.expected == {"KRW": 0, "USD": 5_811}


def test_seats_that_others_hope_for_are_sold_at_the_second_press(qtbot: QtBot, at: AtDesk) -> None:
    on_sale(at, capacity=4, confirmation="manual")
    a_reservation(at.desk(), party=3)
    keys = Keys(qtbot, opened(qtbot, at))
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.sell()
    assert "wait for an answer" in said(keys.screen)
    assert keys.screen.receipt.button.text() == "Sell all the same"
    keys.sell()
    assert keys.screen._sold is not None


def test_a_full_departure_asks_a_manager_for_the_reason(qtbot: QtBot, at: AtDesk) -> None:
    on_sale(at, capacity=2, confirmation="manual")
    a_reservation(at.desk(), Status.CONFIRMED, party=2)
    keys = Keys(qtbot, opened(qtbot, at))
    keys.press(Qt.Key.Key_2, Qt.Key.Key_1, ENTER)
    keys.type("Kim")
    keys.sell()
    assert "short of seats" in said(keys.screen)
    keys.type("their guide sits in front")
    keys.sell()
    assert keys.screen._sold is not None


def test_a_reason_being_typed_stays_while_another_counter_sells(qtbot: QtBot, at: AtDesk) -> None:
    on_sale(at, capacity=2, confirmation="manual")
    a_reservation(at.desk(), Status.CONFIRMED, party=1)
    keys = Keys(qtbot, opened(qtbot, at))
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.sell()
    keys.type("a child on the ")
    a_reservation(at.desk(), Status.CONFIRMED, party=1)
    keys.screen.refresh(frozenset({"reservations"}))
    quiet(qtbot, keys.screen)
    keys.type("lap")
    assert keys.screen.receipt.reason.text() == "a child on the lap"
    keys.sell()
    assert keys.screen._sold is not None


def test_the_departure_that_left_while_it_was_sold_never_becomes_another_one(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    clock = at.desk().clock
    assert isinstance(clock, StillClock)
    clock.set(DEPARTS - timedelta(hours=2))  # the morning's left at eleven
    keys.screen._ask()
    quiet(keys.qtbot, keys.screen)
    assert keys.screen.draft.offer is None
    assert "has left" in said(keys.screen)
    keys.sell()
    assert keys.screen._sold is None
    keys.press(Qt.Key.Key_1)
    assert (keys.screen.draft.heads, keys.screen.draft.name) == (2, "Kim")
    keys.sell()
    assert only_reservation(at.desk()).departs_at == DEPARTS


def test_an_option_renamed_meanwhile_keeps_the_numbers_and_the_keyboard(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2)
    dearer = [{"name": "Adult", "price": "41000"}, {"name": "Child", "price": "19500"}]
    option = {"name": "Afternoon", "starts": "14:00", "capacity": 8, "minutes": 60, "units": dearer}
    a_product(at.desk(), name="Long Tea Walk", options=[option], currency="KRW", confirmation="instant")
    keys.screen.refresh(frozenset({"products"}))
    quiet(keys.qtbot, keys.screen)
    keys.press(Qt.Key.Key_3, ENTER)
    assert (keys.screen.draft.heads, keys.screen.draft.total()) == (3, Money(123_000, "KRW"))
    assert keys.screen.receipt._title.text() == "Long Tea Walk"


def test_what_was_typed_as_received_counts_in_cash_alone(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(ENTER)
    keys.type("100000")
    keys.press(Qt.Key.Key_F3)
    keys.sell()
    assert keys.screen._sold is not None
    assert paid(at.desk(), only_reservation(at.desk()).id) == [(78_000, "DONE", "us")]


def test_wide_digits_of_a_japanese_keyboard_are_an_amount(keys: Keys) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.screen.receipt.received.set_text("１００，０００")
    assert keys.screen.receipt._change.text() == "₩22,000"


def test_less_than_is_due_says_before_that_it_only_holds(keys: Keys) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(ENTER)
    keys.type("10000")
    assert keys.screen.receipt.button.text() == "Take a part and hold"
    assert keys.screen.receipt._rest.text() == "₩68,000 are missing"
    keys.type("0")
    assert keys.screen.receipt.button.text() == "Sell and print"


def test_the_change_of_a_deposit_is_the_one_that_is_kept(keys: Keys) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_F7)
    keys.sell()
    assert "how much is paid now" in said(keys.screen)
    keys.type("20000")
    keys.screen.receipt.received.setFocus()
    keys.type("50000")
    shown_before = keys.screen.receipt._change.text()
    keys.sell()
    assert keys.screen._sold is not None
    assert (shown_before, keys.screen._sold.change) == ("₩30,000", Money(30_000, "KRW"))


def test_twelve_adults_are_typed_as_twelve(keys: Keys) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2)
    assert keys.screen.draft.heads == 12
    keys.press(Qt.Key.Key_Backspace, Qt.Key.Key_3)
    assert keys.screen.draft.heads == 3


def test_a_guest_who_walks_away_is_forgotten_with_one_key(keys: Keys) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(Qt.Key.Key_N, with_=CTRL)
    draft = keys.screen.draft
    assert (draft.units, draft.name) == ((), "")
    assert keys.screen.offers.rows.hasFocus()


def test_after_a_sale_for_another_day_the_next_guest_is_for_today(keys: Keys) -> None:
    keys.screen.opened(day=DEPARTS.date() + timedelta(days=3))
    quiet(keys.qtbot, keys.screen)
    keys.press(Qt.Key.Key_2, Qt.Key.Key_1, ENTER)
    keys.type("Kim")
    keys.sell()
    keys.sell()
    assert keys.screen._till is not None
    assert keys.screen._till.day == DEPARTS.date()


def test_seats_that_others_hope_for_are_not_offered_as_left(qtbot: QtBot, at: AtDesk) -> None:
    on_sale(at, capacity=8, confirmation="manual")
    a_reservation(at.desk(), party=3)
    screen = opened(qtbot, at)
    index = screen.offers.model_.index(1, 0)
    spoken = screen.offers.model_.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("3 hoped for, ₩39,000, 5 left")


def test_after_a_sale_the_receipt_shows_the_seats_as_they_were_sold(keys: Keys) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.sell()
    keys.screen.refresh(frozenset({"reservations"}))
    quiet(keys.qtbot, keys.screen)
    assert keys.screen.receipt._seats.accessibleName() == "Seats at 14:00: 0 to 2 of 8"
    assert not keys.screen.who.name.isEnabled()


def test_a_departure_chosen_after_a_sale_begins_the_next(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.sell()
    keys.screen.offers.rows.setFocus()
    keys.press(Qt.Key.Key_1, Qt.Key.Key_3)
    assert (keys.screen._sold, keys.screen.draft.heads, keys.screen.draft.name) == (None, 3, "")
    assert keys.screen.receipt._title.text() == "Tea House Walk"


def test_enter_after_a_sale_begins_the_next_with_nobody(keys: Keys, at: AtDesk) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.sell()
    keys.sell()
    draft = keys.screen.draft
    assert (draft.units, draft.name, draft.paid_with) == ((), "", PaidWith.CASH)
    assert keys.screen.offers.rows.hasFocus()


def test_what_is_begun_stays_while_something_else_is_looked_up(keys: Keys) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.screen.opened()
    quiet(keys.qtbot, keys.screen)
    assert (keys.screen.draft.name, keys.screen.draft.heads) == ("Kim", 2)


def test_another_counters_sale_is_seen_in_the_seats_left(keys: Keys, at: AtDesk) -> None:
    a_reservation(at.desk(), Status.AWAITING_PAYMENT, party=5)
    keys.screen.refresh(frozenset({"reservations"}))
    quiet(keys.qtbot, keys.screen)
    assert [offer.left for offer in keys.screen.offers.model_.rows] == [8, 3]


def test_the_offers_are_a_sound_model(keys: Keys, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(keys.screen.offers.model_)


def test_the_drawer_opens_and_closes_a_shift_by_what_was_counted(
    qtbot: QtBot, keys: Keys, at: AtDesk
) -> None:
    keys.press(Qt.Key.Key_D, with_=CTRL)
    dialog = the_drawer(keys)
    keys.type("50000")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    qtbot.waitUntil(lambda: drawer.see_drawer(desk=at.desk()) is not None)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    keys.press(Qt.Key.Key_D, with_=CTRL)
    dialog = the_drawer(keys)
    keys.type("49000")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    qtbot.waitUntil(lambda: dialog._off.isVisible())
    assert dialog._off.text() == "₩1,000 are missing."
    assert QApplication.focusWidget() is dialog._go, "there is nothing left to do but to go"
    assert not dialog._not_now.isVisible()
    assert drawer.see_drawer(desk=at.desk()) is None


def test_a_shift_of_another_day_is_told_with_its_day(keys: Keys, at: AtDesk, clock: StillClock) -> None:
    drawer.open_shift({"KRW": 0}, desk=at.desk())
    clock.forward(days=1)
    with pytest.raises(CannotDo) as no:
        drawer.open_shift({"KRW": 0}, desk=at.desk())
    assert "(Mon 1 Feb, 09:00)" in refusal(no.value)
    keys.press(Qt.Key.Key_D, with_=CTRL)
    assert the_drawer(keys)._subtitle.text() == "Open since Mon 1 Feb, 09:00, counted by Owner"


def the_drawer(keys: Keys) -> DrawerDialog:
    def found() -> DrawerDialog | None:
        return next((one for one in keys.screen.findChildren(DrawerDialog) if one.isVisible()), None)

    keys.qtbot.waitUntil(lambda: (dialog := found()) is not None and not dialog._look.is_open)
    dialog = found()
    assert dialog is not None
    return dialog


def test_in_a_small_window_the_receipt_is_at_the_foot_of_the_steps_and_nothing_is_cut(
    keys: Keys, at: AtDesk
) -> None:
    screen, page = keys.screen, keys.screen._page
    screen.resize(560, 320)  # as 1024 by 640 with letters of 150 %
    keys.qtbot.waitUntil(lambda: page._steps.isAncestorOf(screen.receipt))
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    screen.reward.toggle()
    QApplication.processEvents()
    assert page._steps.width() <= page._area.viewport().width()
    assert page._steps.minimumSizeHint().width() <= page._area.viewport().width()
    assert screen.receipt.height() >= screen.receipt.minimumSizeHint().height()
    screen.reward.toggle()
    screen.who.name.setFocus()
    keys.type("Kim")
    keys.press(Qt.Key.Key_F2)
    keys.sell()
    keys.qtbot.waitUntil(lambda: screen._sold is not None)
    assert not screen.who.isEnabled()
    assert screen.receipt.button.isEnabled()
    screen.resize(1280, 700)
    keys.qtbot.waitUntil(lambda: not page._steps.isAncestorOf(screen.receipt))
    assert screen.receipt.isVisible()


# --- what comes out of the printer --------------------------------------------------------------


def with_printers(at: AtDesk, **changes: object) -> FakePrinters:
    fake = FakePrinters("Front desk", "Till")
    printing(at).make_spooler = lambda: fake
    counter.set_up_counter(desk=at.desk(), printers={"a4": "Front desk", "roll": "Till"}, **changes)
    return fake


def sell_one(keys: Keys, at: AtDesk, how: Qt.Key = Qt.Key.Key_F2) -> None:
    keys.press(Qt.Key.Key_2, Qt.Key.Key_2, ENTER)
    keys.type("Kim")
    keys.press(how)
    keys.sell()
    keys.qtbot.waitUntil(at.background.idle)
    keys.qtbot.wait(0)


def test_voucher_and_receipt_come_out_in_the_same_step(keys: Keys, at: AtDesk) -> None:
    fake = with_printers(at)
    sell_one(keys, at)
    keys.qtbot.waitUntil(lambda: "Printed: Voucher, Receipt." in keys.screen.receipt.accessibleName())
    voucher, receipt = (text_of(one.pdf)[0] for one in fake.printed)
    assert [(one.printer, one.paper.value) for one in fake.printed] == [
        ("Front desk", "a4"),
        ("Till", "roll"),
    ]
    assert "Admits 2 people" in voucher
    assert "KRW 78,000" in receipt
    assert "REPRINT" not in voucher + receipt


def test_seats_that_are_held_give_a_slip_that_says_until_when(keys: Keys, at: AtDesk) -> None:
    fake = with_printers(at, prints_receipt=False)
    sell_one(keys, at, Qt.Key.Key_F4)
    keys.qtbot.waitUntil(lambda: "Printed: Receipt." in keys.screen.receipt.accessibleName())
    (slip,) = (text_of(one.pdf)[0] for one in fake.printed)
    assert "Held for you, not paid yet" in slip
    assert "Your places are held until Mon 1 February 2027, 10:00" in " ".join(slip.split())


def test_a_printer_that_fails_is_told_beside_the_sale_and_p_prints_again(keys: Keys, at: AtDesk) -> None:
    fake = with_printers(at)
    fake.trouble = CannotDo("printer-stopped", printer="Till")
    sell_one(keys, at)
    keys.qtbot.waitUntil(lambda: "has stopped" in said(keys.screen))
    assert "P prints again." in said(keys.screen)
    fake.trouble = None
    keys.press(Qt.Key.Key_P)
    keys.qtbot.waitUntil(lambda: len(fake.printed) == 2)
    assert not any("REPRINT" in text_of(one.pdf)[0] for one in fake.printed)


def test_p_prints_again_only_what_did_not_come_out(
    keys: Keys, at: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = with_printers(at)
    send = FakePrinters.send

    def till_is_off(self: FakePrinters, pdf: bytes, **how: Any) -> Sent:
        if how["printer"] == "Till":
            raise CannotDo("printer-silent", printer="Till")
        return send(self, pdf, **how)

    monkeypatch.setattr(FakePrinters, "send", till_is_off)
    sell_one(keys, at)
    keys.qtbot.waitUntil(lambda: "P prints again: Receipt." in said(keys.screen))
    assert [one.printer for one in fake.printed] == ["Front desk"]
    monkeypatch.setattr(FakePrinters, "send", send)
    keys.press(Qt.Key.Key_P, Qt.Key.Key_P)
    keys.qtbot.waitUntil(lambda: "Printed: Receipt." in keys.screen.receipt.accessibleName())
    assert [one.printer for one in fake.printed] == ["Front desk", "Till"]
    assert not any("REPRINT" in text_of(one.pdf)[0] for one in fake.printed)
    keys.press(Qt.Key.Key_P)
    keys.qtbot.waitUntil(lambda: len(fake.printed) == 4)
    assert all("REPRINT 2" in text_of(one.pdf)[0] for one in fake.printed[2:])


def test_what_shall_not_come_out_by_itself_does_not(keys: Keys, at: AtDesk) -> None:
    fake = with_printers(at, prints_voucher=False)
    sell_one(keys, at)
    keys.qtbot.waitUntil(lambda: "Printed: Receipt." in keys.screen.receipt.accessibleName())
    assert [one.printer for one in fake.printed] == ["Till"]


def test_an_enter_with_nothing_counted_never_ends_a_shift(keys: Keys, at: AtDesk) -> None:
    drawer.open_shift({"KRW": 50_000}, desk=at.desk())
    keys.press(Qt.Key.Key_D, with_=CTRL)
    dialog = the_drawer(keys)
    keys.press(ENTER)
    assert "Count what lies in the drawer in KRW" in dialog._notice.accessibleName()
    assert drawer.see_drawer(desk=at.desk()) is not None
    keys.type("50000")
    dialog.note.set_text("all there")
    keys.press(ENTER)
    keys.qtbot.waitUntil(lambda: dialog._off.isVisible())
    assert dialog._off.text() == "It agrees."
    with at.desk().reading() as look:
        assert look.execute(select(Shift.note)).scalar_one() == "all there"


def test_dollars_in_the_drawer_are_counted_though_the_till_takes_none_any_more(
    keys: Keys, at: AtDesk
) -> None:
    drawer.open_shift({"KRW": 0, "USD": 2_000}, desk=at.desk())
    keys.press(Qt.Key.Key_D, with_=CTRL)
    dialog = the_drawer(keys)
    dialog.currency.choose(1)
    dialog.amount.set_text("5")
    dialog.reason.set_text("to the bank")
    dialog._take_out.click()
    keys.qtbot.waitUntil(lambda: dialog.amount.text() == "")
    found = drawer.see_drawer(desk=at.desk())
    assert found is not None
    assert found.expected == {"KRW": 0, "USD": 1_500}
    dialog.counts["KRW"].set_text("0")
    dialog.counts["USD"].set_text("15")
    dialog._go.click()
    keys.qtbot.waitUntil(lambda: dialog._off.isVisible())
    assert dialog._off.text() == "It agrees."
