"""Judges what is scanned, lets in, takes back, moves, and closes the trips that have ended."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.asking.door import DeskDoor, at_gate

if TYPE_CHECKING:
    from controllers.answers import Answer
    from controllers.desk import Desk
    from controllers.last_scans import Scanned
    from controllers.moving import MovePreview
    from controllers.reservations import Done
    from controllers.turned_away import Place, TurnedAway
    from models.checkin import Kind
    from models.gate_found import Found


def scan(
    desk: DeskDoor,
    text: str,
    scan_id: str,
    source: str,
    *,
    heads: int | None = None,
    force: str = "",
    look: bool = False,
    read: bool = False,
    note: str | None = None,
    chosen: int | None = None,
) -> Answer:
    """Judges a code."""
    at = desk()
    asked: dict[str, Any] = {
        "scan_id": scan_id,
        "source": source,
        "heads": heads,
        "force": force,
        "look": look,
        "read": read,
        "note": note,
        "chosen": chosen,
    }
    if at.scans is not None:
        return at.scans.scan(text, **asked)
    from controllers import checkin

    return checkin.scan(text, desk=at, **asked)


def get_ready_for_scans(desk: DeskDoor) -> None:
    """Brings in what judges a scan and words its verdict, so that the first guest of the day need not wait for it."""
    from controllers import checkin  # noqa: F401 - to have it is all that is wanted
    from ui.wording.orders import language_word

    at_gate(desk, lambda at: (at.code_secrets, at.zone))
    language_word("ko")  # the names of all languages come with the first


def scan_picture(desk: DeskDoor, path: Path, *, look: bool = False) -> list[Answer]:
    """Judges every code in a picture; a picture without one gives UNREADABLE."""
    from controllers.scanning.picture import read_picture

    scans = read_picture(path)
    if not scans:
        return [_unreadable(desk(), "picture")]
    return [scan(desk, found.text, found.id, "picture", look=look) for found in scans]


def _unreadable(at: Desk, source: str) -> Answer:
    if at.scans is not None:
        return at.scans.unreadable(source, scan_id=str(uuid.uuid4()))
    from controllers import checkin

    return checkin.unreadable(source, desk=at)


def at_the_gate(desk: DeskDoor, reservation_id: int, kind: Kind) -> Found | None:
    """What a verdict tells of a reservation."""
    from models.gate_found import found_at_gate

    def find(at: Desk) -> Found | None:
        with at.reading() as look:
            return found_at_gate(look, reservation_id, kind)

    return at_gate(desk, find)


def here_at_gate(desk: DeskDoor) -> tuple[datetime, str, str]:
    """The time, the counter and the operator's zone of a verdict."""
    return at_gate(desk, lambda at: (at.now(), at.actor.counter, at.zone))


def let_in_only(desk: DeskDoor, scan_id: str, heads: int, new_id: str) -> Answer:
    """Fewer came than a scan has let in."""
    at = desk()
    if at.scans is not None:
        return at.scans.let_in_only(scan_id, heads, new_id=new_id)
    from controllers import undoing

    return undoing.let_in_only(scan_id, heads, desk=at, new_id=new_id)


def let_in_together(
    desk: DeskDoor, answer: Answer, others: Sequence[int], heads: int | None = None
) -> list[Answer]:
    """Lets in everything that was bought together."""
    at = desk()
    asked: dict[str, Any] = {
        "scan_id": answer.scan_id,
        "source": answer.source,
        "heads": heads,
        "note": answer.note,
        "chosen": answer.reservation_id,
    }
    if at.scans is not None:
        return at.scans.let_in_together(answer.text, others, **asked)
    from controllers import together

    return together.let_in_together(answer.text, others, desk=at, **asked)


def last_scans(desk: DeskDoor) -> tuple[Scanned, ...]:
    """What was scanned at this counter today."""
    at = desk()
    if at.scans is not None:
        return at.scans.last_scans()
    from controllers import last_scans as scans

    return scans.last_scans(desk=at)


def count_turned_away(desk: DeskDoor) -> int:
    """How many were refused today, at every counter."""
    from controllers import turned_away as refusals

    return at_gate(desk, lambda at: refusals.count_turned_away(desk=at))


def turned_away(desk: DeskDoor, after: Place | None = None) -> tuple[TurnedAway, ...]:
    """Who was refused today, the newest first."""
    from controllers import turned_away as refusals

    return at_gate(desk, lambda at: refusals.turned_away(desk=at, after=after))


def undo_scan(desk: DeskDoor, scan_id: str, reason: str = "") -> Done:
    """Takes a scan back, and whoever was let in together with it."""
    at = desk()
    if at.scans is not None:
        return at.scans.undo(scan_id, reason=reason)
    from controllers import undoing

    return undoing.undo(scan_id, desk=at, reason=reason)


def undo_last(desk: DeskDoor, reservation_id: int, reason: str = "") -> Done:
    """Takes back the last thing that happened at the gate."""
    at = desk()
    if at.scans is not None:
        return at.scans.undo_last(reservation_id, reason=reason)
    from controllers import undoing

    return undoing.undo_last(reservation_id, desk=at, reason=reason)


def preview_move(desk: DeskDoor, reservation_id: int) -> MovePreview:
    """The departures of today a reservation could go to."""
    from controllers import moving

    return moving.preview_move(reservation_id, desk=desk())


def move_today(
    desk: DeskDoor, reservation_id: int, option_id: int, departs_at: datetime, seen: int, overbook: str = ""
) -> Done:
    """Moves it there."""
    from controllers import moving

    return moving.move_today(reservation_id, option_id, departs_at, desk=desk(), seen=seen, overbook=overbook)


def leave_for_gate(desk: DeskDoor, reservation_id: int, words: str) -> Done:
    """Leaves a note that must be read at the gate, or takes it away."""
    from controllers import attention

    return attention.leave_for_gate(reservation_id, desk=desk(), words=words)


def send_again(desk: DeskDoor, reservation_id: int) -> Done:
    """Sends the valid voucher once more."""
    from controllers import resending

    return resending.send_again(reservation_id, desk=desk())
