"""Fetching from a real mailbox: once each, nothing deleted or marked, on whatever line, also after it was cut."""

from __future__ import annotations

import imaplib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from imapclient import IMAPClient
from sqlalchemy import select

from controllers.carriers.keeping import IMAP, keep_carrier, see_carrier
from controllers.desk import Desk
from controllers.mailbox import fetching, line, listening
from controllers.mailbox.fetching import fetch, try_mailbox
from controllers.mailbox.line import NoMailbox
from controllers.mailbox.listening import ear_of, look_into_mailbox
from controllers.mailbox.looking import open_waiting
from controllers.mailbox.setting_up import keep_mailbox
from controllers.tray import see_tray
from models.mail_server import Tls
from models.mailbox import Mailbox, checked_mailbox
from models.notices import Event
from models.refusals import CannotDo
from models.tables import ArrivedMail
from tests.builders import a_product, an_operator
from tests.certificates import Certificate, Root
from tests.conftest import NOW, PATIENCE_MS
from tests.fakes import StillClock
from tests.mails.arriving import order_mail
from tests.mails.building import a_mail
from tests.peers import imap
from tests.peers.imap import PASSWORD, USER, ImapPeer, running_imap


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    return Root(tmp_path_factory.mktemp("imap"))


@pytest.fixture(scope="module")
def certificate(root: Root) -> Certificate:
    return root.vouch("localhost")


@pytest.fixture
def peer(certificate: Certificate) -> Iterator[ImapPeer]:
    """A mailbox behind TLS from the start."""
    with running_imap(certificate) as running:
        yield running


@pytest.fixture
def box(peer: ImapPeer, root: Root) -> Mailbox:
    since = (NOW - timedelta(days=400)).date().isoformat()
    trusted = root.file.read_text()
    return Mailbox("localhost", peer.port, Tls.FROM_THE_START, USER, USER, since=since, root=trusted)


def _keep(desk: Desk, box: Mailbox, password: str = PASSWORD) -> None:
    seen = see_carrier(IMAP, desk=desk).version
    keep_carrier(IMAP, box.told(), desk=desk, seen=seen, secret=password)


