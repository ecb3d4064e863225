"""Takes a mail in as it comes over the line, piece by piece: what is too large to keep is never held as a whole."""

from __future__ import annotations

import hashlib
import re

from models.frozen import frozen

_PIECE = 256 * 1024
MOST_PACKED = 14 * 1024 * 1024
"""So many packed bytes make an attachment that is not kept; of what goes on only the size is told."""
_LONGEST_HEAD = 512 * 1024
_PACKED = re.compile(rb"[A-Za-z0-9+/=]{20,1000}\r?\n?")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_NAMES = re.compile(rb"^(message-id|from|date|subject):[ \t]*((?:.*)(?:\r?\n[ \t].*)*)", re.I | re.M)


@frozen
class Taken:
    """A mail as it is read: `raw` without what was too large, of which there were `left_out` bytes."""

    raw: bytes
    digest: str
    left_out: int = 0


class Arriving:
    """Feed it, then ask what was `taken`."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._rest = b""
        self._run = self._left_out = 0
        self._head: bytes | None = b""
        self._digest = hashlib.sha256()

    def feed(self, piece: bytes) -> None:
        """The next bytes of the mail."""
        self._know(piece)
        lines = (self._rest + piece).splitlines(keepends=True)
        self._rest = (
            lines.pop() if lines and not lines[-1].endswith(b"\n") and len(lines[-1]) < _PIECE else b""
        )
        for line in lines:
            self._take(line)

    def taken(self) -> Taken:
        """The mail, once all of it has come."""
        if self._head is not None:
            self._digest.update(_named(self._head))
        self._take(self._rest)
        return Taken(bytes(self._kept), self._digest.hexdigest(), self._left_out)

    def _take(self, line: bytes) -> None:
        packed = _PACKED.fullmatch(line) is not None
        self._run = self._run + len(line) if packed else 0
        if packed and self._run > MOST_PACKED:
            self._left_out += len(line)
        else:
            self._kept += line

    def _know(self, piece: bytes) -> None:
        """By its Message-ID and its body the same mail is known again, whatever way it took."""
        if self._head is None:
            self._digest.update(piece)
            return
        self._head += piece
        end = _END_OF_HEAD.search(self._head)
        if end is not None or len(self._head) > _LONGEST_HEAD:
            at = end.start() if end else len(self._head)
            self._digest.update(_named(self._head[:at]))
            self._digest.update(self._head[at:])
            self._head = None


def taken_whole(data: bytes) -> Taken:
    """A mail that is here already."""
    arriving = Arriving()
    for at in range(0, len(data), _PIECE):
        arriving.feed(data[at : at + _PIECE])
    return arriving.taken()


def _named(head: bytes) -> bytes:
    """What names a mail: its Message-ID, or, where it has none, who wrote it, when and about what."""
    told = {name.lower(): b" ".join(value.split()) for name, value in _NAMES.findall(head)}
    return told.get(b"message-id") or b"\n".join(
        told.get(each, b"") for each in (b"from", b"date", b"subject")
    )
