"""Notices in every language: the same words everywhere, and each event can be said of every reservation."""

from __future__ import annotations

import logging
import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from controllers.carriers.ntfy import NtfyCarrier
from controllers.desk import Desk
from controllers.notice_people import Heard, keep_notices
from controllers.notice_routes import keep_route, send_notices
from controllers.notice_words import COUNTED, say_row, wording
from models.notice_routes import BLANKS, Ntfy
from models.notices import Event, Route
from models.reservations import Status
from models.vouchers import LANGUAGES
from tests.builders import a_product, a_reservation
from tests.peers import notice_services as peers
from tests.peers.notice_services import Says, serving

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "notice_words"
ABOUT = {
    "id": 10001,
    "channel": "kkday",
    "zone": "Asia/Seoul",
    "departs_on": date(2027, 2, 1),
    "departs_at": datetime(2027, 2, 1, 5, tzinfo=UTC),
    "valid_until": None,
    "party": 2,
    "confirm_by": datetime(2027, 1, 20, tzinfo=UTC),
    "product_text": "",
    "product": "Tea House Walk",
}


def test_every_language_has_the_same_words_and_the_same_blanks() -> None:
    told = {one.stem: tomllib.loads(one.read_text("utf-8")) for one in FOLDER.glob("*.toml")}
    assert set(told) == set(LANGUAGES)
    for words in told.values():
        assert set(words) == set(told["en"])
        for key, text in words.items():
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", told["en"][key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_event_can_be_said_of_every_status(language: str) -> None:
    for event in Event:
        for status in Status:
            row = SimpleNamespace(**ABOUT, status=status)
            said = say_row(event, {"hours": 4, "count": 3, "channel": "kkday"}, row, language, "Asia/Seoul")
            assert said.title
            assert set(said.facts) <= set(BLANKS)
        for told in ({}, {"count": 5, "channel": "kkday"}, dict.fromkeys(COUNTED, 1)):
            said = say_row(event, told, None, language, "Asia/Seoul")
            assert said.title
            assert set(said.facts) == set(BLANKS)
            assert all(said.facts.values())


def test_promise_is_told_in_the_readers_language_while_it_is_to_be_kept() -> None:
    row = SimpleNamespace(**ABOUT, status=Status.UNCONFIRMED)
    said = say_row(Event.NEW, {}, row, "ko", "Asia/Seoul")
    assert said.title == "새 예약 CF-10001"
    assert said.text.splitlines()[:3] == ["Tea House Walk", "2027년 2월 1일 (월) 14:00", "2명"]
    assert "확정 기한 2027년 1월 20일 (수) 09:00" in said.text
    kept = say_row(Event.NEW, {}, SimpleNamespace(**ABOUT, status=Status.CONFIRMED), "ko", "Asia/Seoul")
    assert "확정 기한" not in kept.text


def test_open_date_and_unknown_party_are_said() -> None:
    about = {**ABOUT, "departs_at": None, "departs_on": None, "party": None, "status": Status.PENDING}
    said = say_row(Event.NEW, {}, SimpleNamespace(**about), "", "Asia/Seoul")
    assert "Open date\nParty as booked" in said.text
    assert wording("en")("open") == "Open the reservation"


def test_nothing_personal_and_no_secret_is_logged_whatever_the_provider_says(
    a_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    a_product(a_desk)
    tells = frozenset((event, Route.NTFY) for event in Event)
    keep_notices(a_desk.actor.staff_id, Heard(topic="topic-of-mina", tells=tells), desk=a_desk)
    with serving(peers.Ntfy()) as service:
        keep_route("ntfy", Ntfy(service.address), desk=a_desk, seen=0, secret="tk_secret")
        made = [a_reservation(a_desk, sold_by="kkday") for _ in range(3)]
        service.answers = [Says(500, "topic-of-mina"), Says(cuts=True), Says(400, {"error": "tk_secret"})]
        send_notices(desk=a_desk.by_the_clock())
    assert len(service.asked) == len(made)
    assert not [word for word in ("topic-of-mina", "tk_secret", "127.0.0.1") if word in caplog.text]
    assert "tk_secret" not in repr(NtfyCarrier(Ntfy()))
