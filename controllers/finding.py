"""Finds the reservation that a number names: ours or a channel's, in any spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, union

from models.codes import tidy
from models.references import keys_to_try, number_of, our_id
from models.refusals import CannotDo
from models.tables import ForeignCode, Reservation


def named(look: Connection, reference: str) -> int:
    """The one reservation a reference names.

    Raises CannotDo("not-found"), or CannotDo("ambiguous") with the numbers it fits.
    """
    found = all_named(look, reference)
    if not found:
        raise CannotDo("not-found", reference=reference)
    if len(found) > 1:
        numbers = [number_of(i) for i in found]
        raise CannotDo("ambiguous", reference=reference, numbers=", ".join(numbers), fits=numbers)
    return found[0]


def all_named(look: Connection, reference: str) -> list[int]:
    """Every reservation that a number, a channel's reference or a channel's voucher code names."""
    ours = our_id(reference)
    if ours is not None and look.execute(select(Reservation.id).where(Reservation.id == ours)).scalar():
        return [ours]
    keys = keys_to_try(reference)
    if not keys[0]:
        return []
    return _ids(look, keys, tidy(reference))


def _ids(look: Connection, keys: Sequence[str], code: str) -> list[int]:
    asked = union(
        select(Reservation.id).where(Reservation.reference_key.in_(keys)),
        select(Reservation.id).where(Reservation.via_reference.in_(keys), Reservation.via_reference != ""),
        select(ForeignCode.reservation_id).where(ForeignCode.code == code),
    )
    rows: Sequence[Any] = look.execute(asked).all()
    return sorted(row[0] for row in rows)
