"""Two counters keep the same setting: the second one is told who was quicker, keeps what was typed, and decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from controllers import backup, currencies, notes, operator, retention
from controllers.desk import Desk
from controllers.staff import groups, people
from controllers.voucher_looks import keep_look, see_look
from models.rights import Role
from tests.builders import a_reservation, somebody_else
from tests.ui.two_desks import PATIENCE_MS, Two
from ui.rename_person import RenameDialog
from ui.settings import Settings
from ui.settings_backup import BackupsPage
from ui.settings_money import MoneyPage
from ui.settings_operator import OperatorPage
from ui.settings_privacy import PrivacyPage
from ui.settings_staff import StaffPage
from ui.settings_voucher import VoucherPage


@pytest.fixture
def two(qtbot: QtBot, a_desk: Desk, a_second_desk: Desk) -> Iterator[Two]:
    made = Two(qtbot, a_desk, a_second_desk, settings=Settings)
    yield made
    made.close()


def _page(two: Two, section: str) -> object:
    two.here.go("settings", section=section)
    screen = two.here.window.screen_in_front
    assert isinstance(screen, Settings)
    return screen.page


def _rename(two: Two, name: str) -> None:
    card = operator.see_operator(desk=two.mina).card
    operator.keep_operator(replace(card, name=name), desk=two.mina)


def _name(two: Two) -> str:
    return operator.see_operator(desk=two.here.desk).card.name


def test_a_name_that_another_counter_kept_is_not_overwritten_unseen(two: Two) -> None:
    page = _page(two, "operator")
    assert isinstance(page, OperatorPage)
    page.fields["name"].set_text("Ours Example")
    _rename(two, "Theirs Muster")
    page.keep_button.click()
    two.here.quiet()
    assert _name(two) == "Theirs Muster"
    assert page.theirs.isVisible()
    said = page.theirs.notice.accessibleName()
    assert "Mina changed this meanwhile, at Second desk: Name is “Theirs Muster” now." in said
    assert page.fields["name"].text() == "Ours Example"
    page.keep_button.click()  # pressed again, with theirs before the eyes
    two.here.quiet()
    assert _name(two) == "Ours Example"
    assert not page.theirs.isVisible()


def test_theirs_is_taken_with_a_button_and_what_was_typed_goes(two: Two) -> None:
    page = _page(two, "operator")
    assert isinstance(page, OperatorPage)
    page.fields["name"].set_text("Ours Example")
    _rename(two, "Theirs Muster")
    page.keep_button.click()
    two.here.quiet()
    page.theirs.take.click()
    two.here.quiet()
    assert page.fields["name"].text() == _name(two) == "Theirs Muster"
    assert not page.theirs.isVisible()


def test_what_is_typed_stays_when_theirs_arrives_and_still_does_not_overwrite_it(two: Two) -> None:
    page = _page(two, "operator")
    assert isinstance(page, OperatorPage)
    page.fields["name"].set_text("Ours Example")
    _rename(two, "Theirs Muster")
    card = operator.see_operator(desk=two.mina).card
    operator.keep_operator(replace(card, country="TW"), desk=two.mina)
    two.here.qtbot.waitUntil(lambda: page.fields["country"].text() == "TW", timeout=PATIENCE_MS)
    two.here.qtbot.waitUntil(lambda: "Mina changed the company's settings" in two.here.toast)
    assert page.fields["name"].text() == "Ours Example"
    page.keep_button.click()
    two.here.quiet()
    assert page.theirs.isVisible()
    assert _name(two) == "Theirs Muster"


def test_two_counters_tell_rates_and_none_is_lost(two: Two) -> None:
    page = _page(two, "money")
    assert isinstance(page, MoneyPage)
    page.code.set_text("USD")
    page.worth.set_text("1342.5")
    currencies.take_currencies({"JPY": "9.1", "USD": "1300"}, desk=two.mina)
    page.add_button.click()
    two.here.quiet()
    said = page.theirs.notice.accessibleName()
    assert "Mina changed this meanwhile" in said
    assert "1 JPY is 9.1 now; 1 USD is 1,300 now" in said
    assert (page.code.text(), page.worth.text()) == ("USD", "1342.5")
    page.add_button.click()
    two.here.quiet()
    assert {code: str(one) for code, one in currencies.see_currencies(desk=two.mina).worth.items()} == {
        "JPY": "9.1",
        "USD": "1342.5",
    }
    assert not page.theirs.isVisible()


def test_a_rate_that_is_typed_is_judged_by_what_was_there_when_it_was_begun(two: Two) -> None:
    page = _page(two, "money")
    assert isinstance(page, MoneyPage)
    page.code.set_text("USD")
    page.worth.set_text("1342.5")
    currencies.take_currencies({"USD": "1300"}, desk=two.mina)
    two.here.qtbot.waitUntil(lambda: "USD" in page._rates.worth, timeout=PATIENCE_MS)
    page.add_button.click()
    two.here.quiet()
    assert page.theirs.isVisible()
    page.theirs.take.click()
    assert page.code.text() == ""
    assert str(currencies.see_currencies(desk=two.mina).worth["USD"]) == "1300"


def test_how_long_travelers_are_remembered_is_not_overwritten_unseen(two: Two) -> None:
    page = _page(two, "privacy")
    assert isinstance(page, PrivacyPage)
    card = page.retention
    two.here.qtbot.waitUntil(lambda: card.hour.text() != "")
    card.days.set_text("30")
    retention.keep_retention(400, 3, desk=two.second)
    card.keep_button.click()
    two.here.quiet()
    assert "travelers are remembered for 400 days" in card.theirs.notice.accessibleName()
    assert retention.see_retention(desk=two.second).days == 400
    card.theirs.take.click()
    two.here.quiet()
    assert card.days.text() == "400"


def test_how_vouchers_look_is_not_overwritten_unseen(two: Two) -> None:
    page = _page(two, "vouchers")
    assert isinstance(page, VoucherPage)
    page.head.changed.emit("#113355")
    keep_look(replace(see_look(desk=two.mina), accent="#886600"), desk=two.mina)
    page.keep()
    two.here.quiet()
    assert "other headings" in page.theirs.notice.accessibleName()
    assert page.look.head == "#113355"
    assert see_look(desk=two.mina).head != "#113355"
    page.keep()
    two.here.quiet()
    assert see_look(desk=two.mina).head == "#113355"
    assert not page.theirs.isVisible()


def test_when_backups_are_made_is_not_overwritten_unseen(two: Two) -> None:
    page = _page(two, "backup")
    assert isinstance(page, BackupsPage)
    two.here.qtbot.waitUntil(lambda: page.plan.at.text() == "03:00")
    page.plan.days.set_text("7")
    backup.plan_backups(desk=two.second, daily=True, at="03:00", keep_days=90, folder="")
    page.plan.keep.click()
    two.here.quiet()
    assert "Keep for days is “90” now" in page.plan.theirs.notice.accessibleName()
    assert (page.plan.days.text(), _kept_days(two)) == ("7", 90)
    page.plan.keep.click()
    two.here.quiet()
    assert _kept_days(two) == 7
    assert not page.plan.theirs.isVisible()


def _kept_days(two: Two) -> int:
    return backup.see_backups(desk=two.second).plan.keep_days


def _anna(two: Two) -> int:
    made = somebody_else(two.here.desk, "Anna").actor.staff_id
    assert made is not None
    return made


def _of(two: Two, staff_id: int) -> people.Person:
    return next(one for one in people.see_people(desk=two.second) if one.id == staff_id)


def test_a_name_that_another_counter_gave_somebody_is_not_overwritten_unseen(two: Two) -> None:
    anna = _anna(two)
    page = _page(two, "staff")
    assert isinstance(page, StaffPage)
    page._ask_name(anna, "Anna")
    dialog = two.here.dialog
    assert isinstance(dialog, RenameDialog)
    dialog._field.set_text("Anna Example")
    people.change_person(anna, name="Anna Muster", desk=two.second)
    dialog.accepted.emit()
    two.here.quiet()
    assert "the name is “Anna Muster” now" in two.here.notices()
    assert (dialog.name, _of(two, anna).name) == ("Anna Example", "Anna Muster")
    dialog.accepted.emit()
    two.here.quiet()
    assert _of(two, anna).name == "Anna Example"


def test_a_role_that_another_counter_gave_somebody_is_not_overwritten_unseen(two: Two) -> None:
    anna = _anna(two)
    page = _page(two, "staff")
    assert isinstance(page, StaffPage)
    people.change_person(anna, role=Role.REDEEM, desk=two.second)
    told = {"staff_id": anna, "role": str(Role.CLERK), "seen": {"role": str(Role.FRONT_DESK)}}
    page.people.wanted.emit("change", told)
    two.here.quiet()
    assert "changed this meanwhile, at Second desk: the role is" in page.people.notice.accessibleName()
    assert _of(two, anna).role == Role.REDEEM


def test_a_group_that_another_counter_changed_is_not_overwritten_unseen(two: Two) -> None:
    anna = _anna(two)
    made = groups.keep_group("Pier", (), (), desk=two.here.desk)
    (seen,) = groups.see_groups(desk=two.here.desk)
    page = _page(two, "staff")
    assert isinstance(page, StaffPage)
    groups.keep_group("Pier", (), (1,), desk=two.second, group_id=made, seen=seen)
    page.groups._keep(seen, frozenset(), "people", frozenset((anna,)))
    two.here.quiet()
    assert "other products" in page.groups.notice.accessibleName()
    (kept,) = groups.see_groups(desk=two.second)
    assert (kept.people, len(kept.products)) == ((), 1)


def test_a_note_that_is_being_written_hears_what_others_do_to_its_reservation(two: Two) -> None:
    made = a_reservation(two.here.desk)
    two.here.go("details", reservation=made)
    screen = two.here.window.screen_in_front
    part = screen._left.notes  # type: ignore[union-attr]
    part._area.set_text("They come by bus")
    notes.add_note(made, words="Called back.", desk=two.mina)
    two.here.qtbot.waitUntil(part._news.isVisible, timeout=PATIENCE_MS)
    assert "Mina added a note, at Second desk" in part._news.accessibleName()
    assert part._area.text() == "They come by bus"
    part._area.set_text("")
    assert not part._news.isVisible()
