"""Redemption groups: these people let in with these products, and with no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from controllers.desk import Desk, Work
from controllers.meanwhile import refuse_overwriting
from controllers.rights import needs
from controllers.staff.signing_in import look_again, role_now
from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right
from models.staff import LONGEST_NAME, folded
from models.tables import Product, RedeemGroup, Staff

_G: Table = RedeemGroup.__table__  # type: ignore[assignment]


@frozen
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
    name: str,
    people: Iterable[int],
    products: Iterable[int],
    *,
    desk: Desk,
    group_id: int | None = None,
    seen: Group | None = None,
) -> int:
    """Makes a group, or changes the one with this id; its id. Whoever is in it redeems by it from the next scan on.

    Raises CannotDo("kept-meanwhile") where somebody else has changed it since it was `seen`.
    """
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise CannotDo("group-name-wrong", most=LONGEST_NAME)
    with desk.work() as work:
        role_now(work, Right.STAFF)
        _is_free(work, tidy, group_id)
        members, theirs = _known_people(work, people), _known_products(work, products)
        row = {"name": tidy, "people": members, "products": theirs}
        if group_id is not None and seen is not None:
            _refuse_overwriting(work, group_id, seen, row)
        if group_id is None:
            group_id = int(work.connection.execute(insert(_G).values(row).returning(_G.c.id)).scalar_one())
        elif not work.connection.execute(update(_G).where(_G.c.id == group_id).values(row)).rowcount:
            raise CannotDo("group-gone")
        work.record(f"redeem-group:{group_id}", "keep-group", people=members, products=sorted(theirs))
        work.changed.add("staff")
    look_again(desk=desk)
    return group_id


def _refuse_overwriting(work: Work, group_id: int, seen: Group, wanted: Mapping[str, Any]) -> None:
    now = work.connection.execute(select(_G).where(_G.c.id == group_id).with_for_update()).first()
    if now is None:
        raise CannotDo("group-gone")
    was, is_now, shall = (
        {"name": one["name"], "people": set(one["people"]), "products": set(one["products"])}
        for one in (
            {"name": seen.name, "people": seen.people, "products": seen.products},
            now._mapping,
            wanted,
        )
    )
    refuse_overwriting(work, f"redeem-group:{group_id}", ("keep-group",), was, is_now, shall)


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
