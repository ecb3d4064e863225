"""How an operator's vouchers look: two colours, terms of its own, and the languages it writes in.

Kept as JSON beside the logo. What is missing or cannot be believed is read as the usual: a look never keeps a
voucher from being printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from models.frozen import frozen
from models.refusals import CannotDo
from models.vouchers import LANGUAGES, voucher_language

Colour = tuple[float, float, float]
PAPER: Colour = (1.0, 1.0, 1.0)
INK: Colour = (0x14 / 255, 0x18 / 255, 0x1F / 255)
READABLE = 4.5
"""The least contrast of letters to their ground (WCAG 2)."""
LONGEST_TERMS = 2_000
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@frozen
class VoucherLook:
    """`head` is the ground of the strip at the top, `accent` the colour of headings; '' for the usual.

    `terms` are by language. `languages` are those vouchers are written in, the one for everybody else first.
    """

    head: str = ""
    accent: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    logo: bytes = b""

    def as_kept(self) -> dict[str, Any]:
        """What stands in the database, without the logo."""
        return {
            "head": self.head, "accent": self.accent, "terms": dict(self.terms), "languages": list(self.languages),
        }  # fmt: skip

    def language_for(self, told: str) -> str:
        """The language a traveler's voucher is written in: theirs where this operator writes it, else the first."""
        own = told.replace("_", "-").lower().split("-")[0]
        wanted = voucher_language(told)
        if wanted in self.languages and own == wanted.split("-")[0].lower():
            return wanted
        return self.languages[0]


def look_of(kept: object, logo: bytes | None = None) -> VoucherLook:
    """The look that was kept, each part as far as it can be believed."""
    told = kept if isinstance(kept, Mapping) else {}
    head, accent = (
        str(told.get(name, "")) if _is_colour(told.get(name)) else "" for name in ("head", "accent")
    )
    if accent and contrast(rgb(accent), PAPER) < READABLE:
        accent = ""
    terms = told.get("terms")
    kept_terms = terms.items() if isinstance(terms, Mapping) else ()
    languages = tuple(
        dict.fromkeys(one for one in told.get("languages") or () if one in LANGUAGES)  # unknown ones fall out
    )
    return VoucherLook(
        head,
        accent,
        {key: str(text) for key, text in kept_terms if key in LANGUAGES and str(text).strip()},
        languages or LANGUAGES,
        logo or b"",
    )


def checked(look: VoucherLook) -> VoucherLook:
    """The look, fit to be kept. Raises CannotDo("colour-wrong"), ("colour-pale"), ("terms-long")."""
    for colour in filter(None, (look.head, look.accent)):
        if not _is_colour(colour):
            raise CannotDo("colour-wrong", colour=colour)
    if look.accent and contrast(rgb(look.accent), PAPER) < READABLE:
        found = f"{contrast(rgb(look.accent), PAPER):.1f}"
        raise CannotDo("colour-pale", colour=look.accent, contrast=found, least=READABLE)
    if any(len(text) > LONGEST_TERMS for text in look.terms.values()):
        raise CannotDo("terms-long", most=LONGEST_TERMS)
    terms = {key: text.strip() for key, text in look.terms.items() if text.strip()}
    return replace(look, terms=terms, languages=look.languages or LANGUAGES)


def rgb(colour: str) -> Colour:
    """'#1D44B0' as three shares."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def letters_on(ground: Colour) -> Colour:
    """White or ink, whichever is read better on a ground."""
    return max((PAPER, INK), key=lambda letters: contrast(letters, ground))


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white), as WCAG 2 reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None
