"""What could not be placed, before a person: attached to a reservation, read as an order, or left alone.

Nothing of it is guessed. A mail of somebody whose order is not confirmed yet, and a mail that may be an order, are
shown without who they are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, select, update

from controllers.channels import ADAPTERS, Document, adapter_named, open_document
from controllers.desk import Desk, Work
from controllers.finding import all_named, named
from controllers.imports import Account, take_rows
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.belonging import writes_as
from controllers.mailbox.cleaning import words_of
from controllers.mailbox.order_mails import document_of
from controllers.mailbox.reading import Mail, read_mail
from controllers.mailbox.sorting import FOLDER, photos_on, say
from controllers.rights import needs
from models.privacy import may_see
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import ArrivedMail, Reservation, Traveler
from models.threads import numbers_in
from models.waiting_mail import OpenMail, WaitingMail, hidden_sender, hidden_words, names_told

_A: Table = ArrivedMail.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_T: Table = Traveler.__table__  # type: ignore[assignment]
_UNREAD = "unread"
MOST, _MOST_WORDS, _MOST_ORDERS = 200, 20_000, 20
_LISTED = (_A.c.id, _A.c.source, _A.c.at, _A.c.sender, _A.c.subject, _A.c.why, _A.c.reservation_id)


@needs(Right.TALK)
def waiting_mails(*, desk: Desk) -> tuple[WaitingMail, ...]:
    """Everything that waits for a person, the newest first."""
    with desk.reading() as look:
        asked = select(*_LISTED).where(_A.c.became == _UNREAD).order_by(_A.c.at.desc(), _A.c.id.desc())
        rows = look.execute(asked.limit(MOST)).all()
        known = _hidden_people(look, [row.reservation_id for row in rows])
        zone = ZoneInfo(desk.operator(look).zone)
        return tuple(_line(row, _known_of(look, row, known), zone) for row in rows)


@needs(Right.TALK)
def count_waiting(*, desk: Desk) -> int:
    """How many wait."""
    with desk.reading() as look:
        asked = select(func.count()).select_from(_A).where(_A.c.became == _UNREAD)
        return int(look.execute(asked).scalar_one())


@needs(Right.TALK)
def open_waiting(mail_id: int, *, desk: Desk) -> OpenMail:
    """One of them to be read; it is noted who opened it. Raises CannotDo("mail-placed-meanwhile")."""
    with desk.reading() as look:
        row = _waiting(look, mail_id)
    text, hung, document = _opened(row)
    with desk.work() as work:
        _waiting(work.connection, mail_id)
        known = _hidden_people(work.connection, [row.reservation_id])
        of_this = _known_of(work.connection, row, known, text)
        zone = ZoneInfo(desk.operator(work.connection).zone)
        work.record(f"mail:{mail_id}", "open-mail")
    channels = _readers(document)
    hides = bool(of_this) or row.why.startswith(("order:", "file:")) or bool(channels)
    shown = hidden_words(text, of_this) if hides else text
    line = _line(row, of_this, zone, names_told(text) if hides else ())
    return OpenMail(line, shown[:_MOST_WORDS], () if hides else hung, channels, hides)


def _opened(row: Any) -> tuple[str, tuple[str, ...], Document | None]:
    """What a mail or file says, the names of what hangs on it, and how a channel's reader gets it."""
    if row.source == FOLDER:
        document = open_document(row.subject, bytes(row.raw or b"")) if _is_open(row) else None
        return document.text if document else "", (), document
    mail = _read(bytes(row.raw or b""))
    words = words_of(mail)
    return words.whole or words.body, tuple(each.name for each in mail.hung), document_of(mail)


@needs(Right.TALK)
def attach(mail_id: int, reference: str, *, desk: Desk) -> int:
    """Puts a mail into the conversation of the reservation a number names; that reservation.

    Raises CannotDo("not-found"), ("ambiguous"), ("file-is-no-mail") or ("mail-placed-meanwhile").
    """
    with desk.reading() as look:
        row = _waiting(look, mail_id)
    if row.source == FOLDER:
        raise CannotDo("file-is-no-mail", file=row.subject)
    mail = read_mail(taken_whole(bytes(row.raw or b"")))
    words, photos = words_of(mail), photos_on(mail)
    with desk.work() as work:
        _waiting(work.connection, mail_id, held=True)
        meant = named(work.connection, reference)
        say(work, meant, mail, words, at=row.at, photos=photos)
        _settle(work, mail_id, "message", meant)
        work.record(f"reservation:{meant}", "attach-mail")
    return meant


