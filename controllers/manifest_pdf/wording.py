"""Says what stands on a day sheet: sums, statuses and times, in the language of the desk.

The words are in `resources/manifest_words/`, one file a language, with the same keys in each.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from controllers.voucher_pdf.wording import Words, read_words, zone
from models.channels import channel_facts
from models.manifest import DepartureSheet, Guest, Manifest, Rolled, by_language, by_pickup, by_unit, due_sums
from models.money import Money, plain
from models.reservations import RIVALS

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "manifest_words"


class SheetWords(Words):
    """What a day sheet says."""

    def as_of(self, manifest: Manifest) -> str:
        """'As of Friday 15 January 2027, 10:00 (Asia/Seoul, UTC+9)'."""
        at = manifest.as_of.astimezone(ZoneInfo(manifest.zone))
        return self("as_of", when=self.moment(at), zone=zone(at))

    def clock(self, at: datetime, zone_name: str) -> str:
        """'14:00' on the clock of a place."""
        return f"{at.astimezone(ZoneInfo(zone_name)):%H:%M}"

    def about(self, sheet: DepartureSheet) -> str:
        """Its option, until when it takes, and who guides it."""
        parts = [sheet.option, self("until", time=self.clock(sheet.ends_at, sheet.zone))]
        if sheet.guide:
            parts.append(self("guide", name=sheet.guide))
        return self("between").join(part for part in parts if part)

    def seats(self, sheet: DepartureSheet) -> str:
        """'3 in, 8 of 8 seats, 2 over, closed for sale'."""
        parts = [self("seats", taken=sheet.taken, capacity=sheet.capacity)]
        if sheet.arrived:
            parts.insert(0, self("in", n=sheet.arrived))
        if sheet.over:
            parts.append(self("over", n=sheet.over))
        if sheet.closed:
            parts.append(self("closed"))
        return ", ".join(parts)

    def sums(self, guests: Iterable[Guest]) -> list[tuple[str, str]]:
        """The roll-up: a label and its numbers, for units, pick-ups, languages and money."""
        everybody = tuple(guests)
        rolls = (
            ("by_unit", by_unit(everybody), "unit_unknown", str),
            ("by_pickup", by_pickup(everybody), "pickup_none", str),
            ("by_language", by_language(everybody), "language_unknown", self.language_word),
        )
        made = [(self(label), self._rolled(rolled, nothing, say)) for label, rolled, nothing, say in rolls]
        due = self("between").join(map(money, due_sums(everybody)))
        return [(label, told) for label, told in (*made, (self("collect"), due)) if told]

    def second_line(self, guest: Guest, zone_name: str) -> str:
        """What a machine says of a guest: our number, the channel and its number; and what is not as usual."""
        parts = [guest.number, f"{channel_facts(guest.channel).name} {guest.reference}".strip()]
        if guest.status != "CONFIRMED":
            parts.append(self(guest.status))
        if guest.arrived:
            parts.append(self("in", n=guest.arrived))
        if guest.status in RIVALS and guest.confirm_by is not None:
            parts.append(
                self("confirm_by", when=self.moment(guest.confirm_by.astimezone(ZoneInfo(zone_name))))
            )
        return self("between").join(parts)

    def units(self, guest: Guest) -> str:
        """'Adult 2, Child 1'."""
        return ", ".join(self("rolled", name=unit, n=quantity) for unit, quantity in guest.units)

    @functools.cache  # noqa: B019 - the words of a language live as long as the program
    def language_word(self, code: str) -> str:
        """'Korean', in the language of the sheet; the code itself where nobody knows it."""
        from babel import Locale, UnknownLocaleError

        try:
            told = Locale.parse(code.replace("-", "_")).get_display_name(self.language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            return code
        return told or code

    def _rolled(self, rolled: tuple[Rolled, ...], nothing: str, say: object) -> str:
        name = say if callable(say) else str
        return self("between").join(
            self("rolled", name=name(one.name) if one.name else self(nothing), n=one.count) for one in rolled
        )


def money(amount: Money) -> str:
    """'KRW 24,000'."""
    return f"{amount.currency} {plain(amount)}"


@functools.cache
def wording(language: str) -> SheetWords:
    """The words of one of `models.vouchers.LANGUAGES`."""
    return SheetWords(language, read_words(_FOLDER, language))
