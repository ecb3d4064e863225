"""Says what the same travelers cost more on another option: by the price list of today, on both sides."""

from __future__ import annotations

from collections.abc import Iterable

from models.frozen import frozen


@frozen
class Priced:
    """So many of one unit, its price here and there; None where no price is known."""

    quantity: int
    here: int | None
    there: int | None


def price_difference(lines: Iterable[Priced]) -> int | None:
    """Minor units: positive where it costs more there; None where a price is missing, or nobody is told."""
    told = list(lines)
    if not told or any(line.here is None or line.there is None for line in told):
        return None
    return sum(line.quantity * ((line.there or 0) - (line.here or 0)) for line in told)
