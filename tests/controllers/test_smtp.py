"""The line to a mail server: sealed, signed in, with a deadline on each step, and honest about what was taken."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controllers.carriers import web
from controllers.carriers.carrier import Enclosed, NoLine, Parcel, Refused, Unclear
from controllers.carriers.mail_written import written
from controllers.carriers.smtp import Smtp
from models.mail_server import MailServer, Tls, checked, is_address
from models.refusals import CannotDo
from tests.certificates import Root
from tests.peers.smtp import CUT, HANG, Post, post_office

AT = datetime(2027, 1, 15, 1, 0, tzinfo=UTC)
SERVER = MailServer("localhost", sender="desk@example.com", sender_name="Example Tours")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    return Root(tmp_path_factory.mktemp("root"))


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as post:
        yield post


def a_parcel(**others: Any) -> Parcel:
    told: dict[str, Any] = {"key": "k", "address": "kim@example.org", "subject": "Hello", "text": "Hello"}
    return Parcel(**({"message_id": "<one@example.com>"} | told | others))


def hand_over(post: Post, parcel: Parcel, **settings: Any) -> str:
    with Smtp(post.settings(**settings), post.password).open() as line:
        return line.hand_over(parcel)


def sealed(root: Root, post: Post | None = None, tls: Tls = Tls.STARTTLS, **dates: int) -> Any:
    """A server whose certificate this root vouches for."""
    certificate = root.vouch("localhost", **dates)
    return post_office(post, certificate=certificate, tls=tls, root=root.file.read_text())


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system looks for a name and finds no end, as long as the test runs."""
    over = threading.Event()

    def look_up(*_told: Any) -> Any:
        over.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield
    over.set()


@pytest.mark.usefixtures("stuck")
def test_a_name_that_is_looked_for_without_end_is_no_line_in_time() -> None:
    with pytest.raises(NoLine) as no, Smtp(replace(SERVER, host="mail.example.com"), step_s=0.05).open():
        pass
    assert (no.value.words, no.value.again) == ("too-slow", True)


@pytest.mark.usefixtures("stuck")
def test_a_provider_whose_name_is_looked_for_without_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "getproxies", dict)
    with pytest.raises(NoLine) as no, web.line_to("https://api.example.com", step_s=0.05):
        pass
    assert (no.value.words, no.value.again) == ("too-slow", True)


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 70 + ".example.com"])
def test_a_name_that_nobody_knows_is_told(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoLine) as no, Smtp(replace(SERVER, host=host)).open():
        pass
    assert no.value.words == "host-unknown"


def test_the_next_place_of_a_server_is_tried_where_the_first_does_not_answer(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, usual = ("127.0.0.1", post.port), (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    places = [(*usual, ("127.0.0.1", 1)), (*usual, here)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_told: places)

    assert hand_over(post, a_parcel()) == "Taken"


def test_nothing_waits_for_the_line_to_fill(post: Post) -> None:
    with Smtp(post.settings()).open() as line:
        assert line._talk is not None
        assert line._talk.sock is not None
        assert line._talk.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.FROM_THE_START])
def test_letters_go_over_one_sealed_line_after_signing_in(root: Root, tls: Tls) -> None:
    post = Post(user="desk", password="long words")
    with sealed(root, post, tls), Smtp(post.settings(), "long words").open() as line:
        line.hand_over(a_parcel(message_id="<one@example.com>"))
        line.hand_over(a_parcel(message_id="<two@example.com>"))

    assert post.ids == ["<one@example.com>", "<two@example.com>"]
    assert post.connections == 1


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"root": ""}, "tls-not-believed"),
        ({"host": "127.0.0.1"}, "tls-not-believed"),
        ({"tls": Tls.FROM_THE_START}, "tls-failed"),
        ({"tls": Tls.NONE}, "530"),
    ],
)
def test_a_line_that_is_not_as_it_should_be_carries_nothing(
    root: Root, others: dict[str, Any], words: str
) -> None:
    with sealed(root) as post, pytest.raises(NoLine) as no:
        hand_over(post, a_parcel(), **others)

    assert no.value.words.startswith(words)
    assert post.taken == []


def test_a_certificate_that_is_over_is_not_believed(root: Root) -> None:
    over = sealed(root, tls=Tls.FROM_THE_START, first=-20, last=-10)
    with over as post, pytest.raises(NoLine, match="certificate has expired"):
        hand_over(post, a_parcel())


