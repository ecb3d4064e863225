"""What stands on the keys of keyboards: the same place on the board says Q here and A in France.

A scanner is a small keyboard: it presses places, and believes the computer to be of its own country. Places are
numbered as every PC keyboard numbers them (the top row of digits is 2 to 11), whatever country the computer is
set to; so the text of a scan is read from the places, with the country the *scanner* is set to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

ENTER, KEYPAD_ENTER, TAB, SPACE = 28, 96, 15, 57
SHIFTS = frozenset({42, 54})
BESIDE = frozenset({58, 69, 100, 29, 97, 56})
"""Caps Lock, Num Lock, Alt Gr, Ctrl and Alt: a scanner may press them in the middle of a code; they write nothing."""

Stroke = tuple[int, bool]
"""A place on the board, and whether Shift was held."""

_PLACES = (41, *range(2, 14), *range(16, 28), *range(30, 41), 43, 86, *range(44, 54))
_KEYPAD = {
    71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0",
    83: ".", 74: "-", 78: "+", 55: "*", 98: "/",
}  # fmt: skip
_NONE = "\0"

# Each board in two lines, without and with Shift: the digits' row, three rows of letters (the key left of Z first).
_ROWS: dict[str, tuple[str, str]] = {
    "us": (
        r"`1234567890-=" r"qwertyuiop[]" r"asdfghjkl;'" "\\" r"<zxcvbnm,./",
        r"~!@#$%^&*()_+" r"QWERTYUIOP{}" r'ASDFGHJKL:"|' r">ZXCVBNM<>?",
    ),
    "gb": (
        r"`1234567890-=" r"qwertyuiop[]" r"asdfghjkl;'#" r"\zxcvbnm,./",
        r'¬!"£$%^&*()_+' r"QWERTYUIOP{}" r"ASDFGHJKL:@~" r"|ZXCVBNM<>?",
    ),
    "de": (
        r"^1234567890ß´" r"qwertzuiopü+" r"asdfghjklöä#" r"<yxcvbnm,.-",
        r'°!"§$%&/()=?`' r"QWERTZUIOPÜ*" r"ASDFGHJKLÖÄ'" r">YXCVBNM;:_",
    ),
    "fr": (
        r"""²&é"'(-è_çà)=""" r"azertyuiop^$" r"qsdfghjklmù*" r"<wxcvbn,;:!",
        r"~1234567890°+" r"AZERTYUIOP¨£" r"QSDFGHJKLM%µ" r">WXCVBN?./§",
    ),
    "be": (
        r"""²&é"'(§è!çà)-""" r"azertyuiop^$" r"qsdfghjklmùµ" r"<wxcvbn,;:=",
        r"³1234567890°_" r"AZERTYUIOP¨*" r"QSDFGHJKLM%£" r">WXCVBN?./+",
    ),
    "ch": (
        r"§1234567890'^" r"qwertzuiopü¨" r"asdfghjklöä$" r"<yxcvbnm,.-",
        r'°+"*ç%&/()=?`' r"QWERTZUIOPè!" r"ASDFGHJKLéà£" r">YXCVBNM;:_",
    ),
    "es": (
        r"º1234567890'¡" r"qwertyuiop`+" r"asdfghjklñ´ç" r"<zxcvbnm,.-",
        r'ª!"·$%&/()=?¿' r"QWERTYUIOP^*" r"ASDFGHJKLÑ¨Ç" r">ZXCVBNM;:_",
    ),
    "it": (
        r"\1234567890'ì" r"qwertyuiopè+" r"asdfghjklòàù" r"<zxcvbnm,.-",
        r'|!"£$%&/()=?^' r"QWERTYUIOPé*" r"ASDFGHJKLç°§" r">ZXCVBNM;:_",
    ),
    "se": (
        r"§1234567890+´" r"qwertyuiopå¨" r"asdfghjklöä'" r"<zxcvbnm,.-",
        r'½!"#¤%&/()=?`' r"QWERTYUIOPÅ^" r"ASDFGHJKLÖÄ*" r">ZXCVBNM;:_",
    ),
    "cz": (
        r";+ěščřžýáíé=´" r"qwertzuiopú)" r"asdfghjklů§¨" r"\yxcvbnm,.-",
        r"°1234567890%ˇ" r"QWERTZUIOP/(" "ASDFGHJKL\"!'" r"|YXCVBNM?:_",
    ),
    "hu": (
        r"0123456789öüó" r"qwertzuiopőú" r"asdfghjkléáű" r"íyxcvbnm,.-",
        r"""§'"+!%/=()ÖÜÓ""" r"QWERTZUIOPŐÚ" r"ASDFGHJKLÉÁŰ" r"ÍYXCVBNM?:_",
    ),
    "tr": (
        r'"1234567890*-' r"qwertyuıopğü" r"asdfghjklşi," r"<zxcvbnmöç.",
        r"é!'^+%&/()=?_" r"QWERTYUIOPĞÜ" r"ASDFGHJKLŞİ;" r">ZXCVBNMÖÇ:",
    ),
    "jp": (
        _NONE + r"1234567890-^" r"qwertyuiop@[" r"asdfghjkl;:]" + _NONE + r"zxcvbnm,./",
        _NONE + r"""!"#$%&'()""" + _NONE + r"=~" r"QWERTYUIOP`{" r"ASDFGHJKL+*}" + _NONE + r"ZXCVBNM<>?",
    ),
}  # fmt: skip
_ROWS["kr"] = _ROWS["us"]  # Hangul is written by an input method over these same keys
LAYOUTS = tuple(_ROWS)
"""The countries whose boards are known; 'us' is what scanners leave the factory with."""


@cache
def signs_of(layout: str) -> Mapping[Stroke, str]:
    """What each stroke writes on a board of that country."""
    plain, shifted = _ROWS[layout]
    signs = {(code, False): sign for code, sign in zip(_PLACES, plain, strict=True) if sign != _NONE}
    signs |= {(code, True): sign for code, sign in zip(_PLACES, shifted, strict=True) if sign != _NONE}
    for shift in (False, True):
        signs |= {(code, shift): sign for code, sign in _KEYPAD.items()} | {(SPACE, shift): " "}
    return signs


@cache
def strokes_of(layout: str) -> Mapping[str, Stroke]:
    """How each sign is typed there; the keypad is not used."""
    return {
        sign: stroke for stroke, sign in reversed(list(signs_of(layout).items())) if stroke[0] not in _KEYPAD
    }


WRITING = frozenset({*_PLACES, *_KEYPAD, SPACE})
"""Every place that writes something."""


def written(strokes: Iterable[Stroke], layout: str = "us") -> str:
    """The text that a scanner of that country meant by these strokes; '' for a place that writes nothing there."""
    signs = signs_of(layout)
    return "".join(signs.get(stroke, "") for stroke in strokes)


def typed(text: str, layout: str = "us") -> tuple[Stroke, ...]:
    """The strokes a scanner set to that country makes for a text."""
    strokes = strokes_of(layout)
    return tuple(strokes[sign] for sign in text)
