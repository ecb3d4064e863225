"""Signs people in and out, and asks who there is and for which products they redeem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from models.frozen import frozen
from models.rights import Right, may
from ui.asking.door import DeskDoor, at_gate

if TYPE_CHECKING:
    from controllers.desk import Actor, Desk
    from controllers.staff.groups import Group
    from controllers.staff.people import Invited, Oneself, Person
    from controllers.staff.signing_in import Here, SignedIn


def sign_in(desk: DeskDoor, name: str, secret: str, new_password: str = "") -> tuple[Actor, SignedIn]:
    """Lets somebody in by password or PIN; who acts now.

    Without the server it is judged by what this counter's replica knows; a new password wants the server.
    """
    from controllers.staff import signing_in

    at = desk()

    def prove(where: Desk) -> tuple[Actor, SignedIn]:
        told = signing_in.sign_in(name, secret, desk=where, new_password=new_password)
        return where.actor, told

    at.actor, told = prove(at) if new_password else at_gate(desk, prove)
    return at.actor, told


def leave(desk: DeskDoor, why: str) -> None:
    """Nobody is signed in any more."""
    from controllers.staff import signing_in

    signing_in.leave(why, desk=desk())


def look_again(desk: DeskDoor) -> Actor:
    """Who acts after managers have changed something."""
    from controllers.staff import signing_in

    return signing_in.look_again(desk=desk())


def who_may_change(desk: DeskDoor) -> tuple[bool, tuple[Here, ...], tzinfo]:
    """Whether anybody has a password here, who may change by PIN, and the zone in which times are told."""
    from controllers.staff import signing_in

    return at_gate(
        desk,
        lambda at: (
            signing_in.needs_signing_in(desk=at), signing_in.people_here(desk=at), ZoneInfo(at.zone)
        ),
    )  # fmt: skip


@frozen
class StaffPage:
    """What the staff page shows: oneself, and for who may change them everybody, the groups and the products."""

    you: Oneself
    may_change: bool
    may_set_up: bool
    locks: bool
    zone: tzinfo
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    products: dict[int, str] = field(default_factory=dict)


def my_role(desk: DeskDoor) -> str:
    """What whoever works here may."""
    return desk().actor.role


def staff_page(desk: DeskDoor) -> StaffPage:
    """Who asks, and whom they may change."""
    from controllers import viewing
    from controllers.staff import groups, signing_in
    from controllers.staff import people as people_

    at = desk()
    you = people_.see_oneself(desk=at)
    page = StaffPage(
        you,
        may(you.role, Right.STAFF),
        may(you.role, Right.COUNTER),
        signing_in.needs_signing_in(desk=at),
        ZoneInfo(at.zone),
    )
    if not page.may_change:
        return page
    return replace(
        page,
        people=people_.see_people(desk=at),
        groups=groups.see_groups(desk=at),
        products=viewing.product_names(desk=at),
    )


def invite(desk: DeskDoor, name: str, role: str) -> Invited:
    """Takes somebody new on."""
    from controllers.staff import people as people_

    return people_.invite(name, role, desk=desk())


def change_person(
    desk: DeskDoor,
    staff_id: int,
    *,
    role: str | None = None,
    active: bool | None = None,
    name: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Changes somebody, if nobody else has since it was seen."""
    from controllers.staff import people as people_

    people_.change_person(staff_id, desk=desk(), role=role, active=active, name=name, seen=seen)


def give_first_password(desk: DeskDoor, staff_id: int) -> Invited:
    """A new first password for somebody who forgot theirs."""
    from controllers.staff import people as people_

    return people_.give_first_password(staff_id, desk=desk())


def let_try_again(desk: DeskDoor, staff_id: int) -> None:
    """Whoever was wrong too often need not wait."""
    from controllers.staff import people as people_

    people_.let_try_again(staff_id, desk=desk())


def choose_password(desk: DeskDoor, old: str, new: str) -> None:
    """One's own password."""
    from controllers.staff import people as people_

    people_.choose_password(old, new, desk=desk())


def choose_pin(desk: DeskDoor, password: str, pin: str) -> None:
    """One's own PIN."""
    from controllers.staff import people as people_

    people_.choose_pin(password, pin, desk=desk())


def keep_group(
    desk: DeskDoor,
    name: str,
    people: Iterable[int],
    products: Iterable[int],
    group_id: int | None = None,
    seen: Group | None = None,
) -> int:
    """Makes a redemption group, or changes one, if nobody else has since it was seen."""
    from controllers.staff import groups

    return groups.keep_group(name, people, products, desk=desk(), group_id=group_id, seen=seen)


def drop_group(desk: DeskDoor, group_id: int) -> None:
    """Takes a redemption group away."""
    from controllers.staff import groups

    groups.drop_group(group_id, desk=desk())
