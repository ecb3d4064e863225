"""Every letter in every language is filled, set and safe: gaps are told, hostile words refused, names stay text."""

from __future__ import annotations

import html
import itertools
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from controllers import conversations, reservations
from controllers.desk import Desk
from controllers.letter_words import Wanted, compose, draft
from controllers.letter_words.kept import FOLDER, usual_words
from controllers.letter_words.layout import page
from controllers.letter_words.spoken import day_words, money_words, time_words
from controllers.letter_words.template import Words, check, fill
from models.letters import BY_HAND, PLACEHOLDERS, WORDED
from models.money import Money
from models.orders import Collector
from models.outbox import Letter
from models.payments import MoneyState
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.tables import OutboxRow, Refund, Reservation, TemplateRow
from models.voucher_looks import VoucherLook
from models.vouchers import LANGUAGES
from tests.builders import DEPARTS, a_product, a_reservation, an_operator, teach_headings

DAY = date(2027, 1, 18)
FULL = {name: f"[{name}]" for name in PLACEHOLDERS} | {"refund_by_channel": "", "title": ""}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WORDED)
def test_every_letter_in_every_language_is_filled(kind: Letter, language: str) -> None:
    words = usual_words(kind, language)
    made = fill(words, FULL)
    assert not made.missing
    assert not re.search(r"{[{%]|[}%]}", made.subject + made.text)
    assert "[operator]" in made.text
    assert made.subject
    shown = page(made.subject, made.text, language, VoucherLook(), operator="Example")
    assert f'lang="{language}"' in shown
    assert html.escape(made.subject) in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BY_HAND)
def test_sentences_about_what_is_not_known_are_left_out(kind: Letter, language: str) -> None:
    needed = {
        "number",
        "product",
        "operator",
        "due",
        "paid",
        "refund",
        "refund_done",
        "refund_from",
        "refund_until",
    }
    few = {name: value for name, value in FULL.items() if name in needed}
    made = fill(usual_words(kind, language), few)
    assert not made.missing
    assert "\n\n\n" not in made.text
    assert not any(line.endswith((": ", ":")) and line.startswith("- ") for line in made.text.splitlines())


def test_an_empty_placeholder_is_told_and_shown() -> None:
    words = Words("About {{ number }}", "{{ guide }} waits. {% if option %}Not {{ option }}.{% endif %}")
    made = fill(words, {"number": "CF-1"}, mark=True)
    assert made.missing == ("guide",)
    assert made.text == "‹guide?› waits.\n"


def test_a_line_with_a_question_mark_stands_only_where_all_it_names_is_known() -> None:
    words = Words(
        "Hi", "One\n-? Guide: {{ guide }}\n-? {{ channel }} number: {{ reference }}\n? {{ contact }}\nTwo"
    )
    known = {"channel": "Example", "reference": "E-1"}
    assert fill(words, known).text == "One\n- Example number: E-1\nTwo\n"
    assert fill(words, {"guide": "Kim", "contact": "Call us"}).text == "One\n- Guide: Kim\nCall us\nTwo\n"
    assert fill(words, {}).missing == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hello\n{{ ''.__class__ }}", 2),
        ("{{ traveler.__class__.__mro__ }}", 1),
        ("{% for x in traveler %}{{ x }}{% endfor %}", 1),
        ("{{ range(10) }}", 1),
        ("{{ 'a' * 1000000000 }}", 1),
        ("\n\n{% include 'secrets' %}", 3),
        ("{{ travler }}", 1),
        ("One\n-? Who: {{ travler }}", 2),
        ("{{ traveler", 1),
        ("{% if traveler %}", 1),
        ("{{ traveler | attr('__class__') }}", 1),
        ("{{ " + "(" * 3000 + "traveler" + ")" * 3000 + " }}", 1),
    ],
)
def test_words_that_want_more_than_to_be_filled_are_refused_with_the_line(text: str, line: int) -> None:
    with pytest.raises(CannotDo) as refused:
        check(Words("Subject", text))
    assert refused.value.code == "letter-words-wrong"
    assert refused.value.facts["line"] == line


