"""What becomes of a mail: each finds its own conversation or a person, never somebody else's, and never a fault."""

from __future__ import annotations

import base64

import pytest
from sqlalchemy import update

from controllers.desk import Desk
from controllers.mailbox.sorting import Sorted
from models.outbox import LetterState
from models.reservations import Status
from models.tables import ArrivedMail, Attachment, BadAddress, Conversation, Message, OutboxRow, Reservation
from tests.builders import a_product, a_reservation, reservation
from tests.mails.arriving import OURS, STRANGER, letter, order_mail, rows, sign, sort
from tests.mails.broken import BROKEN
from tests.mails.building import ANN, DESK, a_bounce, a_mail, a_raw_mail, encoded

# --- threads --------------------------------------------------------------------------------------


def test_an_answer_to_the_conversation_s_own_address_finds_it(desk: Desk, booked: int) -> None:
    told = sort(desk, a_mail("Where do we meet?", to=f"Tours <{sign(desk, booked)}>"))
    assert told == Sorted("message", "address", booked)
    message = rows(desk, Message)[0]
    assert (message.body, message.sender, message.sender_name, message.direction) == (
        "Where do we meet?", ANN[1], ANN[0], "in",
    )  # fmt: skip
    talk = rows(desk, Conversation)[0]
    assert talk.unread == 1
    assert talk.waits_since is not None


@pytest.mark.parametrize("header", ["Cc", "Delivered-To", "X-Original-To"])
def test_the_sign_is_found_wherever_the_address_stands(desk: Desk, booked: int, header: str) -> None:
    mail = a_mail(headers={header: sign(desk, booked)}, to="list@example.com")
    assert sort(desk, mail).reservation_id == booked


def test_a_forged_or_guessed_sign_opens_nothing(desk: Desk, booked: int) -> None:
    a_reservation(desk)
    real = sign(desk, booked)
    forged = (
        real.replace(f"cf{booked}", f"cf{booked + 1}"),
        f"desk+cf{booked}-1aaaaaaaaaaaa@example.com",
        f"desk+cf{booked}-9{real.partition('-')[2][1:13]}@example.com",
        real[:-14] + "a@example.com",
        f"desk+cf{booked}@example.com",
    )
    for address in forged:
        told = sort(desk, a_mail(to=address, sender=STRANGER))
        assert told == Sorted("unread", "nothing", None), address
    assert rows(desk, Message) == []


def test_an_answer_to_a_letter_of_ours_finds_its_conversation(desk: Desk, booked: int) -> None:
    letter(desk, booked)
    assert sort(desk, a_mail(answers=OURS, sender=STRANGER)) == Sorted("message", "answer", booked)
    assert rows(desk, Message)[0].sender == STRANGER[1]  # shown as who it is, a new participant


def test_what_goes_on_from_a_mail_of_the_conversation_finds_it(desk: Desk, booked: int) -> None:
    sort(desk, a_mail(to=sign(desk, booked), message_id="<first@example.org>"))
    told = sort(
        desk, a_mail(answers="<unknown@example.org>", refers=("<first@example.org>", "<unknown@example.org>"))
    )
    assert told == Sorted("message", "thread", booked)
    assert rows(desk, Message)[1].thread == "<first@example.org> <unknown@example.org>"


def test_the_newest_known_mail_of_the_references_counts(desk: Desk, booked: int) -> None:
    other = a_reservation(desk)
    letter(desk, other, "<old@example.com>")
    letter(desk, booked, "<new@example.com>")
    assert sort(desk, a_mail(refers=("<old@example.com>", "<new@example.com>"))).reservation_id == booked


def test_a_number_in_the_subject_finds_the_order_of_whoever_booked_it(desk: Desk, booked: int) -> None:
    assert sort(desk, a_mail(subject="About 27KK100000001")) == Sorted("message", "number", booked)
    assert sort(desk, a_mail(f"My order is CF-{booked}.")) == Sorted("message", "number", booked)


def test_a_number_written_by_a_stranger_is_only_a_suggestion(desk: Desk, booked: int) -> None:
    told = sort(desk, a_mail(subject="About 27KK100000001", sender=STRANGER))
    assert told == Sorted("unread", "stranger", booked)
    assert rows(desk, Message) == []


def test_a_number_that_almost_fits_finds_nothing(desk: Desk, booked: int) -> None:
    told = sort(desk, a_mail(subject="About 27KK10000000 and 27KK1000000011", sender=STRANGER))
    assert told == Sorted("unread", "nothing", None)


def test_two_orders_named_go_before_a_person(desk: Desk, booked: int) -> None:
    other = a_reservation(desk, email=ANN[1])
    told = sort(desk, a_mail(subject=f"CF-{booked} and CF-{other}"))
    assert told == Sorted("unread", "several", None)


