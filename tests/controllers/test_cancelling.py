"""Cancelling: the reason first, in the traveler's language; then the letter; where no address is known, another way."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from controllers import cancel_reasons, messages, payments, reservations
from controllers.desk import Desk
from controllers.viewing import preview_cancel, see_details
from models.cancelling import Reason, Telling, usual_reasons
from models.outbox import Letter, LetterState
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.tables import Message, OutboxRow, Reservation
from models.talk import Said
from tests.builders import a_product, a_reservation, kkday_row, reservation, taken, teach_headings


def promised(desk: Desk, reservation_id: int) -> list[tuple[Letter, LetterState]]:
    with desk.reading() as look:
        asked = select(OutboxRow.kind, OutboxRow.state).where(OutboxRow.reservation_id == reservation_id)
        return [(kind, state) for kind, state in look.execute(asked.order_by(OutboxRow.id))]


def said(desk: Desk, reservation_id: int) -> list[tuple[str, str]]:
    with desk.reading() as look:
        asked = select(Message.direction, Message.body).where(Message.reservation_id == reservation_id)
        return [(direction, body) for direction, body in look.execute(asked.order_by(Message.id))]


def test_the_reason_is_promised_before_the_letter_that_it_is_cancelled(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT, email="anna@example.com")
    payments.pay(one, desk=desk, method="card", amount="75000")
    reservations.cancel(one, desk=desk, reason=" Our guide is ill. ")
    assert said(desk, one) == [("out", "Our guide is ill.")]
    assert [kind for kind, _ in promised(desk, one) if kind not in (Letter.RECEIPT_TOTAL,)] == [
        Letter.MESSAGE,
        Letter.CANCELLATION,
        Letter.REFUND_COMING,
    ]


def test_a_refused_cancellation_tells_nobody(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.REDEEMED, email="anna@example.com")
    before = promised(desk, one)
    with pytest.raises(CannotDo, match="redeemed-is-final"):
        reservations.cancel(one, desk=desk, reason="Full.")
    assert promised(desk, one) == before
    assert said(desk, one) == []


def test_without_an_address_the_channels_chat_is_to_do_until_it_is_ticked_off(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    reservations.cancel(one, desk=desk, reason="Full.", telling=Telling.CHANNEL)
    assert reservation(desk, one).to_do == "tell cancel"
    assert said(desk, one) == [("note", "Full.")]
    assert [kind for kind, _ in promised(desk, one)] == [Letter.CANCELLATION]
    reservations.tick_off(one, desk=desk, deed="tell")
    assert reservation(desk, one).to_do == "cancel"


def test_what_we_tell_by_phone_is_kept_as_a_note(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    with pytest.raises(CannotDo, match="no-channel-chat"):
        reservations.cancel(one, desk=desk, reason="Full.", telling=Telling.CHANNEL)
    reservations.cancel(one, desk=desk, reason="Full.", telling=Telling.OURSELVES)
    assert said(desk, one) == [("note", "Full.")]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Hello, unfortunately"), ("ko-KR", "안녕하세요"), ("zh-TW", "您好"), ("ja", "ご予約")],
)
def test_the_reasons_speak_the_travelers_language(a_desk: Desk, language: str, words: str) -> None:
    a_product(a_desk)
    one = a_reservation(a_desk)
    with a_desk.database.transaction() as connection:
        connection.execute(update(Reservation).where(Reservation.id == one).values(language=language))
    drafts = cancel_reasons.drafts_for(one, desk=a_desk)
    assert len(drafts) == len(usual_reasons())
    assert words in drafts[1].text
    assert "{{" not in drafts[1].text
    assert drafts[1].missing == ()


def test_the_house_writes_reasons_of_its_own_and_brings_the_usual_ones_back(desk: Desk) -> None:
    own = (Reason("Strike", {"en": "A strike stops {{ product }}."}),)
    seen = cancel_reasons.see_reasons(desk=desk)
    assert cancel_reasons.keep_reasons(own, desk=desk, seen=seen) == own
    with pytest.raises(CannotDo, match="reasons-kept-meanwhile"):
        cancel_reasons.keep_reasons((), desk=desk, seen=seen)
    with pytest.raises(CannotDo, match="reason-empty"):
        cancel_reasons.keep_reasons((Reason("Fog", {"en": " "}),), desk=desk)
    assert cancel_reasons.see_reasons(desk=desk) == own
    assert cancel_reasons.keep_reasons((), desk=desk, seen=own) == usual_reasons()


def test_a_hidden_name_does_not_come_out_in_a_draft(a_desk: Desk) -> None:
    a_product(a_desk)
    teach_headings(a_desk)
    (one,) = taken(a_desk, kkday_row())
    cancel_reasons.keep_reasons((Reason("Full", {"en": "Dear {{ traveler }}, it is full."}),), desk=a_desk)
    (draft,) = cancel_reasons.drafts_for(one, desk=a_desk)
    assert draft.text == "Dear {{ traveler }}, it is full."
    assert draft.missing == ("traveler",)


def test_what_it_does_to_the_share_that_we_cancel_is_known_before(desk: Desk) -> None:
    a_product(desk)
    made = [a_reservation(desk) for _ in range(4)]
    reservations.cancel(made[0], desk=desk, reason="Full.")
    by_us = preview_cancel(made[1], Cause.OURS, desk=desk).by_us
    assert (by_us.part, by_us.of) == (1, 4)
    assert "Full." in see_details(made[0], desk=desk).reason


def test_the_conversation_tells_the_reason_before_it_was_cancelled(a_desk: Desk) -> None:
    a_product(a_desk)
    one = a_reservation(a_desk, email="anna@example.com")
    reservations.cancel(one, desk=a_desk, reason="Our guide is ill.")
    lines = messages.open_room(one, desk=a_desk).lines
    told = [line.body if isinstance(line, Said) else line.line.action for line in lines]
    assert told.index("Our guide is ill.") < told.index("cancel") < told.index("")  # '' is a letter
