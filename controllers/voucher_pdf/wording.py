"""Says what stands on a voucher in the traveler's language: words, dates, times and refund terms.

The words are in `resources/voucher_words/`, one file a language, with the same keys in each.
"""

from __future__ import annotations

import functools
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from models.prints import Copy
from models.vouchers import Symbol, Voucher

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "voucher_words"


class Dated(Protocol):
    """What takes place at some time, as far as it is known."""

    @property
    def departs_on(self) -> date | None: ...
    @property
    def departs_at(self) -> datetime | None: ...
    @property
    def valid_until(self) -> date | None: ...


class Refundable(Protocol):
    """What can be cancelled, until when and for how much."""

    @property
    def refund_terms(self) -> tuple[tuple[datetime, int], ...]: ...


class Words:
    """The words of one language, and its way to write a day."""

    def __init__(self, language: str, words: dict[str, str]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, **blanks: object) -> str:
        return self._words[key].format_map(blanks)

    def day(self, day: date) -> str:
        """'Sat 5 December 2026', as this language writes it."""
        return _day(day.year, day.month, day.day, self._words["day"], self.language)

    def moment(self, moment: datetime) -> str:
        return self("day_and_time", day=self.day(moment.date()), time=f"{moment:%H:%M}")

    def reprint(self, copy: Copy) -> str:
        """'REPRINT 2, 14:02', '' on a first copy."""
        if not copy.is_reprint or copy.at is None:
            return ""
        return self("reprint", n=copy.number, time=f"{copy.at:%H:%M}")


class Wording(Words):
    """What a voucher says."""

    def when(self, voucher: Dated) -> tuple[str, str, str]:
        """Label, the answer, and what is added to it in smaller letters."""
        if voucher.departs_at:
            return self("when"), self.moment(voucher.departs_at), f"({zone(voucher.departs_at)})"
        if voucher.departs_on:
            return self("day_only"), self.day(voucher.departs_on), self("time_as_booked")
        until = self("open_until", day=self.day(voucher.valid_until)) if voucher.valid_until else ""
        return self("day_only"), self("open_date"), until

    def party(self, voucher: Voucher) -> tuple[str, str]:
        """How many ('' where unknown), and who they are."""
        units = self("between").join(self("unit", n=n, unit=unit) for unit, n in voucher.party)
        heads = voucher.heads if voucher.heads is not None else sum(n for _, n in voucher.party)
        return (str(heads) if heads else ""), (units or ("" if heads else self("party_as_booked")))

    def admits(self, voucher: Voucher, symbol: Symbol) -> str:
        """Whom one ticket lets in, and how often. Silent where the party is unknown: one head is a guess."""
        told = []
        if symbol.heads > 1:
            told.append(self("admits", n=symbol.heads))
        elif voucher.heads is not None or voucher.party:
            told.append(self("admits_one"))
        if symbol.uses > 1:
            told.append(self("uses", n=symbol.uses))
        return " · ".join(told)

    def cancelling(self, voucher: Refundable) -> tuple[str, list[str]]:
        """The heading and the lines of the cancellation terms."""
        terms = list(voucher.refund_terms)
        while terms and terms[-1][1] <= 0:
            terms.pop()
        if not terms:
            return self("cancel"), [self("terms_as_booked" if not voucher.refund_terms else "refund_none")]
        lines = [self._refund(until, percent) for until, percent in terms]
        return self("cancel_zone", zone=zone(terms[0][0])), [*lines, self("refund_none")]

    def _refund(self, until: datetime, percent: int) -> str:
        when = self.moment(until)
        return self("refund_all", when=when) if percent == 100 else self("refund", when=when, percent=percent)


def zone(moment: datetime) -> str:
    """'Asia/Seoul, UTC+9' of an aware moment."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a voucher's times are aware")
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    difference = f"UTC{'+' if minutes >= 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")
    name = getattr(moment.tzinfo, "key", "")
    return f"{name}, {difference}" if name and name != "UTC" else difference


@functools.cache
def wording(language: str) -> Wording:
    """The words of one of `models.vouchers.LANGUAGES`."""
    return Wording(language, read_words(_FOLDER, language))


def read_words(folder: Path, language: str) -> dict[str, str]:
    """The words of a language, from its file in a folder."""
    return tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=256)
def _day(year: int, month: int, day: int, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(date(year, month, day), pattern, locale=language.replace("-", "_"))
