"""Sets up the mail server letters leave by, and tries it with a test letter before anything depends on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from controllers.carriers.carrier import Parcel, Refused, Unclear
from controllers.carriers.keeping import SMTP, KeptCarrier, keep_carrier, kept, password_of, see_carrier
from controllers.desk import Desk
from controllers.mail_route import LETTERS
from controllers.rights import needs
from controllers.sending import new_message_id
from controllers.sending_rest import try_again_now
from models.frozen import frozen
from models.mail_server import MailServer, checked
from models.refusals import CannotDo
from models.rights import Right

_ROOT_MOST = 200_000
_GOES_TO = ("host", "port", "tls", "user", "root")
"""By what a password is given to somebody: with another of these it must be typed anew."""


@frozen
class MailPage:
    """The mail server as it stands; its password is only told to be there."""

    server: MailServer
    has_password: bool
    version: int
    trouble: str
    trouble_since: datetime | None
    pretends: bool
    zone: str


@needs(Right.ROUTES)
def see_mail(*, desk: Desk) -> MailPage:
    """How letters leave now."""
    with desk.reading() as look:
        zone = desk.operator(look).zone
    return _page(see_carrier(SMTP, desk=desk), desk.practice, zone)


@needs(Right.ROUTES)
def keep_mail(
    server: MailServer, *, desk: Desk, seen: int, password: str | None = None, root_file: str = ""
) -> MailPage:
    """Keeps how letters leave; `password` None leaves the one that is kept, `root_file` is read here.

    Raises what `checked` raises, CannotDo("mail-password-again") and ("kept-meanwhile").
    """
    server, _ = _ready(server, password, root_file, desk)
    keep_carrier(SMTP, server.told(), desk=desk, seen=seen, secret=password)
    try_again_now(LETTERS.word, database=desk.database)
    return see_mail(desk=desk)


@needs(Right.ROUTES)
def try_mail(
    server: MailServer, to: str, *, desk: Desk, password: str | None = None, root_file: str = ""
) -> str:
    """Sends a test letter as things are typed now; the server's own words for having taken it. On the network lane.

    Raises CannotDo("mail-try-failed") with its words for not taking it, or ("mail-try-unclear").
    """
    from controllers.carriers.smtp import Smtp

    server, secret = _ready(server, password, root_file, desk)
    domain = server.sender.rpartition("@")[2]
    ours = new_message_id(0, domain if domain.isascii() else "counterfoil.invalid")
    letter = Parcel("", to.strip(), "Counterfoil", _TRIED.format(counter=desk.actor.counter), message_id=ours)
    try:
        with Smtp(server, secret).open() as line:
            return line.hand_over(letter)
    except Refused as no:
        raise CannotDo("mail-try-failed", why=no.words) from no
    except Unclear as no:
        raise CannotDo("mail-try-unclear") from no


_TRIED = (
    "This is a test letter from the settings of Counterfoil at {counter}.\n"
    "Letters to travelers leave the same way.\n"
)


def _ready(server: MailServer, password: str | None, root_file: str, desk: Desk) -> tuple[MailServer, str]:
    """The settings, tidied, with the root that was chosen; and the password they go with."""
    with desk.reading() as look:
        before, secret = MailServer.read(kept(look, SMTP).settings), password_of(look, SMTP)
    if root_file:
        server = replace(server, root=read_root(root_file), root_name=Path(root_file).name)
    elif not server.root_name:
        server = replace(server, root="")
    server = checked(server, has_password=bool(secret if password is None else password))
    elsewhere = any(getattr(server, name) != getattr(before, name) for name in _GOES_TO)
    if password is None and secret and elsewhere and server.user:
        raise CannotDo("mail-password-again")
    return server, secret if password is None else password


def read_root(file: str) -> str:
    """The root certificate in a file. Raises CannotDo("mail-root-wrong") where it is none that can be read."""
    try:
        with Path(file).open("rb") as look:
            return look.read(_ROOT_MOST).decode("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDo("mail-root-wrong") from error


def _page(found: KeptCarrier, practice: bool, zone: str) -> MailPage:
    server = MailServer.read(found.settings)
    pretends = practice and not server.is_set_up
    told = (found.has_secret, found.version, found.trouble, found.trouble_since)
    return MailPage(server, *told, pretends, zone)
