"""Notices leave by each provider's own way, honestly: taken, refused or unclear, and delivered only when it is said."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from controllers import notice_routes as sending_notices
from controllers import reservations
from controllers.carriers import web
from controllers.carriers.carrier import NoLine, Parcel, Refused, Unclear
from controllers.carriers.kakao import Fate
from controllers.carriers.keeping import SMTP, keep_carrier
from controllers.carriers.nhn import NhnCarrier
from controllers.carriers.ntfy import NtfyCarrier
from controllers.carriers.solapi import SolapiCarrier, signature
from controllers.carriers.webhook import WebhookCarrier
from controllers.desk import Desk
from controllers.mail_route import send_letters
from controllers.notice_people import Heard, keep_notices, keep_own_webhook
from controllers.notice_routes import (
    ask_fates,
    fetch_approved,
    keep_route,
    see_route,
    send_notices,
    try_route,
)
from models import notice_routes
from models.notice_routes import Link, Nhn, Ntfy, Solapi, Template, Webhook, difference, filled
from models.notices import Event, Route
from models.outbox import Letter
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import CarrierRow, NoticeDelivery, OutboxRow
from tests.builders import a_product, a_reservation, somebody_else
from tests.certificates import Certificate, Root
from tests.conftest import PATIENCE_MS
from tests.fakes import StillClock
from tests.peers import notice_services as peers
from tests.peers.notice_services import Says, serving
from tests.peers.smtp import post_office

ALL = frozenset((event, route) for event in Event for route in Route)
TEXT = "[Muster] #{event}\n#{product}\n#{departure}, #{party}\n#{link}"
BUTTON = Link("예약 확정하기", "https://example.com/open?n=#{number}", "https://example.com/open?n=#{number}")
APPROVED = Template(TEXT, (BUTTON,))


@pytest.fixture(autouse=True)
def nobody_rests() -> Iterator[None]:
    yield
    web._resting.clear()


@pytest.fixture
def solapi() -> Iterator[peers.Solapi]:
    with serving(peers.Solapi()) as service:
        yield service  # type: ignore[misc]


def a_solapi(service: peers.Service, **told: Any) -> Solapi:
    usual = {"key": "NCS", "sender": "KA01", "phone": "02-000-0000", "template": "T1"}
    return Solapi(service.address, **{**usual, "ours": APPROVED, "approved": APPROVED, **told})


def a_parcel(**told: Any) -> Parcel:
    facts = {"event": "New reservation CF-1", "number": "CF-1", "product": "Tea", "party": "2"}
    usual = {"key": "notice:1:1:kakao", "address": "+821000000000", "subject": "New reservation CF-1"}
    return Parcel(
        **{**usual, "text": "Tea", "link": "counterfoil://reservation/CF-1", "facts": facts, **told}
    )


def set_up(desk: Desk, name: str, settings: Any, secret: str = "the-secret") -> None:
    """As it is after the provider told what was approved."""
    keep_route(name, settings, desk=desk, seen=0, secret=secret)
    with desk.database.transaction() as connection:
        told = update(CarrierRow).where(CarrierRow.name == name)
        connection.execute(told.values(settings=notice_routes.settings_kept(settings)))


def hears_all(desk: Desk, **told: Any) -> None:
    keep_notices(desk.actor.staff_id, Heard(**{"tells": ALL, **told}), desk=desk)


def rows(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        asked = select(OutboxRow.__table__).where(OutboxRow.kind == Letter.NOTICE).order_by(OutboxRow.id)
        return list(look.execute(asked).all())


def test_solapi_gets_the_template_and_its_blanks_and_is_believed_only_when_it_was_delivered(
    desk: Desk, solapi: peers.Solapi, clock: StillClock
) -> None:
    a_product(desk)
    set_up(desk, "solapi", a_solapi(solapi))
    hears_all(desk, phone="010-0000-0000")
    made = a_reservation(desk, sold_by="kkday")
    worker = desk.by_the_clock()
    assert send_notices(desk=worker)
    (sent,) = solapi.posts()
    message = sent.told["message"]
    assert (message["to"], message["from"], message["type"]) == ("01000000000", "020000000", "ATA")
    options = message["kakaoOptions"]
    assert options["variables"]["#{number}"] == f"CF-{made}"
    assert options["buttons"][0]["linkMo"] == f"https://example.com/open?n=CF-{made}"
    assert options["disableSms"] is True
    assert sent.headers["authorization"].startswith("HMAC-SHA256 apiKey=NCS, date=")
    assert "the-secret" not in repr(sent)
    assert rows(desk)[0].state == "SENT"
    clock.forward(seconds=6)
    ask_fates(desk=worker)
    assert _fate(desk) == ("accepted", "2000")
    solapi.fates["M4V1"] = {"statusCode": "3104", "reason": "버튼이 템플릿과 다릅니다"}
    clock.forward(seconds=20)
    ask_fates(desk=worker)
    assert _fate(desk) == ("failed", "3104 버튼이 템플릿과 다릅니다")
    assert (rows(desk)[0].state, rows(desk)[0].trouble) == ("FAILED", "3104 버튼이 템플릿과 다릅니다")


def _fate(desk: Desk) -> tuple[str, str]:
    with desk.reading() as look:
        return tuple(look.execute(select(NoticeDelivery.state, NoticeDelivery.words)).one())  # type: ignore[return-value]


def test_a_message_that_is_not_as_approved_never_leaves(solapi: peers.Solapi) -> None:
    for ours, word in (
        (replace(APPROVED, text=TEXT.replace("\n", " ", 1)), "text 18 U+0020 U+000A"),
        (replace(APPROVED, buttons=()), "buttons 0 1"),
        (replace(APPROVED, buttons=(replace(BUTTON, name="예약 확정"),)), "button 1 name"),
    ):
        carrier = SolapiCarrier(a_solapi(solapi, ours=ours), "s")
        with pytest.raises(Refused) as no, carrier.open() as line:
            line.hand_over(a_parcel())
        assert word in no.value.words
        assert not no.value.again
    with (
        pytest.raises(Refused, match="template-not-approved"),
        SolapiCarrier(a_solapi(solapi, approved=Template()), "s").open() as line,
    ):
        line.hand_over(a_parcel())
    assert solapi.asked == []


def test_difference_is_none_where_letter_for_letter_the_same() -> None:
    assert difference(APPROVED, Template(TEXT, (BUTTON,))) == ""
    assert difference(APPROVED, replace(APPROVED, text=TEXT + "!")) == f"text {len(TEXT) + 1} - U+0021"
    assert difference(APPROVED, replace(APPROVED, buttons=())) == "buttons 1 0"


def test_what_was_approved_is_read_from_the_provider_and_becomes_ours(
    desk: Desk, solapi: peers.Solapi
) -> None:
    button = {"buttonType": "WL", "buttonName": BUTTON.name, "linkMo": BUTTON.mobile, "linkPc": BUTTON.pc}
    solapi.templates["T1"] = {"content": TEXT, "buttons": [button], "status": "APPROVED"}
    empty = Template()
    keep_route("solapi", a_solapi(solapi, ours=empty, approved=empty), desk=desk, seen=0, secret="s")
    _, after = fetch_approved("solapi", desk=desk)
    assert isinstance(after, Solapi)
    assert after.approved == after.ours == APPROVED
    keep_route("solapi", replace(after, ours=replace(APPROVED, buttons=())), desk=desk, seen=2)
    _, after = fetch_approved("solapi", desk=desk)
    assert isinstance(after, Solapi)
    assert (after.approved, after.ours.buttons) == (APPROVED, ())
    _, kept = keep_route("solapi", replace(after, template="T2"), desk=desk, seen=4)
    assert isinstance(kept, Solapi)
    assert kept.approved == Template()  # another template: nobody has approved that one yet


@pytest.mark.parametrize(
    ("says", "kind", "again"),
    [
        (Says(400, {"errorCode": "InvalidTo", "errorMessage": "no such number"}), Refused, False),
        (Says(200, {"statusCode": "1062", "statusMessage": "발신번호 미등록"}), Refused, False),
        (Says(500, "oops"), Refused, True),
        (Says(429, {}, {"Retry-After": "40"}), NoLine, True),
        (Says(401, {"errorCode": "Unauthorized", "errorMessage": "wrong key"}), NoLine, False),
        (Says(302, "", {"Location": "http://example.com/"}), Refused, False),
        (Says(200, "<html>"), Refused, False),
        (Says(cuts=True), Unclear, None),
        (Says(hangs=True), Unclear, None),
        (Says(504, "gateway"), Unclear, None),
    ],
)
def test_answers_are_taken_for_what_they_are(
    solapi: peers.Solapi, says: Says, kind: type[Exception], again: bool | None
) -> None:
    solapi.answers = [says]
    carrier = SolapiCarrier(a_solapi(solapi), "s", step_s=0.4 if says.hangs else web.STEP_S)
    with pytest.raises(kind) as no, carrier.open() as line:
        line.hand_over(a_parcel())
    assert again is None or no.value.again is again  # type: ignore[attr-defined]
    assert type(no.value) is kind


def test_who_asks_to_be_left_alone_is_left_alone(solapi: peers.Solapi) -> None:
    solapi.answers = [Says(429, {}, {"Retry-After": "40"})]
    carrier = SolapiCarrier(a_solapi(solapi), "s")
    for _ in range(2):
        with pytest.raises(NoLine), carrier.open() as line:
            line.hand_over(a_parcel())
    assert len(solapi.asked) == 1


def test_nobody_there_is_no_line_and_nothing_was_handed_over() -> None:
    with serving(peers.Solapi()) as gone:
        pass
    with pytest.raises(NoLine) as no, SolapiCarrier(a_solapi(gone), "s").open() as line:
        line.hand_over(a_parcel())
    assert (no.value.words, no.value.again) == ("nobody-there", True)


def test_who_cannot_prove_its_name_gets_nothing(tmp_path: Path) -> None:
    service: peers.Service = peers.Ntfy()
    with (
        serving(service, Root(tmp_path).vouch("127.0.0.1")),
        pytest.raises(NoLine) as no,
        NtfyCarrier(Ntfy(service.address)).open() as line,
    ):
        line.hand_over(a_parcel())
    assert (no.value.words, no.value.again) == ("tls-not-believed", False)
    assert service.asked == []


def test_signature_proves_the_secret_without_telling_it() -> None:
    from datetime import UTC, datetime

    told = signature("K", "S", now=datetime(2027, 1, 15, 1, tzinfo=UTC), salt="abc")
    assert told.startswith("HMAC-SHA256 apiKey=K, date=2027-01-15T01:00:00.000Z, salt=abc, signature=")
    assert told != signature("K", "T", now=datetime(2027, 1, 15, 1, tzinfo=UTC), salt="abc")


def test_nhn_gets_the_same_key_when_no_answer_came_and_tells_the_fate() -> None:
    with serving(peers.Nhn()) as service:
        settings = Nhn(service.address, "app", "sender", "T1", APPROVED, APPROVED)
        carrier = NhnCarrier(settings, "secret", step_s=2.0)
        service.answers = [Says(cuts=True)]
        with carrier.open() as line:
            number = line.hand_over(a_parcel())
        first, second = service.posts()
        key = "x-nc-api-idempotency-key"
        assert first.headers[key] == second.headers[key]
        assert len(first.headers[key]) == 32
        assert second.path == "/alimtalk/v2.3/appkeys/app/messages"
        (one,) = second.told["recipientList"]
        assert one["recipientNo"] == "01000000000"
        assert one["templateParameter"]["number"] == "CF-1"
        assert one["buttons"][0] | {"linkPc": ""} == {
            "ordering": 1, "type": "WL", "name": BUTTON.name,
            "linkMo": "https://example.com/open?n=CF-1", "linkPc": "",
        }  # fmt: skip
        assert carrier.fate_of(number).fate is Fate.ACCEPTED
        service.fates["R1"] = {"messageStatus": "COMPLETED", "resultCode": "MRC01", "resultCodeName": "성공"}
        assert carrier.fate_of(number).fate is Fate.DELIVERED
        service.fates["R1"] = {"messageStatus": "COMPLETED", "resultCode": "MRC02", "resultCodeName": "실패"}
        assert carrier.fate_of(number).fate is Fate.FAILED
        service.answers = [
            Says(200, {"header": {"isSuccessful": False, "resultCode": -1, "resultMessage": "no"}})
        ]
        with pytest.raises(Refused, match="-1 no"), carrier.open() as line:
            line.hand_over(a_parcel(key="other"))


def test_channel_gets_words_and_link_and_no_command(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(peers.Slack()) as service:
        secret = f"{service.address}/services/T000/SECRET"
        with WebhookCarrier(secret).open() as line:
            line.hand_over(a_parcel(subject="New <!channel> & all"))
    (one,) = service.asked
    assert one.path == "/services/T000/SECRET"
    assert "&lt;!channel&gt; &amp; all" in one.told["text"]
    assert "counterfoil://reservation/CF-1" in one.told["blocks"][0]["text"]["text"]
    assert "SECRET" not in caplog.text


def test_ntfy_gets_a_title_a_click_and_a_button() -> None:
    with serving(peers.Ntfy()) as service, NtfyCarrier(Ntfy(service.address), "tk_1").open() as line:
        number = line.hand_over(a_parcel(address="desk-topic", facts={"urgent": True, "open": "Open"}))
    (one,) = service.asked
    assert number == "n1"
    assert one.headers["authorization"] == "Bearer tk_1"
    assert (one.told["topic"], one.told["priority"]) == ("desk-topic", 5)
    assert one.told["click"] == one.told["actions"][0]["url"] == "counterfoil://reservation/CF-1"


def test_the_companys_channel_hears_it_once_and_a_person_by_their_own(desk: Desk) -> None:
    a_product(desk)
    third = somebody_else(desk, "Third")
    for one in (desk, somebody_else(desk), third):
        hears_all(one)
    with serving(peers.Slack()) as service:
        set_up(desk, "webhook", Webhook(), f"{service.address}/company")
        keep_own_webhook(third.actor.staff_id, f"{service.address}/own", desk=third)
        a_reservation(desk)
        send_notices(desk=desk.by_the_clock())
    assert sorted(one.path for one in service.asked) == ["/company", "/own"]
    assert "own" not in repr(rows(desk))


def test_mail_to_staff_goes_with_the_letters_and_names_nobody(desk: Desk) -> None:
    a_product(desk)
    hears_all(desk, mail="desk@example.com")
    with post_office() as post:
        keep_carrier(SMTP, post.settings().told(), desk=desk, seen=0)
        made = a_reservation(desk, sold_by="kkday")
        send_letters(desk=desk.by_the_clock())
    (taken,) = [one for one in post.taken if one.to == ["desk@example.com"]]
    body = taken.mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    page = taken.mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert f'<a href="counterfoil://reservation/CF-{made}">Open the reservation</a>' in page
    body += page
    assert taken.mail["Subject"] == f"New reservation CF-{made}"
    assert f"counterfoil://reservation/CF-{made}" in body
    with desk.reading() as look:
        from models.tables import Reservation

        lead = look.execute(select(Reservation.lead).where(Reservation.id == made)).scalar_one()
    assert lead
    assert lead not in body + str(taken.mail["Subject"])


def test_what_was_settled_meanwhile_is_dropped_and_not_sent(desk: Desk) -> None:
    a_product(desk)
    hears_all(desk, topic="t")
    made = a_reservation(desk, Status.CONFIRMED)
    with serving(peers.Ntfy()) as service:
        set_up(desk, "ntfy", Ntfy(service.address))
        reservations.request_cancel(made, desk=somebody_else(desk))
        reservations.accept(made, desk=desk)
        send_notices(desk=desk.by_the_clock())
    assert service.asked == []
    assert [row.state for row in rows(desk)] == ["DROPPED"]


def test_trying_a_way_tells_what_the_provider_says(desk: Desk, solapi: peers.Solapi) -> None:
    with pytest.raises(CannotDo) as no:
        try_route(Route.KAKAO, desk=desk)
    assert no.value.code == "route-no-address"
    hears_all(desk, phone="010-0000-0000")
    with pytest.raises(CannotDo) as no:
        try_route(Route.KAKAO, desk=desk)
    assert no.value.code == "route-not-set-up"
    set_up(desk, "solapi", a_solapi(solapi))
    solapi.fates["M4V1"] = {"statusCode": "4000", "reason": "성공"}
    assert try_route(Route.KAKAO, desk=desk).fate is Fate.DELIVERED
    solapi.answers = [Says(400, {"errorCode": "InvalidTo", "errorMessage": "no such number"})]
    with pytest.raises(CannotDo) as no:
        try_route(Route.KAKAO, desk=desk)
    assert "400 InvalidTo no such number" in no.value.sentence
    assert "#{" not in repr(solapi.posts()[0].told["message"]["kakaoOptions"]["variables"].values())


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (Ntfy("http://ntfy.example.com"), "address-not-safe"),
        (Ntfy("https://user:pass@ntfy.example.com"), "address-not-safe"),
        (Ntfy("file:///etc/passwd"), "address-not-safe"),
        (Solapi(ours=Template("#{name} has booked")), "blank-unknown"),
        (Solapi(ours=Template("x", (Link("go", "http://example.com"),))), "address-not-safe"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(a_desk: Desk, settings: Any, code: str) -> None:
    name = "ntfy" if isinstance(settings, Ntfy) else "solapi"
    with pytest.raises(CannotDo) as no:
        keep_route(name, settings, desk=a_desk, seen=0)
    assert no.value.code == code


def test_settings_come_back_as_they_were_kept_and_the_secret_does_not(
    desk: Desk, solapi: peers.Solapi
) -> None:
    set_up(desk, "solapi", a_solapi(solapi))
    kept, settings = see_route("solapi", desk=desk)
    assert settings == a_solapi(solapi)
    assert kept.has_secret
    assert "the-secret" not in repr((kept, settings))


def test_one_person_s_own_channel_that_is_not_there_keeps_nobody_else_waiting() -> None:
    with serving(peers.Service()) as gone:
        pass
    carrier = WebhookCarrier(f"{gone.address}/company")
    with carrier.open() as line:
        with pytest.raises(Refused) as no:
            line.hand_over(a_parcel(facts={"webhook": f"{gone.address}/own"}))
        assert not isinstance(no.value, NoLine)
        assert no.value.again
        with pytest.raises(NoLine):
            line.hand_over(a_parcel())


def test_a_provider_that_takes_its_time_over_answers_keeps_no_notice_waiting(
    desk: Desk, solapi: peers.Solapi, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_product(desk)
    set_up(desk, "solapi", a_solapi(solapi))
    hears_all(desk, phone="010-0000-0000")
    for _ in range(2):
        a_reservation(desk, sold_by="kkday")
    worker = desk.by_the_clock()
    send_notices(desk=worker)
    clock.forward(seconds=6)
    monkeypatch.setattr(sending_notices, "_ASKED_S", -1.0)

    assert [ask_fates(desk=worker) for _ in range(2)] == [True, False]


def test_a_product_s_name_asks_a_provider_to_fill_in_nothing_else() -> None:
    made, values = filled(Template("#{product}, #{number}"), {"product": "Tea #{number}", "number": "CF-1"})
    assert values["product"] == "Tea # {number}"
    assert made.text == "Tea # {number}, CF-1"


@pytest.mark.parametrize("seals", [False, True])
def test_a_provider_that_drips_its_answer_is_not_listened_to_for_ever(
    seals: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each piece comes in time, and the head of the answer never ends."""
    root, drips, deadlines = Root(tmp_path), threading.Event(), list[float]()

    class OnceItDrips(threading.Timer):
        """The time is over as soon as the answer has begun, however long this machine took to come so far."""

        def __init__(self, seconds: float, then: Callable[[], None]) -> None:
            super().__init__(0, lambda: drips.wait(PATIENCE_MS / 1000) and then())
            deadlines.append(seconds)

    monkeypatch.setattr(web.threading, "Timer", OnceItDrips)
    if seals:
        trusted = ssl.create_default_context(cafile=root.file)
        monkeypatch.setattr(web.ssl, "create_default_context", lambda: trusted)
    with dripping(root.vouch("localhost") if seals else None, drips) as address:
        carrier = NtfyCarrier(Ntfy(address), step_s=5.0)
        with carrier.open() as line, pytest.raises(Unclear):
            line.hand_over(a_parcel())
    assert deadlines == [web.CONNECT_S + 2 * 5.0]


@contextmanager
def dripping(certificate: Certificate | None, drips: threading.Event) -> Iterator[str]:
    """A server that begins an answer and goes on a letter at a time."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        line, _ = listening.accept()
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key)
            line = context.wrap_socket(line, server_side=True)
        with line, suppress(OSError):
            line.recv(4096)
            line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.05):
                line.sendall(b"x")
                drips.set()

    server = threading.Thread(target=drip)
    server.start()
    try:
        yield f"http{'s' if certificate else ''}://localhost:{listening.getsockname()[1]}"
    finally:
        over.set()
        server.join()
        listening.close()