@pytest.mark.parametrize("subject", ["A\r\nBcc: all@example.com", "A\nB", "A \u202e B", " "])
def test_a_subject_is_one_plain_line(subject: str) -> None:
    with pytest.raises(CannotDo, match="one plain line"):
        check(Words(subject, "Hello"))


def test_money_days_and_hours_are_said_in_the_language() -> None:
    at = DEPARTS
    assert money_words(Money(75_000, "KRW"), "ko") == "₩75,000"
    assert money_words(Money(1250, "EUR"), "en") == "€12.50"
    assert day_words(at.date(), "en") == "Monday, 1 February 2027"
    assert day_words(at.date(), "ko") == "2027년 2월 1일 월요일"
    assert day_words(at.date(), "zh-TW") == "2027年2月1日 星期一"
    assert day_words(at.date(), "ja") == "2027年2月1日月曜日"
    assert time_words(at, "ja") == "05:00"
    assert time_words(at, "ko") == "오전 5:00"
    assert time_words(at, "zh-TW") == "上午5:00"


@pytest.fixture
def house(desk: Desk) -> Desk:
    an_operator(desk, name="Example Tours", contact="help@example.com", zone="Asia/Seoul")
    a_product(desk, meeting_point="At the blue gate")
    teach_headings(desk)
    return desk


def _composed(desk: Desk, made: int, kind: Letter) -> Any:
    with desk.reading() as look:
        asked = select(OutboxRow).where(OutboxRow.reservation_id == made, OutboxRow.kind == kind)
        return compose(look, look.execute(asked).one())


def test_a_confirmation_encloses_its_voucher_and_nobody_has_looked(house: Desk) -> None:
    made = a_reservation(house, Status.CONFIRMED, email="anna@example.com", name="<b>Anna</b> & Co")
    found = _composed(house, made, Letter.CONFIRMATION)
    assert [(one.name, one.kind, one.data[:5]) for one in found.attachments] == [
        ("CF-10001.pdf", "application/pdf", b"%PDF-")
    ]
    assert "Dear <b>Anna</b> & Co," in found.text
    assert "&lt;b&gt;Anna&lt;/b&gt; &amp; Co" in found.html
    assert "<b>Anna" not in found.html
    assert "14:00 (Asia/Seoul, UTC+9)" in found.text
    assert found.missing == ()
    with house.reading() as look:
        from models.details_reading import history

        assert "voucher" not in [line.action for line in history(look, f"reservation:{made}")]


def test_a_letter_names_the_zone_once_and_only_where_somebody_has_to_come(house: Desk) -> None:
    made = a_reservation(house, Status.UNCONFIRMED, email="anna@example.com")
    body = {"before": "2027-01-31T05:00:00+00:00", "reason": "Rain"}
    over = {Letter.CANCELLATION, Letter.REFUND_COMING, Letter.REFUND_DONE, Letter.COMMENT, Letter.MESSAGE}
    with house.reading() as look:
        for kind, language in itertools.product(WORDED, LANGUAGES):
            found = draft(look, Wanted(kind, made, language, body))
            assert found.text.count("Asia/Seoul, UTC+9") == (kind not in over), (kind, language)


def test_days_and_times_are_told_on_the_clock_of_their_place_not_by_utc(house: Desk) -> None:
    made = a_reservation(house, Status.CONFIRMED, email="anna@example.com")
    back = {"amount_minor": 5000, "currency": "KRW", "state": MoneyState.DONE, "collector": Collector.US}
    back |= {"cause": Cause.OURS, "expected_from": DAY, "expected_to": DAY, "made_at": house.now()}
    back |= {"done_at": datetime(2027, 1, 14, 16, 30, tzinfo=UTC)}  # after midnight in Seoul
    with house.work() as work:
        work.connection.execute(insert(Refund), {"reservation_id": made, **back})
        work.connection.execute(update(Reservation.__table__).values(zone=""))  # as told without one
    with house.reading() as look:
        done = draft(look, Wanted(Letter.REFUND_DONE, made, "en"))
        change = draft(look, Wanted(Letter.CHANGE, made, "en", {"before": "2027-01-31T05:00:00+00:00"}))
    assert "15 January 2027" in done.text
    assert "Sunday, 31 January 2027, 14:00" in change.text


