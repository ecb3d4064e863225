"""Sets up the mailbox, and tries it before anything depends on it; nothing is fetched by a try."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from controllers.carriers.keeping import IMAP, keep_carrier, kept, password_of
from controllers.desk import Desk
from controllers.mail_settings import read_root
from controllers.mailbox.fetching import try_mailbox
from controllers.mailbox.line import NoMailbox
from controllers.rights import needs
from models.frozen import frozen
from models.mailbox import Mailbox, checked_mailbox
from models.refusals import CannotDo
from models.rights import Right
from models.tables import CarrierRow

_GOES_TO = ("host", "port", "tls", "user", "root")
"""By what a password is given to somebody: with another of these it must be typed anew."""


@frozen
class MailboxPage:
    """The mailbox as it stands, all times in the operator's zone; its password is only told to be there."""

    box: Mailbox
    has_password: bool = False
    version: int = 0
    trouble: str = ""
    trouble_since: datetime | None = None
    read_at: datetime | None = None
    today: date = date.min


@needs(Right.ROUTES)
def see_mailbox(*, desk: Desk) -> MailboxPage:
    """How the mailbox is reached, and when it was last read."""
    with desk.reading() as look:
        return _page(look, desk)


@needs(Right.ROUTES)
def keep_mailbox(
    box: Mailbox, *, desk: Desk, seen: int, password: str | None = None, root_file: str = ""
) -> MailboxPage:
    """Keeps how it is reached; `password` None leaves the one that is kept, `root_file` is read here.

    Where no day is told mails are fetched from today on: what arrives while nobody fetches is not lost for that.

    Raises what `checked_mailbox` raises, CannotDo("mail-password-again") and ("kept-meanwhile").
    """
    box, _ = _ready(box, password, root_file, desk)
    box = replace(box, since=box.since or see_mailbox(desk=desk).today.isoformat())
    keep_carrier(IMAP, box.told(), desk=desk, seen=seen, secret=password)
    return see_mailbox(desk=desk)


@needs(Right.ROUTES)
def try_as_typed(box: Mailbox, *, desk: Desk, password: str | None = None, root_file: str = "") -> int:
    """Opens the mailbox as things are typed now: how many mails there are to read. On the network lane.

    Raises CannotDo with the word of what is wrong ("mailbox-password", "mailbox-away", …) and the server's own.
    """
    box, secret = _ready(box, password, root_file, desk)
    try:
        return try_mailbox(box, secret, desk=desk)
    except NoMailbox as no:
        raise CannotDo(no.word, why=no.words, host=box.host, folder=box.folder) from no


def _page(look: Connection, desk: Desk) -> MailboxPage:
    found, zone = kept(look, IMAP), ZoneInfo(desk.operator(look).zone)
    read_at = look.execute(select(CarrierRow.reached_at).where(CarrierRow.name == IMAP)).scalar()
    return MailboxPage(
        Mailbox.read(found.settings),
        found.has_secret,
        found.version,
        found.trouble,
        found.trouble_since.astimezone(zone) if found.trouble_since else None,
        read_at.astimezone(zone) if read_at else None,
        desk.now().astimezone(zone).date(),
    )


def _ready(box: Mailbox, password: str | None, root_file: str, desk: Desk) -> tuple[Mailbox, str]:
    """The settings, tidied, with the root that was chosen; and the password they go with."""
    with desk.reading() as look:
        before, secret = Mailbox.read(kept(look, IMAP).settings), password_of(look, IMAP)
    if root_file:
        box = replace(box, root=read_root(root_file), root_name=Path(root_file).name)
    elif not box.root_name:
        box = replace(box, root="")
    box = checked_mailbox(box, has_password=bool(secret if password is None else password))
    elsewhere = any(getattr(box, name) != getattr(before, name) for name in _GOES_TO)
    if password is None and secret and elsewhere:
        raise CannotDo("mail-password-again")
    return box, secret if password is None else password
