"""The way of letters to travelers: by the operator's mail server, as its settings are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select, update

from controllers.carriers.carrier import Carrier, Enclosed, Parcel
from controllers.carriers.keeping import IMAP, SMTP, kept, password_of
from controllers.comments import why_not_now
from controllers.conversations import said
from controllers.desk import Desk, Work
from controllers.letter_words import compose
from controllers.notices import notice_parcel
from controllers.rights import needs
from controllers.sending import Route, new_message_id, send_due
from models import thread_token
from models.mail_server import MailServer
from models.outbox import MAIL, Letter
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import ArrivedMail, Attachment, Key, Message, OutboxRow, Product, Reservation

_A: Table = Attachment.__table__  # type: ignore[assignment]
_M: Table = Message.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_KEYS_MOST = 9


@needs(Right.ROUTES)
def send_letters(*, desk: Desk) -> bool:
    """Sends the letters that are due; whether there were any. What the worker does each second."""
    return send_due(LETTERS, desk=desk)


def _mail_carrier(look: Connection, desk: Desk) -> Carrier | None:
    """The mail server as it is set up; None where letters have to wait for somebody to set it up."""
    from controllers.carriers.smtp import Smtp

    found = kept(look, SMTP)
    server = MailServer.read(found.settings)
    if desk.practice and not server.is_set_up:
        from controllers.carriers.practice import Nowhere

        return Nowhere()
    if not server.is_set_up or not server.is_on:
        return None
    return Smtp(server, password_of(look, SMTP))


def _letter(look: Connection, desk: Desk, row: Any) -> Parcel:
    """One row's letter as it leaves. Raises CannotDo where it cannot be written."""
    domain = MailServer.read(kept(look, SMTP).settings).sender.rpartition("@")[2]
    told: dict[str, Any] = {
        "key": row.key,
        "address": row.address,
        "message_id": row.message_id or new_message_id(row.id, _plain(domain) or "counterfoil.invalid"),
        "reply_to": _reply_to(look, row.reservation_id),
    }
    if row.kind == Letter.MESSAGE:
        return _message(look, row, told)
    if row.kind == Letter.NOTICE:
        return notice_parcel(look, row, desk.now(), message_id=told["message_id"])
    composed = compose(look, row).ready()
    return Parcel(
        **told,
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        enclosed=tuple(composed.attachments),
    )


def keep_letter(work: Work, row: Any, parcel: Parcel, _number: str = "") -> None:
    """A letter that has left stands in its reservation's conversation; what staff wrote stands there already."""
    if row.reservation_id is None:
        return
    if row.kind == Letter.MESSAGE and row.body.get("message"):
        told = update(_M).where(_M.c.id == row.body["message"]).values(message_id=parcel.message_id)
        work.connection.execute(told)
        return
    known = select(_M.c.id).where(_M.c.reservation_id == row.reservation_id, _M.c.outbox_id == row.id)
    if work.connection.execute(known).first() is None:
        said(
            work,
            row.reservation_id,
            direction="letter",
            body=parcel.text,
            language=row.language,
            message_id=parcel.message_id,
            auto=True,
            outbox_id=row.id,
        )


@needs(Right.TALK)
def written_again(look: Connection, letter_id: int, *, desk: Desk) -> Parcel | None:
    """A letter as it would leave now, for one that is known to have arrived; None where its words cannot be had."""
    row = look.execute(select(OutboxRow.__table__).where(OutboxRow.id == letter_id)).first()
    if row is None or row.reservation_id is None:
        return None
    try:
        return _letter(look, desk, row)
    except CannotDo:
        return None


def _why_not(look: Connection, row: Any) -> str:
    """What has happened since a letter was promised may make it vain."""
    return (why_not_now(look, row) or "") if row.kind == Letter.COMMENT else ""


LETTERS = Route(MAIL, SMTP, _mail_carrier, _letter, keep_letter, _why_not)


def _message(look: Connection, row: Any, told: dict[str, Any]) -> Parcel:
    """What staff wrote, with what they enclosed; it answers the traveler's own mail."""
    thread = tuple(row.body.get("thread") or ())
    return Parcel(
        **told,
        subject=_subject(look, row.reservation_id, thread),
        text=row.body.get("words", ""),
        thread=thread,
        enclosed=_enclosed(look, row.body.get("message")),
        automatic=False,
    )


def _subject(look: Connection, reservation_id: int, thread: tuple[str, ...]) -> str:
    """That of the mail it answers, else what was booked and its number."""
    if thread:
        its_own = ArrivedMail.message_id == thread[-1], ArrivedMail.reservation_id == reservation_id
        asked = select(ArrivedMail.subject).where(*its_own).limit(1)
        subject = look.execute(asked).scalar() or ""
        if subject:
            return subject if subject[:3].casefold() == "re:" else f"Re: {subject}"
    asked_name = (
        select(Product.name)
        .select_from(_R.outerjoin(Product.__table__, Product.id == _R.c.product_id))
        .where(_R.c.id == reservation_id)
    )
    name = look.execute(asked_name).scalar() or ""
    return " · ".join(filter(None, (name, number_of(reservation_id))))


def _enclosed(look: Connection, message: int | None) -> tuple[Enclosed, ...]:
    if message is None:
        return ()
    asked = select(_A.c.name, _A.c.kind, _A.c.data).where(_A.c.message_id == message).order_by(_A.c.id)
    return tuple(
        Enclosed(row.name, row.kind, bytes(row.data)) for row in look.execute(asked) if row.data is not None
    )


def _reply_to(look: Connection, reservation_id: int | None) -> str:
    """The conversation's own address, where a mailbox is read that such an address reaches."""
    settings = kept(look, IMAP).settings
    mailbox = str(settings.get("address") or "")
    if reservation_id is None or not mailbox or not settings.get("plus", True):
        return mailbox
    asked = select(Key.version, Key.secret).where(Key.version.between(1, _KEYS_MOST))
    key = look.execute(asked.order_by(Key.version.desc()).limit(1)).first()
    if key is None:
        return mailbox
    token = thread_token.token_for(reservation_id, version=key.version, secret=bytes(key.secret))
    return thread_token.reply_address(mailbox, token)


def _plain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
