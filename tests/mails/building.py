"""Builds one mail as it comes over the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from itertools import count

from tests.conftest import NOW

DESK = "desk@example.com"
ANN = ("Ann Example", "ann@example.org")
_numbers = count(1)


def a_mail(
    text: str = "Where do we meet?",
    *,
    html: str = "",
    subject: str = "Question",
    sender: tuple[str, str] = ANN,
    to: str = DESK,
    answers: str = "",
    refers: Iterable[str] = (),
    message_id: str = "",
    headers: Mapping[str, str] | None = None,
    charset: str = "utf-8",
    files: Iterable[tuple[str, str, bytes]] = (),
) -> bytes:
    """A whole mail; `files` are (name, kind, content)."""
    mail = EmailMessage()
    mail["From"] = formataddr(sender)
    mail["To"] = to
    mail["Date"] = format_datetime(NOW)
    mail["Message-ID"] = message_id or f"<{next(_numbers)}.mail@example.org>"
    mail["Subject"] = subject
    if answers:
        mail["In-Reply-To"] = answers
    if refers:
        mail["References"] = " ".join(refers)
    for name, value in (headers or {}).items():
        mail[name] = value
    if text or not html:
        mail.set_content(text, charset=charset)
    if html and text:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def a_raw_mail(head: str, body: bytes) -> bytes:
    """A mail by hand, for what no builder would write."""
    return head.strip().replace("\n", "\r\n").encode("utf-8") + b"\r\n\r\n" + body


def encoded(words: str, charset: str) -> str:
    """A header in encoded words of a charset."""
    return Header(words, charset).encode()


def a_bounce(
    message_id: str,
    *,
    address: str = ANN[1],
    status: str = "5.1.1",
    action: str = "failed",
    words: str = "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown",
    subject: str = "Undelivered Mail Returned to Sender",
) -> bytes:
    """A mail that came back, as most servers report it."""
    head = f"""
Return-Path: <>
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {DESK}
Subject: {subject}
Message-ID: <bounce.{next(_numbers)}@mx.example.net>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b0"
"""
    body = f"""--b0
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

<{address}>: {words}

--b0
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b0
Content-Type: message/rfc822

From: {DESK}
To: {address}
Subject: Your voucher
Message-ID: {message_id}

Dear Ann
--b0--
"""
    return a_raw_mail(head, body.replace("\n", "\r\n").encode())
