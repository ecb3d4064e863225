"""An open question says within a second what another counter did to the same thing; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import (
    claims,
    departures,
    notes,
    products,
    reservations,
    viewing,
)
from controllers.desk import Desk
from controllers.products_file import product_form
from models.refusals import CannotDo
from tests.builders import a_reservation
from tests.ui.two_desks import PATIENCE_MS, Two
from ui.bulk_confirm import BulkConfirmDialog
from ui.cancel import CancelDialog
from ui.confirm import ConfirmDialog
from ui.departure_dialogs import CapacityDialog, CloseDialog, GuideDialog
from ui.details_deeds import DeedsDialog
from ui.gate_note import GateNoteDialog
from ui.hold import HoldDialog
from ui.product_dialogs import DeleteDialog, LeaveDialog
from ui.take_back import TakeBackDialog
from ui.widgets.dialog import Dialog


@pytest.fixture
def two(qtbot: QtBot, desk: Desk, second_desk: Desk) -> Iterator[Two]:
    made = Two(qtbot, desk, second_desk)
    yield made
    made.close()


def _departure_dialog(kind: Callable[..., Dialog], **more: Any) -> Callable[[Two, int], None]:
    def ask(two: Two, _made: int) -> None:
        kind(two.line(), two.here.window.overlay_host, **more).ask()  # type: ignore[attr-defined]

    return ask


def _bulk(two: Two, made: int) -> None:
    two.ask("confirm_all", (made, a_reservation(two.here.desk)))


def _close(two: Two, _made: int) -> None:
    key = two.line().key
    departures.close(key, desk=two.mina)


def _seats(two: Two, _made: int) -> None:
    departures.change_capacity(two.line().key, 9, desk=two.mina)


def _note(two: Two, made: int) -> None:
    notes.add_note(made, words="Called back.", desk=two.mina)


def _claim(two: Two, made: int) -> None:
    claims.claim(made, desk=two.mina)


def _cancel(two: Two, made: int) -> None:
    reservations.cancel(made, reason="The boat is in dock.", desk=two.mina)


def _product(two: Two, _made: int) -> None:
    page = products.see_product(1, desk=two.mina)
    form = product_form(page.content | {"meeting_point": "Pier 2"})
    products.save_product(form, desk=two.mina, product_id=1)


Ask, Change = Callable[[Two, int], None], Callable[[Two, int], None]
CASES: dict[type[Dialog], tuple[Ask, Change, str]] = {
    ConfirmDialog: (lambda two, made: two.ask("confirm", made), _note, "Mina added a note"),
    HoldDialog: (lambda two, made: two.ask("hold", made), _claim, "Mina took it on"),
    CancelDialog: (lambda two, made: two.ask("cancel", made), _note, "Mina added a note"),
    BulkConfirmDialog: (_bulk, _note, "Mina added a note"),
    TakeBackDialog: (
        lambda two, made: two.here.deeds.ask_to_take_back(made, "It was not confirmed here.", lambda: None),
        _cancel,
        "Mina cancelled",
    ),
    CloseDialog: (_departure_dialog(CloseDialog), _seats, "Mina changed the number of seats"),
    CapacityDialog: (
        _departure_dialog(CapacityDialog, may_change=True),
        _seats,
        "Mina changed the number of seats",
    ),
    GateNoteDialog: (
        lambda two, made: GateNoteDialog(
            viewing.see_details(made, desk=two.here.desk).row, "", two.here.window.overlay_host
        ).ask(),
        _note,
        "Mina added a note",
    ),
    DeedsDialog: (
        lambda two, made: DeedsDialog(
            viewing.see_details(made, desk=two.here.desk), two.here.window.overlay_host
        ).ask(),
        _claim,
        "Mina took it on",
    ),
    DeleteDialog: (
        lambda two, _made: DeleteDialog(
            two.here.window.overlay_host, "Tea House Walk", frozenset(("product:1",))
        ).open(),
        _product,
        "Mina changed the product",
    ),
    LeaveDialog: (
        lambda two, _made: LeaveDialog(
            two.here.window.overlay_host, "Tea House Walk", frozenset(("product:1",))
        ).open(),
        _product,
        "Mina changed the product",
    ),
    GuideDialog: (_departure_dialog(GuideDialog, known=()), _close, "Mina closed it for sale"),
}


@pytest.mark.parametrize("question", CASES, ids=lambda kind: kind.__name__)
def test_an_open_question_says_what_another_counter_did(two: Two, question: type[Dialog]) -> None:
    ask, change, words = CASES[question]
    made = a_reservation(two.here.desk)
    two.here.quiet()
    ask(two, made)
    assert isinstance(two.here.dialog, question)
    assert two.here.dialog.about
    change(two, made)
    two.told(words)
    assert "at Second desk" in two.here.notices()
    assert "What you typed is still here." in two.here.notices()


def test_what_another_counter_has_done_already_is_said_in_the_question_which_can_only_be_left(
    two: Two,
) -> None:
    made = a_reservation(two.here.desk)
    two.ask("confirm", made)
    reservations.confirm(made, desk=two.mina)
    two.told("Mina confirmed")
    two.told(f"CF-{made} is Confirmed")
    assert "Look again, then decide" not in two.here.notices(), "there is nothing left to decide"
    assert not two.here.button("Confirm").isEnabled()
    two.here.press(Qt.Key.Key_Return)
    assert two.here.dialog is None, "an Enter that was meant for it leaves it, and meets nothing behind it"


def test_what_was_typed_stays_and_theirs_is_not_overwritten_unseen(two: Two) -> None:
    a_reservation(two.here.desk)  # its departure is in the database from now on
    two.here.quiet()
    dialog = CapacityDialog(two.line(), two.here.window.overlay_host, may_change=True)
    dialog.ask()
    dialog._field.set_text("7")
    _seats(two, 0)
    two.told("Mina changed the number of seats")
    assert dialog._field.text() == "7"
    with pytest.raises(CannotDo) as no:
        dialog.deed(lambda: two.here.desk)()
    assert no.value.code == "seats-changed-meanwhile"
    assert two.line().capacity == 9
    dialog.refuse(no.value)
    assert "gave it 9 seats" in two.here.notices()
    dialog.deed(lambda: two.here.desk)()  # pressed again, with theirs before the eyes
    assert two.line().capacity == 7


def test_who_guides_is_not_overwritten_unseen(two: Two) -> None:
    a_reservation(two.here.desk)  # its departure is in the database from now on
    two.here.quiet()
    dialog = GuideDialog(two.line(), two.here.window.overlay_host, ())
    dialog.ask()
    dialog._field.set_text("Ours Example")
    departures.set_guide(two.line().key, "Theirs Muster", desk=two.mina)
    with pytest.raises(CannotDo) as no:
        dialog.deed(lambda: two.here.desk)()
    assert no.value.code == "guide-changed-meanwhile"
    assert two.line().guide == "Theirs Muster"


def test_what_somebody_only_looks_at_is_not_told(two: Two) -> None:
    made = a_reservation(two.here.desk)
    two.here.quiet()
    two.ask("confirm", made)
    viewing.see_details(made, desk=two.mina, reveal=True)
    with two.mina.work() as work:
        work.record("reservation:999999", "note")  # another order
        work.changed.add("reservations")
    heads = two.here.meanwhile._heads
    two.here.qtbot.waitUntil(lambda: two.here.meanwhile._heads != heads, timeout=PATIENCE_MS)
    two.here.quiet()
    assert "Mina" not in two.here.notices()
