"""Words of a scanner's set-up: countries of keyboards, what was found, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from controllers.scanning.diagnosis import Diagnosis, Finding
from ui.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from controllers.setup_sheet import SheetWords

LONGEST = 40

translate = QCoreApplication.translate

_COUNTRIES = {
    "us": QT_TRANSLATE_NOOP("scanner", "English (US)"),
    "gb": QT_TRANSLATE_NOOP("scanner", "English (UK)"),
    "de": QT_TRANSLATE_NOOP("scanner", "German"),
    "fr": QT_TRANSLATE_NOOP("scanner", "French"),
    "be": QT_TRANSLATE_NOOP("scanner", "Belgian"),
    "ch": QT_TRANSLATE_NOOP("scanner", "Swiss"),
    "es": QT_TRANSLATE_NOOP("scanner", "Spanish"),
    "it": QT_TRANSLATE_NOOP("scanner", "Italian"),
    "se": QT_TRANSLATE_NOOP("scanner", "Nordic"),
    "cz": QT_TRANSLATE_NOOP("scanner", "Czech"),
    "hu": QT_TRANSLATE_NOOP("scanner", "Hungarian"),
    "tr": QT_TRANSLATE_NOOP("scanner", "Turkish"),
    "jp": QT_TRANSLATE_NOOP("scanner", "Japanese"),
    "kr": QT_TRANSLATE_NOOP("scanner", "Korean"),
}


def country(layout: str) -> str:
    """'German', in the language of the screen."""
    return translate("scanner", _COUNTRIES[layout])


def shortened(text: str) -> str:
    """What was read, as far as there is room: a foreign code may hold thousands of signs."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def found_words(told: Diagnosis, set_to: str) -> list[tuple[str, str, str]]:
    """For each thing that was found: a family, what it is, and what to do."""
    return [_WORDS[finding](told, set_to) for finding in told.findings]


def _right(told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    return "good", translate("scanner", "This scanner is set up right"), ""


def _other_layout(told: Diagnosis, set_to: str) -> tuple[str, str, str]:
    is_set = country(told.layout or set_to)
    head = translate("scanner", "The scanner is set to another keyboard: {country}").format(country=is_set)
    text = translate(
        "scanner",
        "Read it as {country} here, or set the scanner to {ours} with the code in its own manual "
        "(keyboard country).",
    )
    return "act", head, text.format(country=is_set, ours=country(set_to))


def _capitals(_told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    text = translate(
        "scanner", "Switch Caps Lock off, and in the scanner's manual choose 'no change' for capitals."
    )
    return "act", translate("scanner", "Capitals and small letters are mixed up"), text


def _no_enter(_told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    text = translate(
        "scanner",
        "Every code is waited for a little longer. In the scanner's manual scan 'suffix: Enter' (also "
        "called CR).",
    )
    return "act", translate("scanner", "No Enter comes after the code"), text


def _slow(told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    head = translate("scanner", "Slow: {ms} ms from key to key").format(ms=told.burst.gap_ms)
    text = translate(
        "scanner",
        "Its first keys would be taken for a person's. Let Counterfoil wait longer here, or set 'delay "
        "between characters' to 0 in the scanner's manual.",
    )
    return "act", head, text


def _steady(told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    head = translate("scanner", "Slow, but steady: {ms} ms from key to key").format(ms=told.burst.gap_ms)
    text = translate(
        "scanner",
        "People type as fast, but not as evenly. Let Counterfoil learn its rhythm: long codes are read then. Better "
        "still, set 'delay between characters' to 0 in the scanner's manual.",
    )
    return "act", head, text


def _too_slow(told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    head = translate("scanner", "Too slow: {ms} ms from key to key").format(ms=told.burst.gap_ms)
    text = translate(
        "scanner",
        "People type as fast and as unevenly, so its keys go into whatever has the keyboard. Set 'delay between "
        "characters' to 0 in the scanner's manual.",
    )
    return "stop", head, text


def _incomplete(told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    head = translate("scanner", "Some signs are missing: {count} came").format(count=len(told.burst.strokes))
    text = translate(
        "scanner",
        "Choose a larger 'delay between characters' of 5 to 10 ms in the scanner's manual, and plug it into "
        "the computer itself.",
    )
    return "stop", head, text


def _other_code(_told: Diagnosis, _set_to: str) -> tuple[str, str, str]:
    text = translate(
        "scanner", "Scan the first code of the sheet: only it tells which keyboard the scanner is set to."
    )
    return "done", translate("scanner", "This is not the test code"), text


_WORDS = {
    Finding.RIGHT: _right,
    Finding.OTHER_LAYOUT: _other_layout,
    Finding.CAPITALS: _capitals,
    Finding.NO_ENTER: _no_enter,
    Finding.SLOW: _slow,
    Finding.STEADY: _steady,
    Finding.TOO_SLOW: _too_slow,
    Finding.INCOMPLETE: _incomplete,
    Finding.OTHER_CODE: _other_code,
}


def by_numbers_words() -> tuple[str, str, str]:
    """What is said of a scanner that types each sign by its number: a family, what it is, and what to do."""
    text = translate(
        "scanner",
        "It holds Alt and types each sign by its number. Counterfoil cannot tell that from a person. In the scanner's "
        "manual switch 'ALT mode' ('numeric keypad', 'universal keyboard') off.",
    )
    return "stop", translate("scanner", "The scanner types by numbers (ALT mode)"), text


def sheet_words() -> SheetWords:
    """What the sheet with the test codes says."""
    from controllers.setup_sheet import SheetWords

    say = translate
    return SheetWords(
        say("scanner", "Set up a scanner"),
        say(
            "scanner",
            "Press F9 in Counterfoil, so that the settings show what the scanner sends. While they are open "
            "nobody is let in.",
        ),
        say("scanner", "Scan one of these. Counterfoil says what is right and what to change."),
        say("scanner", "These are as large as on a voucher. Both must be read at once."),
        say(
            "scanner",
            "The smallest that is read shows what the scanner can do with small print and telephones.",
        ),
        say("scanner", "If something is wrong"),
        (
            (
                say("scanner", "Another keyboard"),
                say(
                    "scanner",
                    "Choose 'Read it as…' in the settings, or the keyboard country in the scanner's manual.",
                ),
            ),
            (
                say("scanner", "No Enter"),
                say("scanner", "Scan 'suffix: Enter' (CR) in the scanner's manual."),
            ),
            (
                say("scanner", "Nothing is shown"),
                say(
                    "scanner",
                    "In the scanner's manual choose 'USB keyboard', and switch 'ALT mode' ('numeric keypad') off.",
                ),
            ),
            (
                say("scanner", "Slow, or signs are missing"),
                say(
                    "scanner",
                    "'Delay between characters' 0 ms; 5 to 10 ms where signs are missing. Plug it into the "
                    "computer itself.",
                ),
            ),
        ),
    )
