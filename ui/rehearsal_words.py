"""Says how a rehearsal went: each line good or wrong, what was found, and what to do."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from models.rehearsal import Check, Checked, Outcome, Rehearsed
from models.reservations import Status
from models.sheet import Sheet, SheetColumn, SheetLine, SheetNote, SheetSection
from ui.marking import QT_TRANSLATE_NOOP
from ui.wording.bulk import counted
from ui.wording.dates import clock, duration, long_day
from ui.wording.orders import language_word, local

translate = QCoreApplication.translate

_NAMES = {
    Check.SCANNER: QT_TRANSLATE_NOOP("rehearsal", "Scanner, its layout and Enter"),
    Check.CAMERA: QT_TRANSLATE_NOOP("rehearsal", "Camera, picture and light"),
    Check.SOUND: QT_TRANSLATE_NOOP("rehearsal", "Loudspeaker"),
    Check.PRINTERS: QT_TRANSLATE_NOOP("rehearsal", "Printers by name"),
    Check.SCRIPTS: QT_TRANSLATE_NOOP("rehearsal", "Every script on paper"),
    Check.CLOCK: QT_TRANSLATE_NOOP("rehearsal", "Clock"),
    Check.ZONE: QT_TRANSLATE_NOOP("rehearsal", "Time zone"),
    Check.MAIL: QT_TRANSLATE_NOOP("rehearsal", "Mail"),
}
# What was found, and what to do.
_TOLD: dict[tuple[Check, str], tuple[str, str]] = {
    (Check.SCANNER, "right"): (QT_TRANSLATE_NOOP("rehearsal", "The test code came through whole."), ""),
    (Check.SCANNER, "none"): (QT_TRANSLATE_NOOP("rehearsal", "There is none at this counter."), ""),
    (Check.CAMERA, "sees"): (QT_TRANSLATE_NOOP("rehearsal", "{name}: {a_second} pictures a second."), ""),
    (Check.CAMERA, "off"): (QT_TRANSLATE_NOOP("rehearsal", "It is off at this counter."), ""),
    (Check.CAMERA, "no-picture"): (
        QT_TRANSLATE_NOOP("rehearsal", "There is no picture."),
        QT_TRANSLATE_NOOP("rehearsal", "Plug the camera in, and close other programs that use it."),
    ),
    (Check.CAMERA, "dark"): (
        QT_TRANSLATE_NOOP("rehearsal", "{name}: it is too dark to read a code."),
        QT_TRANSLATE_NOOP("rehearsal", "Switch a light on, or take the cover off."),
    ),
    (Check.CAMERA, "glaring"): (
        QT_TRANSLATE_NOOP("rehearsal", "{name}: it is too bright to read a code."),
        QT_TRANSLATE_NOOP("rehearsal", "Turn the camera away from the window or the lamp."),
    ),
    (Check.CAMERA, "slow"): (
        QT_TRANSLATE_NOOP("rehearsal", "{name}: only {a_second} pictures a second."),
        QT_TRANSLATE_NOOP("rehearsal", "More light makes most cameras faster; else use another USB port."),
    ),
    (Check.SOUND, "heard"): (QT_TRANSLATE_NOOP("rehearsal", "It was heard at {volume} %."), ""),
    (Check.SOUND, "off"): (QT_TRANSLATE_NOOP("rehearsal", "It is switched off at this counter."), ""),
    (Check.SOUND, "not-heard"): (
        QT_TRANSLATE_NOOP("rehearsal", "Nobody heard it."),
        QT_TRANSLATE_NOOP("rehearsal", "Turn the computer's own loudness up, and choose its loudspeaker."),
    ),
    (Check.SOUND, "no-loudspeaker"): (
        QT_TRANSLATE_NOOP("rehearsal", "No loudspeaker was found."),
        QT_TRANSLATE_NOOP("rehearsal", "Plug one in; it is found by itself."),
    ),
    (Check.PRINTERS, "there"): (QT_TRANSLATE_NOOP("rehearsal", "{printers}: known to the computer."), ""),
    (Check.PRINTERS, "none-chosen"): (
        QT_TRANSLATE_NOOP("rehearsal", "None is set up at this counter."),
        QT_TRANSLATE_NOOP("rehearsal", "Choose one for each paper in the settings, under Printers."),
    ),
    (Check.PRINTERS, "gone"): (
        QT_TRANSLATE_NOOP("rehearsal", "{gone}: not known to the computer."),
        QT_TRANSLATE_NOOP(
            "rehearsal", "Switch it on, or choose another one in the settings, under Printers."
        ),
    ),
    (Check.SCRIPTS, "all"): (QT_TRANSLATE_NOOP("rehearsal", "The test page has every sign."), ""),
    (Check.SCRIPTS, "missing"): (
        QT_TRANSLATE_NOOP("rehearsal", "Cannot be printed here: {signs} {languages}"),
        QT_TRANSLATE_NOOP("rehearsal", "Install the program again: its fonts are not complete."),
    ),
    (Check.CLOCK, "own"): (QT_TRANSLATE_NOOP("rehearsal", "It runs on since the last entry."), ""),
    (Check.CLOCK, "agrees"): (
        QT_TRANSLATE_NOOP("rehearsal", "It agrees with the database within {seconds} s."),
        "",
    ),
    (Check.CLOCK, "off"): (
        QT_TRANSLATE_NOOP("rehearsal", "It is {seconds} s away from the database's clock."),
        QT_TRANSLATE_NOOP("rehearsal", "Let the computer set its clock by the network."),
    ),
    (Check.CLOCK, "went-back"): (
        QT_TRANSLATE_NOOP("rehearsal", "It stands {seconds} s before what was done last here."),
        QT_TRANSLATE_NOOP("rehearsal", "Somebody set it back. Let the computer set it by the network."),
    ),
    (Check.ZONE, "same"): (QT_TRANSLATE_NOOP("rehearsal", "It is that of {zone}."), ""),
    (Check.ZONE, "differs"): (
        QT_TRANSLATE_NOOP("rehearsal", "This computer's clock is {minutes} away from that of {zone}."),
        QT_TRANSLATE_NOOP("rehearsal", "Set the computer's time zone; departures are right all the same."),
    ),
    (Check.MAIL, "not-set-up"): (
        QT_TRANSLATE_NOOP("rehearsal", "Not set up: {waiting} letters wait here."),
        "",
    ),
}
# The same of one, and of none.
_OF_ONE = {
    (Check.CAMERA, "slow"): ("a_second", QT_TRANSLATE_NOOP("rehearsal", "{name}: only 1 picture a second.")),
    (Check.MAIL, "not-set-up"): (
        "waiting",
        QT_TRANSLATE_NOOP("rehearsal", "Not set up: 1 letter waits here."),
    ),
}
_OF_NONE = {
    (Check.CAMERA, "slow"): QT_TRANSLATE_NOOP("rehearsal", "{name}: less than a picture a second."),
    (Check.MAIL, "not-set-up"): QT_TRANSLATE_NOOP("rehearsal", "Not set up: no letter waits here."),
}
_SCANNER_FAULTS = {
    "other-layout": QT_TRANSLATE_NOOP("rehearsal", "it is set to another country's keyboard"),
    "capitals": QT_TRANSLATE_NOOP("rehearsal", "capitals and small letters are mixed up"),
    "no-enter": QT_TRANSLATE_NOOP("rehearsal", "it sends no Enter at the end"),
    "slow": QT_TRANSLATE_NOOP("rehearsal", "it is slower than this counter waits"),
    "too-slow": QT_TRANSLATE_NOOP("rehearsal", "it is too slow"),
    "incomplete": QT_TRANSLATE_NOOP("rehearsal", "signs were lost"),
    "other-code": QT_TRANSLATE_NOOP("rehearsal", "that was not the test code"),
}
SHAPES = {
    Outcome.GOOD: (str(Status.CONFIRMED), "good"),
    Outcome.WRONG: (str(Status.CANCEL_REQUESTED), "stop"),
    Outcome.ABSENT: (str(Status.EXPIRED), "gone"),
}
"""The shape of each outcome and the family of its colour."""


def name_of(check: Check) -> str:
    """What is tried."""
    return translate("rehearsal", _NAMES[check])


def outcome_word(outcome: Outcome) -> str:
    """Good or wrong, in a word."""
    return {
        Outcome.GOOD: translate("rehearsal", "Good"),
        Outcome.WRONG: translate("rehearsal", "Wrong"),
        Outcome.ABSENT: translate("rehearsal", "Not set up"),
    }[outcome]


def found_words(one: Checked) -> tuple[str, str]:
    """What was found, and what to do ('' where nothing is)."""
    if (one.check, one.code) == (Check.SCANNER, "set-up"):
        faults = [translate("rehearsal", _SCANNER_FAULTS[fault]) for fault in one.facts["findings"]]
        todo = translate(
            "rehearsal", "Scan its test code in the settings, under Scanner: it says what to change."
        )
        return translate("rehearsal", "The test code shows: {faults}.").format(faults=", ".join(faults)), todo
    found, todo = _TOLD[one.check, one.code]
    counts, of_one = _OF_ONE.get((one.check, one.code), ("", ""))
    if counts:
        found = {0: _OF_NONE[one.check, one.code], 1: of_one}.get(one.facts[counts], found)
    told = {name: _fact(name, fact) for name, fact in one.facts.items()}
    return translate("rehearsal", found).format(**told).strip(), translate("rehearsal", todo) if todo else ""


def _fact(name: str, fact: object) -> str:
    if name == "languages" and isinstance(fact, list):
        return ", ".join(language_word(str(one)) for one in fact)
    if name == "minutes" and isinstance(fact, int):
        return duration(abs(fact) * 60)
    return ", ".join(map(str, fact)) if isinstance(fact, list) else str(fact)


def summary_words(done: Rehearsed, today: dt.date) -> str:
    """'Rehearsed 08:10: all is well', '… 2 things are wrong'; '' where it was another day."""
    at = local(done.at, done.zone)
    if at.date() != today:
        return ""
    wrong = len(done.wrong)
    result = counted(
        wrong,
        translate("rehearsal", "1 thing is wrong"),
        translate("rehearsal", "{count} things are wrong")
        if wrong
        else translate("rehearsal", "all is well"),
    )
    return translate("rehearsal", "Rehearsed {time}: {result}").format(time=clock(at), result=result)


def sheet_of(done: Rehearsed) -> Sheet:
    """The sheet that stays: dated, with every line."""
    at, practice = local(done.at, done.zone), done.practice
    wrong = len(done.wrong)
    verdict = counted(
        wrong,
        translate("rehearsal", "1 thing has to be mended before the counter opens."),
        translate("rehearsal", "{count} things have to be mended before the counter opens.")
        if wrong
        else translate("rehearsal", "The counter can open."),
    )
    columns = (
        SheetColumn(translate("rehearsal", "What was tried"), 2),
        SheetColumn(translate("rehearsal", "How it went"), 1),
        SheetColumn(translate("rehearsal", "What was found"), 3),
        SheetColumn(translate("rehearsal", "What to do"), 3),
    )
    lines = tuple(
        SheetLine(
            (name_of(one.check), outcome_word(one.outcome), *found_words(one)),
            wrong=one.outcome is Outcome.WRONG,
        )
        for one in done.checked
    )
    return Sheet(
        title=translate("rehearsal", "Opening-day rehearsal"),
        about=translate("rehearsal", "{day} {year}, {time}, {counter}").format(
            day=long_day(at.date()), year=at.year, time=clock(at), counter=done.counter
        ),
        as_of=translate("rehearsal", "Done by {staff} ({zone})").format(staff=done.staff, zone=done.zone),
        page=translate("rehearsal", "Page {n} of {all}"),
        practice=translate("rehearsal", "PRACTICE") if practice else "",
        sections=(SheetSection(verdict, (), columns, lines), _signature()),
    )


def _signature() -> SheetSection:
    words = translate("rehearsal", "Checked at the counter: ______________________")
    return SheetSection(translate("rehearsal", "Signature"), (SheetNote(words),))