def test_of_an_order_made_twice_the_living_one_is_meant(desk: Desk, booked: int) -> None:
    gone = a_reservation(desk, Status.CANCELLED, email=ANN[1])
    assert sort(desk, a_mail(subject=f"CF-{booked} and CF-{gone}")).reservation_id == booked


def test_the_same_sender_alone_is_only_a_suggestion(desk: Desk, booked: int) -> None:
    assert sort(desk, a_mail("Hello")) == Sorted("unread", "sender", booked)
    kept = rows(desk, ArrivedMail)[0]
    assert (kept.sender, kept.subject) == (ANN[1], "Question")
    assert bytes(kept.raw)


def test_a_sender_our_own_server_calls_forged_may_not_name_a_number(desk: Desk, booked: int) -> None:
    told = {
        "Authentication-Results": "mx.example.com; spf=pass; dkim=none; dmarc=fail header.from=example.org"
    }
    assert sort(desk, a_mail(subject="27KK100000001", headers=told)).became == "unread"


def test_a_channel_s_relay_is_a_way_to_the_traveler_and_names_its_booking(desk: Desk) -> None:
    a_product(desk)
    relay = "MSG-1234+BR-1400000245@expmessaging.tripadvisor.com"
    made = a_reservation(desk, email=relay, reference="BR-1400000245")
    assert sort(desk, a_mail("Hi", sender=("Ann via Viator", relay))) == Sorted("message", "number", made)


# --- once each ------------------------------------------------------------------------------------


def test_the_same_mail_is_said_once_by_whatever_way_it_comes(desk: Desk, booked: int) -> None:
    mail = a_mail(to=sign(desk, booked))
    assert sort(desk, mail, uid=1).became == "message"
    assert sort(desk, b"Received: by another way\r\n" + mail, uid=2).became == "known"
    assert sort(desk, mail, uid=3).became == "known"
    assert len(rows(desk, Message)) == 1
    assert [row.uid for row in rows(desk, ArrivedMail)] == [1, 2, 3]


def test_a_copy_of_our_own_letter_is_no_message(desk: Desk, booked: int) -> None:
    letter(desk, booked)
    assert sort(desk, a_mail(message_id=OURS, sender=("", DESK), to=ANN[1])).became == "known"


# --- machines -------------------------------------------------------------------------------------

AUTO = (
    {"Auto-Submitted": "auto-replied"},
    {"X-Autoreply": "yes"},
    {"X-Autorespond": "1"},
    {"X-Auto-Response-Suppress": "All"},
    {"Precedence": "bulk"},
    {"X-Loop": "ann@example.org"},
    {"List-Unsubscribe": "<https://example.org/u>"},
)


@pytest.mark.parametrize("told", AUTO, ids=lambda told: next(iter(told)))
def test_what_a_machine_answers_never_makes_anybody_wait(a_desk: Desk, told: dict[str, str]) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, email=ANN[1])
    assert sort(a_desk, a_mail("I am away", to=sign(a_desk, made), headers=told)).became == "message"
    assert rows(a_desk, Message)[0].auto
    assert [row.waits_since for row in rows(a_desk, Conversation)] in ([], [None])
    assert sort(a_desk, a_mail("News", headers=told, sender=STRANGER)).became in ("auto", "ignored")


BOUNCES = {
    "postfix": {},
    "korean": {"subject": "배달 실패: 바우처"},
    "chinese": {"subject": "系统退信"},
    "mailbox full": {"status": "5.2.2", "words": "552 5.2.2 mailbox full"},
}


@pytest.mark.parametrize("told", BOUNCES.values(), ids=BOUNCES)
def test_a_letter_that_came_back_says_so_in_the_server_s_words(
    desk: Desk, booked: int, told: dict[str, str]
) -> None:
    letter(desk, booked)
    assert sort(desk, a_bounce(OURS, **told)).became == "bounce"
    row = rows(desk, OutboxRow, OutboxRow.message_id == OURS)[0]
    assert row.state == LetterState.BOUNCED
    assert row.trouble.startswith("55")
    assert "@example.org" not in row.trouble
    assert len(rows(desk, BadAddress)) == (0 if told.get("status") == "5.2.2" else 1)
    assert rows(desk, Conversation, Conversation.waits_since.is_not(None)) == []


def test_a_letter_that_is_only_late_has_not_come_back(desk: Desk, booked: int) -> None:
    letter(desk, booked)
    sort(desk, a_bounce(OURS, action="delayed", status="4.4.1", words="connection timed out"))
    assert rows(desk, OutboxRow, OutboxRow.message_id == OURS)[0].state == LetterState.SENT


