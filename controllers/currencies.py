"""Decides which currencies the till takes besides the operator's own, and at what rate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import select, update

from controllers.desk import Desk
from controllers.meanwhile import refuse_overwriting
from controllers.payments import tills_rates
from controllers.rights import needs
from models.money import is_currency, typed_number
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Operator
from models.tender import Rates, is_rate


@needs(Right.OWN)
def see_currencies(*, desk: Desk) -> Rates:
    """What the till takes now."""
    with desk.reading() as look:
        return tills_rates(look)


@needs(Right.OPERATOR)
def take_currencies(worth: Mapping[str, str], *, desk: Desk, seen: Rates | None = None) -> Rates:
    """Takes these currencies from now on: what one whole unit of each is worth in the operator's own, as typed.

    A manager's right. Raises CannotDo("currency-unknown") or ("rate-wrong"), and ("kept-meanwhile") where somebody else
    has changed one since they were `seen`.
    """
    with desk.work() as work:
        row = work.connection.execute(select(Operator.currency, Operator.currencies).with_for_update()).one()
        kept = [{"code": code, "worth": rate} for code, rate in _checked(worth, row.currency)]
        if seen is not None:
            now, wanted = _told(row.currency, row.currencies), _told(seen.own, kept)
            was = {"own": seen.own, **{code: f"{rate:f}" for code, rate in seen.worth.items()}}
            refuse_overwriting(work, "operator", ("currencies",), was, now, wanted)
        if kept != row.currencies:
            work.connection.execute(update(Operator).values(currencies=kept))
            work.record("operator", "currencies", before=row.currencies, after=kept)
            work.changed.add("settings")
        return tills_rates(work.connection)


def _told(own: str, currencies: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {"own": own, **{one["code"]: one["worth"] for one in currencies}}


def _checked(worth: Mapping[str, str], own: str) -> list[tuple[str, str]]:
    checked = []
    for code, told in worth.items():
        tidy = code.strip().upper()
        if not is_currency(tidy) or tidy == own:
            raise CannotDo("currency-unknown", currency=code.strip(), own=own)
        try:
            rate = typed_number(told)
        except ValueError:
            rate = Decimal(0)
        if not is_rate(rate):
            raise CannotDo("rate-wrong", rate=told.strip(), currency=tidy, own=own)
        checked.append((tidy, f"{rate:f}"))
    return sorted(checked)
