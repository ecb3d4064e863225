"""A mail server on this machine that does what a test says: takes letters, refuses, hangs, or cuts the line.

`behaves(stage, address)` is asked at each stage of a letter and answers with what happens there: '' all is well, an
answer like '451 greylisted', HANG or CUT. The stages: 'rcpt' (the address was told), 'data' (in the middle of the
letter, before its last dot) and 'dot' (the letter was taken; CUT: and nobody is told; LOST: cut, and not taken either).
"""

from __future__ import annotations

import asyncio
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from models.mail_server import MailServer, Tls
from tests.certificates import Certificate

HANG, CUT, LOST = "hang", "cut", "lost"
Behaves = Callable[[str, str], str]


@dataclass
class Taken:
    """A letter the server has taken."""

    sender: str
    to: list[str]
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        """As whoever receives it reads it."""
        return message_from_bytes(self.raw, policy=policy.default)  # type: ignore[return-value]


@dataclass
class Post:
    """The server: `taken` is what it has taken, `connections` how often somebody came."""

    behaves: Behaves = lambda _stage, _address: ""
    user: str = ""
    password: str = ""
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    tls: Tls = Tls.NONE
    root: str = ""
    signed_in: list[str] = field(default_factory=list)
    talks: set[Any] = field(default_factory=set)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what it has taken, in that order."""
        return [str(one.mail["Message-ID"]) for one in self.taken]

    def settings(self, **others: Any) -> MailServer:
        """How a desk reaches it."""
        told: dict[str, Any] = {"host": "localhost", "port": self.port, "tls": self.tls, "user": self.user}
        told |= {"sender": "desk@example.com", "sender_name": "Example Tours", "root": self.root}
        return MailServer(**(told | others))


class _Asked:
    """What aiosmtpd asks. It looks at each attribute for every connection, so none may be slow."""

    def __init__(self, post: Post) -> None:
        self.post = post

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        """Who may come in."""
        post = self.post
        post.signed_in.append(data.login.decode())
        right = (data.login.decode(), data.password.decode()) == (post.user, post.password)
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """The address was told."""
        answer = await _do(server, self.post.behaves("rcpt", address))
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """The letter is whole."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        told = self.post.behaves("dot", envelope.rcpt_tos[0])
        if told != LOST and not told[:1].isdigit():
            self.post.taken.append(Taken(envelope.mail_from or "", list(envelope.rcpt_tos), raw))
        return await _do(server, told) or "250 Taken"


async def _do(server: SMTP, what: str) -> str:
    if what == HANG:
        await asyncio.sleep(60)
    if what in (CUT, LOST):
        server.transport.abort()
    return what


class _Talk(SMTP):
    """One connection."""

    def __init__(self, post: Post, **how: Any) -> None:
        super().__init__(_Asked(post), enable_SMTPUTF8=True, hostname="post.example.com", **how)
        self._post = post
        post.connections += 1

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._post.talks.add(transport)

    def connection_lost(self, error: Any) -> None:
        super().connection_lost(error)
        self._post.talks.discard(self.transport)

    async def smtp_DATA(self, arg: str) -> None:
        """Cut in the middle of the letter, where the test says so; else as always."""
        told = self._post.behaves("data", self.envelope.rcpt_tos[0]) if self.envelope.rcpt_tos else ""
        if told == CUT:
            await self.push("354 go on")
            await self._reader.read(64)
            self.transport.abort()
        elif told:
            await self.push(await _do(self, told))
        else:
            await super().smtp_DATA(arg)


@contextmanager
def post_office(
    post: Post | None = None, *, certificate: Certificate | None = None, tls: Tls = Tls.NONE, root: str = ""
) -> Iterator[Post]:
    """The server runs as long as the block."""
    post = post or Post()
    post.tls, post.root = tls, root
    how: dict[str, Any] = {}
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.file, certificate.key)
    if tls is Tls.STARTTLS:
        how |= {"tls_context": context, "require_starttls": True}
    if post.user:
        how |= {"authenticator": _Asked(post).authenticate, "auth_required": True}
        how |= {"auth_require_tls": tls is Tls.STARTTLS}
    at_once = context if tls is Tls.FROM_THE_START else None
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="post office")
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(_listen(loop, post, how, at_once), loop).result(60)
        post.port = server.sockets[0].getsockname()[1]
        yield post
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server, post), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()


async def _listen(loop: Any, post: Post, how: dict[str, Any], context: Any) -> asyncio.Server:
    def talk() -> SMTP:
        with warnings.catch_warnings():  # it does not see that the line was sealed before it began to talk
            warnings.simplefilter("ignore", UserWarning)
            return _Talk(post, loop=loop, **how)

    return await loop.create_server(talk, "127.0.0.1", 0, ssl=context)  # type: ignore[no-any-return]


async def _stop(server: asyncio.Server, post: Post) -> None:
    """Whoever is still there is hung up on."""
    server.close()
    for transport in list(post.talks):
        transport.abort()
    for task in asyncio.all_tasks():
        if task is not asyncio.current_task():
            task.cancel()
    await asyncio.sleep(0.01)
