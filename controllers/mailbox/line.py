"""A line to the mailbox: opened with its certificate checked, every step within its time, nothing ever deleted."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from controllers.mailbox.arriving import Arriving, Taken
from models.frozen import frozen
from models.mail_server import Tls
from models.mailbox import Mailbox
from models.server_words import without_addresses

if TYPE_CHECKING:
    from imapclient import IMAPClient

CONNECT_S, READ_S = 15.0, 45.0
_PIECE = 512 * 1024
_START = 64 * 1024
_AROUND = timedelta(days=2)


class NoMailbox(Exception):
    """The mailbox cannot be read now: `words` are the other side's own, `word` is ours for what it is."""

    def __init__(self, word: str, words: str = "") -> None:
        super().__init__(word)
        self.word, self.words = word, without_addresses(" ".join(words.split()))[:300]


class Withheld(NoMailbox):
    """The mailbox can be read, but this one mail of it cannot be had now."""


@frozen
class Envelope:
    """What the mailbox tells of a mail before it is fetched."""

    uid: int
    size: int
    at: datetime | None


class MailLine:
    """An open folder. `validity` says for how long its numbers mean the same mails."""

    def __init__(self, client: IMAPClient, folder: dict[bytes, Any]) -> None:
        self.client = client
        self.validity = int(folder.get(b"UIDVALIDITY", 0))

    @property
    def can_call(self) -> bool:
        """Whether the server says by itself that something arrived."""
        with _as_ours():
            return bool(self.client.has_capability("IDLE"))

    def after(self, uid: int) -> list[int]:
        """The mails with higher numbers, the oldest first."""
        with _as_ours():
            found = self.client.search(["UID", f"{uid + 1}:*"])
        return sorted(
            each for each in found if each > uid
        )  # the newest is always told, even if it is no newer

    def since(self, begins: datetime) -> list[int]:
        """The mails that came from this instant on.

        A mailbox tells days on a clock of its own, often another continent's: those around are asked for their hour.
        """
        day = begins.date()
        with _as_ours():
            near, sure = (set(self.client.search(["SINCE", day + by])) for by in (-_AROUND, _AROUND))
        unsure = self.envelopes(sorted(near - sure))
        return sorted(sure | {one.uid for one in unsure if one.at is None or one.at >= begins})

    def envelopes(self, uids: Sequence[int]) -> list[Envelope]:
        """Of each how large it is, and when it came."""
        if not uids:
            return []
        with _as_ours():
            told = self.client.fetch(list(uids), ["RFC822.SIZE", "INTERNALDATE"])
        return [
            Envelope(uid, int(each.get(b"RFC822.SIZE", 0)), _instant(each.get(b"INTERNALDATE")))
            for uid, each in sorted(told.items())
        ]

    def fetch(self, uid: int, size: int, most: int) -> Taken | None:
        """A mail, or only its start where it is larger than `most`; None where it has gone. Its flags stay.

        Raises Withheld.
        """
        arriving, at = Arriving(), 0
        end = most if size <= most else _START  # some servers only guess the size: a short piece is the end
        while at < end:
            wanted = min(_PIECE, end - at)
            piece = self._piece(uid, at, wanted)
            if piece is None and at < size:
                return None
            arriving.feed(piece or b"")
            at += len(piece or b"")
            if len(piece or b"") < wanted:
                break
        return arriving.taken()

    def calls(self, seconds: float, ends: Callable[[], bool], glance_s: float) -> bool:
        """Waits so long, or until it `ends`, for the server to call; whether it told of a mail that arrived."""
        until = monotonic() + seconds
        with _as_ours():
            self.client.idle()
            told: list[Any] = []
            while not told and not ends() and monotonic() < until:
                began = monotonic()
                told = self.client.idle_check(timeout=glance_s)
                if not told and monotonic() - began < glance_s / 2:
                    break  # a line that was cut is readable, and says nothing: to hang up tells
            _, more = self.client.idle_done()
        return any(len(each) > 1 and each[1] in (b"EXISTS", b"RECENT") for each in (*told, *(more or ())))

    def _piece(self, uid: int, at: int, length: int) -> bytes | None:
        with _as_ours(kind=Withheld):
            told = self.client.fetch([uid], [f"BODY.PEEK[]<{at}.{length}>"])
        found = told.get(uid, {})
        return next((bytes(value or b"") for key, value in found.items() if key.startswith(b"BODY[")), None)

    def mark_seen(self, uid: int) -> None:
        """Marks a mail as read."""
        with _as_ours():
            self.client.add_flags([uid], [b"\\Seen"], silent=True)


@contextmanager
def open_mailbox(box: Mailbox, password: str) -> Iterator[MailLine]:
    """The folder of the mailbox. Raises NoMailbox."""
    client = _connected(box)
    try:
        with _as_ours("mailbox-password"):
            # Only the newer way to sign in knows letters of every script.
            sign_in = client.login if (box.user + password).isascii() else client.plain_login
            sign_in(box.user, password)
        with _as_ours("mailbox-folder"):
            folder = client.select_folder(box.folder, readonly=not box.mark_seen)
        yield MailLine(client, folder)
    finally:
        _hang_up(client)


def _connected(box: Mailbox) -> IMAPClient:
    from controllers.mailbox.reached import Reached

    context = ssl.create_default_context(cadata=box.root or None)
    at_once = box.tls is Tls.FROM_THE_START
    with _as_ours():
        client = Reached(box.host, box.port, context if at_once else None, CONNECT_S, READ_S)
    if box.tls is Tls.STARTTLS:
        try:
            with _as_ours("mailbox-no-tls"):
                client.starttls(context)
        except NoMailbox:
            _hang_up(client)
            raise
    client.normalise_times = False
    return client


def _hang_up(client: IMAPClient) -> None:
    with suppress(Exception):  # a line that is broken cannot be closed politely
        client.logout()
    with suppress(Exception):
        client.shutdown()


@contextmanager
def _as_ours(word: str = "mailbox-away", kind: type[NoMailbox] = NoMailbox) -> Iterator[None]:
    """Every way in which a mail server and the line to it may fail, as NoMailbox; what it refuses as this `kind`."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NoMailbox("mailbox-certificate", error.verify_message) from error
    except (imaplib.IMAP4.abort, OSError) as error:
        raise NoMailbox("mailbox-away", str(error)) from error
    except (imaplib.IMAP4.error, ValueError, KeyError, IndexError, AttributeError, AssertionError) as error:
        raise kind(word, _said(error)) from error


def _said(error: Exception) -> str:
    """A server's words, which come as bytes."""
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said).removeprefix("b'")


def _instant(at: object) -> datetime | None:
    if not isinstance(at, datetime):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
