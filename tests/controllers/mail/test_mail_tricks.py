"""Mails that mislead, by design or by accident: what is ours, what a machine wrote, what lies about itself."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import insert, select, update

from controllers import messages, photos
from controllers.channels.mails import lines_of_html
from controllers.desk import Desk
from controllers.imports import import_file
from controllers.mail_route import LETTERS
from controllers.mailbox import sorting
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.attaching import tidy_name
from controllers.mailbox.charsets import text_of
from controllers.mailbox.cleaning import words_of
from controllers.mailbox.html_text import words_of_html
from controllers.mailbox.line import MailLine
from controllers.mailbox.looking import open_waiting, waiting_mails
from controllers.mailbox.machines import Machine, machine_of
from controllers.mailbox.reading import read_mail
from controllers.mailbox.sorting import Sorted
from models.outbox import Letter, LetterState
from models.refusals import CannotDo
from models.reservations import Status
from models.server_words import without_addresses
from models.tables import Attachment, BadAddress, Conversation, Message, OutboxRow, Reservation, Review
from tests.builders import a_product, a_reservation
from tests.mails.arriving import OURS, STRANGER, letter, order_mail, rows, sign, sort
from tests.mails.building import ANN, DESK, a_bounce, a_mail, a_raw_mail

US = ("Example Tours", DESK)
OUR_OWN = frozenset((DESK,))


# --- what one of us wrote in another mail program --------------------------------------------------


def test_an_answer_of_ours_from_another_mail_program_is_shown_as_ours(desk: Desk, booked: int) -> None:
    sort(desk, a_mail("Where?", to=sign(desk, booked), message_id="<q@example.org>"))
    assert rows(desk, Conversation)[0].waits_since is not None
    mail = a_mail("At the gate.", sender=US, to=ANN[1], answers="<q@example.org>")
    assert sort(desk, mail, ours=OUR_OWN) == Sorted("message", "answer", booked)
    talk = rows(desk, Conversation)[0]
    assert (talk.waits_since, talk.unread) == (None, 0)
    asked, said = (one for one in messages.see_room(booked, desk=desk).said if one.direction != "letter")
    assert (asked.direction, said.direction, said.author, said.stranger) == ("in", "out", US[0], False)
    assert said.elsewhere
    assert not asked.elsewhere


def test_an_answer_of_ours_from_the_address_with_a_sign_is_ours_too(desk: Desk, booked: int) -> None:
    mail = a_mail(
        "At the gate.", sender=("Desk", "desk+team@example.com"), to=ANN[1], subject="27KK100000001"
    )
    assert sort(desk, mail, ours=OUR_OWN) == Sorted("message", "number", booked)
    assert rows(desk, Message)[0].direction == "out"


@pytest.mark.parametrize(
    ("to", "headers"),
    [
        (DESK, {}),  # from us to us alone: strangers like to write so
        (ANN[1], {"Authentication-Results": "mx.example.com; dmarc=fail"}),
    ],
)
def test_a_mail_that_only_claims_to_be_ours_is_not(desk: Desk, booked: int, to: str, headers: Any) -> None:
    mail = a_mail("Pay there.", sender=US, to=to, subject="27KK100000001", headers=headers)
    assert sort(desk, mail, ours=OUR_OWN).became == "unread"
    assert rows(desk, Message) == []


def test_a_copy_of_a_letter_of_ours_whose_id_was_changed_is_not_said_twice(desk: Desk, booked: int) -> None:
    headers = {"Reply-To": sign(desk, booked)}
    mail = a_mail("Your voucher", sender=US, to=ANN[1], subject="27KK100000001", headers=headers)
    assert sort(desk, mail, ours=OUR_OWN) == Sorted("ignored", "ours")


def test_what_we_write_to_others_waits_for_nobody(desk: Desk, booked: int) -> None:
    assert sort(desk, a_mail("A van, please", sender=US, to=STRANGER[1]), ours=OUR_OWN).became == "ignored"


def test_what_hung_on_it_is_closed_until_the_order_is_confirmed(desk: Desk) -> None:
    a_product(desk)
    made = a_reservation(desk, sold_by="kkday", email=ANN[1], reference="27KK100000009")
    file = ("passport.pdf", "application/pdf", b"%PDF-1.4 x")
    mail = a_mail("Yours", sender=US, to=ANN[1], subject="27KK100000009", files=[file])
    assert sort(desk, mail, ours=OUR_OWN).reservation_id == made
    assert [one.may_open for one in messages.see_room(made, desk=desk).said[0].files] == [False]
    with pytest.raises(CannotDo, match="hidden-file"):
        messages.open_file(rows(desk, Attachment)[0].id, desk=desk)


# --- where it belongs ------------------------------------------------------------------------------


def test_an_answer_takes_up_the_subject_of_its_own_mail_and_nobody_else_s(desk: Desk, booked: int) -> None:
    other = a_reservation(desk, Status.CONFIRMED, email="bob@example.org", reference="27KK100000002")
    for one, subject in ((other, "Bob is ill"), (booked, "Meeting")):
        told = {"to": sign(desk, one), "subject": subject, "message_id": "<same@example.org>"}
        assert sort(desk, a_mail(subject, **told)).became == "message"
    messages.answer(booked, desk=desk, words="At the gate")
    with desk.reading() as look:
        asked = select(OutboxRow).where(OutboxRow.kind == Letter.MESSAGE)
        assert LETTERS.parcel(look, desk, look.execute(asked).one()).subject == "Re: Meeting"


def test_a_mail_to_the_addresses_of_two_orders_is_said_in_both(desk: Desk, booked: int) -> None:
    other = a_reservation(desk, Status.CONFIRMED, email=ANN[1])
    mail = a_mail(
        "We come later", to=f"{sign(desk, booked)}, {sign(desk, other)}", message_id="<two@x.example>"
    )
    assert sort(desk, mail) == Sorted("message", "address", booked)
    assert [row.reservation_id for row in rows(desk, Message)] == [booked, other]
    again = sort(desk, a_mail("And?", answers="<two@x.example>", sender=STRANGER))
    assert again == Sorted("unread", "nothing", None)  # it goes on from a mail of both: nobody guesses


def test_the_sign_of_another_installation_opens_nothing(desk: Desk, booked: int) -> None:
    from models import thread_token

    version = max(desk.code_secrets)
    foreign = thread_token.token_for(booked, version=version, secret=b"another house's secret")
    assert (
        sort(desk, a_mail(to=thread_token.reply_address(DESK, foreign), sender=STRANGER)).became == "unread"
    )


def test_a_mail_seen_again_at_its_own_place_changes_nothing(desk: Desk, booked: int) -> None:
    mail = a_mail(to=sign(desk, booked))
    assert [sort(desk, mail, uid=7).became for _ in range(3)] == ["message", "known", "known"]


def test_a_mail_that_meets_something_twice_in_the_database_stops_no_other(
    desk: Desk, booked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(work: Any, message: int) -> None:
        for _ in range(2):
            work.connection.execute(
                insert(Conversation), {"reservation_id": 10**6, "last_at": work.now, "last_message": 1}
            )

    monkeypatch.setattr(sorting.reviews, "read_answer", twice)
    assert sort(desk, a_mail(to=sign(desk, booked))) == Sorted("unread", "fault")
    assert rows(desk, Message) == []


@pytest.mark.parametrize("named", ["27KK100000001 27KK100000002", "Hello"])
@pytest.mark.parametrize("typed", [ANN[1], ANN[1].title()])
def test_who_may_be_one_of_several_hidden_travelers_is_not_told(desk: Desk, named: str, typed: str) -> None:
    a_product(desk)
    for reference in ("27KK100000001", "27KK100000002"):
        a_reservation(desk, sold_by="kkday", email=typed, name="Ann Example", reference=reference)
    assert sort(desk, a_mail("It is me, Ann, 010-1234-5678로", subject=f"Ann: {named}")).became == "unread"
    (listed,) = waiting_mails(desk=desk)
    opened = open_waiting(listed.id, desk=desk)
    assert opened.hidden
    told = (listed.subject, listed.sender, opened.mail.subject, opened.mail.sender, opened.text)
    assert not [words for words in told if "ann" in words.casefold()]
    assert "1234" not in opened.text


# --- orders ----------------------------------------------------------------------------------------


def test_an_order_told_by_file_and_by_mail_is_one_order(desk: Desk) -> None:
    a_product(desk)
    mail = order_mail("viator-mail.en.txt", "booking@t1.viator.com")
    account = import_file("order.eml", mail, desk=desk)
    assert account.taken == 1
    assert sort(desk, mail).became == "order"
    assert len(rows(desk, Reservation)) == 1


def test_a_cancellation_by_mail_cancels_the_order_it_names(desk: Desk) -> None:
    a_product(desk)
    sort(desk, order_mail("viator-mail.en.txt", "booking@t1.viator.com"))
    assert sort(desk, order_mail("viator-mail-cancel.txt", "booking@t1.viator.com")).became == "order"
    (row,) = rows(desk, Reservation)
    assert row.status is Status.CANCELLED


@pytest.mark.parametrize(
    "sender", ["booking@viator.com.evil.example", "booking@evilviator.com", "viator.com@evil.example"]
)
def test_a_sender_that_only_sounds_like_a_channel_orders_and_cancels_nothing(desk: Desk, sender: str) -> None:
    a_product(desk)
    assert sort(desk, order_mail("viator-mail.en.txt", sender)).became == "unread"
    sort(desk, order_mail("viator-mail.en.txt", "booking@t1.viator.com"))
    assert sort(desk, order_mail("viator-mail-cancel.txt", sender)).became == "unread"
    (row,) = rows(desk, Reservation)
    assert row.status is not Status.CANCELLED


# --- machines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your voucher",
        "Out of Office: Re: Your voucher",
        "[자동회신] 바우처",
        "부재중 안내",
        "自动回复: 您的憑證",
        "自動回覆：您的憑證",
        "自動返信：バウチャー",
    ],
)
def test_an_out_of_office_notice_is_known_by_its_subject(subject: str) -> None:
    assert machine_of(read_mail(taken_whole(a_mail("5", subject=subject)))) is Machine.REPLY


@pytest.mark.parametrize(
    "subject",
    ["Re: Your voucher", "Office tour", "자동차로 갑니다", "自動車で行きます", "부재중이면 어떡하죠"],
)
def test_a_person_s_subject_is_no_notice(subject: str) -> None:
    assert machine_of(read_mail(taken_whole(a_mail(subject=subject)))) is Machine.NONE


def test_what_asks_for_no_auto_answers_is_still_a_person_s(desk: Desk) -> None:
    mail = read_mail(taken_whole(a_mail(headers={"X-Auto-Response-Suppress": "None"})))
    assert machine_of(mail) is Machine.NONE


def test_a_receipt_of_reading_makes_nobody_wait(desk: Desk, booked: int) -> None:
    head = f"""
