"""What travelers say afterwards: once an order, from who was there, read from their mails, and forgotten with them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import insert, select, update

from controllers import checkin, comments, erasing, messages, review_list, reviews, trips, undoing
from controllers.carriers.carrier import Parcel
from controllers.desk import Desk
from controllers.mail_route import LETTERS
from controllers.mailbox.arriving import Taken
from controllers.mailbox.cleaning import words_of
from controllers.mailbox.reading import read_mail
from controllers.mailbox.sorting import Came, say, sort_mail
from controllers.sending import Route, send_due
from models.comment import NotAsked
from models.outbox import LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.review import Tally
from models.review_reading import ReviewFilter, Standing, review_rows
from models.tables import (
    Conversation,
    Departure,
    JournalEntry,
    Message,
    OutboxRow,
    Product,
    Reservation,
    Review,
    ReviewPhoto,
)
from tests.builders import a_product, a_reservation, letters, reservation
from tests.mails.building import a_mail

THANKS = {"gives": "amount", "amount": "5000", "valid_days": 30}


def redeemed(desk: Desk, *, thanks: dict[str, Any] | None = None, **told: Any) -> int:
    if product(desk) is None:
        a_product(desk, capacity=20, currency="KRW", **({"reward": thanks} if thanks else {}))
    return a_reservation(desk, Status.REDEEMED, **{"email": "anna@example.com", **told})


def product(desk: Desk) -> int | None:
    with desk.reading() as look:
        return look.execute(select(Product.id)).scalar()


def listed(desk: Desk, **wanted: Any) -> Any:
    return review_list.see_reviews(ReviewFilter(**wanted), desk=desk)


def the_letter(desk: Desk, reservation_id: int) -> Any:
    with desk.reading() as look:
        asked = select(OutboxRow.__table__).where(OutboxRow.reservation_id == reservation_id)
        return look.execute(asked.where(OutboxRow.kind == "comment").order_by(OutboxRow.id.desc())).first()


def send(desk: Desk, reservation_id: int, message_id: str = "<ask@desk.example>") -> None:
    """The comment letter has left."""
    told = {"state": LetterState.SENT, "message_id": message_id}
    with desk.database.transaction() as connection:
        asked = update(OutboxRow).where(OutboxRow.reservation_id == reservation_id)
        connection.execute(asked.where(OutboxRow.kind == "comment").values(**told))


def answer(desk: Desk, reservation_id: int, body: str, thread: str = "<ask@desk.example>") -> int | None:
    """The traveler writes, in the thread of the comment letter unless told otherwise."""
    with desk.work() as work:
        row = {"reservation_id": reservation_id, "at": work.now, "direction": "in", "body": body}
        asked = insert(Message).returning(Message.id)
        said = work.connection.execute(asked, {**row, "thread": thread}).scalar_one()
        return reviews.read_answer(work, int(said))


def a_picture(width: int = 2000, height: int = 1500) -> bytes:
    out = io.BytesIO()
    told = Image.Exif()
    told[0x010F] = "Camera Example"
    told[0x8825] = {1: "N", 2: (37.0, 30.0, 0.0)}
    Image.new("RGB", (width, height), (200, 60, 60)).save(out, "JPEG", exif=told)
    return out.getvalue()


# --- recorded by staff --------------------------------------------------------------------------


def test_staff_keep_a_review_and_the_list_shows_it(desk: Desk) -> None:
    one = redeemed(desk)
    reviews.record(one, 4, "Lovely tea", desk=desk)
    (row,) = listed(desk)
    assert (row.number, row.rating, row.words, row.product, row.traveler) == (
        f"CF-{one}", 4, "Lovely tea", "Tea House Walk", "Anna Sample",
    )  # fmt: skip


def test_an_order_has_one_review(desk: Desk) -> None:
    one = redeemed(desk)
    reviews.record(one, 4, desk=desk)
    with pytest.raises(CannotDo, match="reviewed-already"):
        reviews.record(one, 1, desk=desk)


@pytest.mark.parametrize("status", [Status.UNCONFIRMED, Status.CONFIRMED, Status.NO_SHOW, Status.CANCELLED])
def test_who_was_not_there_reviews_nothing(desk: Desk, status: Status) -> None:
    a_product(desk)
    with pytest.raises(CannotDo, match="review-not-there"):
        reviews.record(a_reservation(desk, status), 5, desk=desk)


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_is_one_to_five(desk: Desk, rating: int) -> None:
    with pytest.raises(CannotDo, match="rating-wrong"):
        reviews.record(redeemed(desk), rating, desk=desk)


def test_pictures_are_made_smaller_and_tell_nothing_of_where_they_were_taken(
    desk: Desk, tmp_path: Path
) -> None:
    from controllers.photos import read_photo

    (tmp_path / "tea.jpg").write_bytes(a_picture())
    made = reviews.record(redeemed(desk), 5, desk=desk, photos=[read_photo(tmp_path / "tea.jpg")])
    (kept,) = review_list.see_pictures(made.id, desk=desk)
    with Image.open(io.BytesIO(kept)) as picture:
        assert max(picture.size) == 1280
        assert not dict(picture.getexif())
    assert b"Camera Example" not in kept


def test_the_journal_holds_no_word_of_a_review(desk: Desk) -> None:
    made = reviews.record(redeemed(desk), 2, "Anna lost her bag", desk=desk)
    reviews.reply(made.id, "We are sorry, Anna", desk=desk)
    with desk.reading() as look:
        told = str(look.execute(select(JournalEntry.action, JournalEntry.details)).all())
    assert "review-reply" in told
    assert "bag" not in told
    assert "sorry" not in told


# --- read from the answer to the comment letter -------------------------------------------------


def test_a_plain_answer_to_the_comment_letter_becomes_a_review(desk: Desk) -> None:
    one = redeemed(desk, thanks=THANKS)
    send(desk, one)
    assert answer(desk, one, "5/5 The tea was wonderful") is not None
    (row,) = listed(desk)
    assert (row.rating, row.words, row.source, row.waits) == (5, "The tea was wonderful", "mail", False)


def test_what_is_not_sure_waits_for_a_person_and_counts_nowhere(desk: Desk) -> None:
    one = redeemed(desk, thanks=THANKS)
    send(desk, one)
    made = answer(desk, one, "5 people came with me")
    (row,) = listed(desk, standing=Standing.TO_LOOK_AT)
    tallied = review_list.see_tallies(ReviewFilter(), desk=desk)
    assert (row.waits, tallied.all.count, tallied.waiting) == (True, 0, 1)
    assert reviews.decide(made or 0, 5, desk=desk).code
    assert review_list.see_tallies(ReviewFilter(), desk=desk).all == Tally((0, 0, 0, 0, 1))
    with pytest.raises(CannotDo, match="review-decided"):
        reviews.decide(made or 0, None, desk=desk)


def test_a_person_says_that_it_is_no_review(desk: Desk) -> None:
    one = redeemed(desk)
    send(desk, one)
    made = answer(desk, one, "3 of us left a bag")
    reviews.decide(made or 0, None, desk=desk)
    assert listed(desk) == ()


def test_outside_the_thread_of_the_letter_a_person_looks_first(desk: Desk) -> None:
    one = redeemed(desk)
    send(desk, one)
    answer(desk, one, "5", thread="<voucher@desk.example>")
    assert [row.waits for row in listed(desk)] == [True]


def test_before_the_letter_has_left_nothing_is_read(desk: Desk) -> None:
    one = redeemed(desk)
    assert answer(desk, one, "5") is None
    assert listed(desk) == ()


def test_a_mail_that_arrives_becomes_a_review_with_what_it_quotes_left_out(desk: Desk) -> None:
    one = redeemed(desk)
    send(desk, one)
    raw = (
        b"From: Anna <anna@example.com>\r\nTo: desk@desk.example\r\nSubject: Re: Your trip\r\n"
        b"Message-ID: <a1@example.com>\r\nIn-Reply-To: <ask@desk.example>\r\n\r\n"
        b"4/5 Lovely, but windy\r\n\r\nOn Mon, 1 Feb 2027, Desk <desk@desk.example> wrote:\r\n> How was it?\r\n"
    )
    mail = read_mail(Taken(raw, "a-digest"))
    with desk.work() as work:
        say(work, one, mail, words_of(mail), at=None)
    (row,) = listed(desk)
    assert (row.rating, row.words, row.waits) == (4, "Lovely, but windy", False)


def test_pictures_on_the_answer_are_the_reviews_own_and_the_mark_under_a_signature_is_none(
    desk: Desk,
) -> None:
    one = redeemed(desk)
    send(desk, one)
    hung = [("tea.jpg", "image/jpeg", a_picture(640, 480)), ("mark.jpg", "image/jpeg", a_picture(120, 40))]
    hung += [("broken.png", "image/png", b"no picture"), ("list.pdf", "application/pdf", b"%PDF-")]
    raw = a_mail("5/5 Lovely", answers="<ask@desk.example>", files=hung)
    sort_mail(Taken(raw, "a-digest"), Came(), desk=desk)
    (row,) = listed(desk)
    (kept,) = review_list.see_pictures(row.id, desk=desk)
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (640, 480)


def test_the_code_is_told_in_the_language_of_the_letters(desk: Desk) -> None:
    a_product(desk, capacity=20, currency="KRW", reward=THANKS, languages=["ja"])
    one = redeemed(desk)
    reviews.record(one, 5, desk=desk)
    with desk.reading() as look:
        said = look.execute(select(Message.body).where(Message.reservation_id == one)).scalar_one()
    assert "円" in said or "ありがとう" in said


# --- our answer ---------------------------------------------------------------------------------


def test_our_answer_leaves_once_as_a_letter(desk: Desk) -> None:
    one = redeemed(desk)
    made = reviews.record(one, 5, "Great", desk=desk)
    reviews.reply(made.id, "Thank you, come again", desk=desk)
    assert ("message", "WAITING") in letters(desk, one)
    (row,) = listed(desk)
    assert (row.reply, row.reply_by) == ("Thank you, come again", desk.actor.staff)
    with pytest.raises(CannotDo, match="replied-already"):
        reviews.reply(made.id, "And again", desk=desk)
    assert listed(desk, standing=Standing.UNANSWERED) == ()


# --- lists and averages -------------------------------------------------------------------------


def test_pages_go_on_by_key_and_meet_every_review_once(desk: Desk) -> None:
    for rating in (1, 2, 3, 4, 5):
        reviews.record(redeemed(desk), rating, desk=desk)
    met, after = [], None
    with desk.reading() as look:
        while page := review_rows(look, ReviewFilter(), "Asia/Seoul", after, most=2):
            met += [row.rating for row in page]
            after = page[-1].place
    assert met == [5, 4, 3, 2, 1]


def test_averages_by_product_departure_and_guide(desk: Desk) -> None:
    one, two = redeemed(desk), redeemed(desk)
    with desk.database.transaction() as connection:
        connection.execute(update(Departure).values(guide="Jin"))
    reviews.record(one, 5, desk=desk)
    reviews.record(two, 2, desk=desk)
    told = review_list.see_tallies(ReviewFilter(), desk=desk)
    expected = Tally((0, 1, 0, 0, 1))
    assert [(line.name, line.tally) for line in told.products] == [("Tea House Walk", expected)]
    assert [line.tally for line in told.departures] == [expected]
    assert [(line.name, line.tally.average) for line in told.guides] == [("Jin", 3.5)]
    assert [row.rating for row in listed(desk, ratings=frozenset({5}), guide="Jin")] == [5]


# --- forgotten ----------------------------------------------------------------------------------


def test_erasing_takes_words_and_pictures_and_leaves_the_rating(desk: Desk) -> None:
    one = redeemed(desk)
    made = reviews.record(one, 2, "Anna Sample was here", desk=desk, photos=[a_picture(40, 30)])
    reviews.reply(made.id, "Dear Anna", desk=desk)
    with desk.work() as work:
        erasing.erase(work, [one], "request")
    with desk.reading() as look:
        kept = look.execute(select(Review.rating, Review.words, Review.reply)).one()
        assert tuple(kept) == (2, "", "")
        assert look.execute(select(ReviewPhoto.id)).all() == []
    assert review_list.see_tallies(ReviewFilter(), desk=desk).all.count == 1


def test_of_an_order_that_was_never_confirmed_here_the_traveler_is_hidden(desk: Desk) -> None:
    one = redeemed(desk)
    with desk.database.transaction() as connection:
        told = {"channel": "kkday", "via": "rezio", "first_confirmed_at": None}
        connection.execute(update(Reservation).where(Reservation.id == one).values(**told))
    made = reviews.record(
        one, 5, "Anna liked it, write anna@example.com", desk=desk, photos=[a_picture(9, 9)]
    )
    (shown,) = listed(desk)
    assert "anna" not in f"{shown.words} {shown.traveler}".casefold()
    assert (shown.photos, review_list.see_pictures(made.id, desk=desk)) == (0, ())


# --- the comment letter -------------------------------------------------------------------------


@dataclass
class Post:
    """A mail server that takes everything, and what it took."""

    name: str = "post"
    sent: list[Parcel] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[Post]:
        yield self

    def hand_over(self, parcel: Parcel) -> str:
        self.sent.append(parcel)
        return ""


def judged(desk: Desk, reservation_id: int) -> NotAsked | None:
    with desk.reading() as look:
        return comments.why_not_now(look, the_letter(desk, reservation_id))


def test_a_redeemed_traveler_is_asked_once(desk: Desk) -> None:
    one = redeemed(desk)
    assert letters(desk, one)[-1] == ("comment", "WAITING")
    assert judged(desk, one) is None


def test_an_open_complaint_keeps_the_letter_back(desk: Desk) -> None:
    one = redeemed(desk)
    with desk.database.transaction() as connection:
        told = {"reservation_id": one, "last_at": desk.now(), "last_message": 1, "complaint_at": desk.now()}
        connection.execute(insert(Conversation), told)
    assert judged(desk, one) is NotAsked.COMPLAINT


def test_a_redemption_that_was_taken_back_asks_nobody(desk: Desk) -> None:
    one = redeemed(desk)
    undoing.undo_last(one, desk=desk)
    assert letters(desk, one)[-1] == ("comment", "DROPPED")
    assert judged(desk, one) is NotAsked.NOT_REDEEMED


def test_a_second_letter_never_leaves_after_one_was_sent(desk: Desk) -> None:
    one = redeemed(desk)
    send(desk, one)
    undoing.undo_last(one, desk=desk, reason="the wrong guest")
    checkin.scan(f"CF-{one}", desk=desk, force="they came after all")
    trips.close_trips(desk=desk)
    assert [state for kind, state in letters(desk, one) if kind == "comment"] == ["SENT"]


def test_one_purchase_of_several_numbers_is_asked_once(desk: Desk) -> None:
    one = redeemed(desk)
    two = redeemed(desk)
    with desk.database.transaction() as connection:
        first = connection.execute(select(Reservation.ordered_at).where(Reservation.id == one)).scalar()
        for number, made in enumerate((one, two)):
            told = {"channel": "myrealtrip", "reference_key": f"EXP2027{number}", "ordered_at": first}
            connection.execute(update(Reservation).where(Reservation.id == made).values(**told))
    assert (judged(desk, one), judged(desk, two)) == (None, None)
    send(desk, one)
    assert judged(desk, two) is NotAsked.ASKED


def test_of_two_that_are_leaving_at_once_the_first_goes(desk: Desk) -> None:
    test_one_purchase_of_several_numbers_is_asked_once(desk)
    with desk.database.transaction() as connection:
        leaving = update(OutboxRow).where(OutboxRow.kind == "comment").values(state=LetterState.LEAVING)
        connection.execute(leaving)
        ids = (
            connection.execute(
                select(OutboxRow.reservation_id).where(OutboxRow.kind == "comment").order_by(OutboxRow.id)
            )
            .scalars()
            .all()
        )
    assert [judged(desk, one or 0) for one in ids] == [None, NotAsked.ASKED]


def test_a_review_that_is_there_already_takes_the_letter_back(desk: Desk) -> None:
    one = redeemed(desk)
    reviews.record(one, 5, desk=desk)
    assert letters(desk, one)[-1] == ("comment", "DROPPED")
    assert the_letter(desk, one).trouble == NotAsked.REVIEWED
    assert reservation(desk, one).status is Status.REDEEMED


def test_whoever_sends_drops_the_letter_with_the_reason(desk: Desk) -> None:
    one = redeemed(desk)
    messages.complain(one, desk=desk)
    with desk.database.transaction() as connection:
        again = update(OutboxRow).where(OutboxRow.reservation_id == one, OutboxRow.kind == "comment")
        connection.execute(again.values(state=LetterState.WAITING, trouble="", leave_at=desk.now()))
    post = Post()
    route = Route(LETTERS.word, "post", lambda _look, _desk: post, LETTERS.parcel, why_not=LETTERS.why_not)
    for _turn in ("the confirmation", "the comment letter"):  # one after the other to the same traveler
        send_due(route, desk=desk.by_the_clock())
    letter = the_letter(desk, one)
    assert (letter.state, letter.trouble) == (LetterState.DROPPED, NotAsked.COMPLAINT)
    assert not [parcel for parcel in post.sent if "comment" in parcel.key]
