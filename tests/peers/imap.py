"""A real mailbox on loopback that calls when something arrives; a test puts mails in, cuts lines, changes numbers."""

from __future__ import annotations

import asyncio
import ssl
import threading
from argparse import Namespace
from collections.abc import Awaitable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, DictBackend, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pysasl.hashing import BuiltinHash

from tests.certificates import Certificate

USER, PASSWORD = "desk@example.com", "open sesame"
_SOON_S = 30.0


class ImapPeer:
    """The running server; every method may be called from the test's thread."""

    def __init__(self, certificate: Certificate | None, *, starttls: bool, calls: bool) -> None:
        self.port = 0
        self.logins = 0
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._calls, self._starttls = calls, starttls
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self._context.load_cert_chain(certificate.file, certificate.key)
        self._thread = threading.Thread(target=self._run, name="imap peer", daemon=True)

    def put(self, mail: bytes, folder: str = "INBOX", *, at: datetime | None = None) -> None:
        """A mail arrives."""
        message = AppendMessage(mail, at or datetime.now(UTC), frozenset())
        self._do(self._put(message, folder))

    def flags(self, folder: str = "INBOX") -> list[set[str]]:
        """What is marked on each mail, the oldest first."""
        return self._do(self._flags(folder))

    def cut(self) -> int:
        """Cuts every line, without a word; how many there were."""
        return self._do(self._cut())

    def begin_anew(self) -> None:
        """The same mails under other numbers, as after a restored backup."""
        self._do(self._anew())

    # on the server's own thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()
        self._pool.shutdown()

    async def _serve(self) -> None:
        args = Namespace(
            host="127.0.0.1", port="0", debug=False, cert=None, key=None, passlib_cfg=None,
            proxy_protocol=None, tls=self._starttls, demo_data=False, demo_user=USER, demo_password=PASSWORD,
        )  # fmt: skip
        more: dict[str, Any] = {"ssl_context": self._context} if self._starttls else {}
        self._pool = ThreadPoolExecutor(1)
        more["cpu_subsystem"] = Subsystem.for_threading(self._pool)
        config = Config.from_args(args, hash_context=BuiltinHash(rounds=1), invalid_user_sleep=0.0, **more)
        if not self._calls:
            config = _silent(config)
        config.apply_context()
        self._login = Login(config)
        await DictBackend._add_demo_user(config, self._login)
        answer = IMAPServer(self._login, config)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.logins += 1
            self._writers.add(writer)
            try:
                await answer(reader, writer, SocketInfo.get(writer, None))
            finally:
                self._writers.discard(writer)

        at_once = None if self._starttls else self._context
        server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=at_once)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        await self._cut()
        await asyncio.sleep(0.05)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    async def _mailbox(self, folder: str) -> Any:
        identity = self._login.demo_user_identity
        async with identity.new_session() as session:
            return await session.mailbox_set.get_mailbox(folder)

    async def _put(self, message: AppendMessage, folder: str) -> None:
        await (await self._mailbox(folder)).append(message)

    async def _flags(self, folder: str) -> list[set[str]]:
        box = await self._mailbox(folder)
        return [{str(flag) for flag in each.permanent_flags} async for each in box.messages()]

    async def _anew(self) -> None:
        box = await self._mailbox("INBOX")
        box._uid_validity += 1

    async def _cut(self) -> int:
        lines = list(self._writers)
        for writer in lines:
            writer.transport.abort()
        return len(lines)

    def _do(self, what: Awaitable[Any]) -> Any:
        async def done() -> Any:
            return await what

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result(_SOON_S)


def _silent(config: Config) -> Config:
    """The same, of a server that does not call."""
    from pymap.config import BackendCapability

    class Silent(type(config)):  # type: ignore[misc]
        backend_capability = BackendCapability(idle=False, object_id=True, multi_append=True)

    config.__class__ = Silent
    return config


@contextmanager
def running_imap(
    certificate: Certificate | None = None, *, starttls: bool = False, calls: bool = True
) -> Iterator[ImapPeer]:
    """The server, until the end of the block."""
    peer = ImapPeer(certificate, starttls=starttls, calls=calls)
    peer._thread.start()
    assert peer._ready.wait(_SOON_S)
    try:
        yield peer
    finally:
        peer._loop.call_soon_threadsafe(peer._stop.set)
        peer._thread.join(_SOON_S)