def test_a_server_without_starttls_gets_no_password(post: Post) -> None:
    with pytest.raises(NoLine, match="no-starttls"):
        hand_over(post, a_parcel(), tls=Tls.STARTTLS, user="desk")


def test_a_wrong_password_is_told_and_not_tried_for_each_letter(root: Root) -> None:
    post = Post(user="desk", password="right")
    with sealed(root, post), pytest.raises(NoLine, match=r"^535 ") as no:
        hand_over(replace(post, password="wrong"), a_parcel())

    assert no.value.again is False


def test_a_password_may_have_letters_of_any_script(root: Root) -> None:
    post = Post(user="desk", password="열려라 참깨")
    with sealed(root, post) as post:
        assert hand_over(post, a_parcel()) == "Taken"


def test_a_refused_letter_leaves_the_line_open_for_the_next(post: Post) -> None:
    post.behaves = lambda stage, to: "550 5.1.1 nobody" if stage == "rcpt" and to.startswith("x") else ""
    with Smtp(post.settings()).open() as line:
        with pytest.raises(Refused) as no:
            line.hand_over(a_parcel(address="x@example.org"))
        line.hand_over(a_parcel())

    assert (no.value.words, no.value.again) == ("550 5.1.1 nobody", False)
    assert (len(post.taken), post.connections) == (1, 1)


def test_a_letter_refused_after_its_last_dot_was_not_taken(post: Post) -> None:
    post.behaves = lambda stage, _: "452 4.3.1 disk full" if stage == "dot" else ""

    with pytest.raises(Refused) as no:
        hand_over(post, a_parcel())

    assert no.value.again is True
    assert post.taken == []


def test_a_server_that_says_421_puts_all_letters_off(post: Post) -> None:
    post.behaves = lambda stage, _: "421 4.3.2 shutting down" if stage == "rcpt" else ""
    with pytest.raises(NoLine, match="421") as no:
        hand_over(post, a_parcel())
    assert no.value.again is True


def test_a_line_that_breaks_between_two_letters_is_opened_anew(post: Post) -> None:
    post.behaves = lambda stage, to: CUT if stage == "rcpt" and to.startswith("x") else ""
    with Smtp(post.settings()).open() as line:
        with pytest.raises(Refused) as no:
            line.hand_over(a_parcel(address="x@example.org"))
        line.hand_over(a_parcel())

    assert (no.value.words, no.value.again) == ("hung-up", True)
    assert (len(post.taken), post.connections) == (1, 2)


def test_silence_before_the_last_dot_is_a_refusal_and_after_it_unclear(post: Post) -> None:
    post.behaves = lambda stage, to: HANG if stage == to.partition("@")[0] else ""
    for stage, kind in (("rcpt", Refused), ("dot", Unclear)):
        with Smtp(post.settings()).open() as line:
            assert line._talk is not None
            line._talk._step_s = 0.4  # only now: a busy machine takes its time to connect
            with pytest.raises(kind, match="too-slow"):
                line.hand_over(a_parcel(address=f"{stage}@example.org"))
    assert len(post.taken) == 1


