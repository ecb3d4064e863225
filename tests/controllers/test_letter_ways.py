"""Facts promise their letters by themselves where the product lets them; a person may always send one."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, update

from controllers import (
    letter_templates,
    letter_ways,
    letters,
    letters_by_hand,
    payments,
    products,
    reservations,
)
from controllers.desk import Desk
from controllers.letter_words import Wanted, compose, draft
from controllers.letter_words.template import Words
from models.outbox import STILL_HERE, Letter, LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Conversation, OutboxRow, Product
from tests.builders import a_product, a_reservation, an_operator, somebody_else

MAIL = "anna@example.com"


@pytest.fixture
def house(desk: Desk) -> Desk:
    an_operator(desk, name="Example Tours", zone="Asia/Seoul")
    a_product(desk)
    return desk


def _letters(desk: Desk, made: int) -> list[Letter]:
    with desk.reading() as look:
        asked = select(OutboxRow.kind).where(OutboxRow.reservation_id == made).order_by(OutboxRow.id)
        return list(look.execute(asked).scalars())


def test_a_switched_off_letter_is_not_promised_and_a_confirmation_can_still_be_taken_back(
    house: Desk,
) -> None:
    letter_ways.keep_ways(1, {"confirmation": False}, "", desk=house)
    made = a_reservation(house, Status.CONFIRMED, email=MAIL)
    assert _letters(house, made) == []
    assert reservations.unconfirm(made, desk=house).status is Status.UNCONFIRMED


def test_the_house_switches_for_products_that_say_nothing(house: Desk) -> None:
    letter_ways.keep_ways(letter_ways.HOUSE, {"processing": True, "confirmation": False}, "", desk=house)
    letter_ways.keep_ways(1, {"confirmation": True}, "", desk=house)
    made = a_reservation(house, email=MAIL)
    reservations.hold(made, desk=house, reason="The guide has not answered")
    reservations.confirm(made, desk=house)
    assert _letters(house, made) == [Letter.PROCESSING, Letter.CONFIRMATION]


def test_a_receipt_leaves_where_money_was_taken_and_the_product_sends_it(house: Desk) -> None:
    letter_ways.keep_ways(1, {"receipt-deposit": True, "receipt-total": True}, "", desk=house)
    made = a_reservation(house, Status.AWAITING_PAYMENT, email=MAIL)
    payments.pay(made, desk=house, method="cash", amount="30000")
    payments.pay(made, desk=house, method="cash", amount="45000")
    assert [kind for kind in _letters(house, made) if kind.startswith("receipt")] == [
        Letter.RECEIPT_DEPOSIT,
        Letter.RECEIPT_TOTAL,
    ]


def test_a_person_sends_what_does_not_go_by_itself_and_never_twice(house: Desk) -> None:
    letter_ways.keep_ways(1, {"confirmation": False}, "", desk=house)
    made = a_reservation(house, Status.CONFIRMED, email=MAIL)
    letters_by_hand.send_letter(made, Letter.CONFIRMATION, desk=house)
    with pytest.raises(CannotDo) as refused:
        letters_by_hand.send_letter(made, Letter.CONFIRMATION, desk=house)
    assert refused.value.code == "letter-waits-already"
    with house.work() as work:
        work.connection.execute(update(OutboxRow.__table__).values(state=LetterState.SENT))
    letters_by_hand.send_letter(made, Letter.CONFIRMATION, desk=house)
    assert _letters(house, made) == [Letter.CONFIRMATION, Letter.CONFIRMATION]


def test_what_the_status_does_not_allow_is_refused_with_its_reason(house: Desk) -> None:
    made = a_reservation(house, email=MAIL)
    with pytest.raises(CannotDo) as refused:
        letters_by_hand.send_letter(made, Letter.CONFIRMATION, desk=house)
    assert refused.value.code == "letter-not-confirmed"
    nobody = a_reservation(house)
    with pytest.raises(CannotDo) as refused:
        letters_by_hand.send_letter(nobody, Letter.PROCESSING, desk=house)
    assert refused.value.code == "letter-no-address"


def test_nobody_is_asked_for_a_comment_twice_or_while_a_complaint_is_open(house: Desk) -> None:
    made = a_reservation(house, Status.REDEEMED, email=MAIL)

    def why() -> str:
        found = letters_by_hand.letters_offered(made, desk=house)
        return {one.kind: one.why for one in found.offers}[Letter.COMMENT]

    assert why() == ""
    with house.work() as work:
        told = {"reservation_id": made, "last_at": work.now, "last_message": 0, "complaint_at": work.now}
        work.connection.execute(insert(Conversation), told)
    assert why() == "letter-complaint"
    with house.work() as work:
        work.connection.execute(delete(Conversation))
        work.connection.execute(update(OutboxRow.__table__).values(state=LetterState.SENT))
    assert why() == "letter-asked-already"


def test_two_who_switch_at_once_do_not_overwrite_each_other(house: Desk) -> None:
    letter_ways.keep_ways(1, {"comment": False}, "", desk=house, seen=0)
    with pytest.raises(CannotDo) as refused:
        letter_ways.keep_ways(1, {}, "", desk=house, seen=0)
    assert refused.value.code == "letters-kept-meanwhile"
    assert letter_ways.see_ways(1, desk=house).switches == {"comment": False}


def test_only_who_may_set_up_routes_switches_letters(house: Desk) -> None:
    clerk = somebody_else(house, role="order-clerk")
    with pytest.raises(CannotDo) as refused:
        letter_ways.keep_ways(1, {}, "", desk=clerk)
    assert refused.value.code == "not-allowed"


def test_who_has_a_voucher_is_told_of_a_change_with_what_was_before_and_the_new_voucher(house: Desk) -> None:
    made = a_reservation(house, Status.CONFIRMED, email=MAIL)
    with house.work() as work:
        row = reservations.take(work, made)
        letters.queue_change(work, row)
        assert letters.count(work, made, Letter.CHANGE, STILL_HERE) == 0  # nobody has read of the old one
        work.connection.execute(update(OutboxRow.__table__).values(state=LetterState.SENT))
        letters.queue_change(work, row)
        assert letters.count(work, made, Letter.CHANGE, STILL_HERE) == 1
    with house.reading() as look:
        asked = select(OutboxRow).where(OutboxRow.kind == Letter.CHANGE)
        told = compose(look, look.execute(asked).one())
    assert "- Before: Monday, 1 February 2027, 14:00" in told.text
    assert [one.name for one in told.attachments] == ["CF-10001.pdf"]


def test_a_product_that_goes_takes_its_words_and_switches_along(house: Desk) -> None:
    spare = a_product(house, "SPARE", "Spare Walk")
    assert spare is not None
    with house.reading() as look:
        number = look.execute(select(Product.id).where(Product.code == "SPARE")).scalar_one()
    letter_ways.keep_ways(number, {"comment": False}, "", desk=house)
    place = letter_templates.Place(Letter.COMMENT, "en", number)
    letter_templates.keep_words(place, Words("Hi", "There"), desk=house)
    products.delete_product(number, desk=house)
    assert letter_templates.see_templates(desk=house).own == frozenset()
    assert letter_ways.see_ways(number, desk=house).switches == {}


def test_the_address_for_comments_stands_in_the_comment_letter(house: Desk) -> None:
    letter_ways.keep_ways(letter_ways.HOUSE, {}, "https://example.com/comments", desk=house)
    made = a_reservation(house, Status.CONFIRMED, email=MAIL)
    with house.reading() as look:
        seen = draft(look, Wanted(Letter.COMMENT, made))
    assert "https://example.com/comments" in seen.text
    assert 'href="https://example.com/comments"' in seen.html
