"""The screen of products: what is typed is checked beside its field, kept when saved, and never lost unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from controllers import letter_ways, products
from controllers.background import Lane
from controllers.desk import Desk
from models.checkin import Kind
from models.product_rows import ProductPage
from models.refusals import CannotDo
from tests.builders import a_product, a_reservation
from tests.ui.at_a_desk import at_a_desk, shown, wanders
from tests.ui.gallery_windows import Sample
from tests.ui.slow_lanes import held
from ui import product_asks
from ui.at_desk import AtDesk
from ui.departure_dialog import DepartureDialog
from ui.main_window import MainWindow
from ui.product_entries import Entry, TextEntry
from ui.product_letters import LettersPart
from ui.products import Products
from ui.screens import plan
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.weekdays import Weekdays

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    a_product(a_desk, refund=[{"until_days": 7, "percent": 100}])
    a_product(a_desk, "BOAT", "Night Boat", starts="19:00")
    with at_a_desk(a_desk) as made:
        yield made


@pytest.fixture
def screen(qtbot: QtBot, at: AtDesk) -> Products:
    made: Products = shown(qtbot, Products(at), until=lambda: True)
    made.opened(product=1)  # the tea house; the boat stands before it
    quiet(qtbot, made)
    return made


def quiet(qtbot: QtBot, screen: Products) -> None:
    questions = [*screen._asks.values(), *screen._deeds.values(), screen.maker]
    for _ in range(3):
        qtbot.waitUntil(lambda: not any(question.is_open for question in questions))


def entry(screen: Products, *path: str | int) -> TextEntry:
    found = [one for one in screen.page.entries() if one.path == path]
    assert found, [one.path for one in screen.page.entries()]
    one = found[-1]
    assert isinstance(one, TextEntry)
    return one


def write(screen: Products, text: str, *path: str | int) -> Entry:
    one = entry(screen, *path)
    one.field.set_text(text)
    return one


def press(qtbot: QtBot, screen: Products, key: Qt.Key, ctrl: bool = False, on: QWidget | None = None) -> None:
    qtbot.keyClick(
        on or QApplication.focusWidget() or screen.list.rows,
        key,
        CTRL if ctrl else Qt.KeyboardModifier.NoModifier,
    )
    quiet(qtbot, screen)


def kept(a_desk: Desk, product_id: int = 1) -> ProductPage:
    return products.see_product(product_id, desk=a_desk)


def button(screen: QWidget, name: str) -> Button:
    QApplication.processEvents()  # rows that came just now are shown in the next turn
    seen = [b for b in screen.findChildren(Button) if b.isVisible()]
    found = [b for b in seen if b.accessibleName().startswith(name)]
    assert found, [b.accessibleName() for b in seen]
    return next((b for b in found if b.accessibleName() == name), found[-1])


def dialog(screen: Products) -> Dialog:
    found = [one for one in screen.window().findChildren(Dialog) if one.isVisible()]
    assert found
    return found[-1]


# --- the list ---------------------------------------------------------------------------------------


def test_the_list_shows_products_with_their_next_departure(screen: Products) -> None:
    model = screen.list.model_
    ModelTester(None).check(model)
    assert [model.row(at).name for at in range(2)] == ["Night Boat", "Tea House Walk"]
    assert model.row(1).departs is not None


def test_the_filter_narrows_by_name_and_by_code(qtbot: QtBot, screen: Products) -> None:
    for text in ("boat", "BOA"):
        screen.list.filter.set_text(text)
        assert screen.list.model_.rowCount() == 1
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert screen.list.model_.rowCount() == 2


def test_a_stopped_product_comes_last_and_says_so(qtbot: QtBot, screen: Products) -> None:
    screen.list.rows.go_to(0)
    quiet(qtbot, screen)
    qtbot.mouseClick(screen.bar.stop, Qt.MouseButton.LeftButton)
    quiet(qtbot, screen)
    model = screen.list.model_
    assert [model.row(at).offered for at in range(2)] == [True, False]
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Night Boat, BOAT, Manual, stopped"
    assert screen.bar.stop.text() == "Offer again"


# --- editing ----------------------------------------------------------------------------------------


def test_what_is_changed_is_named_and_saved_with_ctrl_s(qtbot: QtBot, screen: Products, a_desk: Desk) -> None:
    press(qtbot, screen, Qt.Key.Key_Return)
    assert entry(screen, "name").field.isAncestorOf(screen.window().focusWidget())
    write(screen, "Tea House Stroll", "name")
    write(screen, "3", "uses")
    assert screen.bar._standing.text() == "Not saved yet: name, uses"
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert (kept(a_desk).content["name"], kept(a_desk).content["uses"]) == ("Tea House Stroll", 3)
    assert not screen.draft.is_dirty
    assert screen.list.row is not None
    assert screen.list.row.name == "Tea House Stroll"


def test_a_fault_stands_beside_its_field_and_nothing_is_saved(
    qtbot: QtBot, screen: Products, a_desk: Desk
) -> None:
    seats = write(screen, "many", "option", 0, "rules", 0, "capacity")
    assert seats.fault == "Write a whole number"
    assert not screen.notice.isVisible()
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert screen.notice.accessibleName().startswith("1 field is not right.")
    assert seats.isAncestorOf(screen.window().focusWidget())
    assert kept(a_desk).content["option"][0]["rules"][0]["capacity"] == 8
    write(screen, "12", "option", 0, "rules", 0, "capacity")
    assert seats.fault == ""
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert kept(a_desk).content["option"][0]["rules"][0]["capacity"] == 12


def test_a_code_that_is_taken_is_said_beside_the_code(qtbot: QtBot, screen: Products) -> None:
    code = write(screen, "BOAT", "code")
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert code.fault == "The code BOAT belongs to Night Boat. Choose another one."
    assert screen.draft.is_dirty


def test_discard_brings_back_what_is_kept(qtbot: QtBot, screen: Products) -> None:
    write(screen, "Nonsense", "name")
    qtbot.mouseClick(screen.bar.discard, Qt.MouseButton.LeftButton)
    quiet(qtbot, screen)
    assert entry(screen, "name").field.text() == "Tea House Walk"
    assert not screen.draft.is_dirty


def test_going_to_another_product_asks_first(qtbot: QtBot, screen: Products, a_desk: Desk) -> None:
    write(screen, "Tea House Stroll", "name")
    screen.list.rows.go_to(0)
    assert screen.list.row is not None
    assert screen.list.row.name == "Tea House Walk"
    qtbot.keyClick(dialog(screen), Qt.Key.Key_Return)
    quiet(qtbot, screen)
    assert kept(a_desk).content["name"] == "Tea House Stroll"
    assert screen.draft.get(("name",)) == "Night Boat"


def test_leaving_the_screen_asks_and_discarding_goes_on(qtbot: QtBot, screen: Products, a_desk: Desk) -> None:
    went: list[bool] = []
    assert screen.may_leave(lambda: went.append(True))
    write(screen, "Nonsense", "name")
    assert not screen.may_leave(lambda: went.append(True))
    assert went == []
    qtbot.keyClick(dialog(screen), Qt.Key.Key_D)
    quiet(qtbot, screen)
    assert went == [True]
    assert kept(a_desk).content["name"] == "Tea House Walk"


def test_staying_keeps_what_was_typed(qtbot: QtBot, screen: Products) -> None:
    write(screen, "Nonsense", "name")
    screen.may_leave(lambda: None)
    qtbot.keyClick(dialog(screen), Qt.Key.Key_Escape)
    assert entry(screen, "name").field.text() == "Nonsense"


def test_what_somebody_else_changed_is_not_overwritten(qtbot: QtBot, screen: Products, a_desk: Desk) -> None:
    write(screen, "Tea House Stroll", "name")
    theirs = kept(a_desk).content | {"meeting_point": "Pier 2"}
    from controllers.products_file import product_form

    products.save_product(product_form(theirs), desk=a_desk, product_id=1)
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert "changed by somebody else" in screen.notice.accessibleName()
    assert kept(a_desk).content["name"] == "Tea House Walk"
    assert entry(screen, "name").field.text() == "Tea House Stroll"


def test_a_new_product_begins_with_defaults_and_says_what_is_missing(
    qtbot: QtBot, screen: Products, a_desk: Desk
) -> None:
    press(qtbot, screen, Qt.Key.Key_N)
    assert entry(screen, "name").fault == ""
    write(screen, "Hanbok Rental", "name")
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert entry(screen, "code").fault == "This is needed"
    write(screen, "HAN", "code")
    write(screen, "Half day", "option", 0, "name")
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert screen.draft.faults == ()
    assert kept(a_desk, screen.draft.product_id or 0).content["name"] == "Hanbok Rental"
    assert screen.list.model_.rowCount() == 3


def test_an_unused_product_is_deleted_after_a_question(qtbot: QtBot, screen: Products, a_desk: Desk) -> None:
    qtbot.mouseClick(screen.bar.delete, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog(screen), Qt.Key.Key_Return)
    quiet(qtbot, screen)
    assert [row.code for row in products.see_products(desk=a_desk).rows] == ["BOAT"]
    assert screen.draft.get(("name",)) == "Night Boat"


def test_what_was_sold_cannot_be_removed_and_says_why(qtbot: QtBot, at: AtDesk, a_desk: Desk) -> None:
    a_reservation(a_desk)
    screen: Products = shown(qtbot, Products(at), until=lambda: True)
    screen.opened(product=1)
    quiet(qtbot, screen)
    assert not screen.bar.delete.isEnabled()
    assert button(screen, "Remove this option").toolTip() == "It was sold before. Stop offering it instead."
    # the units are Adult, Child and Infant; two adults came
    assert [
        b.isEnabled() for b in screen.findChildren(Button) if b.accessibleName() == "Remove this unit"
    ] == [
        False,
        True,
        True,
    ]


# --- its sections -----------------------------------------------------------------------------------


def test_weekdays_are_seven_toggles_by_keyboard(qtbot: QtBot, screen: Products, a_desk: Desk) -> None:
    days = screen.page.findChildren(Weekdays)[-1]
    qtbot.keyClick(days, Qt.Key.Key_Space)
    qtbot.keyClick(days, Qt.Key.Key_Right)
    qtbot.keyClick(days, Qt.Key.Key_Right)
    qtbot.keyClick(days, Qt.Key.Key_Space)
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert kept(a_desk).content["option"][0]["rules"][0]["weekdays"] == ["tue", "thu", "fri", "sat", "sun"]


def test_no_weekday_at_all_is_refused(screen: Products) -> None:
    days = screen.page.findChildren(Weekdays)[-1]
    for at in range(7):
        days.toggle(at)
    assert [fault.path for fault in screen.draft.faults] == [("option", 0, "rules", 0, "weekdays")]


def test_another_rule_a_skipped_day_and_another_unit_are_added(
    qtbot: QtBot, screen: Products, a_desk: Desk
) -> None:
    qtbot.mouseClick(button(screen, "Another time or season"), Qt.MouseButton.LeftButton)
    write(screen, "10:00, 16:00", "option", 0, "rules", 1, "starts")
    write(
        screen,
        "2027-06-01",
        "option",
        0,
        "rules",
        1,
        "season",
    )
    qtbot.mouseClick(button(screen, "Skip a day"), Qt.MouseButton.LeftButton)
    write(screen, "2027-02-06", "option", 0, "exceptions", 0, "day")
    write(screen, "10:00", "option", 0, "exceptions", 0, "starts")
    qtbot.mouseClick(button(screen, "Add a unit"), Qt.MouseButton.LeftButton)
    write(screen, "Family", "option", 0, "units", 3, "name")
    write(screen, "4", "option", 0, "units", 3, "heads")
    write(screen, "90000", "option", 0, "units", 3, "price")
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert screen.draft.faults == ()
    option = kept(a_desk).content["option"][0]
    assert [rule["starts"] for rule in option["rules"]] == [["10:00", "16:00"], ["14:00"]]
    assert option["exceptions"] == [{"day": "2027-02-06", "starts": ["10:00"], "reason": ""}]
    assert (option["units"][3]["heads"], option["units"][3]["price"]) == (4, "90000")


def test_the_promise_is_told_for_an_order_made_now(screen: Products) -> None:
    from ui.product_what import ConfirmPart

    part = next(one for one in screen.page.parts if isinstance(one, ConfirmPart))
    write(screen, "2", "confirm_within", "days")
    assert part.told.text() == "An order made now is to be confirmed by Sun 17 Jan, 10:00."


def test_a_photo_is_chosen_shown_kept_and_removed(
    qtbot: QtBot, screen: Products, a_desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "tea.png"
    Image.new("RGB", (400, 300), (200, 10, 10)).save(path)
    screen.photo.native_dialogs = False
    qtbot.mouseClick(button(screen, "Choose a photo"), Qt.MouseButton.LeftButton)
    chooser = screen.window().findChild(QFileDialog)
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile(path.name)
    chooser.accept()
    qtbot.waitUntil(lambda: screen.draft.shown_photo is not None)
    screen.activateWindow()
    QApplication.processEvents()
    screen.list.setFocus()
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert kept(a_desk).photo == screen.draft.shown_photo
    qtbot.mouseClick(button(screen, "Remove"), Qt.MouseButton.LeftButton)
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert kept(a_desk).photo is None


def test_a_file_that_is_no_picture_is_refused(qtbot: QtBot, screen: Products, tmp_path: Path) -> None:
    (tmp_path / "tea.png").write_bytes(b"nothing")
    screen.photo.take(str(tmp_path / "tea.png"))
    quiet(qtbot, screen)
    assert screen.notice.accessibleName().startswith("tea.png cannot be the photo")


def test_a_departure_is_added_by_hand_and_taken_away_while_the_page_is_being_changed(
    qtbot: QtBot, screen: Products, a_desk: Desk
) -> None:
    write(screen, "Nonsense", "name")
    qtbot.mouseClick(button(screen, "Add a departure"), Qt.MouseButton.LeftButton)
    asked = dialog(screen)
    assert isinstance(asked, DepartureDialog)
    assert (asked.minutes.text(), asked.capacity.text()) == ("120", "8")
    asked.day.set_text("2027-02-03")
    asked.starts.set_text("14:00")
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    quiet(qtbot, screen)
    assert "already" in asked._notice.accessibleName()  # the rules leave then, too
    asked.starts.set_text("20:30")
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    quiet(qtbot, screen)
    (made,) = kept(a_desk).by_hand
    assert (made.option, made.capacity) == ("Afternoon", 8)
    assert entry(screen, "name").field.text() == "Nonsense"
    qtbot.mouseClick(button(screen, "Remove this departure"), Qt.MouseButton.LeftButton)
    quiet(qtbot, screen)
    assert kept(a_desk).by_hand == ()


# --- what a scan would say ----------------------------------------------------------------------------


def test_the_scan_preview_uses_what_is_not_saved_yet(screen: Products) -> None:
    scan = screen.page.scan
    assert scan is not None
    assert scan.told.text() == "From 00:00 TOO EARLY, from 13:00 ADMIT, from 14:31 TOO LATE".replace(
        "14:31", "14:30"
    )
    scan.time.set_text("12:30")
    assert (scan.verdict.said.kind, scan.verdict.accessibleName()) == (Kind.TOO_EARLY, "FROM 13:00")
    write(screen, "120", "admission", "opens_minutes_before")
    assert (scan.verdict.said.kind, scan.verdict.said.admit) == (Kind.ADMIT, 2)
    assert "from 12:00 ADMIT" in scan.told.text()


def test_the_scan_preview_asks_about_money_party_and_standing(screen: Products) -> None:
    scan = screen.page.scan
    assert scan is not None
    scan.time.set_text("14:00")
    assert scan.verdict.said.kind is Kind.ADMIT
    scan.arrived.set_value(1)
    assert scan.verdict.said.kind is Kind.PARTLY_IN
    scan.money.choose(1)
    assert scan.verdict.said.kind is Kind.COLLECT
    scan.standing.choose(1)
    assert scan.verdict.said.kind is Kind.NOT_CONFIRMED
    scan.standing.choose(0)
    scan.money.choose(0)
    scan.day.set_text("2027-01-20")
    assert scan.verdict.said.kind is Kind.OTHER_DAY
    scan.day.set_text("soon")
    assert not scan.verdict.isVisible()


def test_the_orders_that_fit_nothing_are_a_press_away(qtbot: QtBot, screen: Products) -> None:
    went = wanders(screen)
    qtbot.mouseClick(screen.list.mapping, Qt.MouseButton.LeftButton)
    assert went == [("mapping", {})]


def test_the_window_neither_goes_elsewhere_nor_closes_while_something_is_not_saved(
    qtbot: QtBot, at: AtDesk, a_desk: Desk
) -> None:
    window = MainWindow(plan({"today": lambda: Sample("today"), "products": lambda: Products(at)}))
    qtbot.addWidget(window)
    window.go("products")
    window.show()
    screen = window.screen_in_front
    assert isinstance(screen, Products)
    quiet(qtbot, screen)
    write(screen, "Nonsense", "name")
    window.go("today")
    assert window.word == "products"
    qtbot.keyClick(dialog(screen), Qt.Key.Key_Escape)
    assert not window.close()
    qtbot.keyClick(dialog(screen), Qt.Key.Key_D)
    quiet(qtbot, screen)
    assert not window.isVisible()


# --- answers that come late -------------------------------------------------------------------------


def test_what_is_typed_while_it_is_being_saved_stays_and_can_be_saved_after_it(
    qtbot: QtBot, screen: Products, a_desk: Desk
) -> None:
    entry(screen, "code").setFocus()
    write(screen, "Tea House Stroll", "name")
    with held(screen._at.background):
        screen.save()
        qtbot.keyClicks(QApplication.focusWidget(), "A")
    quiet(qtbot, screen)
    assert kept(a_desk).content["name"] == "Tea House Stroll"
    assert kept(a_desk).content["code"] == "TEA"
    assert screen.draft.changes == ("code",)
    qtbot.keyClicks(QApplication.focusWidget(), "B")  # the keyboard is where it was
    assert entry(screen, "code").field.text() == screen.draft.get(("code",))
    assert sorted(screen.draft.get(("code",))) == sorted("TEAAB")
    press(qtbot, screen, Qt.Key.Key_S, ctrl=True)
    assert sorted(kept(a_desk).content["code"]) == sorted("TEAAB")


def test_saving_a_new_product_twice_quickly_makes_one(qtbot: QtBot, screen: Products, a_desk: Desk) -> None:
    screen.new()
    write(screen, "Echo Walk", "name")
    write(screen, "ECH", "code")
    write(screen, "Evening", "option", 0, "name")
    with held(screen._at.background):
        screen.save()
        screen.save()
    quiet(qtbot, screen)
    assert not screen.notice.isVisible()
    assert not screen.draft.is_dirty
    assert [row.name for row in products.see_products(desk=a_desk).rows].count("Echo Walk") == 1


def test_back_on_the_product_that_is_shown_the_one_between_does_not_take_its_place(
    qtbot: QtBot, screen: Products
) -> None:
    with held(screen._at.background, Lane.READING):
        screen.list.rows.go_to(0)
        screen.list.rows.go_to(1)
    quiet(qtbot, screen)
    assert screen.list.row is not None
    assert screen.list.row.id == screen.draft.product_id


def test_a_product_that_was_asked_for_before_does_not_replace_the_new_one(
    qtbot: QtBot, screen: Products
) -> None:
    with held(screen._at.background, Lane.READING):
        screen.list.rows.go_to(0)
        screen.new()
        write(screen, "Echo Walk", "name")
    quiet(qtbot, screen)
    assert screen.draft.is_new
    assert screen.draft.get(("name",)) == "Echo Walk"


def test_a_photo_that_comes_late_is_not_given_to_another_product(
    qtbot: QtBot, screen: Products, tmp_path: Path
) -> None:
    file = tmp_path / "tea.png"
    Image.new("RGB", (40, 30), "green").save(file)
    with held(screen._at.background, Lane.READING):
        screen.photo.take(str(file))
        screen.new()
    quiet(qtbot, screen)
    assert screen.draft.shown_photo is None


def test_what_the_list_is_refused_is_said_where_no_product_is_shown(
    qtbot: QtBot, screen: Products, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_desk: object) -> None:
        raise CannotDo("database-busy")

    screen.new()
    monkeypatch.setattr(product_asks, "look", away)
    screen.discard()
    screen.refresh(frozenset({"products"}))
    quiet(qtbot, screen)
    assert screen.notice.isVisible()
    assert not screen.notice.isWindow()


def test_a_departure_dialog_that_was_left_is_not_spoken_to_any_more(
    qtbot: QtBot, screen: Products, a_desk: Desk
) -> None:
    screen.maker.open(screen.window(), "Tea House Walk", 1)
    qtbot.keyClick(dialog(screen), Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    screen.maker.remove(99_999)
    quiet(qtbot, screen)
    assert screen.notice.isVisible()


def test_the_page_tells_which_letters_go_by_themselves_and_leads_to_the_switches(
    qtbot: QtBot, screen: Products, a_desk: Desk
) -> None:
    part = next(one for one in screen.page.parts if isinstance(one, LettersPart))
    qtbot.waitUntil(lambda: "Confirmation, Change" in part.itself.text())
    assert "Receipt of the total" in part.by_hand.text()
    letter_ways.keep_ways(1, {"comment": False, "processing": True}, "", desk=a_desk)
    screen.refresh(frozenset(("letter-ways",)))
    qtbot.waitUntil(lambda: "Order in process" in part.itself.text())
    assert "sends the letter by hand" in part.told.text()
    with qtbot.waitSignal(screen.navigate) as went:
        part.linked.emit()
    assert went.args == ["settings", {"section": "letters", "product": 1}]


def test_the_list_that_comes_again_does_not_hide_why_a_picture_was_refused(
    qtbot: QtBot, screen: Products, tmp_path: Path
) -> None:
    (tmp_path / "tea.png").write_bytes(b"nothing")
    screen.photo.take(str(tmp_path / "tea.png"))
    quiet(qtbot, screen)
    screen.refresh(frozenset(("products",)))
    quiet(qtbot, screen)
    assert screen.notice.isVisible()
    assert "tea.png" in screen.notice.accessibleName()


def test_what_the_list_was_refused_goes_when_it_comes(qtbot: QtBot, screen: Products) -> None:
    screen._asks["list"].refused.emit(CannotDo("database-away"))
    assert screen.notice.isVisible()
    screen.refresh(frozenset(("products",)))
    quiet(qtbot, screen)
    assert not screen.notice.isVisible()
