"""Every verb that matters, really done by every role: it works, or it is refused and nothing is changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from controllers import (
    backup,
    checkin,
    day_end,
    departures,
    imports,
    journal,
    mapping,
    operator,
    payments,
    products,
    reservations,
    sale,
    trips,
    viewing,
    vouchers,
)
from controllers.desk import Desk
from controllers.list_export import ListExport
from controllers.printing import claim
from controllers.products_file import product_form
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.rights import TABLE, Right, Role
from models.sale import Sale
from models.tables import JournalEntry, Product
from models.tender import Taken
from tests.builders import DAY, DEPARTS, a_product, a_reservation, an_operator, direct_file, direct_row, taken
from tests.fakes import StillClock

PEOPLE = [role for role in Role if role is not Role.PROGRAM]
Act = Callable[[], Any]


@dataclass
class Stage:
    """A desk as its owner left it; `desk` is the same desk for whoever acts next."""

    owner: Desk
    desk: Desk
    clock: StillClock

    def order(self, status: Status = Status.UNCONFIRMED, **told: Any) -> int:
        """An order the owner made."""
        made = a_reservation(self.owner, status, **told)
        self.clock.set(DEPARTS)
        return made

    def product(self) -> int:
        """The only product."""
        with self.owner.reading() as look:
            return int(look.execute(select(Product.id)).scalars().first() or 0)


def _scan(stage: Stage) -> Act:
    made = stage.order(Status.CONFIRMED)
    return lambda: checkin.scan(f"CF-{made}", desk=stage.desk)


def _force(stage: Stage) -> Act:
    made = stage.order(Status.CONFIRMED)
    return lambda: checkin.scan(f"CF-{made}", desk=stage.desk, force="The bus was late.")


def _confirm(stage: Stage) -> Act:
    made = stage.order()
    return lambda: reservations.confirm(made, desk=stage.desk)


def _overbook(stage: Stage) -> Act:
    made = stage.order()
    return lambda: reservations.confirm(made, desk=stage.desk, overbook="The guide's family.")


def _cancel(stage: Stage) -> Act:
    made = stage.order()
    return lambda: reservations.cancel(made, reason="The boat is in dock.", desk=stage.desk)


def _break_a_promise(stage: Stage) -> Act:
    made = stage.order(Status.CONFIRMED)
    return lambda: reservations.cancel(made, reason="The boat is in dock.", cause=Cause.OURS, desk=stage.desk)


def _sell(stage: Stage) -> Act:
    stage.clock.set(DEPARTS.replace(hour=0))
    offer = sale.till(DAY, desk=stage.owner).offers[0]
    units = tuple((unit.id, 1) for unit in offer.units)
    what = Sale(offer.option_id, offer.departs_at, units, name="Anna Sample")
    return lambda: sale.sell(what, desk=stage.desk, taken=(Taken("cash"),), sale_id="one")


def _pay(stage: Stage) -> Act:
    made = stage.order(Status.AWAITING_PAYMENT)
    return lambda: payments.pay(made, desk=stage.desk, method="cash", amount="1")


def _capacity(stage: Stage) -> Act:
    stage.order()
    line = viewing.see_days(DAY, DAY, desk=stage.owner)[DAY].lines[0]
    return lambda: departures.change_capacity(line.key, line.capacity + 1, desk=stage.desk)  # type: ignore[arg-type]


def _close_departure(stage: Stage) -> Act:
    line = viewing.see_days(DAY, DAY, desk=stage.owner)[DAY].lines[0]
    return lambda: (
        departures.close(line.key, desk=stage.desk),  # type: ignore[arg-type]
        departures.open_(line.key, desk=stage.desk),  # type: ignore[arg-type]
    )


def _product(stage: Stage) -> Act:
    page = products.see_product(stage.product(), desk=stage.owner)
    form = product_form(page.content | {"meeting_point": "Pier 2"})
    return lambda: products.save_product(form, desk=stage.desk, product_id=stage.product())


def _mapping(stage: Stage) -> Act:
    taken(stage.owner, direct_row(product="Night Walk"))
    group = mapping.see_unmatched_groups(desk=stage.owner).groups[0]
    return lambda: mapping.map_orders(group.key, product_id=stage.product(), desk=stage.desk)


def _operator(stage: Stage) -> Act:
    card = replace(operator.see_operator(desk=stage.owner).card, contact="desk@example.com")
    return lambda: operator.keep_operator(card, desk=stage.desk)


def _export(stage: Stage) -> Act:
    made = stage.order()

    def act() -> None:
        with tempfile.TemporaryDirectory() as folder:
            under_way = ListExport([made], (), Path(folder) / "list.csv", desk=stage.desk)
            under_way.step()
            under_way.finish()

    return act


def _import(stage: Stage) -> Act:
    file = direct_file(direct_row())
    return lambda: imports.import_file("direct.csv", file, desk=stage.desk)


def _day_end(stage: Stage) -> Act:
    return lambda: day_end.see_day_end(DAY, desk=stage.desk)


def _print(stage: Stage) -> Act:
    made = stage.order(Status.CONFIRMED)
    return lambda: claim(vouchers.voucher_draft(made, desk=stage.desk), "Kasse", desk=stage.desk)


def _verify(stage: Stage) -> Act:
    return lambda: journal.verify(desk=stage.desk)


def _backup(stage: Stage) -> Act:
    def act() -> None:
        with tempfile.TemporaryDirectory() as folder:
            backup.backup(Path(folder) / "copy.sqlite", desk=stage.desk)

    return act


def _view_information(stage: Stage) -> Act:
    made = stage.order(Status.CONFIRMED)
    return lambda: viewing.see_details(made, desk=stage.desk, reveal=True)


def _trips(stage: Stage) -> Act:
    return lambda: trips.close_trips(desk=stage.desk)


VERBS: dict[str, tuple[Right, Callable[[Stage], Act]]] = {
    "scan": (Right.SCAN, _scan),
    "force": (Right.OVERRULE, _force),
    "confirm": (Right.ORDERS, _confirm),
    "overbook": (Right.OVERRULE, _overbook),
    "cancel": (Right.ORDERS, _cancel),
    "break a promise": (Right.OVERRULE, _break_a_promise),
    "sell": (Right.SELL, _sell),
    "pay": (Right.SELL, _pay),
    "change the seats": (Right.OVERRULE, _capacity),
    "close a departure": (Right.DEPARTURES, _close_departure),
    "change a product": (Right.CATALOGUE, _product),
    "say what a name means": (Right.CATALOGUE, _mapping),
    "change the operator": (Right.OPERATOR, _operator),
    "export": (Right.EXPORT, _export),
    "import": (Right.FILES, _import),
    "see the day's end": (Right.REPORTS, _day_end),
    "print": (Right.PRINT, _print),
    "verify the journal": (Right.JOURNAL, _verify),
    "back up": (Right.BACKUP, _backup),
    "open a traveler's data": (Right.TRAVELERS, _view_information),
    "close the trips": (Right.TRIPS, _trips),
}


def written(desk: Desk) -> int:
    """How many entries the journal has."""
    with desk.reading() as look:
        return len(look.execute(select(JournalEntry.seq)).all())


def became(act: Act) -> str:
    """'' where it was done, else why not."""
    try:
        act()
    except CannotDo as no:
        return no.code
    return ""


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_really_does_what_the_table_says_and_no_more(
    desk: Desk, clock: StillClock, role: Role
) -> None:
    units = [{"name": "Adult", "price": "39000"}, {"name": "Child", "price": "19500"}]
    option = {"name": "Afternoon", "starts": "14:00", "capacity": 400, "minutes": 120, "units": units}
    a_product(desk, options=[option], currency="KRW")
    an_operator(desk, name="Muster Tours", country="KR", zone="Asia/Seoul", currency="KRW")
    wrong = []
    for name, (right, prepare) in VERBS.items():
        whoever = replace(desk, actor=replace(desk.actor, role=role))
        act = prepare(Stage(desk, whoever, clock))
        before = written(desk)
        told = became(act)
        expected = "" if role in TABLE[right] else "not-allowed"
        if told != expected or (expected and written(desk) != before):
            wrong.append(f"{role} {name}: {told or 'done'}, not {expected or 'done'}")
    assert not wrong, "\n".join(wrong)