def _arrived(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        return list(look.execute(select(ArrivedMail).order_by(ArrivedMail.id)))


def _became(desk: Desk) -> list[str]:
    return [row.became for row in _arrived(desk)]


def test_a_name_that_is_looked_up_for_ever_ends_the_try_in_time(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    monkeypatch.setattr(line, "CONNECT_S", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: over.wait(PATIENCE_MS / 1000))
    try:
        with pytest.raises(NoMailbox) as no, line.open_mailbox(box, PASSWORD):
            pass
        assert (no.value.word, over.is_set()) == ("mailbox-away", False)
        assert "in time" in no.value.words
    finally:
        over.set()


def test_what_arrived_is_fetched_once_and_left_as_it_was(desk: Desk, peer: ImapPeer, box: Mailbox) -> None:
    _keep(desk, box)
    for number in range(3):
        peer.put(a_mail(f"Question {number}"))
    assert len(fetch(desk=desk).sorted) == 3
    assert fetch(desk=desk).sorted == ()
    peer.put(a_mail("One more"))
    assert len(fetch(desk=desk).sorted) == 1
    assert _became(desk) == ["unread"] * 4
    assert peer.flags() == [set()] * 4
    kept = see_carrier(IMAP, desk=desk)
    assert (kept.trouble, kept.has_secret) == ("", True)


def test_where_told_mails_are_marked_as_read_once_they_are_placed(
    a_desk: Desk, peer: ImapPeer, box: Mailbox
) -> None:
    _keep(a_desk, replace(box, mark_seen=True))
    peer.put(a_mail("News", headers={"Precedence": "bulk"}))
    peer.put(a_mail("A question"))
    fetch(desk=a_desk)
    assert [len(flags) for flags in peer.flags()] == [1, 0]


def test_under_new_numbers_the_same_mails_are_known(a_desk: Desk, peer: ImapPeer, box: Mailbox) -> None:
    _keep(a_desk, box)
    peer.put(a_mail("A question"))
    fetch(desk=a_desk)
    peer.begin_anew()
    peer.put(a_mail("Another"))
    fetch(desk=a_desk)
    assert _became(a_desk) == ["unread", "known", "unread"]
    assert fetch(desk=a_desk).sorted == ()


def test_a_turn_that_is_over_goes_on_where_it_stopped(
    a_desk: Desk, peer: ImapPeer, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(a_desk, box)
    for number in range(3):
        peer.put(a_mail(f"Question {number}"))
    monkeypatch.setattr(fetching, "TURN_S", -1.0)
    assert fetch(desk=a_desk).more
    monkeypatch.undo()
    assert len(fetch(desk=a_desk).sorted) == 3


def test_of_a_mail_that_is_too_large_only_the_start_is_fetched(
    a_desk: Desk, peer: ImapPeer, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 100_000)
    _keep(a_desk, box)
    peer.put(a_mail("See the film", files=[("film.bin", "a/b", b"x" * 300_000)]))
    fetch(desk=a_desk)
    assert 60_000 < len(bytes(_arrived(a_desk)[0].raw)) < 70_000


@pytest.mark.parametrize(("password", "change", "word"), [
    ("wrong", {}, "mailbox-password"),
    (PASSWORD, {"root": ""}, "mailbox-certificate"),
    (PASSWORD, {"folder": "Nowhere"}, "mailbox-folder"),
    (PASSWORD, {"port": 1}, "mailbox-away"),
    (PASSWORD, {"host": "127.0.0.1"}, "mailbox-certificate"),
])  # fmt: skip
def test_why_the_mailbox_cannot_be_read_is_told(
    a_desk: Desk, peer: ImapPeer, box: Mailbox, password: str, change: dict[str, Any], word: str
) -> None:
    _keep(a_desk, replace(box, **change), password)
    assert fetch(desk=a_desk).trouble == word
    kept = see_carrier(IMAP, desk=a_desk)
    assert kept.trouble.startswith(word)
    assert kept.trouble_since == a_desk.now()
    with pytest.raises(NoMailbox) as no:
        try_mailbox(replace(box, **change), password, desk=a_desk)
    assert no.value.word == word
    _keep(a_desk, box)
    fetch(desk=a_desk)
    assert see_carrier(IMAP, desk=a_desk).trouble == ""


def test_a_line_is_sealed_after_a_word_in_the_clear(
    a_desk: Desk, root: Root, certificate: Certificate
) -> None:
    told = Mailbox("localhost", 0, Tls.STARTTLS, USER, USER, since="2020-01-01", root=root.file.read_text())
    with running_imap(certificate, starttls=True) as sealed:
        sealed.put(a_mail())
        assert try_mailbox(replace(told, port=sealed.port), PASSWORD, desk=a_desk) == 1
    with running_imap() as plain, pytest.raises(NoMailbox) as no:
        try_mailbox(replace(told, port=plain.port), PASSWORD, desk=a_desk)
    assert no.value.word == "mailbox-no-tls"


def test_a_password_may_have_letters_of_any_script(
    certificate: Certificate, box: Mailbox, a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "PASSWORD", "열려라 참깨")
    with running_imap(certificate) as peer:
        assert try_mailbox(replace(box, port=peer.port), "열려라 참깨", desk=a_desk) == 0


def test_a_password_never_travels_readable() -> None:
    with pytest.raises(CannotDo, match="mail-password-open"):
        checked_mailbox(Mailbox("imap.example.com", 143, Tls.NONE, USER, USER), has_password=True)


def test_whoever_listens_hears_of_a_mail_at_once_and_again_after_the_line_was_cut(
    a_desk: Desk, peer: ImapPeer, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "PAUSES_S", (0.05,))
    monkeypatch.setattr(listening, "_GLANCE_S", 0.2)
    called = threading.Event()
    a_desk.listeners.append(lambda changed: called.set() if listening.ARRIVED & changed else None)
    _keep(a_desk, box)
    ear = ear_of(desk=a_desk)
    try:
        look_into_mailbox(desk=a_desk)
        for number in range(2):
            assert called.wait(PATIENCE_MS / 1000)  # it stands: what came before it is asked for
            called.clear()
            look_into_mailbox(desk=a_desk)
            peer.put(a_mail(f"Question {number}"))
            assert called.wait(PATIENCE_MS / 1000)
            look_into_mailbox(desk=a_desk)
            assert len(_became(a_desk)) == number + 1
            assert not ear.is_due(1)
            called.clear()
            assert peer.cut() >= 1
    finally:
        ear.stop(wait=True)


def test_a_server_that_does_not_call_is_looked_into_every_minute(
    a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_imap(calls=False) as silent:
        _keep(a_desk, Mailbox("localhost", silent.port, Tls.NONE, USER, USER, since="2020-01-01"))
        ear = ear_of(desk=a_desk)
        ear.stop()
        look_into_mailbox(desk=a_desk)
        assert not ear.is_due(1)
        later = listening.monotonic() + 61
        monkeypatch.setattr(listening, "monotonic", lambda: later)
        silent.put(a_mail())
        look_into_mailbox(desk=a_desk)
        assert len(_became(a_desk)) == 1


def test_no_mail_from_the_day_it_was_set_up_is_lost_whatever_clock_its_server_has(
    a_desk: Desk, clock: StillClock, peer: ImapPeer, box: Mailbox
) -> None:
    an_operator(a_desk, zone="Asia/Seoul")
    keep_mailbox(replace(box, since="", root_name="root.pem"), desk=a_desk, seen=0, password=PASSWORD)
    midnight, pacific = NOW.replace(hour=0), timezone(timedelta(hours=-8))
    for hours in (-1, 1, 30):
        peer.put(a_mail("Where?"), at=(midnight + timedelta(hours=hours)).astimezone(pacific))
    clock.set(NOW + timedelta(days=3))
    fetch(desk=a_desk)
    assert [row.at for row in _arrived(a_desk)] == [midnight + timedelta(hours=n) for n in (1, 30)]


def test_a_mail_that_its_server_does_not_hand_out_holds_up_those_behind_it_no_longer_than_a_while(
    a_desk: Desk, peer: ImapPeer, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, broken = IMAPClient.fetch, []

    def refuse(client: Any, uids: Any, data: Any) -> Any:
        broken.append(min(uids))
        if "BODY" in data[0] and list(uids) == broken[:1]:
            raise imaplib.IMAP4.error("[SERVERBUG] Internal error")
        return real(client, uids, data)

    _keep(a_desk, box)
    peer.put(a_mail("Broken"))
    peer.put(a_mail("Where?"))
    monkeypatch.setattr(IMAPClient, "fetch", refuse)
    assert [fetch(desk=a_desk).trouble for _ in range(4)] == ["mailbox-away", "mailbox-away", "", ""]
    assert [(row.became, row.why) for row in _arrived(a_desk)] == [("unread", "fault"), ("unread", "nothing")]
    assert open_waiting(_arrived(a_desk)[0].id, desk=a_desk).text == ""


def test_without_a_mailbox_nothing_is_asked(a_desk: Desk) -> None:
    assert fetch(desk=a_desk) == fetching.Fetched()
    assert not look_into_mailbox(desk=a_desk)


# --- orders that come together ------------------------------------------------------------------


def _orders(peer: ImapPeer, count: int) -> None:
    mail = order_mail("kkday-mail.txt", "no-reply@kkday.cn")
    for number in range(count):
        peer.put(mail.replace(b"27KK100000001", b"27KK10000010%d" % number))


@pytest.mark.parametrize(("orders", "notices"), [(2, 2), (5, 1)], ids=["few", "many"])
def test_orders_of_one_intake_ring_together_and_many_are_one_notice_with_their_number(
    a_desk: Desk, peer: ImapPeer, box: Mailbox, orders: int, notices: int
) -> None:
    """Though each came by its own mail."""
    a_product(a_desk)
    _keep(a_desk, box)
    began = see_tray(None, desk=a_desk).looked
    told: list[frozenset[str]] = []
    a_desk.listeners.append(told.append)
    _orders(peer, orders)
    assert [one.became for one in fetch(desk=a_desk).sorted] == ["order"] * orders
    a_desk.listeners.remove(told.append)

    assert sum("notices" in changed for changed in told) == 1
    news = see_tray(began, desk=a_desk)
    assert [one.event for one in news.notices] == [Event.NEW] * notices
    if notices < orders:
        assert news.notices[0].reservation_id is None
        assert str(orders) in news.notices[0].title
    assert fetch(desk=a_desk).sorted == ()
    assert see_tray(news.looked, desk=a_desk).notices == ()


def test_what_a_program_that_died_in_an_intake_did_not_tell_is_told_by_the_next(
    a_desk: Desk, peer: ImapPeer, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_product(a_desk)
    _keep(a_desk, box)
    began = see_tray(None, desk=a_desk).looked
    _orders(peer, 2)
    with monkeypatch.context() as dying:
        dying.setattr(fetching, "tell_gathered", lambda **_desk: 0)
        fetch(desk=a_desk)
    assert see_tray(began, desk=a_desk).notices == ()
    fetch(desk=a_desk)
    assert len(see_tray(began, desk=a_desk).notices) == 2