def test_a_bounce_of_nothing_we_sent_marks_nothing(desk: Desk, booked: int) -> None:
    letter(desk, booked)
    assert sort(desk, a_bounce("<guessed@example.com>")) == Sorted("bounce", "no-letter", None)
    assert rows(desk, OutboxRow, OutboxRow.message_id == OURS)[0].state == LetterState.SENT


def test_an_old_server_s_plain_bounce_is_read_as_well(desk: Desk, booked: int) -> None:
    letter(desk, booked)
    body = (
        b"Hi. This is the qmail-send program.\r\n<ann@example.org>:\r\n550 5.1.1 no such user ann@example.org\r\n"
        b"--- Below this line is a copy of the message.\r\nMessage-ID: " + OURS.encode() + b"\r\n"
    )
    mail = a_raw_mail(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: desk@example.com\nSubject: failure notice",
        body,
    )
    assert sort(desk, mail).became == "bounce"
    assert rows(desk, OutboxRow, OutboxRow.message_id == OURS)[0].trouble == "550 5.1.1 no such user …@…"


# --- orders ---------------------------------------------------------------------------------------

ORDERS = {
    "kkday": ("kkday-mail.txt", "no-reply@kkday.cn"),
    "viator en": ("viator-mail.en.txt", "booking@t1.viator.com"),
    "viator ko": ("viator-mail.ko.txt", "booking@t1.viator.com"),
    "klook": ("klook-mail.txt", "noreply@klook.com"),
    "getyourguide": ("getyourguide-mail.txt", "do-not-reply@notification.getyourguide.com"),
}


@pytest.mark.parametrize(("file", "sender"), ORDERS.values(), ids=ORDERS)
def test_a_channel_s_order_mail_becomes_a_reservation_once(desk: Desk, file: str, sender: str) -> None:
    a_product(desk)
    told = sort(desk, order_mail(file, sender))
    assert told.became == "order"
    assert told.reservation_id is not None
    assert reservation(desk, told.reservation_id).status in ("UNCONFIRMED", "CONFIRMED")
    assert sort(desk, order_mail(file, sender)).became == "order"  # sent a second time, as another mail
    assert len(rows(desk, Reservation)) == 1
    assert rows(desk, Message) == []


def test_an_order_mail_in_an_old_korean_charset_is_read(desk: Desk) -> None:
    a_product(desk)
    assert sort(desk, order_mail("kkday-mail.txt", "no-reply@kkday.cn", charset="euc-kr")).became == "order"


def test_an_order_is_taken_only_from_who_may_send_one(desk: Desk) -> None:
    a_product(desk)
    assert sort(desk, order_mail("kkday-mail.txt", "no-reply@kkday.example")).became == "unread"
    fail = {"Authentication-Results": "mx.example.com; dmarc=fail"}
    assert sort(desk, order_mail("klook-mail.txt", "noreply@klook.com", **fail)) == Sorted("unread", "forged")
    assert rows(desk, Reservation) == []


def test_the_operator_may_name_a_sender_of_orders(desk: Desk) -> None:
    a_product(desk)
    for rule in ({"office.example": "kkday"}, {"office.example": "any"}, {"boss@office.example": "kkday"}):
        assert sort(desk, order_mail("kkday-mail.txt", "boss@office.example"), rules=rule).became == "order"


def test_an_answer_that_quotes_an_order_is_no_order(desk: Desk) -> None:
    a_product(desk)
    mail = order_mail("kkday-mail.txt", "no-reply@kkday.cn").replace(b"Subject: ", b"Subject: Re: ", 1)
    assert sort(desk, mail).became == "unread"


def test_an_order_that_cannot_be_read_goes_before_a_person_with_the_reason(desk: Desk) -> None:
    a_product(desk)
    text = "예약번호: 27KK100000009\n상품명: 찻집 산책\n사용 날짜: 어느 날\n수량: 대인 x2\n"
    mail = a_mail(text, subject="[KKday] 예약번호: 27KK100000009", sender=("KKday", "no-reply@kkday.cn"))
    told = sort(desk, mail)
    assert told.became == "unread"
    assert told.why.startswith("order:")


# --- what hangs on a mail, and what is broken -------------------------------------------------------

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + b"\x00\x00\x00\rIHDR"
    + (800).to_bytes(4, "big")
    + (600).to_bytes(4, "big")
    + b"\x00" * 4000
)


