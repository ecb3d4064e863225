"""Keeps how each route is reached: its settings for everybody, its password sealed and never shown again.

The seal is under the installation's own key, which lies in the same database: it keeps passwords out of exports,
replicas, logs and sight. Whoever has a whole backup of the house has its keys, too.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, insert, select, update

from controllers.desk import Desk, Work, read_digest_secret
from controllers.meanwhile import last_hand
from controllers.rights import needs
from models.frozen import frozen
from models.mail_server import MAIL_SERVER
from models.refusals import CannotDo
from models.rights import Right
from models.tables import CarrierRow

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_C: Table = CarrierRow.__table__  # type: ignore[assignment]
_NONCE = 12
SMTP, IMAP = MAIL_SERVER, "imap"


@frozen
class KeptCarrier:
    """One route as it stands. `version` is 0 for one nobody has set up; the password is only told to be there."""

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    has_secret: bool = False
    version: int = 0
    trouble: str = ""
    trouble_since: datetime | None = None


@needs(Right.ROUTES)
def see_carrier(name: str, *, desk: Desk) -> KeptCarrier:
    """How a route is set up, without its password."""
    with desk.reading() as look:
        return kept(look, name)


def kept(look: Connection, name: str) -> KeptCarrier:
    """The same, within a look at the data."""
    row = look.execute(select(_C).where(_C.c.name == name)).first()
    if row is None:
        return KeptCarrier(name)
    told = (dict(row.settings), row.secret is not None, row.version, row.trouble, row.trouble_since)
    return KeptCarrier(name, *told)


@needs(Right.ROUTES)
def keep_carrier(
    name: str, settings: Mapping[str, Any], *, desk: Desk, seen: int, secret: str | None = None
) -> KeptCarrier:
    """Keeps the settings of a route; `secret` None leaves the password as it is, '' forgets it.

    Raises CannotDo("kept-meanwhile") where somebody else made it something else since version `seen`.
    """
    with desk.work() as work:
        before = kept(work.connection, name)
        if before.version != seen:
            _refuse_if_other(work, before, settings)
        values: dict[str, Any] = {"settings": dict(settings), "version": before.version + 1}
        values |= {"trouble": "", "trouble_since": None}
        if secret is not None:
            values["secret"] = seal(read_digest_secret(work.connection), name, secret) if secret else None
        _write(work, name, values, before.version)
        changed = sorted(
            key for key in {*settings, *before.settings} if settings.get(key) != before.settings.get(key)
        )
        work.record(f"carrier:{name}", "keep-carrier", fields=changed, password=secret is not None)
        work.changed.add("carriers")
    return see_carrier(name, desk=desk)


def password_of(look: Connection, name: str) -> str:
    """The password of a route, for whoever connects at this moment; '' where none is kept or it opens no more."""
    sealed = look.execute(select(_C.c.secret).where(_C.c.name == name)).scalar()
    return unseal(read_digest_secret(look), name, bytes(sealed)) if sealed else ""


@needs(Right.ROUTES)
def say_trouble(name: str, words: str, *, desk: Desk) -> None:
    """Remembers why a route cannot be gone, '' where it can; written only where that is news."""
    with desk.reading() as look:
        before = kept(look, name)
    if before.trouble == words or not before.version:
        return
    with desk.work(by_clock=True) as work:
        since = (before.trouble_since or work.now) if words else None
        work.connection.execute(
            update(_C)
            .where(_C.c.name == name, _C.c.version == before.version)
            .values(trouble=words, trouble_since=since)
        )
        work.changed.update(("carriers", "letters"))


def seal(key: bytes, name: str, secret: str) -> bytes:
    """The password as it lies in the database; that of one route opens no other."""
    nonce = os.urandom(_NONCE)
    return nonce + _lock(key).encrypt(nonce, secret.encode("utf-8"), name.encode("ascii"))


def unseal(key: bytes, name: str, sealed: bytes) -> str:
    """The password; '' where it was sealed under another key."""
    from cryptography.exceptions import InvalidTag

    try:
        return _lock(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode("ascii")).decode("utf-8")
    except (InvalidTag, ValueError):
        return ""


def _lock(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hmac.digest(key, b"passwords of carriers", hashlib.sha256))


def _refuse_if_other(work: Work, now: KeptCarrier, wanted: Mapping[str, Any]) -> None:
    """Says who was quicker, and which of it is another now; what both want alike is no clash."""
    names = dict.fromkeys((*now.settings, *wanted))
    fields = tuple(one for one in names if now.settings.get(one) != wanted.get(one))
    if fields:
        who, counter = last_hand(work.connection, f"carrier:{now.name}", ("keep-carrier",))
        told = {"fields": fields, "now": dict(now.settings), "version": now.version}
        raise CannotDo("kept-meanwhile", who=who, counter=counter, **told)


def _write(work: Work, name: str, values: dict[str, Any], seen: int) -> None:
    if not seen:
        work.connection.execute(insert(_C), {"name": name, **values})
        return
    told = update(_C).where(_C.c.name == name, _C.c.version == seen).values(**values)
    if not work.connection.execute(told).rowcount:
        raise CannotDo("database-busy")