@pytest.mark.parametrize("drips", [b"2", b"220-go on\r\n", b""])
def test_a_server_that_talks_for_ever_is_not_listened_to_for_ever(
    drips: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controllers.carriers.smtp.OPEN_S", 0.5)
    with dripping(drips) as port, pytest.raises(NoLine) as no:
        Smtp(replace(SERVER, port=port, tls=Tls.NONE)).open().__enter__()
    assert no.value.words == "too-slow"


@contextmanager
def dripping(drips: bytes) -> Iterator[int]:
    """A server that says a little again and again, and never comes to an end."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            line, _ = listener.accept()
            with line:
                while not stop.wait(0.05):
                    try:
                        line.sendall(drips)
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


# --- the letter itself ------------------------------------------------------------------------


def read(raw: bytes) -> Any:
    return message_from_bytes(raw, policy=policy.default)


def test_names_and_files_of_every_script_arrive_as_they_were_written() -> None:
    files = (Enclosed("바우처 확인서 – 예시.pdf", "application/pdf", b"%PDF-1.7"),)
    server = replace(SERVER, sender_name='예시 "여행", Example <Tours>')
    mail = read(
        written(
            a_parcel(subject="예약 확정 · 請確認 " * 9, text="안녕\n.\n한 줄", enclosed=files), server, AT
        )
    )

    assert mail["Subject"] == ("예약 확정 · 請確認 " * 9).strip()
    assert mail["From"].addresses[0].addr_spec == "desk@example.com"
    assert mail["From"].addresses[0].display_name.startswith("예시")
    assert mail.get_body(("plain",)).get_content().splitlines() == ["안녕", ".", "한 줄"]
    assert [one.get_filename() for one in mail.iter_attachments()] == ["바우처 확인서 – 예시.pdf"]


def test_text_and_html_stand_side_by_side_with_the_logo_beside_the_html() -> None:
    logo = Enclosed("logo.png", "image/png", b"png", cid="logo")
    html = '<p>안녕 <img src="cid:logo"></p>'
    mail = read(written(a_parcel(html=html, enclosed=(logo,)), SERVER, AT))

    assert mail.get_content_type() == "multipart/alternative"
    assert mail.get_body(("html",)).get_content().strip() == html
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in pictures] == ["<logo>"]


def test_an_address_in_another_script_goes_where_it_is_understood(post: Post) -> None:
    hand_over(post, a_parcel(address="홍길동@예시.kr"))
    hand_over(post, a_parcel(address="kim@예시.kr"))

    assert post.taken[0].to == ["홍길동@xn--vv4b11d.kr"]
    assert post.taken[1].to == ["kim@xn--vv4b11d.kr"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kim",
        "kim@example.org\r\nBcc: all@example.org",
        "kim@example.org, two@example.org",
        "<kim@example.org>",
        "kim@example.org\n",
        "kim lee@example.org",
        "kim@-.example..org",
        "a" * 65 + "@example.org",
    ],
)
def test_what_is_no_single_address_is_never_put_on_an_envelope(address: str) -> None:
    with pytest.raises(Refused) as no:
        written(a_parcel(address=address), SERVER, AT)
    assert no.value.again is False


_NASTY = st.text(
    st.sampled_from('ab \r\n\t\x00\x0b\x0c\x1b\x85\u2028\u202e:;<>@"\\,=?한é\ud800'), max_size=40
)


@given(subject=_NASTY, name=_NASTY, text=_NASTY, file=_NASTY, told=_NASTY)
def test_no_text_ends_a_heading_or_the_letter(
    subject: str, name: str, text: str, file: str, told: str
) -> None:
    parcel = a_parcel(
        subject=f"{subject}\r\nBcc: evil@example.org",
        text=f"{text}\r\n.\r\nMAIL FROM:<evil@example.org>",
        message_id=f"<{told}@example.com>",
        thread=(f"<{told}\r\nX-Evil: 1@example.com>", "<good@example.com>"),
        reply_to=f"{told}@example.com",
        enclosed=(Enclosed(file, told, b"x"),),
    )
    raw = written(parcel, replace(SERVER, sender_name=f"{name}\r\nX-Evil: 1"), AT)
    mail = read(raw)

    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert mail["To"] == "kim@example.org"
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_a_long_thread_keeps_each_id_whole() -> None:
    ids = tuple(f"<{'x' * 150}{n}@example.com>" for n in range(30))
    mail = read(written(a_parcel(thread=ids), SERVER, AT))

    assert mail["References"].split() == list(ids[-20:])
    assert mail["In-Reply-To"] == ids[-1]


# --- the settings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"host": "smtp example"}, "mail-host-wrong"),
        ({"host": ""}, "mail-host-wrong"),
        ({"port": 0}, "mail-port-wrong"),
        ({"sender": "nobody"}, "mail-address-wrong"),
        ({"root": "no certificate"}, "mail-root-wrong"),
        ({"host": "smtp.example.com", "tls": Tls.NONE, "user": "desk"}, "mail-password-open"),
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(CannotDo) as no:
        checked(replace(SERVER, **wrong), has_password=True)
    assert no.value.code == code


def test_an_address_is_told_from_what_only_looks_like_one(tmp_path: Path) -> None:
    assert all(map(is_address, ("a@b.example", "o'neil+tag@example.org", "홍@예시.kr")))
    assert not any(map(is_address, ("a@b@c", "a@b c", "a;b@c.d", "a@b..c", "@b.c", "a@")))
