"""What hangs on a mail: kept where it is not too large, named as a person would name it, judged by its content."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Sequence
from email.message import Message

from controllers.mailbox.charsets import header_text
from models.frozen import frozen

LARGEST, LARGEST_TOGETHER, MOST = 10 * 1024 * 1024, 25 * 1024 * 1024, 40
MOST_POINTS = 60_000_000
"""A picture of more points is none for us: to open it would take a computer's memory."""
_DECORATION = 2_000
_BEGINS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/vnd.ms-office"),
)
_OFFICE = {
    "docx": "wordprocessingml.document",
    "xlsx": "spreadsheetml.sheet",
    "pptx": "presentationml.presentation",
}
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
"""Names that Windows keeps for its devices."""
_NAMING = ("content-disposition", "content-type")
_RAW_NAME = re.compile(r"name\s*=\s*(?:\"([^\"\n]{1,400})\"|([^;\s]{1,400}))", re.I)
_ENDINGS = {
    "text/calendar": ".ics",
    "text/rtf": ".rtf",
    "application/rtf": ".rtf",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/ms-tnef": ".dat",
}
"""Of what came without a name: so that a person's computer knows what opens it."""


@frozen
class Hung:
    """One attachment. `data` is None where it was too large to keep."""

    name: str
    kind: str
    size: int
    data: bytes | None


def hung_of(part: Message, before: Sequence[Hung], left_out: int = 0) -> list[Hung]:
    """The attachment in a part, as a list of one; nothing for the tiny pictures by which senders decorate or count.

    `left_out` are bytes that never came, of whatever was too large.
    """
    if len(before) >= MOST:
        return []
    name = tidy_name(header_text(name_told(part)), part.get_content_type())
    size = _size(part)
    if size > LARGEST or size + sum(len(each.data or b"") for each in before) > LARGEST_TOGETHER:
        whole = size + left_out * 74 // 100 if size > LARGEST else size
        return [Hung(name, _told_kind(part), whole, None)]
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    attached = part.get_content_disposition() == "attachment"
    if not data or (len(data) < _DECORATION and not attached and part.get_content_maintype() == "image"):
        return []
    return [Hung(name, kind_of(data, name), len(data), data)]


def hung_mail(part: Message, before: Sequence[Hung]) -> list[Hung]:
    """A mail that hangs on a mail, as the file it would be saved to."""
    inner = part.get_payload()
    if len(before) >= MOST or not isinstance(inner, list) or not inner or not isinstance(inner[0], Message):
        return []
    data = inner[0].as_bytes(policy=part.policy.clone(max_line_length=0))
    fits = len(data) + sum(len(each.data or b"") for each in before) <= LARGEST_TOGETHER
    name = tidy_name(f"{header_text(str(inner[0].get('subject', '')))[:100] or 'mail'}.eml", "message/rfc822")
    return [Hung(name, "message/rfc822", len(data), data if fits and len(data) <= LARGEST else None)]


def name_told(part: Message) -> str:
    """What a part is called. Bytes that no header may hold are kept: they are somebody's letters."""
    named = str(part.get_filename() or "")
    if "\ufffd" not in named:
        return named
    headers = "\n".join(
        str(value) for name, value in part.raw_items() if str(name).casefold() in _NAMING and value
    )
    found = _RAW_NAME.search(headers)
    return (found[1] or found[2]).strip() if found else named


def kind_of(data: bytes, name: str) -> str:
    """What it is by its content; a name only tells apart what is packed alike."""
    kind = next((kind for start, kind in _BEGINS if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "image/webp"
    elif data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        kind = "image/heic"
    if kind == "application/zip":
        ending = _OFFICE.get(name.rpartition(".")[2].casefold())
        return f"application/vnd.openxmlformats-officedocument.{ending}" if ending else kind
    if kind.startswith("image/") and not _is_small_enough(kind, data):
        return "application/octet-stream"
    return kind or ("text/plain" if _is_text(data) else "application/octet-stream")


def tidy_name(name: str, kind: str) -> str:
    """A name that can neither leave its folder nor pretend to another ending."""
    told = unicodedata.normalize("NFC", name)
    plain = _NO_NAME.sub(" ", told.replace("\\", "/").rpartition("/")[2])
    plain = " ".join(plain.split()).strip(". ")
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not plain:
        return "mail.eml" if kind.startswith("message/") else f"attachment{_ENDINGS.get(kind, '')}"
    return f"{stem[:180]}{dot}{ending[:15]}" if dot else plain[:190]


def _size(part: Message) -> int:
    """How large it is without unpacking it."""
    payload = part.get_payload()
    if not isinstance(payload, str):
        return 0
    packed = str(part.get("content-transfer-encoding", "")).strip().casefold() == "base64"
    return len(payload) * 74 // 100 if packed else len(payload)


def _told_kind(part: Message) -> str:
    kind = part.get_content_type()[:80]
    return kind if not kind.startswith(("image/", "text/html")) else "application/octet-stream"


def _is_text(data: bytes) -> bool:
    return b"\x00" not in data[:4000] and data.lstrip()[:1] != b"<"


def _is_small_enough(kind: str, data: bytes) -> bool:
    """Whether the picture says to have no more points than a computer can open. HEIC is never opened by us."""
    try:
        width, height = _measured(kind, data)
    except (struct.error, IndexError):
        return False
    return 0 < width * height <= MOST_POINTS


def _measured(kind: str, data: bytes) -> tuple[int, int]:
    if kind == "image/png":
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if kind == "image/gif":
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if kind == "image/jpeg":
        return _measured_jpeg(data)
    return 1, 1


def _measured_jpeg(data: bytes) -> tuple[int, int]:
    place = 2
    for _ in range(500):
        mark, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    raise IndexError