def test_what_hangs_on_a_mail_is_kept_and_judged_by_its_content(desk: Desk, booked: int) -> None:
    files = [
        ("../../여권 사진.png", "application/octet-stream", PNG),
        ("invoice\u202efdp.exe", "image/png", b"MZ\x00\x00 not a picture" * 300),
        ("bomb.png", "image/png", PNG[:16] + (90_000).to_bytes(4, "big") * 2 + PNG[24:]),
        ("map.pdf", "application/pdf", b"%PDF-1.4 ..."),
    ]
    sort(desk, a_mail("Here", to=sign(desk, booked), files=files))
    kept = [(row.name, row.kind, row.size) for row in rows(desk, Attachment)]
    assert [each[:2] for each in kept] == [
        ("여권 사진.png", "image/png"),
        ("invoicefdp.exe", "application/octet-stream"),
        ("bomb.png", "application/octet-stream"),
        ("map.pdf", "application/pdf"),
    ]
    assert bytes(rows(desk, Attachment)[0].data) == PNG


def test_what_is_too_large_is_told_by_its_name_and_size(a_desk: Desk) -> None:
    a_product(a_desk)
    made, size = a_reservation(a_desk), 30 * 1024 * 1024
    film = base64.encodebytes(b"\x00" * 57) * (size // 57)
    head = f"From: a@b.example\nTo: {sign(a_desk, made)}\nContent-Type: multipart/mixed; boundary=x"
    part = "Content-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    sort(a_desk, a_raw_mail(head, b"--x\r\n\r\nHere\r\n--x\r\n" + part.encode() + film + b"--x--\r\n"))
    kept = rows(a_desk, Attachment)[0]
    assert (kept.name, kept.kind, kept.data) == ("film.mp4", "video/mp4", None)
    assert abs(kept.size - size) < size // 50
    assert rows(a_desk, Message)[0].body == "Here"


def test_a_mail_of_which_only_the_start_was_read_is_told_with_its_size(desk: Desk, booked: int) -> None:
    start = a_mail("See the film", to=sign(desk, booked), files=[("f.bin", "a/b", b"x" * 90_000)])[:40_000]
    sort(desk, start, size=60_000_000)
    assert rows(desk, Message)[0].body == "See the film"
    assert (rows(desk, Attachment)[-1].size, rows(desk, Attachment)[-1].data) == (60_000_000, None)


def test_no_broken_mail_is_a_fault(desk: Desk) -> None:
    for name, mail in BROKEN.items():
        told = sort(desk, mail)
        assert told.became in ("unread", "bounce", "known"), name
        assert told.why != "fault", name
    assert all("\n" not in row.subject for row in rows(desk, ArrivedMail))


@pytest.mark.parametrize(
    "step", ["sorting.machine_of", "sorting.words_of", "sorting.photos_on", "belonging.is_forged"]
)
def test_a_mail_that_even_we_stumble_over_goes_before_a_person(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stumble(_mail: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(f"controllers.mailbox.{step}", stumble)
    assert sort(desk, a_mail()) == Sorted("unread", "fault")


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("ks_c_5601-1987", "정확히 어디에서 만나나요? 똠방각하"),
        ("euc-kr", "안녕하세요"),
        ("big5", "請問集合地點在哪裡"),
        ("gb18030", "请问在哪里集合"),
        ("gb2312", "请问在哪里集合"),
        ("iso-2022-jp", "集合場所はどこですか"),
        ("shift_jis", "集合場所はどこですか"),
        ("windows-1252", "Où est le café?"),
    ],
)
def test_every_charset_of_our_travelers_is_read(a_desk: Desk, charset: str, words: str) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk)
    python = {"ks_c_5601-1987": "cp949"}.get(charset, charset)
    head = (
        f"From: {encoded(words[:4], python if charset != 'ks_c_5601-1987' else 'euc-kr')} <a@b.example>\n"
        f"To: {sign(a_desk, made)}\nSubject: x\nContent-Type: text/plain; charset={charset}"
    )
    sort(a_desk, a_raw_mail(head, words.encode(python)))
    message = rows(a_desk, Message)[0]
    assert (message.body, message.sender_name) == (words, words[:4].strip())


def test_everything_of_a_mail_is_forgotten_with_its_traveler(desk: Desk, booked: int) -> None:
    from controllers.erasing import erase

    sort(desk, a_mail("I am Ann", to=sign(desk, booked), files=[("pass.png", "image/png", PNG)]))
    sort(desk, a_mail("Ann again", sender=ANN))
    with desk.work() as work:
        work.connection.execute(
            update(Reservation).where(Reservation.id == booked).values(status=Status.CANCELLED)
        )
        erase(work, [booked], "request")
    assert [(row.name, row.data) for row in rows(desk, Attachment)] == [("", None)]
    for row in rows(desk, ArrivedMail):
        assert (row.subject, row.sender, row.raw) == ("", "", None)
    assert all(
        "Ann" not in row.body + row.whole + row.sender + row.sender_name for row in rows(desk, Message)
    )
