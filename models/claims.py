"""Who has taken an order on, so that two people do not work on the same one.

A claim is a courtesy: it warns and never blocks. It lapses half an hour after its owner's last deed on the
reservation (the claim itself, a note, a verb of its life), and anybody may take it over, which is journaled.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from models.frozen import frozen

CLAIM_LASTS = timedelta(minutes=30)


@frozen
class Claim:
    """Who has it; `at` is the last thing that person did to it."""

    staff_id: int
    staff: str
    at: datetime

    @property
    def until(self) -> datetime:
        """When it lapses if nothing more is done."""
        return self.at + CLAIM_LASTS


def standing(claim: Claim | None, now: datetime) -> Claim | None:
    """The claim while it counts, None once it has lapsed."""
    return claim if claim is not None and now < claim.until else None


def of_another(claim: Claim | None, staff_id: int, now: datetime) -> Claim | None:
    """The claim that somebody else holds now: the one to warn of."""
    held = standing(claim, now)
    return held if held is not None and held.staff_id != staff_id else None
