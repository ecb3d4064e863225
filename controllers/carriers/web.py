"""Talks to the providers of notices: with deadlines, to whom the certificate names, and with honest answers.

Where a request could not be sent nothing was taken; where it was sent and no answer came nobody can tell. An address
may hold a secret, so no address is ever logged.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from controllers.carriers.carrier import NoLine, Refused, Unclear
from controllers.carriers.names import places_of
from models.frozen import frozen

if TYPE_CHECKING:
    import httpx

CONNECT_S, STEP_S, WHOLE_S = 10.0, 15.0, 30.0
_MOST = 1 << 18
_LONGEST_REST_S = 3600.0
_WORDS = 300
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
L = TypeVar("L")
_resting: dict[str, float] = {}
"""Hosts that asked to be left alone for a while, and until when."""


@frozen
class Answer:
    """What came back: the status and its body, as an object where it is JSON."""

    status: int
    body: Any
    words: str

    @property
    def told(self) -> Mapping[str, Any]:
        """Its body, which has to be an object. Raises Refused where it is something else."""
        if not isinstance(self.body, dict):
            raise Refused(f"not-understood {self.words}", again=False)
        return self.body


@dataclass(slots=True)
class Talk:
    """An open line to one provider."""

    client: httpx.Client
    host: str
    step_s: float
    _line: Any = None  # the socket under it

    def ask(
        self,
        method: str,
        address: str,
        *,
        told: Any = None,
        headers: Mapping[str, str] | None = None,
        sends: bool = True,
    ) -> Answer:
        """One request and its answer. Raises NoLine, Refused, and Unclear where what it `sends` may have arrived."""
        import httpx

        whole_s = WHOLE_S if self.step_s == STEP_S else self.step_s
        over = threading.Timer(CONNECT_S + 2 * whole_s, self._hang_up)
        over.daemon = True
        over.start()
        seen: dict[str, Any] = {"trace": self._note_line}
        said = dict(headers or {})
        try:
            with self.client.stream(method, address, json=told, headers=said, extensions=seen) as answer:
                return _judged(self.host, _read(answer, self.step_s), answer.headers, sends=sends)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout) as error:
            raise NoLine(_why(error), again=not _is_certificate(error)) from error
        except (httpx.WriteError, httpx.WriteTimeout) as error:
            raise Refused("hung-up", again=True) from error
        except (httpx.HTTPError, ssl.SSLError) as error:
            if not sends:
                raise Refused(_why(error), again=True) from error
            raise Unclear(_why(error)) from error
        finally:
            over.cancel()

    def _note_line(self, event: str, told: Mapping[str, Any]) -> None:
        """What the library tells of its steps: the line is opened, and perhaps sealed."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._line = told["return_value"].get_extra_info("socket")

    def _hang_up(self) -> None:
        """Too late: the library waits for each piece anew, and who drips its answer is not listened to for ever."""
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


class Provider(Protocol):
    """How a provider was set up: where it is, and whether everything is told that it needs."""

    @property
    def server(self) -> str:
        """Its address."""
        ...

    @property
    def is_complete(self) -> bool:
        """Whether it can be asked."""
        ...


@contextmanager
def line_of(
    provider: Provider, line: Callable[[Talk], L], *, step_s: float, secret: str | None = None
) -> Iterator[L]:
    """A line of a provider's own kind; `secret` None where it needs none. Raises NoLine where it is not set up."""
    if not provider.is_complete or secret == "":
        raise NoLine("not-set-up", again=False)
    with line_to(provider.server, step_s=step_s) as talk:
        yield line(talk)


def text_in(told: Mapping[str, Any], name: str) -> str:
    """One text of an answer, '' where it tells none."""
    return str(told.get(name) or "")


@contextmanager
def line_to(address: str, *, step_s: float = STEP_S) -> Iterator[Talk]:
    """A line to a provider, closed at the end. Raises NoLine while it wants to be left alone."""
    import httpx

    for name in ("httpx", "httpcore"):  # they would write every address, and some are secrets
        logging.getLogger(name).setLevel(logging.WARNING)
    host = urlsplit(address).hostname or ""
    if _resting.get(host, 0.0) > time.monotonic():
        raise NoLine("asked-to-wait", again=True)
    timeout = httpx.Timeout(step_s, connect=min(step_s, CONNECT_S))
    trusted, here = ssl.create_default_context(), host in _LOOPBACK
    if not here and not getproxies():
        _look_up(host, min(step_s, CONNECT_S))
    with httpx.Client(verify=trusted, timeout=timeout, trust_env=not here, follow_redirects=False) as client:
        yield Talk(client, host, step_s)


def _look_up(host: str, seconds: float) -> None:
    """The library waits for a name as long as the system does, which may be minutes: it is looked up before."""
    try:
        places_of(host, 443, seconds)
    except socket.gaierror as error:
        raise NoLine("host-unknown", again=True) from error
    except OSError as error:
        raise NoLine("too-slow", again=True) from error


def _read(answer: httpx.Response, step_s: float) -> Answer:
    """The whole answer, if it comes in time and is not too large."""
    import json

    import httpx

    until, body = time.monotonic() + max(step_s, WHOLE_S if step_s == STEP_S else step_s), b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > _MOST or time.monotonic() > until:
            raise httpx.ReadTimeout("too much or too slow")
    text = body.decode("utf-8", "replace")
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    return Answer(answer.status_code, told, _plain(text))


def _judged(host: str, answer: Answer, headers: Mapping[str, str], *, sends: bool) -> Answer:
    """The answer where it is one; what the status means otherwise."""
    status = answer.status
    if status < 300:
        return answer
    words = f"{status} {_told(answer)}".strip()
    if status == 429:
        _resting[host] = time.monotonic() + _rest_s(headers.get("Retry-After", ""))
        raise NoLine(words, again=True)
    if status in (401, 403):
        raise NoLine(words, again=False)
    if status in (502, 504) and sends:  # a gateway gave up; whoever stands behind it may have taken it
        raise Unclear(words)
    raise Refused(words, again=status >= 500 or status == 408)


def _rest_s(told: str) -> float:
    """How long it wants to be left alone, a minute where it does not say."""
    try:
        wanted = (
            float(told) if told.strip().isdigit() else parsedate_to_datetime(told).timestamp() - time.time()
        )
    except (ValueError, TypeError):
        wanted = 60.0
    return min(max(wanted, 1.0), _LONGEST_REST_S)


def _told(answer: Answer) -> str:
    """The provider's own words for it, whichever of the usual names they have."""
    if isinstance(answer.body, dict):
        for name in ("errorMessage", "error", "message", "resultMessage"):
            if isinstance(answer.body.get(name), str):
                code = answer.body.get("errorCode") or answer.body.get("code") or ""
                return _plain(f"{code} {answer.body[name]}")
        header = answer.body.get("header")
        if isinstance(header, dict):
            return _plain(f"{header.get('resultCode', '')} {header.get('resultMessage', '')}")
    return answer.words


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_WORDS]


def _is_certificate(error: BaseException) -> bool:
    return "CERTIFICATE" in str(error).upper()


def _why(error: BaseException) -> str:
    import httpx

    if _is_certificate(error):
        return "tls-not-believed"
    if isinstance(error, httpx.TimeoutException):
        return "too-slow"
    if isinstance(error, httpx.ConnectError):
        name = "Name or service" in str(error) or "getaddrinfo" in str(error)
        return "host-unknown" if name else "nobody-there"
    return "hung-up"
