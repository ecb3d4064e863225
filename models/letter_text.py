"""The text of a letter as its parts: paragraphs, and lists of facts. What is unsafe in one line is taken out here.

Lines that begin with "- " are facts ("- When: Friday"), shown as a small table in the designed letter and as they
stand in the plain one.
"""

from __future__ import annotations

import re
import unicodedata

from models.frozen import frozen

_TURNS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of what follows: they can make a text read as another."""

LEFT_OUT = "\x00"
"""Stands alone on a line that was left out; no text that is kept anywhere has it."""

_FACT = re.compile(r"-\s+(?:(.{1,60}?)(?::\s+|：\s*))?(.*)")

_PERHAPS = re.compile(r"^(-?)\? (.*)$", re.MULTILINE)
_SURE, _NAMED = re.compile(r"{%.*%}"), re.compile(r"{{\s*(\w+)\s*}}")


@frozen
class Paragraph:
    """Some lines of running text."""

    lines: tuple[str, ...]


@frozen
class Facts:
    """Labels (may be '') and what stands beside each."""

    rows: tuple[tuple[str, str], ...]


Block = Paragraph | Facts


def has_turns(text: str) -> bool:
    """Whether there is a line break, a control sign or a turn of direction in what must be one plain line."""
    return any(sign in _TURNS or unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text)


def one_line(text: str) -> str:
    """A fact as it may stand in one line: no line breaks, control signs or turned directions."""
    kept = "".join(" " if _breaks(sign) else sign for sign in text if sign not in _TURNS)
    return " ".join(kept.split())


def some_lines(text: str) -> str:
    """The same for what may have several lines: a reason, or what staff wrote."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(s for s in one if s not in _TURNS and not _breaks(s)) for one in lines).strip()


def tidy(text: str) -> str:
    """A filled text without what left-out sentences leave behind: no blank lines in a row, none at the ends."""
    lines = text.replace("\r\n", "\n").split("\n")
    kept = "\n".join(line.rstrip() for line in lines if line != LEFT_OUT)
    return re.sub(r"\n{3,}", "\n\n", kept).strip() + "\n"


def spelled_out(template: str) -> str:
    """Lines of a template that begin with "? " or "-? ", as conditions: each stands where all that it names is known.

    The lines keep their numbers, so that a fault is told where it was written.
    """
    return _PERHAPS.sub(_condition, template)


def _condition(found: re.Match[str]) -> str:
    line = f"- {found[2]}" if found[1] else found[2]
    names = dict.fromkeys(_NAMED.findall(_SURE.sub("", found[2])))
    return f"{{% if {' and '.join(names)} %}}{line}{{% else %}}{LEFT_OUT}{{% endif %}}" if names else line


def blocks(text: str) -> tuple[Block, ...]:
    """The parts of a text, in order."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.split("\n")
        while lines:
            facts = _is_fact(lines[0])
            count = next((n for n, line in enumerate(lines) if _is_fact(line) is not facts), len(lines))
            taken, lines = lines[:count], lines[count:]
            found.append(Facts(tuple(map(_fact, taken))) if facts else Paragraph(tuple(taken)))
    return tuple(found)


def _is_fact(line: str) -> bool:
    return line.startswith("- ")


def _fact(line: str) -> tuple[str, str]:
    found = _FACT.match(line)
    return (found[1] or "", found[2]) if found else ("", line)


def _breaks(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp")
