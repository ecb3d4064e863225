"""Asks which letters may be sent and how one reads, sends it, and keeps their words and which go by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.asking.door import DeskDoor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from controllers.letter_address import LetterAddress
    from controllers.letter_templates import Place, TemplatesPage, WordsPage
    from controllers.letter_ways import WaysPage
    from controllers.letter_words.template import Words
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


def letter_address(desk: DeskDoor, reservation_id: int) -> LetterAddress:
    """Where letters of a reservation go, without the address itself."""
    from controllers import letter_address as addresses

    return addresses.see_letter_address(reservation_id, desk=desk())


def keep_letter_address(desk: DeskDoor, reservation_id: int, address: str, language: str, seen: int) -> Done:
    """Letters go there from now on, in that language."""
    from controllers import letter_address as addresses

    return addresses.keep_letter_address(reservation_id, address, language, desk=desk(), seen=seen)


def letter_templates(desk: DeskDoor) -> TemplatesPage:
    """Which letters have own words, and the products."""
    from controllers import letter_templates as templates

    return templates.see_templates(desk=desk())


def letter_words(desk: DeskDoor, kind: Letter, language: str, product_id: int | None) -> WordsPage:
    """The words of one letter."""
    from controllers import letter_templates as templates

    return templates.see_words(templates.Place(kind, language, product_id), desk=desk())


def keep_letter_words(desk: DeskDoor, place: Place, subject: str, text: str, seen: int) -> WordsPage:
    """Keeps own words, if nobody has changed them since they were seen."""
    from controllers import letter_templates as templates

    return templates.keep_words(place, _words(subject, text), desk=desk(), seen=seen)


def reset_letter_words(desk: DeskDoor, place: Place, seen: int) -> WordsPage:
    """Takes own words away."""
    from controllers import letter_templates as templates

    return templates.reset_words(place, desk=desk(), seen=seen)


def try_letter_words(desk: DeskDoor, place: Place, subject: str, text: str, number: str) -> LetterSeen:
    """How words would read, to a real traveler where there is one."""
    from controllers import letter_templates as templates

    return templates.try_words(place, _words(subject, text), desk=desk(), number=number)


def letter_ways(desk: DeskDoor, product_id: int) -> WaysPage:
    """Which letters of a product go by themselves; 0 for the house."""
    from controllers import letter_ways as ways

    return ways.see_ways(product_id, desk=desk())


def keep_letter_ways(
    desk: DeskDoor, product_id: int, switches: Mapping[str, bool], address: str, seen: int
) -> WaysPage:
    """Keeps which letters go by themselves."""
    from controllers import letter_ways as ways

    return ways.keep_ways(product_id, switches, address, desk=desk(), seen=seen)


def _words(subject: str, text: str) -> Words:
    from controllers.letter_words.template import Words

    return Words(subject, text)
