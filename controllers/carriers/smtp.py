"""Brings letters to the operator's mail server, and tells for certain which of them were taken.

Every step has its deadline, however slowly the other side talks. A letter counts as handed over from the last dot
on: what breaks before is refused and may go again; what breaks between the dot and the answer is unclear, and only
a person decides about it.
"""

from __future__ import annotations

import logging
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from controllers.carriers.carrier import NoLine, Parcel, Refused, Unclear
from controllers.carriers.mail_written import deliverable, written
from controllers.carriers.names import connect
from models.faults import fault_words
from models.frozen import frozen
from models.mail_server import MailServer, Tls, is_local_only
from models.outbox import MAIL, Trouble

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

log = logging.getLogger(__name__)

STEP_S = 20.0
"""So long one answer is waited for."""
OPEN_S = 45.0
LETTER_S = 150.0
"""So long a letter may take, from its envelope to the answer."""

_CHUNK = 1 << 16
_ANSWER_MOST = 1 << 16
_DOT = re.compile(rb"(?m)^\.")
_CLOSING = 421
_Answer = tuple[int, bytes]


@frozen
class Smtp:
    """The mail server as it was set up. Nothing is connected before `open`."""

    server: MailServer
    password: str = ""
    name: str = MAIL
    step_s: float = STEP_S
    letter_s: float = LETTER_S

    @contextmanager
    def open(self) -> Iterator[SmtpLine]:
        """A line over which several letters go; it is opened anew where it breaks between two of them."""
        line = SmtpLine(self)
        line.connect()
        try:
            yield line
        finally:
            line.close()


class SmtpLine:
    """One line to the server."""

    def __init__(self, how: Smtp) -> None:
        self._how = how
        self._talk: Talk | None = None

    def connect(self) -> None:
        """Connected, sealed and signed in. Raises NoLine with the server's own words."""
        server, how = self._how.server, self._how
        if not server.is_set_up:
            raise NoLine("mail-not-set-up", again=False)
        talk = Talk(server, how.step_s)
        try:
            talk.begin(OPEN_S)
            _let_in(talk, server, how.password)
        except (OSError, smtplib.SMTPException) as error:
            talk.close()
            raise _no_line(error) from error
        self._talk = talk

    def hand_over(self, parcel: Parcel) -> str:
        """Hands one letter over; the server's own words for having taken it. Raises Refused, NoLine or Unclear."""
        try:
            mail = written(parcel, self._how.server, datetime.now(UTC))
        except (ValueError, TypeError, AttributeError, LookupError) as error:  # nothing was handed over
            log.error("a letter could not be written: %s", fault_words(error))
            raise Refused(Trouble.NOT_WRITTEN, again=False) from error
        if self._talk is None or self._talk.sock is None:
            self.connect()
        talk = self._talk
        assert talk is not None
        talk.begin(self._how.letter_s)
        try:
            self._envelope(talk, parcel)
            return _words(_with_dot(talk, mail))
        except Refused:
            self._ready_again(talk)
            raise
        except (OSError, smtplib.SMTPException) as error:
            talk.close()
            raise Refused(_broken(error), again=True) from error

    def close(self) -> None:
        """Says goodbye; nobody waits long for the answer."""
        talk, self._talk = self._talk, None
        if talk is not None and talk.sock is not None:
            talk.begin(2)
            with suppress(OSError, smtplib.SMTPException):
                talk.quit()
            talk.close()

    def _envelope(self, talk: Talk, parcel: Parcel) -> None:
        """From whom, to whom, and the word that the letter comes now."""
        address, options = deliverable(parcel.address), []
        if is_local_only(address):
            if not talk.has_extn("smtputf8"):
                raise Refused("not-an-address-there", again=False)
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        _need(talk.mail(deliverable(self._how.server.sender), options), 250, NoLine)
        _need(talk.rcpt(address), 250)
        _need(talk.docmd("DATA"), 354)

    def _ready_again(self, talk: Talk) -> None:
        """After a refusal the same line serves the next letter, unless the server has ended it."""
        if talk.sock is None:
            return
        talk.begin(self._how.step_s)
        try:
            if talk.rset()[0] != 250:
                talk.close()
        except (OSError, smtplib.SMTPException):
            talk.close()


