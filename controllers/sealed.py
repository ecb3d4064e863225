"""Locks a copy of the database with a passphrase, so that a lost stick or a foreign folder tells nobody anything.

A sealed file is a header and then chunks. The header says the version of the format, what is inside, how the key is
made of the passphrase (scrypt) and of how many bytes a chunk is. Each chunk is sealed by AES-256-GCM under a number
of its own, the last one marked as the last: a chunk that is changed, missing, doubled or out of its order is found, and
so is a file that was cut off. One chunk at a time is in memory, however large the copy is.

A wrong passphrase and a damaged file are told apart: the header has a plain checksum (of itself) and a proof that only
the right passphrase makes. Only who changes both on purpose gets the wrong one of the two sentences.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from models.frozen import frozen
from models.refusals import CannotDo

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC, VERSION = b"CFSEALED", 1
SHORTEST = 10
"""Letters of a passphrase: fewer are tried out in no time by whoever finds the file."""

_COST, _BLOCK, _LANES = 16, 8, 1  # scrypt: 2 ** 16 * 128 * 8 bytes, 64 MB for a moment
_DEAREST = 20  # what a file may ask of this computer
_CHUNK, _LARGEST = 20, 24  # powers of two: a megabyte
_TAG = 16
_HEAD = struct.Struct(">8sBBBBBB16s7s")  # magic, version, kind, cost, block, lanes, chunk, salt, nonce
_PROOF, _SUM = 16, 8
_WHOLE = _HEAD.size + _SUM + _PROOF


@frozen
class Header:
    """How a file was sealed."""

    kind: int
    cost: int
    block: int
    lanes: int
    chunk: int
    salt: bytes
    nonce: bytes

    def packed(self) -> bytes:
        """As it stands in the file."""
        told = (self.kind, self.cost, self.block, self.lanes, self.chunk, self.salt, self.nonce)
        return _HEAD.pack(MAGIC, VERSION, *told)


def is_sealed(file: Path) -> bool:
    """Whether a file is one of ours that needs a passphrase."""
    try:
        with file.open("rb") as look:
            return look.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def opens(file: Path, passphrase: str) -> bool:
    """Whether this is the passphrase of a file."""
    try:
        with file.open("rb") as look:
            header, _, proof = _read_header(look, file)
    except (OSError, CannotDo):
        return False
    return hmac.compare_digest(proof, _keys(header, passphrase)[1])


def check_passphrase(passphrase: str) -> None:
    """Raises CannotDo("passphrase-short")."""
    if len(passphrase) < SHORTEST:
        raise CannotDo("passphrase-short", least=SHORTEST)


def seal(pieces: Iterable[bytes], out: BinaryIO, passphrase: str, *, kind: int = 0) -> None:
    """Writes what comes in pieces into `out`, sealed."""
    header = Header(kind, _COST, _BLOCK, _LANES, _CHUNK, os.urandom(16), os.urandom(7))
    head = header.packed()
    key, proof = _keys(header, passphrase)
    out.write(head + _checksum(head) + proof)
    number, before = 0, b""
    for chunk in _in_chunks(pieces, 1 << header.chunk):
        if number or before:
            out.write(key.encrypt(_number(header, number - 1, last=False), before, head))
        number, before = number + 1, chunk
    out.write(key.encrypt(_number(header, max(0, number - 1), last=True), before, head))


def unseal(file: Path, passphrase: str) -> Iterator[bytes]:
    """What was sealed, chunk by chunk; each has been proven before it comes.

    Raises CannotDo("passphrase-wrong"), ("backup-damaged"), ("backup-newer") or ("backup-not-ours").
    """
    with file.open("rb") as look:
        header, head, proof = _read_header(look, file)
        key, expected = _keys(header, passphrase)
        if not hmac.compare_digest(proof, expected):
            raise CannotDo("passphrase-wrong", file=file.name)
        yield from _opened(look, header, head, key, file)


def _opened(look: BinaryIO, header: Header, head: bytes, key: AESGCM, file: Path) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag

    size = (1 << header.chunk) + _TAG
    number, chunk = 0, look.read(size)
    while True:
        following = look.read(size)
        try:
            yield key.decrypt(_number(header, number, last=not following), chunk, head)
        except (InvalidTag, ValueError) as error:  # ValueError: shorter than a seal can be
            raise CannotDo("backup-damaged", file=file.name) from error
        if not following:
            return
        number, chunk = number + 1, following


def _read_header(look: BinaryIO, file: Path) -> tuple[Header, bytes, bytes]:
    told = look.read(_WHOLE)
    if not told.startswith(MAGIC):
        raise CannotDo("backup-not-ours", file=file.name)
    head, checksum, proof = told[: _HEAD.size], told[_HEAD.size : -_PROOF], told[-_PROOF:]
    if len(told) < _WHOLE or checksum != _checksum(head):
        raise CannotDo("backup-damaged", file=file.name)
    _, version, *parts = _HEAD.unpack(head)
    header = Header(*parts)
    if version > VERSION:
        raise CannotDo("backup-newer", file=file.name)
    fits = 0 < header.cost <= _DEAREST and 0 < header.block <= 32 and 0 < header.lanes <= 16
    if not fits or not 0 < header.chunk <= _LARGEST:
        raise CannotDo("backup-damaged", file=file.name)
    return header, head, proof


def _keys(header: Header, passphrase: str) -> tuple[AESGCM, bytes]:
    """What the chunks are sealed with, and the proof of the passphrase: neither tells the other."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    made = Scrypt(header.salt, 64, 1 << header.cost, header.block, header.lanes).derive(_letters(passphrase))
    proof = hmac.digest(made[32:], header.packed(), "sha256")[:_PROOF]
    return AESGCM(made[:32]), proof


def _letters(passphrase: str) -> bytes:
    """The same for every keyboard that types the same letters."""
    from unicodedata import normalize

    return normalize("NFC", passphrase).encode()


def _number(header: Header, number: int, *, last: bool) -> bytes:
    return header.nonce + struct.pack(">IB", number, last)


def _checksum(head: bytes) -> bytes:
    return hashlib.sha256(head).digest()[:_SUM]


def _in_chunks(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if waiting:
        yield bytes(waiting)