@needs(Right.FILES)
def take_as_order(mail_id: int, channel: str, *, desk: Desk) -> Account:
    """Reads a mail or file as the order of a channel. Raises CannotDo where it cannot be read as one."""
    adapter = adapter_named(channel)
    with desk.reading() as look:
        document = _document(_waiting(look, mail_id))
    rows = list(adapter.rows(document))
    with desk.work() as work:
        _waiting(work.connection, mail_id, held=True)
        account = Account(document.name, adapter.key)
        take_rows(work, rows, account)
        if account.refused:
            raise CannotDo("mail-no-order", why=account.refused[0].reason)
        _settle(work, mail_id, "order", None)
        work.record(f"mail:{mail_id}", "take-mail", channel=adapter.key)
    return account


@needs(Right.TALK)
def leave_alone(mail_id: int, *, desk: Desk) -> None:
    """Nothing is to be done about a mail; it stays in the mailbox, and is forgotten here."""
    with desk.work() as work:
        _waiting(work.connection, mail_id, held=True)
        _settle(work, mail_id, "ignored", None)
        work.record(f"mail:{mail_id}", "ignore-mail")


def _waiting(look: Connection, mail_id: int, *, held: bool = False) -> Any:
    asked = select(*_LISTED, _A.c.raw).where(_A.c.id == mail_id, _A.c.became == _UNREAD)
    row = look.execute(asked.with_for_update() if held else asked).first()
    if row is None:
        raise CannotDo("mail-placed-meanwhile")
    return row


def _settle(work: Work, mail_id: int, became: str, reservation_id: int | None) -> None:
    told: dict[str, Any] = {"became": became, "reservation_id": reservation_id, "raw": None}
    if became != "message":
        told |= {"subject": "", "sender": ""}
    work.connection.execute(update(_A).where(_A.c.id == mail_id).values(**told))
    work.changed.add("mails")


def _line(row: Any, known: tuple[str, ...], zone: ZoneInfo, named: tuple[str, ...] = ()) -> WaitingMail:
    """As listed; `known` are those who must stay hidden and who may have written, `named` whom an order names."""
    is_file = row.source == FOLDER
    subject = hidden_words(row.subject, (*known, *named)) if known or named else row.subject
    number = number_of(row.reservation_id) if row.reservation_id else ""
    sender = hidden_sender(row.sender) if known else row.sender
    return WaitingMail(row.id, row.at.astimezone(zone), sender, subject, row.why, number, is_file)


def _known_of(
    look: Connection, row: Any, known: dict[int, tuple[str, ...]], text: str = ""
) -> tuple[str, ...]:
    """What must be hidden in a mail: of the order it may belong to, else of all those it names or may come from."""
    if row.reservation_id is not None or row.source == FOLDER:
        return known.get(row.reservation_id, ())
    numbers = numbers_in(row.subject, text)
    ids = {each for number in numbers for each in all_named(look, number)}
    same = select(_R.c.id).where(*writes_as(look, (row.sender,))).limit(_MOST_ORDERS)
    ids |= set(look.execute(same).scalars())
    hidden = _hidden_people(look, sorted(ids))
    told = tuple(dict.fromkeys(word for words in hidden.values() for word in words))
    return (*told, row.sender) if hidden else ()


def _hidden_people(look: Connection, ids: Iterable[int | None]) -> dict[int, tuple[str, ...]]:
    """Of these reservations those whose traveler must not be known yet, with what is known of them."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    columns = (_R.c.id, _R.c.first_confirmed_at, _R.c.channel, _R.c.via, _R.c.lead, _R.c.email, _R.c.phone)
    found: dict[int, tuple[str, ...]] = {
        row.id: (row.lead, row.email, row.phone)
        for row in look.execute(select(*columns).where(_R.c.id.in_(wanted)))
        if not may_see(row.first_confirmed_at, row.channel, row.via)
    }
    for row in look.execute(select(_T.c.reservation_id, _T.c.name).where(_T.c.reservation_id.in_(found))):
        found[row.reservation_id] = (*found[row.reservation_id], row.name)
    return {each: tuple(word for word in words if word) for each, words in found.items()}


def _document(row: Any) -> Document:
    raw = bytes(row.raw or b"")
    return open_document(row.subject, raw) if row.source == FOLDER else document_of(_read(raw))


def _read(raw: bytes) -> Mail:
    return read_mail(taken_whole(raw))


def _is_open(row: Any) -> bool:
    try:
        open_document(row.subject, bytes(row.raw or b""))
    except CannotDo:
        return False
    return True


def _readers(document: Document | None) -> tuple[str, ...]:
    """The channels that know this document, the surest first."""
    if document is None:
        return ()
    sure = {key: each.certainty(document) for key, each in ADAPTERS.items()}
    return tuple(sorted((key for key in sure if sure[key]), key=lambda key: -sure[key]))
