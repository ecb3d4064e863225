"""The rehearsal before a counter opens: each device and each thing that breaks a queue, good or wrong.

What was found comes from the devices; whether that is good is decided here, the same for screen and paper.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from models.frozen import frozen
from models.light import Light


class Check(enum.StrEnum):
    """What is tried, in the order in which it is shown."""

    SCANNER = "scanner"
    CAMERA = "camera"
    SOUND = "sound"
    PRINTERS = "printers"
    SCRIPTS = "scripts"
    CLOCK = "clock"
    ZONE = "zone"
    MAIL = "mail"


class Outcome(enum.StrEnum):
    """How it went; ABSENT is what this counter does without."""

    GOOD = "good"
    WRONG = "wrong"
    ABSENT = "absent"


CLOCK_MAY_BE_OFF_S = 10
"""More than this, and two counters would not agree whether a departure has left."""
FEW_PICTURES = 5
"""A second; a camera that gives fewer makes people wait."""


@frozen
class Checked:
    """One line: `code` and its facts are put into words by the screen."""

    check: Check
    outcome: Outcome
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_kept(self) -> dict[str, Any]:
        """As it is kept in the database."""
        return {"check": self.check, "outcome": self.outcome, "code": self.code, "facts": dict(self.facts)}


@frozen
class Rehearsed:
    """A rehearsal that was done: where, by whom and when; `zone` is the operator's."""

    counter: str
    staff: str
    at: datetime
    checked: tuple[Checked, ...]
    zone: str = "UTC"
    practice: bool = False

    @property
    def wrong(self) -> tuple[Checked, ...]:
        """What has to be mended."""
        return tuple(one for one in self.checked if one.outcome is Outcome.WRONG)


def checked_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Checked, ...]:
    """The lines of a rehearsal that was kept."""
    return tuple(
        Checked(Check(one["check"]), Outcome(one["outcome"]), one["code"], one["facts"]) for one in kept
    )


# --- what is good ------------------------------------------------------------------------------


def judge_scanner(findings: Iterable[str], *, is_right: bool, ended_by: str, layout: str) -> Checked:
    """A test code that a scanner sent: its country, its ending, its speed."""
    told = {"findings": sorted(findings), "ended_by": ended_by, "layout": layout}
    outcome = Outcome.GOOD if is_right else Outcome.WRONG
    return Checked(Check.SCANNER, outcome, "right" if is_right else "set-up", told)


def no_scanner() -> Checked:
    """Somebody says that there is none here."""
    return Checked(Check.SCANNER, Outcome.ABSENT, "none")


def judge_camera(*, on: bool, sees: bool, name: str, a_second: int, light: Light | None) -> Checked:
    """What the camera of check-in shows after a moment."""
    told = {"name": name, "a_second": a_second, "light": light.value if light is not None else ""}
    if not on:
        return Checked(Check.CAMERA, Outcome.ABSENT, "off")
    if not sees or light is None:
        return Checked(Check.CAMERA, Outcome.WRONG, "no-picture", told)
    if light in (Light.DARK, Light.GLARING):
        return Checked(Check.CAMERA, Outcome.WRONG, light.value, told)
    if a_second < FEW_PICTURES:
        return Checked(Check.CAMERA, Outcome.WRONG, "slow", told)
    return Checked(Check.CAMERA, Outcome.GOOD, "sees", told)


def judge_sound(*, is_there: bool | None, volume: int, heard: bool | None) -> Checked | None:
    """Whether somebody heard it; None while a loudspeaker is looked for, or nobody has said."""
    if is_there is None:
        return None
    if not is_there:
        return Checked(Check.SOUND, Outcome.WRONG, "no-loudspeaker")
    if not volume:
        return Checked(Check.SOUND, Outcome.ABSENT, "off")
    if heard is None:
        return None
    outcome = Outcome.GOOD if heard else Outcome.WRONG
    return Checked(Check.SOUND, outcome, "heard" if heard else "not-heard", {"volume": volume})


def judge_printers(chosen: Mapping[str, str], known: Iterable[str]) -> Checked:
    """Whether the printers this counter has for its papers are known to the system, by their names."""
    there = sorted(known)
    named = {paper: printer for paper, printer in chosen.items() if printer}
    told = {"printers": sorted(set(named.values())), "known": there}
    if not named:
        return Checked(Check.PRINTERS, Outcome.ABSENT, "none-chosen", told)
    gone = sorted({printer for printer in named.values() if printer not in there})
    if gone:
        return Checked(Check.PRINTERS, Outcome.WRONG, "gone", {**told, "gone": gone})
    return Checked(Check.PRINTERS, Outcome.GOOD, "there", told)


def judge_scripts(missing: Iterable[str], languages: Iterable[str]) -> Checked:
    """Signs that no font has, and languages whose vouchers cannot be printed here."""
    signs, refused = "".join(missing), sorted(languages)
    wrong = bool(signs or refused)
    told = {"signs": signs[:40], "languages": refused}
    return Checked(
        Check.SCRIPTS, Outcome.WRONG if wrong else Outcome.GOOD, "missing" if wrong else "all", told
    )


def judge_clock(off_s: float, *, shared: bool) -> Checked:
    """The computer's clock against the database's (above 0: ahead); a file of its own has no other clock."""
    told = {"seconds": round(abs(off_s)), "ahead": off_s > 0}
    if abs(off_s) > CLOCK_MAY_BE_OFF_S:
        return Checked(Check.CLOCK, Outcome.WRONG, "off" if shared else "went-back", told)
    return Checked(Check.CLOCK, Outcome.GOOD, "agrees" if shared else "own", told)


def judge_zone(here_min: int, office_min: int, zone: str) -> Checked:
    """The computer's time zone against the operator's, by how far they are from UTC now."""
    told = {"zone": zone, "minutes": here_min - office_min}
    same = here_min == office_min
    return Checked(Check.ZONE, Outcome.GOOD if same else Outcome.WRONG, "same" if same else "differs", told)


def judge_mail(waiting: int) -> Checked:
    """There is no way out for letters yet: how many wait."""
    return Checked(Check.MAIL, Outcome.ABSENT, "not-set-up", {"waiting": waiting})
