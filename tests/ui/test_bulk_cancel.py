"""Several orders cancelled for one reason: each traveler reads it in their own language, what cannot be stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers import bulk_cancel
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.tables import Reservation
from tests.builders import a_product, a_reservation, kkday_row, letters, reservation, taken
from tests.ui.desk_window import DeskWindow
from tests.ui.test_bulk_confirm import CTRL, the_list
from ui.bulk_cancel import BulkCancelDialog
from ui.bulk_message import BulkMessage
from ui.widgets.segmented import Segmented


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def speaks(desk: Desk, reservation_id: int, language: str) -> None:
    with desk.database.transaction() as connection:
        connection.execute(
            update(Reservation).where(Reservation.id == reservation_id).values(language=language)
        )


def test_each_reads_the_reason_in_their_own_language_and_what_cannot_end_stays(desk: Desk) -> None:
    a_product(desk)
    english, korean = (a_reservation(desk, email="anna@example.com") for _ in range(2))
    speaks(desk, korean, "ko")
    (stranger,) = taken(desk, kkday_row())
    redeemed = a_reservation(desk, Status.REDEEMED)
    ids = (english, korean, stranger, redeemed)
    preview = bulk_cancel.preview_cancel_all(ids, desk=desk)
    assert [row.id for row in preview.rows] == [english, korean, stranger]
    assert [str(one) for one in preview.goes_back[Cause.OURS][1]] == ["KRW 75,000"]
    assert preview.no_address == 1
    done = bulk_cancel.cancel_all(ids, desk=desk, reason="Our guide is ill", seen=preview.seen)
    assert set(done.ids) == {english, korean, stranger}
    assert [one.no.code for one in done.left_out] == ["redeemed-is-final"]
    assert reservation(desk, english).reason.startswith("Hello, unfortunately our guide")
    assert reservation(desk, korean).reason.startswith("안녕하세요")
    assert reservation(desk, stranger).to_do == "tell cancel"
    assert [kind for kind, _ in letters(desk, korean)][:2] == ["message", "cancellation"]


def test_a_text_of_ones_own_is_filled_in_for_each(a_desk: Desk) -> None:
    a_product(a_desk)
    made = [a_reservation(a_desk) for _ in range(2)]
    words = "No boat for {{ number }}."
    bulk_cancel.cancel_all(made, desk=a_desk, reason=words)
    assert [reservation(a_desk, one).reason for one in made] == [f"No boat for CF-{one}." for one in made]
    with pytest.raises(CannotDo, match="reason-missing"):
        bulk_cancel.cancel_all(made, desk=a_desk, reason=" ")


def test_words_in_several_languages_are_read_by_whom_they_are_for(a_desk: Desk) -> None:
    a_product(a_desk)
    english, korean, japanese = (a_reservation(a_desk) for _ in range(3))
    for one, language in ((korean, "ko"), (japanese, "ja")):
        speaks(a_desk, one, language)
    made = (english, korean, japanese)
    assert bulk_cancel.preview_cancel_all(made, desk=a_desk).languages == (("en", 1), ("ja", 1), ("ko", 1))
    texts = {"ko": "배가 없습니다.", "en": "No boat."}
    bulk_cancel.cancel_all(made, desk=a_desk, reason="No boat.", texts=texts)
    assert [reservation(a_desk, one).reason for one in made] == ["No boat.", "배가 없습니다.", "No boat."]


def test_the_field_shows_the_words_in_each_language_they_read(here: DeskWindow) -> None:
    a_product(here.desk)
    english, korean, other = (a_reservation(here.desk, email="anna@example.com") for _ in range(3))
    for one in (korean, other):
        speaks(here.desk, one, "ko")
    screen = the_list(here)
    here.press(Qt.Key.Key_A, CTRL)
    here.qtbot.waitUntil(lambda: not screen.bulk.is_looking)
    here.press(Qt.Key.Key_X)
    here.click("Our guide is ill")
    message = here.dialog.findChild(BulkMessage)
    assert message.area.text().startswith("안녕하세요")
    message.findChild(Segmented).choose(1)
    assert message.area.text().startswith("Hello")
    message.area.set_text("Our guide for {{ product }} is ill.")
    assert (here.dialog.reason, sorted(message.texts)) == (message.reason, ["en", "ko"])
    here.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: reservation(here.desk, korean).status is Status.CANCELLED)
    assert reservation(here.desk, english).reason.startswith("Our guide for ")
    assert reservation(here.desk, korean).reason.startswith("안녕하세요")


def test_one_whose_text_has_a_hole_or_that_somebody_changed_stays_as_it_is(a_desk: Desk) -> None:
    a_product(a_desk)
    one = a_reservation(a_desk)
    done = bulk_cancel.cancel_all([one], desk=a_desk, reason="Ask {{ guide }}.")
    assert [left.no.code for left in done.left_out] == ["reason-has-holes"]
    done = bulk_cancel.cancel_all([one], desk=a_desk, reason="Full.", seen={one: 0})
    assert [left.no.code for left in done.left_out] == ["changed-meanwhile"]
    assert reservation(a_desk, one).status is Status.UNCONFIRMED


def test_x_over_several_ticked_ones_asks_for_one_reason(here: DeskWindow) -> None:
    a_product(here.desk)
    made = [a_reservation(here.desk, email="anna@example.com") for _ in range(2)]
    screen = the_list(here)
    here.press(Qt.Key.Key_A, CTRL)
    here.qtbot.waitUntil(lambda: not screen.bulk.is_looking)
    here.press(Qt.Key.Key_X)
    assert isinstance(here.dialog, BulkCancelDialog)
    said = here.said(here.dialog)
    assert "Cancel 2 orders together?" in said
    assert "₩150,000 goes back from us" in said
    assert "Arrives between Tue 19 Jan and Fri 22 Jan: 2 to 5 business days." in said
    assert "Cancelled by us this month: 0 → 2 of 2" in said
    assert not here.button("Tell them").isEnabled()
    here.click("Too few have booked")
    assert "Each reads it in their own language" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return, CTRL)
    assert [reservation(here.desk, one).status for one in made] == [Status.CANCELLED] * 2
    assert here.toast == "Cancelled 2, each is told the reason"
