"""What was said between us and travelers: messages, what hung on them, and the mails that arrived."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, false, text

from models.base import Base, Holds, Id, Instant, column, index_of, own_id, told

WAITS = text("waits_since IS NOT NULL")
"""Conversations in which a traveler waits for an answer."""

WANTS_A_PERSON = text("became = 'unread'")
"""Mails that nobody and nothing has placed yet."""

PLACED = text("reservation_id IS NOT NULL")
"""Mails that belong to a reservation, or may."""


class Message(Base):
    """One utterance about a reservation. `direction`: in, out (by staff), letter (by us, see `outbox_id`), note.

    `body` is what is shown, `whole` the full text with what it quotes where that is more. `sender_name` and `sender`
    are told for what came in. `message_id` and `thread` (the References) are the mail's. `auto` marks what a machine
    answered. Bodies leave the database layer only through `models.privacy`.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index(None, "reservation_id"),
        Index(None, "at", "direction"),
        Index(None, "message_id"),
    )
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    at: Holds[datetime] = column(Instant)
    direction: Holds[str] = column(String(10))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    outbox_id: Holds[int | None] = column(Id, ForeignKey("outbox.id"))
    body: Holds[str] = told()
    whole: Holds[str] = told()
    language: Holds[str] = told(20)
    sender_name: Holds[str] = told(200)
    sender: Holds[str] = told(320)
    message_id: Holds[str] = told(255)
    thread: Holds[str] = told()
    auto: Holds[bool] = column(default=False, server_default=false())


class Attachment(Base):
    """What hung on a message. `data` is None where it was too large to keep: then only its name and size are told."""

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "message_id"), Index(None, "reservation_id"))
    id: Holds[int] = own_id()
    message_id: Holds[int] = column(Id, ForeignKey("messages.id"))
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    name: Holds[str] = told(200)
    kind: Holds[str] = told(80)
    size: Holds[int] = column(BigInteger)
    data: Holds[bytes | None] = column(LargeBinary)


class Conversation(Base):
    """How the talk about one reservation stands; a row exists from the first message on.

    `waits_since` is when the traveler asked what nobody has answered yet, None while nothing waits. `unread` counts
    what no one of the staff has opened. `complaint_at` stands while a complaint is open.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_last", "last_at", "reservation_id"),
        index_of("ix_conversations_waiting", WAITS, "waits_since", "reservation_id"),
    )
    reservation_id: Holds[int] = column(
        Id, ForeignKey("reservations.id"), primary_key=True, autoincrement=False
    )
    last_at: Holds[datetime] = column(Instant)
    last_message: Holds[int] = column(Id)
    unread: Holds[int] = column(default=0, server_default="0")
    waits_since: Holds[datetime | None] = column(Instant)
    complaint_at: Holds[datetime | None] = column(Instant)
    version: Holds[int] = column(default=1, server_default="1")


class ArrivedMail(Base):
    """A mail of the mailbox, or a file of the watched folder, once each by its digest; and what became of it.

    `became`: message, order, bounce, auto, known (seen before under another id), unread (a person must look), ignored.
    `raw` is the mail itself, kept only while it waits for a person.
    """

    __tablename__ = "arrived_mails"
    __table_args__ = (
        Index(None, "message_id"),
        Index("ix_arrived_mails_place", "source", "validity", "uid"),
        index_of("ix_arrived_mails_reservation", PLACED, "reservation_id"),
        index_of("ix_arrived_mails_unread", WANTS_A_PERSON, "at", "id"),
    )
    id: Holds[int] = own_id()
    source: Holds[str] = column(String(40))
    validity: Holds[int] = column(BigInteger, default=0, server_default="0")
    uid: Holds[int] = column(BigInteger, default=0, server_default="0")
    digest: Holds[str] = column(String(64), unique=True)
    message_id: Holds[str] = told(255)
    at: Holds[datetime] = column(Instant)
    became: Holds[str] = column(String(20))
    why: Holds[str] = told(80)
    reservation_id: Holds[int | None] = column(Id, ForeignKey("reservations.id"))
    subject: Holds[str] = told(500)
    sender: Holds[str] = told(320)
    raw: Holds[bytes | None] = column(LargeBinary)


class SavedReplyRow(Base):
    """An answer that is kept for the next traveler. `language` is '' where it may be sent to anybody."""

    __tablename__ = "saved_replies"
    id: Holds[int] = own_id()
    title: Holds[str] = column(String(80))
    language: Holds[str] = told(20)
    body: Holds[str] = told()
    place: Holds[int] = column(default=0, server_default="0")
