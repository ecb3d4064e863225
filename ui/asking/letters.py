"""Asks which letters may be sent, how one reads, and sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.asking.door import DeskDoor

if TYPE_CHECKING:
    from controllers.letters_by_hand import LetterSeen, LettersOffered
    from controllers.reservations import Done
    from models.outbox import Letter


def letters_offered(desk: DeskDoor, reservation_id: int) -> LettersOffered:
    """The letters of a reservation, and why some cannot be sent now."""
    from controllers import letters_by_hand

    return letters_by_hand.letters_offered(reservation_id, desk=desk())


def see_letter(desk: DeskDoor, reservation_id: int, kind: Letter, language: str = "") -> LetterSeen:
    """How a letter would read now."""
    from controllers import letters_by_hand
    from controllers.letter_words import Wanted

    return letters_by_hand.see_letter(Wanted(kind, reservation_id, language), desk=desk())


def send_letter(
    desk: DeskDoor, reservation_id: int, kind: Letter, seen: int, missing_seen: tuple[str, ...]
) -> Done:
    """Sends it."""
    from controllers import letters_by_hand

    return letters_by_hand.send_letter(
        reservation_id, kind, desk=desk(), seen=seen, missing_seen=missing_seen
    )
