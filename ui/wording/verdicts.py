"""The few large words that answer a scan, and the calmer ones for the list of last scans."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.checkin import Kind
from models.frozen import frozen

translate = QCoreApplication.translate


@frozen
class VerdictWords:
    """At most two lines of nine wide letters; `lead` is the line that is set larger."""

    word: str
    line: str = ""
    lead: str = "word"

    @property
    def spoken(self) -> str:
        """Both lines as one, for lists and for screen readers."""
        return f"{self.word} {self.line}".strip()


def verdict_words(
    kind: Kind,
    *,
    heads: int = 0,
    party: int = 0,
    amount: str = "",
    when: str = "",
    day: str = "",
    place: str = "",
    offline: bool = False,
) -> VerdictWords:
    """What the screen says in capitals.

    `heads` may come in now, `party` is all of them; `amount`, `when` ('14:30', '12 min'), `day`
    ('TOMORROW', '3 May') and `place` arrive as words already.
    """
    if kind in {Kind.ADMIT, Kind.PARTLY_IN, Kind.CHECK}:
        return _let_in(kind, heads, party, offline)
    if kind is Kind.COLLECT:
        return VerdictWords(translate("verdicts", "COLLECT"), amount, "line")
    if kind is Kind.NOT_CONFIRMED:
        return VerdictWords(translate("verdicts", "NOT"), translate("verdicts", "CONFIRMED"))
    if kind is Kind.OTHER_DAY:
        return VerdictWords(day.upper() or translate("verdicts", "OTHER DAY"), when)
    if kind is Kind.TOO_EARLY:
        return VerdictWords(translate("verdicts", "FROM"), when, "line")
    if kind is Kind.TOO_LATE:
        return VerdictWords(
            translate("verdicts", "TOO LATE"),
            translate("verdicts", "since {time}").format(time=when) if when else "",
        )
    if kind is Kind.OUT_OF_DATE:
        return VerdictWords(translate("verdicts", "EXPIRED"), day)
    if kind is Kind.USED:
        return VerdictWords(
            translate("verdicts", "USED"),
            translate("verdicts", "{duration} AGO").format(duration=when) if when else "",
        )
    if kind is Kind.ELSEWHERE:
        return VerdictWords(translate("verdicts", "GO TO"), place.upper(), "line")
    if kind is Kind.UNREADABLE:
        return VerdictWords(translate("verdicts", "SCAN"), translate("verdicts", "AGAIN"), "line")
    return _plain(kind)


def _let_in(kind: Kind, heads: int, party: int, offline: bool) -> VerdictWords:
    if offline:
        admit = translate("verdicts", "ADMIT {heads}").format(heads=heads)
        return VerdictWords(
            admit if heads else translate("verdicts", "ADMIT"), translate("verdicts", "OFFLINE")
        )
    if kind is Kind.PARTLY_IN:
        return VerdictWords(
            translate("verdicts", "ADMIT {heads}").format(heads=heads),
            translate("verdicts", "of {party}").format(party=party),
        )
    if kind is Kind.CHECK:
        return VerdictWords(
            translate("verdicts", "ADMIT {heads}").format(heads=heads), translate("verdicts", "CHECK")
        )
    return VerdictWords(
        translate("verdicts", "ADMIT"), str(heads) if heads else "", "line" if heads else "word"
    )


def _plain(kind: Kind) -> VerdictWords:
    words = {
        Kind.NO_USES_LEFT: translate("verdicts", "0 LEFT"),
        Kind.CANCELLED: translate("verdicts", "CANCELLED"),
        Kind.REPLACED: translate("verdicts", "REPLACED"),
        Kind.FORGED: translate("verdicts", "NOT OURS"),
        Kind.UNKNOWN: translate("verdicts", "UNKNOWN"),
    }
    return VerdictWords(words[kind])


def verdict_name(kind: Kind) -> str:
    """The verdict as a quiet word, for lists and reports."""
    names = {
        Kind.ADMIT: translate("verdicts", "Admitted"),
        Kind.PARTLY_IN: translate("verdicts", "Partly in"),
        Kind.CHECK: translate("verdicts", "Admitted, with a note"),
        Kind.COLLECT: translate("verdicts", "To collect"),
        Kind.NOT_CONFIRMED: translate("verdicts", "Not confirmed"),
        Kind.OTHER_DAY: translate("verdicts", "Other day"),
        Kind.TOO_EARLY: translate("verdicts", "Too early"),
        Kind.TOO_LATE: translate("verdicts", "Too late"),
        Kind.OUT_OF_DATE: translate("verdicts", "Expired"),
        Kind.USED: translate("verdicts", "Already used"),
        Kind.NO_USES_LEFT: translate("verdicts", "No uses left"),
        Kind.CANCELLED: translate("verdicts", "Cancelled"),
        Kind.REPLACED: translate("verdicts", "Replaced"),
        Kind.ELSEWHERE: translate("verdicts", "Other place"),
        Kind.UNKNOWN: translate("verdicts", "Unknown"),
        Kind.FORGED: translate("verdicts", "Not ours"),
        Kind.UNREADABLE: translate("verdicts", "Scan again"),
    }
    return names[kind]
