"""Fetches what arrived in the mailbox, once each, and places it mail by mail; the place is kept with every mail.

Nothing is deleted, and no flag is touched unless the settings say so. What broke off goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice
from time import monotonic
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, select, update

from controllers.carriers.keeping import IMAP, SMTP, kept, password_of, say_trouble
from controllers.desk import Desk
from controllers.gathered_news import tell_gathered
from controllers.mailbox.line import Envelope, MailLine, NoMailbox, Withheld, open_mailbox
from controllers.mailbox.sorting import Came, Sorted, leave_to_a_person, sort_mail
from controllers.rights import needs
from models.database import Database
from models.frozen import frozen
from models.mail_server import MailServer
from models.mailbox import LARGEST, Mailbox
from models.rights import Right
from models.tables import ArrivedMail, CarrierRow

_A: Table = ArrivedMail.__table__  # type: ignore[assignment]
_C: Table = CarrierRow.__table__  # type: ignore[assignment]
_AT_ONCE = 50
TURN_S = 120.0
"""After so long the next mails wait for the next turn: others wait, too."""
_LOOK_BACK = timedelta(days=3)
_TOLD_EVERY_S = 10.0
"""Nobody waits longer for the news of an intake that takes long."""
_SAID_AGAIN = timedelta(minutes=1)
_ASKED_FOR = 3
"""A mail that its server does not hand out when asked so often holds up those behind it no more."""
_REFUSALS: WeakKeyDictionary[Database, Counter[tuple[int, int]]] = WeakKeyDictionary()


@frozen
class Fetched:
    """What one look into the mailbox brought; `more` where it was not all, `can_call` whether the server calls."""

    sorted: tuple[Sorted, ...] = ()
    more: bool = False
    can_call: bool = False
    trouble: str = ""


@needs(Right.TALK)
def fetch(*, desk: Desk) -> Fetched:
    """Fetches and places what arrived since the last look. Trouble of the other side is told, and kept to be seen."""
    with desk.reading() as look:
        found = kept(look, IMAP)
        box, password = Mailbox.read(found.settings), password_of(look, IMAP)
        ours = _our_addresses(box, MailServer.read(kept(look, SMTP).settings))
    if not box.is_set_up or not box.is_on:
        return Fetched()
    try:
        with open_mailbox(box, password) as line:
            fetched = _fetch(line, box, ours, desk)
    except NoMailbox as no:
        _say(desk, f"{no.word} {no.words}".strip())
        return Fetched(trouble=no.word)
    _say(desk, "")
    _note_success(desk)
    return fetched


@needs(Right.ROUTES)
def try_mailbox(box: Mailbox, password: str | None, *, desk: Desk) -> int:
    """Opens a mailbox as it would be kept, without fetching anything: how many mails there would be to read.

    `password` None takes the one that is kept. Raises NoMailbox.
    """
    with desk.reading() as look:
        begins = _begins(look, box, desk)
        if password is None:
            password = password_of(look, IMAP)
    with open_mailbox(box, password) as line:
        return len(line.since(begins))


def _begins(look: Connection, box: Mailbox, desk: Desk) -> datetime:
    """From when on mails are fetched: the beginning of a day at the operator's place."""
    zone = ZoneInfo(desk.operator(look).zone)
    return datetime.combine(box.first_day or desk.now().astimezone(zone).date(), time(), tzinfo=zone)


def _last(look: Connection, box: Mailbox, validity: int) -> int | None:
    """The highest number that was read in this folder while its numbers mean the same mails; None for none."""
    asked = select(func.max(_A.c.uid)).where(_A.c.source == box.source, _A.c.validity == validity)
    return look.execute(asked).scalar()


def _newest(look: Connection, box: Mailbox) -> datetime | None:
    """When the newest mail of this folder came. Asked only where its numbers mean other mails now."""
    return look.execute(select(func.max(_A.c.at)).where(_A.c.source == box.source)).scalar()


def _our_addresses(box: Mailbox, server: MailServer) -> frozenset[str]:
    told = (box.address, box.user, server.sender)
    return frozenset(each.strip().casefold() for each in told if "@" in each)


def _fetch(line: MailLine, box: Mailbox, ours: frozenset[str], desk: Desk) -> Fetched:
    waiting = _waiting(line, box, desk)
    usual = Came(box.source, line.validity, rules=box.rules, ours=ours, others=len(waiting) > 1)
    try:
        return _sorted(line, box, waiting, usual, desk)
    finally:
        tell_gathered(desk=desk.by_the_clock())


def _sorted(line: MailLine, box: Mailbox, waiting: Sequence[int], usual: Came, desk: Desk) -> Fetched:
    until = told_at = monotonic()
    until += TURN_S
    done: list[Sorted] = []
    for uids in _batches(waiting):
        for envelope in line.envelopes(uids):
            if monotonic() > until:
                return Fetched(tuple(done), more=True, can_call=line.can_call)
            one = _one(line, envelope, usual, desk)
            if one is None:
                continue
            done.append(one)
            if box.mark_seen and done[-1].became != "unread":
                line.mark_seen(envelope.uid)
            if monotonic() - told_at > _TOLD_EVERY_S:
                told_at = monotonic()
                tell_gathered(desk=desk.by_the_clock())
    return Fetched(tuple(done), can_call=line.can_call)


def _one(line: MailLine, envelope: Envelope, usual: Came, desk: Desk) -> Sorted | None:
    """Fetches and places one mail; None where it has gone. Raises Withheld, but not for ever."""
    came = replace(usual, uid=envelope.uid, at=envelope.at)
    try:
        taken = line.fetch(envelope.uid, envelope.size, LARGEST)
    except Withheld:
        refusals = _REFUSALS.setdefault(desk.database, Counter())
        refusals[came.validity, came.uid] += 1
        if refusals[came.validity, came.uid] < _ASKED_FOR:
            raise
        return leave_to_a_person(came, desk=desk)
    if taken is None:
        return None
    return sort_mail(taken, replace(came, size=envelope.size if envelope.size > LARGEST else 0), desk=desk)


def _waiting(line: MailLine, box: Mailbox, desk: Desk) -> list[int]:
    """What was not fetched yet. Where the numbers mean other mails now, by their days: each mail is known again."""
    with desk.reading() as look:
        last = _last(look, box, line.validity)
        newest = _newest(look, box) if last is None else None
        begins = _begins(look, box, desk)
    if last is not None:
        return line.after(last)
    return line.since(begins if newest is None else max(begins, newest - _LOOK_BACK))


def _batches(uids: Sequence[int]) -> list[list[int]]:
    rest = iter(uids)
    return list(iter(lambda: list(islice(rest, _AT_ONCE)), []))


def _say(desk: Desk, words: str) -> None:
    say_trouble(IMAP, words, desk=desk.by_the_clock())


def _note_success(desk: Desk) -> None:
    """When the mailbox was last read; not every few seconds anew."""
    now = desk.now()
    with desk.reading() as look:
        last = look.execute(select(_C.c.reached_at).where(_C.c.name == IMAP)).scalar()
    if last is None or now - last >= _SAID_AGAIN:
        with desk.work(by_clock=True) as work:
            work.connection.execute(update(_C).where(_C.c.name == IMAP).values(reached_at=now))
