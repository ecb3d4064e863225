"""Writes a parcel as a mail: text and HTML side by side, files behind, and nothing in a heading that could end it."""

from __future__ import annotations

import re
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from controllers.carriers.carrier import NoLine, Refused
from models.mail_server import MailServer, is_address, is_local_only

if TYPE_CHECKING:
    from datetime import datetime

    from controllers.carriers.carrier import Enclosed, Parcel

_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>")
_KIND = re.compile(r"[A-Za-z0-9.+-]{1,100}")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_SUBJECT_MOST = 250
_THREAD_MOST = 20
_PLAIN = policy.SMTP.clone(cte_type="7bit")
_WIDE = policy.SMTPUTF8


def written(parcel: Parcel, server: MailServer, at: datetime) -> bytes:
    """The whole mail, its lines ended as mail wants it. Raises Refused for an address nobody can write to."""
    address = deliverable(parcel.address)
    mail = EmailMessage(policy=_WIDE if is_local_only(address) else _PLAIN)
    mail["From"] = _address(_sender(server.sender), server.sender_name)
    mail["To"] = _address(address)
    mail["Subject"] = _one_line(parcel.subject)[:_SUBJECT_MOST]
    mail["Date"] = format_datetime(at)
    if is_address(parcel.reply_to) and not is_local_only(parcel.reply_to):
        mail["Reply-To"] = _address(deliverable(parcel.reply_to), server.sender_name)
    mail.set_content(_lines(parcel.text))
    if parcel.html:
        mail.add_alternative(_lines(parcel.html), subtype="html")
        _show_pictures(mail, parcel)
    for enclosed in parcel.enclosed:
        if not (enclosed.cid and parcel.html):
            _enclose(mail, enclosed)
    return _LINE_END.sub(b"\r\n", _threaded(parcel) + mail.as_bytes())


def deliverable(address: str) -> str:
    """The address as it is put on the envelope: a domain in other letters in its plain spelling."""
    local, _, domain = address.partition("@")
    if is_address(address):
        try:
            return f"{local}@{domain.encode('idna').decode('ascii')}"
        except UnicodeError:
            pass
    raise Refused("not-an-address", again=False)


def _address(address: str, name: str = "") -> Address:
    """Told in its two parts: the library itself would refuse letters that only some servers understand."""
    local, _, domain = address.partition("@")
    return Address(_name(name), local, domain)


def _sender(address: str) -> str:
    try:
        return deliverable(address)
    except Refused as no:
        raise NoLine(no.words, again=False) from no


def _threaded(parcel: Parcel) -> bytes:
    """The headings that hold Message-IDs: one to a line, since a mail library would tear long ones apart."""
    ids = [one for one in parcel.thread if _ID.fullmatch(one)][-_THREAD_MOST:]
    lines = []
    if _ID.fullmatch(parcel.message_id):
        lines.append(f"Message-ID: {parcel.message_id}")
    if ids:
        lines += [f"In-Reply-To: {ids[-1]}", "References: " + "\r\n ".join(ids)]
    if parcel.automatic:
        lines += ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: OOF, AutoReply"]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _show_pictures(mail: EmailMessage, parcel: Parcel) -> None:
    """Pictures that the HTML shows lie beside it."""
    page = list(mail.iter_parts())[-1]
    assert isinstance(page, EmailMessage)
    for one in parcel.enclosed:
        if one.cid:
            main, sub = _kind(one.kind)
            page.add_related(one.data, main, sub, cid=f"<{one.cid}>", disposition="inline")


def _enclose(mail: EmailMessage, enclosed: Enclosed) -> None:
    main, sub = _kind(enclosed.kind)
    name = _one_line(enclosed.name).replace("/", "-").replace("\\", "-")[:120] or "file"
    mail.add_attachment(enclosed.data, maintype=main, subtype=sub, filename=name)


def _kind(told: str) -> tuple[str, str]:
    main, _, sub = told.partition("/")
    known = main in ("application", "image", "text", "audio", "video") and _KIND.fullmatch(sub)
    return (main, sub) if known else ("application", "octet-stream")


def _one_line(text: str) -> str:
    """Without what could end a heading and start another, and without signs that turn the direction of reading."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _name(text: str) -> str:
    return re.sub(r'["\\<>@,;:()\[\]]', " ", _one_line(text))[:80].strip()


def _lines(text: str) -> str:
    """Lines ended one way, and no sign that no mail may hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode("utf-8")
