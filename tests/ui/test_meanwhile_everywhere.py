"""No dialog is forgotten: each one says what another counter did to what it is about, or why nothing can be done."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

import ui
from controllers import (
    closings,
    departures,
    drawer,
    holidays,
    incidents,
    journal_breaks,
    letter_address,
    letters_by_hand,
    moving,
    notes,
    reservations,
    saved_replies,
    traveler_requests,
    trips,
    viewing,
    views,
)
from controllers.desk import Desk
from controllers.letter_words import Wanted
from controllers.staff import people
from models.chains import Wrong
from models.meanwhile import subjects
from models.offline import Conflict, Ruling
from models.outbox import Letter
from models.refunds import Step
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Role
from models.tables import JournalBreak
from models.talk import SavedReply
from models.tender import Rates
from tests.builders import DAY, DEPARTS, a_reservation, kkday_row, somebody_else, take, taken, teach_headings
from tests.controllers.test_giving_back import a_refund
from tests.fakes import StillClock
from tests.ui.test_meanwhile import CASES as ON_BOTH_DATABASES
from tests.ui.test_meanwhile import _product
from tests.ui.two_desks import Two
from ui.bulk_cancel import BulkCancelDialog
from ui.checkin_force import ForceDialog
from ui.checkin_move import MoveDialog
from ui.day_vouchers import DayVouchersDialog
from ui.departure_dialog import DepartureDialog
from ui.departure_maker import DepartureMaker
from ui.drawer import DrawerDialog
from ui.hold import Late, UndoDialog
from ui.holiday_country import CountryDialog
from ui.incidents import WordsDialog
from ui.journal_break import BreakDialog
from ui.letter_address import LetterAddressDialog
from ui.letter_preview import LetterPreview
from ui.letters_dialog import LettersDialog
from ui.manifest import ManifestDialog
from ui.messages_replies import ReplyDialog
from ui.pay import PayDialog
from ui.refund_deeds import RefundDeeds
from ui.refund_dialogs import RefundDoneDialog, RefundFailedDialog
from ui.rename_person import RenameDialog
from ui.reservation_columns import Layout
from ui.reservation_columns_dialog import ColumnsDialog
from ui.reservations import Reservations
from ui.review_dialog import ReviewDialog
from ui.take_theirs import TakeDialog
from ui.traveler_request import ForgetDialog, TravelerRequestDialog
from ui.trip_deeds import LateUndoDialog, UndoClosingDialog
from ui.voucher import ReceiptDialog, VoucherDialog
from ui.widgets.dialog import Dialog


@pytest.fixture
def two(qtbot: QtBot, a_desk: Desk, a_second_desk: Desk) -> Iterator[Two]:
    made = Two(qtbot, a_desk, a_second_desk)
    yield made
    made.close()


# --- what is asked, and about which reservation --------------------------------------------------

Ask = Callable[[Two], int]


def _about_one(status: Status, show: Callable[[Two, int], object]) -> Ask:
    def ask(two: Two) -> int:
        made = a_reservation(two.here.desk, status)
        two.here.quiet()
        show(two, made)
        two.here.quiet()
        return made

    return ask


def _departure(show: Callable[[Two, Any], Dialog]) -> Ask:
    return _about_one(Status.CONFIRMED, lambda two, _made: show(two, two.line()).open())


def _move(two: Two, made: int) -> None:
    _clock(two).set(DEPARTS - timedelta(days=1, minutes=10))
    MoveDialog(moving.preview_move(made, desk=two.here.desk), two.over).ask()


def _theirs(two: Two) -> int:
    teach_headings(two.here.desk)
    row = kkday_row()
    (made,) = taken(two.here.desk, row)
    reservations.confirm(made, desk=two.here.desk)
    take(two.here.desk, {**row, "date": "2027-02-02 14:00"})
    two.here.quiet()
    two.ask("take_theirs", viewing.see_details(made, desk=two.here.desk).decisions[0].id, made)
    return made


def _closing(two: Two) -> trips.ClosingMade:
    return trips.see_trips(desk=two.here.desk).closings[0]


def _late_undo(two: Two, _made: int) -> None:
    no = CannotDo("closing-window-over")
    LateUndoDialog(no, two.over, frozenset((_closing(two).key.word,))).ask()


def _words(two: Two, made: int) -> None:
    at = two.here.desk.now()
    seen = incidents.Seen(at, "Gate 2", "", 2)
    row = incidents.IncidentRow(
        "i", Conflict.TWICE, seen, None, 2, at, made, f"CF-{made}", "", "", at, "UTC", None, 2, 2, ()
    )
    WordsDialog(Ruling.WARN, two.over, row).ask()


def _request(two: Two, made: int) -> None:
    dialog = TravelerRequestDialog(two.here.at, two.over)
    dialog.ask()
    dialog.text.set_text(f"CF-{made}")
    dialog.search.click()


def _forget(two: Two, made: int) -> None:
    desk = two.here.desk
    found = traveler_requests.find_people(f"CF-{made}", desk=desk)
    shown = traveler_requests.preview([found[0].person], desk=desk)
    ForgetDialog(two.here.at, two.over, shown).ask()


def _break(two: Two) -> int:
    desk = two.here.desk
    told = {"counter_id": desk.actor.counter_id, "seq": 1, "kind": Wrong.MISSING, "found_at": desk.now()}
    with desk.database.transaction() as connection:
        connection.execute(insert(JournalBreak).values(**told))
    (one,) = journal_breaks.see_journal(desk=desk).breaks
    BreakDialog(two.here.at, two.over, one).ask()
    return one.id


def _person(two: Two) -> int:
    anna = somebody_else(two.here.desk, "Anna").actor.staff_id
    assert anna is not None
    RenameDialog(anna, "Anna", two.over).ask()
    return anna


def _columns(two: Two) -> int:
    made = views.save_view("Boats", {}, desk=two.here.desk).id
    ColumnsDialog(Layout(), Layout(), two.over, subjects("view", made)).ask()
    return made


def _view(two: Two, deed: str) -> int:
    made = views.save_view("Boats", {}, desk=two.here.desk).id
    two.here.go("reservations")
    screen = two.here.window.screen_in_front
    assert isinstance(screen, Reservations)
    screen.showing.key = f"kept:{made}"
    getattr(screen.keeping, deed)()
    return made


def _new_departure(two: Two) -> int:
    two.maker = DepartureMaker(two.here.background, two.here.door, two.here.window)  # type: ignore[attr-defined]
    two.maker.open(two.over, "Tea House Walk", 1, subjects("product", 1))  # type: ignore[attr-defined]
    return 1


def _drawer(two: Two) -> int:
    DrawerDialog(two.here.at, two.over, Rates("KRW", {})).ask()
    two.here.quiet()
    return 0


def _letters(two: Two, made: int) -> None:
    LettersDialog(letters_by_hand.letters_offered(made, desk=two.here.desk), two.over).ask()


def _letter_address(two: Two, made: int) -> None:
    LetterAddressDialog(letter_address.see_letter_address(made, desk=two.here.desk), two.over).ask()


def _letter(two: Two, made: int) -> None:
    seen = letters_by_hand.see_letter(Wanted(Letter.CONFIRMATION, made), desk=two.here.desk)
    LetterPreview(seen, two.over).ask()


def _refund(two: Two, step: Step) -> int:
    two.refunds = RefundDeeds(two.here.at, two.here.window)  # type: ignore[attr-defined]
    one = a_refund(two.here.desk)
    two.here.quiet()
    two.refunds.do(step, one, DAY)  # type: ignore[attr-defined]
    return one.reservation_id


def _country(two: Two) -> int:
    CountryDialog(two.over, holidays.choices(), "").ask()
    return 0


# --- what Mina does at the other counter ----------------------------------------------------------


def _note(two: Two, made: int) -> None:
    notes.add_note(made, words="Called back.", desk=two.mina)


def _reply(two: Two) -> int:
    made = saved_replies.keep_reply(SavedReply(0, "Lift", "", "Yes"), desk=two.mina)
    ReplyDialog(two.here.at, two.over, made).ask()
    return made.id


def _reword(two: Two, reply: int) -> None:
    saved_replies.keep_reply(SavedReply(reply, "Lift", "", "No"), desk=two.mina)


def _close(two: Two, _made: int) -> None:
    departures.close(two.line().key, desk=two.mina)


def _reopen_trip(two: Two, _made: int) -> None:
    closings.undo_closing(_closing(two).id, desk=two.mina, reason="The wrong trip was closed")


def _look_into(two: Two, break_id: int) -> None:
    journal_breaks.acknowledge(break_id, "The disk was repaired", desk=two.mina)


def _other_role(two: Two, staff_id: int) -> None:
    people.change_person(staff_id, role=Role.REDEEM, desk=two.second)


def _rename(two: Two, view_id: int) -> None:
    views.rename_view(view_id, "Boats of June", desk=two.second)  # the same person at the other counter


def _open_shift(two: Two, _made: int) -> None:
    at_ours = two.mina.at_counter(two.here.desk.actor.counter)
    drawer.open_shift({"KRW": 50_000}, desk=at_ours)


def _close_day(two: Two, _made: int) -> None:
    holidays.close_day(DAY, "Staff outing", desk=two.mina)


NOTED, CLOSED, REOPENED = (
    "Mina added a note",
    "Mina closed it for sale",
    "Mina took the close of the trip back",
)
CASES: dict[str, tuple[type[Dialog], Ask, Callable[[Two, int], None], str]] = {
    "pay": (
        PayDialog,
        _about_one(Status.AWAITING_PAYMENT, lambda two, made: two.ask("pay", made)),
        _note,
        NOTED,
    ),
    "undo": (
        UndoDialog,
        _about_one(Status.REDEEMED, lambda two, made: UndoDialog(Late(two.row(made), False), two.over).ask()),
        _note,
        NOTED,
    ),
    "review": (
        ReviewDialog,
        _about_one(
            Status.REDEEMED, lambda two, made: ReviewDialog(two.here.at, two.over, made, f"CF-{made}").ask()
        ),
        _note,
        NOTED,
    ),
    "force": (
        ForceDialog,
        _about_one(Status.CONFIRMED, lambda two, made: ForceDialog(two.row(made), two.over).ask()),
        _note,
        NOTED,
    ),
    "voucher": (
        VoucherDialog,
        _about_one(Status.CONFIRMED, lambda two, made: VoucherDialog(two.here.at, made, two.over).open()),
        _note,
        NOTED,
    ),
    "receipt": (
        ReceiptDialog,
        _about_one(Status.CONFIRMED, lambda two, made: ReceiptDialog(two.here.at, made, two.over).open()),
        _note,
        NOTED,
    ),
    "sheet of a departure": (
        ManifestDialog,
        _departure(lambda two, line: ManifestDialog(two.here.at, DAY, line, two.over)),
        _close,
        CLOSED,
    ),
    "sheet of a day": (
        ManifestDialog,
        _departure(lambda two, _line: ManifestDialog(two.here.at, DAY, None, two.over)),
        _note,
        NOTED,
    ),
    "vouchers of a departure": (
        DayVouchersDialog,
        _departure(lambda two, line: DayVouchersDialog(two.here.at, DAY, line, two.over)),
        _close,
        CLOSED,
    ),
    "vouchers of a day": (
        DayVouchersDialog,
        _departure(lambda two, _line: DayVouchersDialog(two.here.at, DAY, None, two.over)),
        _note,
        NOTED,
    ),
    "move": (MoveDialog, _about_one(Status.CONFIRMED, _move), _note, NOTED),
    "a kept reply": (ReplyDialog, _reply, _reword, "Mina kept a reply for the next traveler"),
    "letter address": (LetterAddressDialog, _about_one(Status.CONFIRMED, _letter_address), _note, NOTED),
    "letters": (LettersDialog, _about_one(Status.CONFIRMED, _letters), _note, NOTED),
    "a letter": (LetterPreview, _about_one(Status.CONFIRMED, _letter), _note, NOTED),
    "theirs": (TakeDialog, _theirs, _note, NOTED),
    "undo a closing": (
        UndoClosingDialog,
        _about_one(Status.REDEEMED, lambda two, _made: UndoClosingDialog(_closing(two), two.over).open()),
        _reopen_trip,
        REOPENED,
    ),
    "undo a closing late": (
        LateUndoDialog,
        _about_one(Status.REDEEMED, _late_undo),
        _reopen_trip,
        REOPENED,
    ),
    "incident": (WordsDialog, _about_one(Status.CONFIRMED, _words), _note, NOTED),
    "a traveler's request": (TravelerRequestDialog, _about_one(Status.REDEEMED, _request), _note, NOTED),
    "forgetting": (ForgetDialog, _about_one(Status.REDEEMED, _forget), _note, NOTED),
    "a broken journal": (BreakDialog, _break, _look_into, "Mina looked into a broken journal"),
    "columns": (ColumnsDialog, _columns, _rename, "Owner gave the view another name"),
    "the name of a view": (
        Dialog,
        lambda two: _view(two, "rename"),
        _rename,
        "Owner gave the view another name",
    ),
    "deleting a view": (
        Dialog,
        lambda two: _view(two, "delete"),
        _rename,
        "Owner gave the view another name",
    ),
    "a new departure": (DepartureDialog, _new_departure, _product, "Mina changed the product"),
    "another name for somebody": (RenameDialog, _person, _other_role, "Owner changed this person"),
    "several cancelled": (
        BulkCancelDialog,
        _about_one(Status.UNCONFIRMED, lambda two, made: two.ask("cancel_all", [made])),
        _note,
        NOTED,
    ),
    "a refund given back": (RefundDoneDialog, lambda two: _refund(two, Step.DONE), _note, NOTED),
    "a refund that failed": (RefundFailedDialog, lambda two: _refund(two, Step.FAILED), _note, NOTED),
    "drawer": (DrawerDialog, _drawer, _open_shift, "Mina opened the drawer"),
    "holidays": (CountryDialog, _country, _close_day, "Mina closed a day"),
}


@pytest.mark.parametrize("question", CASES)
def test_what_another_counter_did_is_said_where_it_is_asked_about(two: Two, question: str) -> None:
    kind, ask, change, words = CASES[question]
    about = ask(two)
    assert isinstance(two.here.dialog, kind)
    change(two, about)
    two.told(words)


def test_no_dialog_is_forgotten() -> None:
    _import_all(ui)
    covered = {*ON_BOTH_DATABASES, *(kind for kind, *_ in CASES.values())}
    for kind in _asked():
        says = f"{kind.__module__}.{kind.__name__}"
        assert (kind in covered) != bool(kind.alone), f"{says}: hears of others, or says why it need not?"


def test_no_dialog_that_is_put_together_on_the_spot_is_forgotten() -> None:
    found = 0
    for file in Path(ui.__file__).parent.rglob("*.py"):
        source = file.read_text("utf-8")
        for function in ast.walk(ast.parse(source)) if " Dialog(" in source else ():
            if isinstance(function, ast.FunctionDef) and _puts_together(function):
                told = {
                    one.attr for one in ast.walk(function) if isinstance(one, ast.Attribute) and _is_set(one)
                }
                assert told & {"about", "alone"}, f"{file.name}: {function.name}"
                found += 1
    assert found > 5


def _puts_together(function: ast.FunctionDef) -> bool:
    calls = [one.func for one in ast.walk(function) if isinstance(one, ast.Call)]
    return any(isinstance(one, ast.Name) and one.id == "Dialog" for one in calls)


def _is_set(attribute: ast.Attribute) -> bool:
    return isinstance(attribute.ctx, ast.Store)


def _asked(kind: type[Dialog] = Dialog) -> Iterator[type[Dialog]]:
    """The dialogs that people see: those of which there are no more special ones."""
    below = [one for one in kind.__subclasses__() if one.__module__.startswith("ui.")]
    for one in below:
        yield from _asked(one)
    if not below:
        yield kind


def _import_all(package: ModuleType) -> None:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)


def _clock(two: Two) -> StillClock:
    clock = two.here.desk.clock
    assert isinstance(clock, StillClock)
    return clock