From: Ann Example <{ANN[1]}>
To: {sign(desk, booked)}
Subject: Read: Your voucher
Content-Type: multipart/report; report-type=disposition-notification; boundary=b
"""
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nRead.\r\n--b\r\n"
        b"Content-Type: message/disposition-notification\r\n\r\n\r\n--b--"
    )
    assert sort(desk, a_raw_mail(head, body)).became == "message"
    assert rows(desk, Message)[0].auto
    assert rows(desk, Conversation) == []


def test_an_address_stays_good_when_the_one_behind_it_refuses(desk: Desk, booked: int) -> None:
    letter(desk, booked)
    sort(desk, a_bounce(OURS, address="passed-on@elsewhere.example"))
    assert rows(desk, OutboxRow, OutboxRow.message_id == OURS)[0].state == LetterState.BOUNCED
    assert rows(desk, BadAddress) == []


def test_a_bounce_is_known_by_the_sign_where_a_server_changed_the_id(desk: Desk, booked: int) -> None:
    letter(desk, booked)
    changed = "<rewritten@mail.example>"
    bounce = a_bounce(changed).replace(
        f"Message-ID: {changed}".encode(),
        f"Message-ID: {changed}\r\nReply-To: {sign(desk, booked)}".encode(),
    )
    assert sort(desk, bounce).reservation_id == booked
    assert rows(desk, OutboxRow, OutboxRow.message_id == OURS)[0].state == LetterState.BOUNCED
    other = a_bounce("<x@mail.example>", address="somebody@else.example").replace(
        b"Message-ID: <x@mail.example>", f"Reply-To: {sign(desk, booked)}".encode()
    )
    assert sort(desk, other).why == "no-letter"


def test_a_server_s_words_lose_their_addresses_however_long_they_are() -> None:
    assert without_addresses("550 <ann@example.org> unknown") == "550 <…@…> unknown"
    assert without_addresses("x" * 100_000) == "x" * 100_000


# --- reviews ---------------------------------------------------------------------------------------

ASK = "<ask@counterfoil.example.com>"
LETTER = "Dear Ann\n\nWas it good? Answer with\n★★★★★ 5 (wonderful) or less.\n\nExample Tours"


def _asked(desk: Desk, **product: Any) -> int:
    a_product(desk, **product)
    made = a_reservation(desk, Status.REDEEMED, email=ANN[1])
    told = {"state": LetterState.SENT, "message_id": ASK}
    with desk.database.transaction() as connection:
        connection.execute(update(OutboxRow).where(OutboxRow.kind == "comment").values(**told))
    (letter,) = rows(desk, OutboxRow, OutboxRow.kind == "comment")
    with desk.work() as work:
        sorting.conversations.said(work, made, direction="letter", body=LETTER, outbox_id=letter.id)
    return made


QUOTED = "\n".join(f"> {line}" for line in LETTER.splitlines())
SPANISH = f"El lun, 1 feb 2027 a las 9:00, Desk <{DESK}> escribió:\n{QUOTED}"


@pytest.mark.parametrize(
    "words",
    [
        f"On Mon, 1 Feb 2027, Desk <{DESK}> wrote:\n{QUOTED}",  # says nothing, only quotes
        SPANISH,
        LETTER,  # quoted without any mark
        f"Thank you!\n\nEm seg., 1 de fev. de 2027, Desk escreveu:\n\n{LETTER}",
    ],
)
def test_the_rating_in_our_own_letter_is_nobody_s_review(desk: Desk, words: str) -> None:
    _asked(desk)
    assert sort(desk, a_mail(words, answers=ASK)).became == "message"
    assert rows(desk, Review) == []


def test_a_rating_above_our_letter_is_read_without_it(desk: Desk) -> None:
    _asked(desk)
    sort(desk, a_mail(f"4/5 Lovely\n\nEm seg., 1 de fev. de 2027, Desk escreveu:\n\n{LETTER}", answers=ASK))
    (row,) = rows(desk, Review)
    assert (row.rating, row.waits) == (4, False)
    assert "wonderful" not in row.words


@pytest.mark.parametrize(("words", "waits"), [("5/5 But where is my bag?", True), ("5", False)])
def test_the_thanks_for_a_review_answer_no_question(desk: Desk, words: str, waits: bool) -> None:
    made = _asked(desk, reward={"gives": "percent", "percent": 10})
    sort(desk, a_mail(words, answers=ASK))
    assert [row.kind for row in rows(desk, OutboxRow)][-1] == "message"  # the code has been promised
    (talk,) = rows(desk, Conversation)
    assert (talk.reservation_id, talk.waits_since is not None) == (made, waits)


def test_a_picture_that_nobody_can_open_takes_no_review_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(_data: bytes, _name: str) -> bytes:
        raise RuntimeError("a library stumbled")

    monkeypatch.setattr(photos, "_taken", stumbles)
    picture = io.BytesIO()
    Image.new("RGB", (400, 300)).save(picture, "PNG")
    _asked(desk)
    file = ("tea.png", "image/png", picture.getvalue())
    assert sort(desk, a_mail("5/5 Lovely", answers=ASK, files=[file])).became == "message"
    assert [row.rating for row in rows(desk, Review)] == [5]


def test_somebody_else_s_rating_waits_for_a_person(desk: Desk) -> None:
    _asked(desk)
    sort(desk, a_mail("1", answers=ASK, sender=STRANGER))
    assert [row.waits for row in rows(desk, Review)] == [True]


def test_an_out_of_office_notice_is_no_review(desk: Desk) -> None:
    _asked(desk)
    sort(desk, a_mail("5", answers=ASK, subject="Automatic reply: How was it?"))
    assert rows(desk, Review) == []
    assert rows(desk, Message, Message.direction == "in")[0].auto


# --- the line --------------------------------------------------------------------------------------


class GuessingServer:
    """A server that only guesses how large a mail is, and gives it piece by piece."""

    def __init__(self, mail: bytes) -> None:
        self.mail = mail

    def fetch(self, _uids: list[int], parts: list[str]) -> dict[int, dict[bytes, bytes]]:
        at, length = map(int, parts[0].partition("<")[2].rstrip(">").split("."))
        return {1: {b"BODY[]<%d>" % at: self.mail[at : at + length]}}


@pytest.mark.parametrize("told", [10, 1_200_000, 5_000_000])
def test_a_mail_is_fetched_whole_whatever_size_its_server_tells(told: int) -> None:
    mail = a_mail("The end", files=[("a.bin", "a/b", bytes(900_000))])
    line = MailLine(GuessingServer(mail), {b"UIDVALIDITY": 1})  # type: ignore[arg-type]
    taken = line.fetch(1, told, 40 * 1024 * 1024)
    assert taken is not None
    assert len(taken.raw) == len(mail) > 1_200_000


# --- what lies about itself ------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "us-ascii", "punycode", "unicode_escape"])
@pytest.mark.parametrize("real", ["utf-8", "cp949"])
def test_letters_are_read_whatever_charset_is_claimed(charset: str, real: str) -> None:
    assert text_of("안녕하세요, 어디서 만나나요?".encode(real), charset) == "안녕하세요, 어디서 만나나요?"


@pytest.mark.parametrize("words", ["Grüße aus Köln, naïve café", "ÄÖÜäöü"])
def test_western_letters_stay_western(words: str) -> None:
    assert text_of(words.encode("cp1252"), "iso-8859-1") == words


def test_a_file_s_name_in_raw_korean_bytes_is_read() -> None:
    body = (
        b'--b\r\n\r\nhi\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="'
        + "여권사본.pdf".encode("cp949")
        + b'"\r\n\r\n%PDF-1.4\r\n--b--\r\n'
    )
    mail = read_mail(
        taken_whole(a_raw_mail("From: a@b.example\nContent-Type: multipart/mixed; boundary=b", body))
    )
    assert [one.name for one in mail.hung] == ["여권사본.pdf"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("ㅎㅗㅇ.pdf", "ㅎㅗㅇ.pdf"),
        ("\u1112\u1169\u11bc.pdf", "홍.pdf"),
        ("a\r\nb.pdf", "a b.pdf"),
    ],
)
def test_a_dangerous_name_is_made_harmless(name: str, kept: str) -> None:
    assert tidy_name(name, "application/pdf") == kept


PACKED = base64.encodebytes(bytes(range(256)) * 2000).replace(b"\n", b"\r\n")
LOST = "From: a@b.example\nContent-Type: multipart/mixed; boundary=lost"


def test_a_mail_with_another_boundary_than_it_says_is_opened_all_the_same() -> None:
    body = (
        b"--it\r\n\r\nHello\r\n--it\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + PACKED
    )
    mail = read_mail(taken_whole(a_raw_mail(LOST, body + b"--it--\r\n")))
    assert words_of(mail).body == "Hello"
    assert [one.size for one in mail.hung] == [512_000]


def test_a_file_that_a_broken_mail_spills_into_its_words_is_not_shown() -> None:
    words = words_of(read_mail(taken_whole(a_raw_mail(LOST, b"Hello\r\n\r\n" + PACKED))))
    assert words.body == "Hello\n\n[…]"


@pytest.mark.parametrize(
    ("text", "joined", "shown"),
    [
        ("Where exactly \r\ndo we meet?\r\n\r\nAnn", False, "Where exactly do we meet?\n\nAnn"),
        ("集合場所は \nどこですか", True, "集合場所はどこですか"),
        ("Yes\n\n> Do you \n> come?\n>> No \n> Well", False, "Yes\n\n> Do you come?\n>> No \n> Well"),
        ("Bye\n-- \nAnn", False, "Bye\n-- \nAnn"),
        (" >stuffed", False, ">stuffed"),
    ],
)
def test_lines_that_were_broken_for_old_screens_are_whole_again(text: str, joined: bool, shown: str) -> None:
    kind = f"text/plain; charset=utf-8; format=flowed{'; delsp=yes' if joined else ''}"
    mail = a_raw_mail(
        f"From: a@b.example\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit", text.encode()
    )
    assert read_mail(taken_whole(mail)).text == shown


def test_a_text_that_only_points_to_the_page_gives_way_to_it() -> None:
    mail = a_mail("Your mail program cannot show HTML.", html="<p>Where do we meet?</p><p hidden>no</p>")
    assert words_of(read_mail(taken_whole(mail))).body == "Where do we meet?"


def test_an_invitation_is_kept_as_one(desk: Desk) -> None:
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nPlease come\r\n--b\r\n"
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--b--"
    )
    mail = read_mail(
        taken_whole(a_raw_mail("From: a@b.example\nContent-Type: multipart/alternative; boundary=b", body))
    )
    assert [one.name for one in mail.hung] == ["attachment.ics"]
    assert words_of(mail).body == "Please come"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<html><head><title>t</title><body>Hello <b>you</b></body>", "Hello you"),
        ("<p>one<![if !supportLists]>two<![endif]>three", "onetwothree"),
        ("<p>one<![odd thing]>two", "onetwo"),
        ("<div style='display:none'>" + "<i>" * 20_000 + "</b>" * 20_000 + "</div>end", "end"),
        ("Hello <b>you</b>" + "<a " * 40_000, "Hello you"),
        ("Hello <b>you</b>" + "<a href='" * 40_000, "Hello you"),
        ("Hello <b>you</b>" + "<!--x>" * 40_000, "Hello you"),
        ("Hello <b>you</b>" + "<br>" * 200_000 + "and more", "Hello you"),
        ("Hello <b>you</b><!-- without an end " + "x " * 600 + "<p>there", "Hello you there"),
        ("<img src='https://track.example/x.png'><script>alert(1)</script>Hi", "Hi"),
    ],
)
def test_a_page_s_words_are_found(html: str, words: str) -> None:
    assert words_of_html(html) == words


def test_a_page_made_to_be_read_for_hours_is_read_at_once_in_a_file_too() -> None:
    assert lines_of_html("<p>Hello</p>" + "<a " * 40_000) == "Hello"
