"""Reaches the mail server within a deadline, from its name to its greeting: a slow name server holds nobody up."""

from __future__ import annotations

import imaplib
import socket
import ssl
from time import monotonic

from imapclient import IMAPClient, SocketTimeout

from controllers.carriers.names import connect


class Reached(IMAPClient):  # type: ignore[misc]  # the library tells no types
    """An IMAP client whose line is opened within `connect_s`; sealed from the start where there is a `context`."""

    def __init__(
        self, host: str, port: int, context: ssl.SSLContext | None, connect_s: float, read_s: float
    ) -> None:
        self._connect_s, self._context = connect_s, context
        timeout = SocketTimeout(connect=connect_s, read=read_s)
        super().__init__(host, port=port, ssl=context is not None, ssl_context=context, timeout=timeout)

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - as the library calls it
        return _Line(self.host, self.port, self._context, self._connect_s)


class _Line(imaplib.IMAP4):
    """The standard library's words over a line whose server is looked up and reached in time."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None, seconds: float) -> None:
        self._context, self._seconds = context, seconds
        super().__init__(host, port, timeout=seconds)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        until = monotonic() + self._seconds

        def left() -> float:
            if until <= monotonic():
                raise TimeoutError("too slow")
            return until - monotonic()

        line = connect(self.host, self.port, left)
        try:
            line.settimeout(timeout)
            return self._context.wrap_socket(line, server_hostname=self.host) if self._context else line
        except (OSError, ValueError):
            line.close()
            raise
