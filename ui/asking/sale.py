"""Sells at the counter, and counts its drawer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.sale import Sold, Till
    from models.drawer import Drawer, ShiftClosed
    from models.money import Money
    from models.sale import Sale
    from models.tender import Rates, Taken
    from ui.asking.door import DeskDoor


def till(desk: DeskDoor, day: date | None = None) -> Till:
    """What can be sold on a day, today unless told otherwise."""
    from controllers import sale

    return sale.till(day, desk=desk())


def sell(
    desk: DeskDoor,
    what: Sale,
    sale_id: str,
    taken: Sequence[Taken],
    *,
    deposit: Money | None = None,
    into_waiting: bool = False,
    overbook: str = "",
    reward: str = "",
    off: Money | None = None,
) -> Sold:
    """Sells it."""
    from controllers import sale

    return sale.sell(
        what,
        desk=desk(),
        sale_id=sale_id,
        taken=taken,
        deposit=deposit,
        into_waiting=into_waiting,
        overbook=overbook,
        reward=reward,
        off=off,
    )


def drawer(desk: DeskDoor) -> Drawer | None:
    """The open shift of this counter."""
    from controllers import drawer as drawer_

    return drawer_.see_drawer(desk=desk())


def open_shift(desk: DeskDoor, counted: Mapping[str, int]) -> Drawer:
    """Opens a shift with what was counted."""
    from controllers import drawer as drawer_

    return drawer_.open_shift(counted, desk=desk())


def close_shift(desk: DeskDoor, counted: Mapping[str, int], note: str = "") -> ShiftClosed:
    """Ends the shift with what was counted."""
    from controllers import drawer as drawer_

    return drawer_.close_shift(counted, desk=desk(), note=note)


def move_cash(desk: DeskDoor, money: Money, reason: str) -> Drawer:
    """Puts cash in or takes it out."""
    from controllers import drawer as drawer_

    return drawer_.move_cash(money, desk=desk(), reason=reason)


def currencies(desk: DeskDoor) -> Rates:
    """Which currencies the till takes."""
    from controllers import currencies as currencies_

    return currencies_.see_currencies(desk=desk())


def take_currencies(desk: DeskDoor, worth: Mapping[str, str], seen: Rates) -> Rates:
    """Takes these from now on, if nobody has changed one since they were seen."""
    from controllers import currencies as currencies_

    return currencies_.take_currencies(worth, desk=desk(), seen=seen)
