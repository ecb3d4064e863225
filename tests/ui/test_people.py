"""People at the running desk: signing in, changing by PIN without losing anything, locking, and new rights at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import app
from controllers import reservations
from controllers.desk import Desk
from controllers.place import Place
from controllers.scanning import Scan
from controllers.staff import groups, people, signing_in
from models.reservations import Status
from models.rewards import new_code, spelled
from models.rights import Role
from tests.builders import a_product, a_reservation
from tests.conftest import DATABASES, NOW
from tests.staff import OWNER, OWNERS_PASSWORD, PASSWORD, PIN, cheapest_hashes, with_owner, with_staff
from ui.confirm import ConfirmDialog
from ui.people import People
from ui.program import Program
from ui.rename_person import RenameDialog
from ui.sign_in import SignIn
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.toast import Toast

__all__ = ["cheapest_hashes"]
PATIENCE_MS = 30_000


class ProgramOfMany:
    """The running program, with a staff, and a second desk on the same database."""

    def __init__(self, qtbot: QtBot, place: Place, staff: Callable[[Desk], object]) -> None:
        self.qtbot, self.place = qtbot, place
        self.other = place.open("Desk")
        self.other.clock = lambda: NOW
        a_product(self.other, capacity=40)
        self.order = a_reservation(self.other, Status.CONFIRMED)
        staff(self.other)
        self.program = Program(place, app.SCREENS)
        self.program.show()
        self.wait(lambda: self.program.is_open)
        self.program.desk().clock = lambda: NOW
        self.window = self.program.window
        self.window.activateWindow()
        self.quiet()

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE_MS)

    def quiet(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.wait(self.program.is_quiet)

    @property
    def asked(self) -> SignIn | None:
        found = [one for one in self.window.findChildren(SignIn) if one.isVisible()]
        return found[-1] if found else None

    @property
    def keyboard(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.keyboard, key, modifier)
        self.quiet()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.keyboard, text)
        QApplication.processEvents()

    def sign_in(self, name: str, secret: str) -> None:
        assert self.asked is not None
        self.asked.name.set_text(name)
        self.asked.secret.setFocus()
        self.type(secret)
        self.press(Qt.Key.Key_Return)

    def said(self, where: QWidget | None = None) -> str:
        place = where or self.window
        shown = [one for one in place.findChildren(QWidget) if one.isVisible()]
        return "\n".join(one.text() if isinstance(one, Label) else one.accessibleName() for one in shown)

    def in_rail(self) -> set[str]:
        return {word for word, item in self.window._rail._items.items() if not item.isHidden()}

    @property
    def actor(self) -> Any:
        return self.program.desk().actor


@pytest.fixture
def many(
    qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., ProgramOfMany]]:
    made: list[ProgramOfMany] = []

    def make(staff: Callable[[Desk], object], kind: str = "sqlite") -> ProgramOfMany:
        address = request.getfixturevalue("fresh_postgresql")() if kind == "postgresql" else ""
        made.append(ProgramOfMany(qtbot, Place(tmp_path, practice=True, told_database=address), staff))
        return made[-1]

    yield make
    for one in made:
        one.window.close()
        one.other.database.close()


def mina(desk: Desk) -> int:
    return with_staff(desk, "Mina Example", pin=PIN)


def both(desk: Desk) -> None:
    """The owner has a PIN, too, and Mina."""
    with_owner(desk)
    people.choose_pin(OWNERS_PASSWORD, "9173", desk=desk)
    mina(desk)


def test_without_a_password_nobody_is_asked(many: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[object] = []
    monkeypatch.setattr(People, "eventFilter", lambda *told: bool(happened.append(told)))
    at = many(lambda desk: None)
    assert at.asked is None
    assert at.actor.role == Role.OWNER
    at.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert at.asked is None, "nobody could come in again"
    at.press(Qt.Key.Key_F10)
    assert at.window.word == "settings"
    assert not happened, "what never locks need not hear of everything that happens in the program"


@pytest.mark.parametrize("kind", DATABASES)
def test_the_window_is_covered_until_somebody_signs_in(many: Any, kind: str) -> None:
    at = many(mina, kind)
    at.wait(lambda: at.asked is not None)
    cover = at.asked
    assert cover.geometry() == at.window.overlay_host.geometry()
    at.press(Qt.Key.Key_Escape)
    at.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert (at.asked, at.window.word) == (cover, "today"), "no key reaches what lies below"
    at.sign_in("mina example", "not the password")
    assert "do not go together" in at.said(cover)
    at.sign_in("mina example", PASSWORD)
    assert at.asked is None
    assert (at.actor.staff, at.actor.role) == ("Mina Example", Role.FRONT_DESK)
    assert at.window._bar.person.accessibleName() == "Mina Example"
    assert any("Last signed in" in one.accessibleName() for one in at.window.findChildren(Toast))
    assert at.in_rail() == {
        "today",
        "calendar",
        "reservations",
        "checkin",
        "sell",
        "messages",
        "letters",
        "reports",
        "settings",
    }


def test_somebody_new_chooses_a_password_of_their_own(many: Any) -> None:
    given = []
    at = many(
        lambda desk: given.append(people.invite("Mina Example", Role.CLERK, desk=with_owner(desk)).password)
    )
    at.wait(lambda: at.asked is not None)
    at.sign_in("Mina Example", given[0])
    assert at.asked.asks_new
    for text in (PASSWORD, PASSWORD + "x"):
        at.type(text)
        at.press(Qt.Key.Key_Return)
    assert "not the same" in at.said(at.asked)
    at.asked.again.set_text(PASSWORD)
    at.asked.again.setFocus()
    at.press(Qt.Key.Key_Return)
    assert at.asked is None
    assert at.actor.role == Role.CLERK


def test_a_click_beside_the_sign_in_card_leaves_the_keyboard_in_its_field(many: Any) -> None:
    at = many(mina)
    at.wait(lambda: at.asked is not None)
    card = at.asked
    for field in (card.name, card.secret):
        field.setFocus()
        had = QApplication.focusWidget()
        at.qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert QApplication.focusWidget() is had


def test_a_pin_changes_the_person_and_leaves_everything_as_it_is(many: Any) -> None:
    at = many(both)
    at.sign_in("Mina Example", PASSWORD)
    at.window.go("details", reservation=at.order)
    at.quiet()
    at.press(Qt.Key.Key_G)
    dialog = next(one for one in at.window.findChildren(Dialog) if one.isVisible())
    field = at.keyboard
    at.type("The boat is out of order")
    at.program.fittings.people.change_person()
    at.quiet()
    assert [row.text() for row in at.asked.rows] == [OWNER]
    at.type("9173")
    at.press(Qt.Key.Key_Return)
    assert at.actor.staff == OWNER
    assert (at.asked, at.window.word) == (None, "details")
    assert dialog.isVisible()
    assert at.keyboard is field
    assert at.in_rail() >= {"products", "holidays"}


def test_f10_opens_the_change_on_any_screen_and_esc_keeps_who_is_there(many: Any) -> None:
    at = many(both)
    at.sign_in("Mina Example", PASSWORD)
    for word in ("calendar", "checkin", "sell", "settings"):
        at.window.go(word)
        at.quiet()
        at.press(Qt.Key.Key_F10)
        assert at.asked is not None, word
        at.press(Qt.Key.Key_Escape)
        assert at.asked is None
    assert at.actor.staff == "Mina Example"


def test_a_locked_desk_shows_nothing_and_lets_nobody_in(many: Any) -> None:
    at = many(both)
    at.sign_in("Mina Example", PASSWORD)
    at.window.go("details", reservation=at.order)
    at.quiet()
    at.press(Qt.Key.Key_V)
    at.quiet()
    assert at.window.screen_in_front._reveal_.contact is not None
    at.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert at.asked.shut
    assert at.actor.role == ""
    assert at.window.screen_in_front._reveal_.contact is None, "the traveler's data are hidden again"
    at.program.fittings.gate.take(Scan(f"CF-{at.order}", "hid"))
    at.quiet()
    assert "nobody was let in" in at.said(at.asked)
    with at.other.reading() as look:
        from models.tables import ScanRow

        assert look.execute(ScanRow.__table__.select()).all() == []
    at.type(PIN)
    at.press(Qt.Key.Key_Return)
    assert (at.actor.staff, at.window.word, at.asked) == ("Mina Example", "details", None)
    at.window.go("sell")
    at.quiet()
    code = spelled(new_code(lambda below: below // 2))
    at.program.fittings.scanners.scanned.emit(Scan(code, "hid"))
    at.quiet()
    assert at.window.screen_in_front.reward.code == code, "a reward code at the till is no ticket"
    assert at.program.fittings.gate.judged is None


def test_a_while_in_which_nobody_touches_anything_locks(many: Any) -> None:
    at = many(both)
    at.sign_in("Mina Example", PASSWORD)
    keeper = at.program.fittings.people
    assert keeper._idle.isActive()
    assert keeper._idle.interval() == 10 * 60_000
    keeper._idle.stop()
    at.press(Qt.Key.Key_Down)
    assert keeper._idle.isActive(), "a key is a sign of life"
    keeper._idle.timeout.emit()
    at.quiet()
    assert at.asked.shut
    assert at.actor.role == ""


def test_what_others_do_first_after_a_sign_in_is_said_in_an_open_question(many: Any) -> None:
    at = many(both)
    at.sign_in("Mina Example", PASSWORD)
    at.wait(lambda: at.program._in_step._meanwhile._heads is not None)
    made = a_reservation(at.program.desk())
    at.quiet()
    at.program.fittings.deeds.confirm(made)
    at.wait(lambda: any(one.isVisible() for one in at.window.findChildren(ConfirmDialog)))
    [dialog] = [one for one in at.window.findChildren(ConfirmDialog) if one.isVisible()]
    signing_in.sign_in(OWNER, OWNERS_PASSWORD, desk=at.other)
    reservations.confirm(made, desk=at.other)
    at.wait(lambda: f"{OWNER} confirmed" in dialog._news.accessibleName())
    dialog.leave()


@pytest.mark.parametrize("kind", DATABASES)
def test_what_a_manager_changes_is_there_at_once(many: Any, kind: str) -> None:
    at = many(both, kind)
    at.sign_in("Mina Example", PASSWORD)
    at.window.go("reservations")
    at.quiet()
    signing_in.sign_in(OWNER, OWNERS_PASSWORD, desk=at.other)
    people.change_person(at.actor.staff_id, desk=at.other, role=Role.REDEEM)
    at.wait(lambda: at.actor.role == Role.REDEEM)
    at.wait(lambda: at.window.word == "checkin")
    assert at.in_rail() == {"checkin", "settings"}
    told = [one.accessibleName() for one in at.window.findChildren(Toast)]
    assert any("A manager has changed what you may do here: Redeem only." in one for one in told), told
    sells = [one for one in at.window.findChildren(Button) if one.accessibleName() == "Sell (Ctrl 5)"]
    at.wait(lambda: not any(one.isVisible() for one in sells))
    at.window.go("reservations")
    at.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert at.window.word == "checkin"
    people.change_person(at.actor.staff_id, desk=at.other, active=False)
    at.wait(lambda: at.asked is not None and at.asked.shut)
    assert "You were signed out." in at.said(at.asked)
    assert at.actor.role == ""


def test_the_staff_page_invites_changes_and_groups(many: Any) -> None:
    at = many(lambda desk: None)
    at.window.go("settings", section="staff")
    at.quiet()
    page = at.window.screen_in_front.page
    at.wait(lambda: not page.people.isHidden())
    assert page.lock.isHidden(), "without a password there is nothing to lock"
    page.people.name.set_text("Mina Example")
    page.people.invite.click()
    at.quiet()
    assert "password of your own first" in at.said(page.people)
    for field in (page.you.new, page.you.again):
        field.set_text(OWNERS_PASSWORD)
    page.you.keep.click()
    at.quiet()
    assert (at.asked, page.lock.isHidden(), page.you.new.text()) == (None, False, "")
    page.you.pin.set_text("8351")
    page.you.keep_pin.click()
    at.quiet()
    assert "Type your password now as well." in at.said(page.you)
    page.people.role.chosen.emit(Role.REDEEM)
    page.people.invite.click()
    at.quiet()
    assert "First password of Mina Example" in at.said(page.people)
    assert "Role: Front desk" in at.said(page.people), (
        "the next one is not invited for the same role by mistake"
    )
    told = people.see_people(desk=at.program.desk())
    mina = next(one for one in told if one.name == "Mina Example")
    assert (mina.role, mina.invited_until is not None) == (Role.REDEEM, True)
    page.people.wanted.emit("change", {"staff_id": 1, "role": Role.CLERK})
    at.quiet()
    assert "last owner" in at.said(page.people)
    page.groups.name.set_text("Pier")
    page.groups.make.click()
    at.quiet()
    row = page.groups.rows.itemAt(0).widget()
    who, what = row.findChildren(FilterButton)
    who.chosen.emit(frozenset({mina.id}))
    at.quiet()
    who, what = page.groups.rows.itemAt(0).widget().findChildren(FilterButton)
    what.chosen.emit(frozenset({1}))
    at.quiet()
    kept = groups.see_groups(desk=at.program.desk())
    assert [(one.name, one.people, set(one.products)) for one in kept] == [("Pier", (mina.id,), {"1"})]
    page.lock.minutes.choose(1)
    at.quiet()
    assert at.program.fittings.people._idle.interval() == 3 * 60_000


def test_the_staff_page_renames_also_the_last_owner(many: Any) -> None:
    at = many(lambda desk: with_staff(desk, "Mina Example"))
    at.sign_in(OWNER, OWNERS_PASSWORD)
    at.window.go("settings", section="staff")
    at.quiet()
    page = at.window.screen_in_front.page
    _role, more = page.people.rows.itemAt(1).widget().findChildren(FilterButton)
    word, deed = more.choices[0]
    more.chosen.emit(deed)
    at.quiet()
    (dialog,) = (one for one in at.window.findChildren(RenameDialog) if one.isVisible())
    assert (word, dialog.name) == ("Rename", OWNER)
    at.type("mina example")  # what stood there is marked, and goes
    at.press(Qt.Key.Key_Return)
    assert "already. Choose another name." in at.said(dialog)
    dialog._field.set_text("<b>Olga</b> {0}")
    at.press(Qt.Key.Key_Return)
    assert at.actor.staff == "<b>Olga</b> {0}"
    assert "<b>Olga</b> {0}" in at.said(page.people)
    assert not [one for one in at.window.findChildren(RenameDialog) if one.isVisible()]


def test_redeem_only_sees_nothing_of_the_settings_but_themselves(many: Any) -> None:
    at = many(lambda desk: with_staff(desk, "Mina Example", Role.REDEEM))
    at.sign_in("Mina Example", PASSWORD)
    at.window.go("settings", section="staff")
    at.quiet()
    page = at.window.screen_in_front.page
    assert [one.word for one in at.window.screen_in_front._sections] == ["staff", "notices"]
    assert page.people.isHidden()
    assert page.lock.isHidden()
    page.you.old.set_text(PASSWORD)
    page.you.pin.set_text(PIN)
    page.you.keep_pin.click()
    at.quiet()
    assert people.see_oneself(desk=at.program.desk()).has_pin


def test_redeem_only_begins_at_check_in(many: Any) -> None:
    at = many(lambda desk: with_staff(desk, "Mina Example", Role.REDEEM))
    at.sign_in("Mina Example", PASSWORD)
    assert at.window.word == "checkin"
    at.press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    told = [one.accessibleName() for one in at.window.findChildren(Toast)]
    assert any("sell and take money. Ask somebody at the front desk" in one for one in told), told
    assert at.window.word == "checkin"
    at.press(Qt.Key.Key_F9)
    settings = at.window.screen_in_front
    at.wait(lambda: "right to set up a counter" in at.said(settings))
    at.press(Qt.Key.Key_Escape)
    at.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    at.wait(lambda: "right to set up a counter" not in at.said(settings))
    at.press(Qt.Key.Key_F9)
    at.wait(lambda: "right to set up a counter" in at.said(settings))
    at.window.hide_personal()
    assert "right to set up a counter" not in at.said(settings), "another person has not asked for it"


def test_the_desk_is_locked_with_a_dialog_open_which_stays(many: Any) -> None:
    at = many(both)
    at.sign_in("Mina Example", PASSWORD)
    at.window.go("details", reservation=at.order)
    at.quiet()
    at.press(Qt.Key.Key_G)
    (dialog,) = [one for one in at.window.findChildren(Dialog) if one.isVisible()]
    at.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert at.asked.shut
    at.type(PIN)
    at.press(Qt.Key.Key_Return)
    assert at.asked is None
    assert dialog.isVisible()
    assert dialog.isAncestorOf(QApplication.focusWidget())


def test_whoever_may_less_sees_no_dialog_of_the_person_before(many: Any) -> None:
    def staff(desk: Desk) -> None:
        both(desk)
        with_staff(desk, "Max Muster", Role.REDEEM, pin="2580")

    at = many(staff)
    at.sign_in(OWNER, OWNERS_PASSWORD)
    at.window.go("details", reservation=at.order)
    at.quiet()
    at.press(Qt.Key.Key_G)
    assert [one for one in at.window.findChildren(Dialog) if one.isVisible()]
    at.program.fittings.people.change_person()
    at.quiet()
    at.sign_in("Max Muster", "2580")
    assert at.window.word == "checkin"
    assert not [one for one in at.window.findChildren(Dialog) if one.isVisible()]
    assert not at.window.findChildren(Notice) or "right to" not in at.said(at.window.screen_in_front)
