"""Redemption groups: these people let in with these products, and with no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Table, delete, insert, select, update

from controllers.desk import Desk, Work
from controllers.rights import needs
from controllers.staff.signing_in import look_again, role_now
from models.refusals import CannotDo
from models.rights import Right
from models.staff import LONGEST_NAME, folded
from models.tables import Product, RedeemGroup, Staff

_G: Table = RedeemGroup.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it is kept: its people by our number of them, its products by number and name."""

    id: int
    name: str
    people: tuple[int, ...]
    products: dict[str, str]


@needs(Right.STAFF)
def see_groups(*, desk: Desk) -> tuple[Group, ...]:
    """All of them, by name."""
    with desk.reading() as look:
        rows = look.execute(select(_G).order_by(_G.c.name)).all()
        return tuple(Group(row.id, row.name, tuple(row.people), dict(row.products)) for row in rows)


@needs(Right.STAFF)
def keep_group(
    name: str, people: Iterable[int], products: Iterable[int], *, desk: Desk, group_id: int | None = None
) -> int:
    """Makes a group, or changes the one with this id; its id. Whoever is in it redeems by it from the next scan on."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise CannotDo("group-name-wrong", most=LONGEST_NAME)
    with desk.work() as work:
        role_now(work, Right.STAFF)
        _is_free(work, tidy, group_id)
        members, theirs = _known_people(work, people), _known_products(work, products)
        row = {"name": tidy, "people": members, "products": theirs}
        if group_id is None:
            group_id = int(work.connection.execute(insert(_G).values(row).returning(_G.c.id)).scalar_one())
        elif not work.connection.execute(update(_G).where(_G.c.id == group_id).values(row)).rowcount:
            raise CannotDo("group-gone")
        work.record(f"redeem-group:{group_id}", "keep-group", people=members, products=sorted(theirs))
        work.changed.add("staff")
    look_again(desk=desk)
    return group_id


@needs(Right.STAFF)
def drop_group(group_id: int, *, desk: Desk) -> None:
    """Takes a group away: its people redeem what their other groups hold, or everything."""
    with desk.work() as work:
        role_now(work, Right.STAFF)
        if work.connection.execute(delete(_G).where(_G.c.id == group_id)).rowcount:
            work.record(f"redeem-group:{group_id}", "drop-group")
            work.changed.add("staff")
    look_again(desk=desk)


def _is_free(work: Work, name: str, group_id: int | None) -> None:
    for row in work.connection.execute(select(_G.c.id, _G.c.name)):
        if row.id != group_id and folded(row.name) == folded(name):
            raise CannotDo("group-name-taken", name=name)


def _known_people(work: Work, people: Iterable[int]) -> list[int]:
    wanted = set(people)
    known = work.connection.execute(select(Staff.id).where(Staff.id.in_(wanted))).scalars().all()
    return sorted(int(one) for one in known)


def _known_products(work: Work, products: Iterable[int]) -> dict[str, str]:
    wanted = set(products)
    rows = work.connection.execute(select(Product.id, Product.name).where(Product.id.in_(wanted)))
    return {str(row.id): str(row.name) for row in rows}