class Talk(smtplib.SMTP):
    """The standard library's words, read and written with one deadline over all of them."""

    def __init__(self, server: MailServer, step_s: float) -> None:
        super().__init__(local_hostname="[127.0.0.1]")
        self._server, self._step_s = server, step_s
        self._until = 0.0
        self._heard = b""
        self._host = server.host  # the name the certificate is judged by

    def begin(self, seconds: float) -> None:
        """What follows has so long, all together."""
        self._until = time.monotonic() + seconds

    def open_line(self) -> _Answer:
        """Connects; the server's greeting."""
        server = self._server
        self.sock = connect(server.host, server.port, self._left)
        if server.tls is Tls.FROM_THE_START:
            self._wrap()
        return self.getreply()

    def seal(self) -> None:
        """Goes on sealed; what somebody may have slipped in before is not listened to."""
        if not self.has_extn("starttls"):
            raise smtplib.SMTPNotSupportedError("no-starttls")
        code, words = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, words)
        if self._heard:
            raise smtplib.SMTPServerDisconnected("more was said than asked for before the line was sealed")
        self._wrap()
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    def auth(self, mechanism: str, authobject: Any, *, initial_response_ok: bool = True) -> _Answer:
        """Signs in; a name or password may have letters of any script."""

        def told(challenge: bytes | None = None) -> _InUtf8 | None:
            words = authobject(challenge)
            return None if words is None else _InUtf8(words)

        return super().auth(mechanism, cast(Any, told), initial_response_ok=initial_response_ok)

    def getreply(self) -> _Answer:
        """One answer of the server, of one line or several."""
        told: list[bytes] = []
        size = 0
        while True:
            line = self._line()
            size += len(line)
            if size > _ANSWER_MOST or not line[:3].isdigit():
                self.close()
                raise smtplib.SMTPServerDisconnected("what it said is no answer")
            told.append(line[4:].strip())
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(told)

    def send(self, s: ReadableBuffer | str) -> None:
        """Says it, in pieces: none may take longer than a step."""
        data = s.encode(self.command_encoding) if isinstance(s, str) else bytes(s)
        try:
            for at in range(0, len(data), _CHUNK):
                self._ready().sendall(data[at : at + _CHUNK])
        except OSError:
            self.close()
            raise

    def has_spoken(self) -> bytes:
        """What it said without being asked, b'' for nothing. Raises where it has hung up meanwhile."""
        sock = self._ready()
        sock.setblocking(False)
        try:
            heard = sock.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            return b""
        if not heard:
            self.close()
            raise smtplib.SMTPServerDisconnected("hung up")
        return heard

    def close(self) -> None:
        """Hangs up."""
        sock, self.sock, self._heard = self.sock, None, b""
        if sock is not None:
            with suppress(OSError):
                sock.close()

    def _line(self) -> bytes:
        while b"\n" not in self._heard:
            try:
                heard = self._ready().recv(4096)
            except OSError:
                self.close()
                raise
            if not heard or len(self._heard) > _ANSWER_MOST:
                self.close()
                raise smtplib.SMTPServerDisconnected("hung up")
            self._heard += heard
        line, _, self._heard = self._heard.partition(b"\n")
        return line

    def _wrap(self) -> None:
        self.sock = _trusted(self._server.root).wrap_socket(self._ready(), server_hostname=self._server.host)

    def _ready(self) -> socket.socket:
        """The line, which has to answer within what is left of the time."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        self.sock.settimeout(self._left())
        return self.sock

    def _left(self) -> float:
        left = min(self._step_s, self._until - time.monotonic())
        if left <= 0:
            self.close()
            raise TimeoutError("too slow")
        return left


class _InUtf8(str):
    """What is told to sign in: the library would write it in ASCII, and stumble."""

    def encode(self, _encoding: str = "", _errors: str = "") -> bytes:
        return super().encode("utf-8", "replace")


def _let_in(talk: Talk, server: MailServer, password: str) -> None:
    _need(talk.open_line(), 220, NoLine)
    talk.ehlo_or_helo_if_needed()
    if server.tls is Tls.STARTTLS:
        talk.seal()
        talk.ehlo_or_helo_if_needed()
    if server.user:
        talk.login(_InUtf8(server.user), _InUtf8(password))


def _with_dot(talk: Talk, mail: bytes) -> bytes:
    """The letter itself; from its last dot on nobody knows before the answer comes."""
    talk.send(_DOT.sub(b"..", mail if mail.endswith(b"\r\n") else mail + b"\r\n"))
    early = talk.has_spoken()
    if early:
        talk.close()
        raise Refused(_words(early), again=not early.startswith(b"5"))
    try:
        talk.send(b".\r\n")
        answer = talk.getreply()
    except (OSError, smtplib.SMTPException) as error:
        talk.close()
        raise Unclear(_broken(error)) from error
    return _need(answer, 250)


def _need(answer: _Answer, code: int, kind: Callable[..., Refused] = Refused) -> bytes:
    """The words of the answer, where it is the one that is needed; a 4xx may be asked again, a 5xx not."""
    if answer[0] // 10 == code // 10:
        return answer[1]
    no = kind(_told(answer), again=answer[0] < 500)
    raise NoLine(no.words, again=True) if answer[0] == _CLOSING else no


def _no_line(error: Exception) -> NoLine:
    """Why there is no line, and whether time alone may help."""
    if isinstance(error, NoLine):
        return error
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NoLine("no-starttls" if "starttls" in str(error) else "no-sign-in", again=False)
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return NoLine(_told((error.smtp_code, words)), again=error.smtp_code < 500)
    if isinstance(error, ssl.SSLCertVerificationError):
        return NoLine(f"tls-not-believed {error.verify_message}", again=False)
    if isinstance(error, ssl.SSLError):
        return NoLine("tls-failed", again=False)
    if isinstance(error, socket.gaierror):
        return NoLine("host-unknown", again=True)
    return NoLine(_broken(error), again=True)


def _broken(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "too-slow"
    if isinstance(error, ConnectionRefusedError):
        return "nobody-there"
    return (
        "hung-up" if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError) else "no-way-there"
    )


def _told(answer: _Answer) -> str:
    return f"{answer[0]} {_words(answer[1])}".strip()


def _words(said: bytes) -> str:
    """The server's own words on one line."""
    text = said.decode("utf-8", "replace")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:400]


def _trusted(root: str) -> ssl.SSLContext:
    """By whose word a certificate is believed: the system's, or the operator's own root alone."""
    trusted = ssl.create_default_context(cadata=root or None)
    trusted.minimum_version = ssl.TLSVersion.TLSv1_2
    return trusted