def test_a_departure_without_a_time_says_its_day_and_no_zone(house: Desk) -> None:
    made = a_reservation(house, Status.UNCONFIRMED, email="anna@example.com")
    with house.work() as work:
        work.connection.execute(update(Reservation.__table__).values(departs_at=None))
    with house.reading() as look:
        found = draft(look, Wanted(Letter.PROCESSING, made, "en"))
    assert "- When: Monday, 1 February 2027\n" in found.text
    assert "zone" not in found.missing


def test_the_cancelled_letter_tells_the_reason_in_the_travelers_language(house: Desk) -> None:
    made = a_reservation(house, Status.UNCONFIRMED, email="anna@example.com")
    with house.work() as work:
        work.connection.execute(update(Reservation.__table__).values(language="ko"))
    reservations.cancel(made, desk=house, reason="기상 악화로\n운영하지 않습니다.")
    found = _composed(house, made, Letter.CANCELLATION)
    assert found.language == "ko"
    assert "기상 악화로\n운영하지 않습니다." in found.text
    assert "진심으로 죄송합니다" in found.text
    assert found.attachments == ()


def test_a_preview_hides_the_traveler_until_confirmed(house: Desk) -> None:
    made = a_reservation(house, Status.UNCONFIRMED, sold_by="kkday", email="anna@example.com")
    wanted = Wanted(Letter.PROCESSING, made, body={"reason": "Please call SAMPLE, ANNA at +82 10-1234-5678"})
    with house.reading() as look:
        seen, sent = draft(look, wanted), compose(look, wanted)
    for hidden in ("SAMPLE", "ANNA", "1234-5678"):
        assert hidden not in seen.subject + seen.text + seen.html
        assert hidden in sent.text  # to the traveler everything is said
    assert "•••" in seen.text


def test_own_words_of_a_product_come_before_the_houses(house: Desk) -> None:
    made = a_reservation(house, Status.CONFIRMED, email="anna@example.com")
    with house.work() as work:
        told = {"kind": Letter.CONFIRMATION, "language": "en", "text": "See you, {{ traveler }}."}
        rows = [{**told, "product_id": None, "subject": "All"}, {**told, "product_id": 1, "subject": "Tea"}]
        work.connection.execute(insert(TemplateRow), rows)
    assert _composed(house, made, Letter.CONFIRMATION).subject == "Tea"
    with house.work() as work:
        work.connection.execute(TemplateRow.__table__.delete().where(TemplateRow.product_id == 1))
    assert _composed(house, made, Letter.CONFIRMATION).subject == "All"


def test_what_is_missing_keeps_a_letter_here_unless_somebody_has_seen_it(house: Desk) -> None:
    made = a_reservation(house, Status.CONFIRMED, email="anna@example.com")
    with house.work() as work:
        told = {"kind": Letter.CONFIRMATION, "language": "en", "subject": "Hi", "text": "{{ guide }} waits."}
        work.connection.execute(insert(TemplateRow), {**told, "product_id": None})
    found = _composed(house, made, Letter.CONFIRMATION)
    assert found.missing == ("guide",)
    with pytest.raises(CannotDo, match="guide"):
        found.ready()
    with house.reading() as look:
        seen = compose(look, Wanted(Letter.CONFIRMATION, made, body={"missing_seen": ["guide"]}))
    assert seen.ready().text == "waits.\n"


def test_what_staff_write_leaves_as_they_wrote_it(house: Desk) -> None:
    made = a_reservation(house, Status.CONFIRMED, email="anna@example.com")
    with house.work() as work:
        conversations.write(work, reservations.take(work, made), "Bring {{ number }} & a coat <now>")
    found = _composed(house, made, Letter.MESSAGE)
    assert "Bring {{ number }} & a coat <now>" in found.text
    assert "&lt;now&gt;" in found.html


def test_no_korean_particle_stands_apart_from_its_word() -> None:
    for letter in (FOLDER / "ko").glob("*.txt"):
        apart = re.findall(r"\}\} (?:이\(가\)|을\(를\)|은\(는\)|까지|부터|에서)", letter.read_text("utf-8"))
        assert apart == [], letter.name
