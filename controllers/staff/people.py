"""Invites people, changes and disables them, and keeps everybody's own password and PIN.

At least one owner stays, also when two managers are at it at once: whoever changes an owner holds all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from controllers.desk import Desk, Work
from controllers.meanwhile import refuse_overwriting
from controllers.rights import needs
from controllers.staff.passwords import agrees, hash_of, proof_of
from controllers.staff.signing_in import look_again, role_now
from controllers.staff.wrong_tries import WrongTries, forget_tries
from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Right, Role
from models.staff import (
    FIRST_PASSWORD_LASTS,
    Member,
    check_change,
    check_name,
    check_password,
    check_pin,
    make_first_password,
)
from models.tables import Counter, Presence, Staff

_S: Table = Staff.__table__  # type: ignore[assignment]
_P: Table = Presence.__table__  # type: ignore[assignment]


@frozen
class Person:
    """Somebody on the staff page. `invited_until`: still with the first password; `waits_until`: after wrong tries."""

    id: int
    name: str
    role: str
    active: bool
    has_password: bool
    has_pin: bool
    invited_until: datetime | None
    waits_until: datetime | None
    last_at: datetime | None
    last_counter: str


@frozen
class Invited:
    """A first password to hand over: it is shown once, and kept nowhere in readable form."""

    id: int
    name: str
    role: str
    password: str = field(repr=False)
    until: datetime


@frozen
class Oneself:
    """Who asks, and how they sign in."""

    id: int
    name: str
    role: str
    has_password: bool
    has_pin: bool


@needs(Right.STAFF)
def see_people(*, desk: Desk) -> tuple[Person, ...]:
    """Everybody, those who work here first."""
    with desk.reading() as look:
        rows = look.execute(select(_S).order_by(_S.c.active.desc(), _S.c.name, _S.c.id)).all()
        seen = _last_seen(look)
        return tuple(_person(row, seen, look, desk) for row in rows)


@needs(Right.OWN)
def see_oneself(*, desk: Desk) -> Oneself:
    """Whoever asks."""
    with desk.reading() as look:
        row = look.execute(select(_S).where(_S.c.id == desk.actor.staff_id)).one()
        return Oneself(row.id, row.name, row.role, bool(row.password), bool(row.pin))


@needs(Right.STAFF)
def invite(name: str, role: str, *, desk: Desk) -> Invited:
    """Takes somebody new on, with a first password to hand over.

    Whoever invites has a password already: else the new person would lock them out.
    """
    password = make_first_password()
    kept = hash_of(password)
    with desk.work() as work:
        by = _hold_owners(work)
        _may_be_joined(work)
        others = work.connection.execute(select(_S.c.name)).scalars().all()
        tidy = check_name(name, others)
        check_change(by, None, Member(0, tidy, role, True), owners=1)
        until = work.now + FIRST_PASSWORD_LASTS
        row = {"name": tidy, "role": role, "active": True, "password": kept, "pin": "", "first_until": until}
        made = int(work.connection.execute(insert(_S).values(row).returning(_S.c.id)).scalar_one())
        work.record(f"staff:{made}", "invite", role=role)
        work.changed.add("staff")
        return Invited(made, tidy, role, password, until)


@needs(Right.STAFF)
def change_person(
    staff_id: int,
    *,
    desk: Desk,
    name: str | None = None,
    role: str | None = None,
    active: bool | None = None,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Changes what is given. Raises CannotDo: "last-owner", "not-allowed", "staff-gone", "staff-name-taken".

    CannotDo("kept-meanwhile") where somebody else has changed one of these since it was `seen`.
    """
    with desk.work() as work:
        row, owners, by = _held(work, staff_id)
        before = _member(row)
        if name is not None:
            others = work.connection.execute(select(_S.c.name).where(_S.c.id != staff_id)).scalars().all()
            name = check_name(name, others)
        after = Member(
            staff_id,
            before.name if name is None else name,
            before.role if role is None else role,
            before.active if active is None else active,
        )
        check_change(by, before, after, owners)
        if seen is not None:
            now, wanted = ({one: getattr(member, one) for one in seen} for member in (before, after))
            refuse_overwriting(work, f"staff:{staff_id}", ("change", "rename-person"), seen, now, wanted)
        if after != before:
            _write_member(work, before, after)
    look_again(desk=desk)


@needs(Right.STAFF)
def give_first_password(staff_id: int, *, desk: Desk) -> Invited:
    """For somebody who forgot theirs: a new first password, and the PIN is gone with the old one."""
    password = make_first_password()
    kept = hash_of(password)
    with desk.work() as work:
        _may_be_joined(work)
        row, owners, by = _held(work, staff_id)
        check_change(by, _member(row), _member(row), owners)
        if staff_id == work.actor.staff_id:
            raise CannotDo("own-password-oneself")
        until = work.now + FIRST_PASSWORD_LASTS
        changed = {"password": kept, "pin": "", "first_until": until}
        work.connection.execute(update(_S).where(_S.c.id == staff_id).values(changed))
        forget_tries(work, row.name)
        work.record(f"staff:{staff_id}", "reset-password")
        work.changed.add("staff")
        return Invited(staff_id, row.name, row.role, password, until)


@needs(Right.STAFF)
def let_try_again(staff_id: int, *, desk: Desk) -> None:
    """Whoever was wrong too often need not wait any longer."""
    with desk.work() as work:
        row, owners, by = _held(work, staff_id)
        check_change(by, _member(row), _member(row), owners)
        forget_tries(work, row.name)
        work.record(f"staff:{staff_id}", "unlock")
        work.changed.add("staff")


@needs(Right.OWN)
def choose_password(old: str, new: str, *, desk: Desk) -> None:
    """One's own password. From the first one on, whoever starts the desk signs in."""
    row = _proven(old, desk)
    check_password(new, row.name)
    kept = hash_of(new)
    with desk.work() as work:
        _replace(work, row, password=kept, first_until=None)
        work.record(f"staff:{row.id}", "change-password")
        work.changed.add("staff")
        _note_proven(work)
    desk.actor = replace(desk.actor, proof=proof_of(kept))


@needs(Right.OWN)
def choose_pin(password: str, pin: str, *, desk: Desk) -> None:
    """One's own PIN for a quick change of person; '' takes it away."""
    row = _proven(password, desk)
    if not row.password:
        raise CannotDo("password-before-pin")
    if pin:
        check_pin(pin)
    kept = hash_of(pin) if pin else ""
    with desk.work() as work:
        _replace(work, row, pin=kept)
        work.record(f"staff:{row.id}", "change-pin" if pin else "drop-pin")
        work.changed.add("staff")


# --- looking --------------------------------------------------------------------------------


def _last_seen(look: Connection) -> dict[int, tuple[datetime, str]]:
    asked = select(_P.c.staff_id, _P.c.at, Counter.name).join(Counter, Counter.id == _P.c.counter_id)
    return {row.staff_id: (row.at, row.name) for row in look.execute(asked.order_by(_P.c.at))}


def _person(row: Any, seen: dict[int, tuple[datetime, str]], look: Connection, desk: Desk) -> Person:
    at, counter = seen.get(row.id, (None, ""))
    waits = WrongTries(desk, row.name).until(look)
    return Person(
        row.id, row.name, row.role, row.active, bool(row.password), bool(row.pin), row.first_until, waits, at, counter
    )  # fmt: skip


def _member(row: Any) -> Member:
    return Member(row.id, row.name, row.role, row.active)


# --- changing -------------------------------------------------------------------------------


def _held(work: Work, staff_id: int) -> tuple[Any, int, str]:
    """The person, how many active owners there are, and by which role one acts; all locked until the end."""
    wanted = (_S.c.id == staff_id) | (_S.c.id == work.actor.staff_id) | (_S.c.role == Role.OWNER)
    rows = work.connection.execute(
        select(_S).where(wanted).order_by(_S.c.id).with_for_update(key_share=True)
    ).all()
    by = role_now(work, Right.STAFF)
    row = next((one for one in rows if one.id == staff_id), None)
    if row is None:
        raise CannotDo("staff-gone")
    return row, sum(1 for one in rows if one.role == Role.OWNER and one.active), by


def _hold_owners(work: Work) -> str:
    """Nobody else invites or renames anybody meanwhile: no two people of one name. By which role one acts."""
    some = (_S.c.id == work.actor.staff_id) | (_S.c.role == Role.OWNER)
    work.connection.execute(
        select(_S.c.id).where(some).order_by(_S.c.id).with_for_update(key_share=True)
    ).all()
    return role_now(work, Right.STAFF)


def _may_be_joined(work: Work) -> None:
    """Nobody is taken on by somebody without a password: from then on everybody needs one."""
    mine = select(_S.c.password).where(_S.c.id == work.actor.staff_id)
    if not work.connection.execute(mine).scalar():
        raise CannotDo("password-before-others")


def _write_member(work: Work, before: Member, after: Member) -> None:
    changed: dict[str, Any] = {"name": after.name, "role": after.role, "active": after.active}
    if not after.active:
        changed["pin"] = ""
    work.connection.execute(update(_S).where(_S.c.id == after.id).values(changed))
    told: dict[str, Any] = {}
    if after.role != before.role:
        told["role"] = [before.role, after.role]
    if after.active != before.active:
        told["active"] = [before.active, after.active]
    if told:
        work.record(f"staff:{after.id}", "change", **told)
    if after.name != before.name:
        work.record(f"staff:{after.id}", "rename-person", fields=["name"])
    work.changed.add("staff")


def _proven(password: str, desk: Desk) -> Any:
    """One's own row, where the password is right or none was chosen yet."""
    with desk.reading() as look:
        row = look.execute(select(_S).where(_S.c.id == desk.actor.staff_id, _S.c.active)).first()
    if row is None:
        raise CannotDo("staff-gone")
    if row.password:
        tries = WrongTries(desk, row.name)
        tries.refuse_while_waiting()
        if not agrees(row.password, password):
            no = tries.count(row.id)
            raise CannotDo("own-password-wrong") if no.code == "sign-in-wrong" else no
    return row


def _replace(work: Work, row: Any, **kept: Any) -> None:
    """Only what was looked at: another password that came between stays."""
    mine = (_S.c.id == row.id, _S.c.password == row.password, _S.c.active)
    if not work.connection.execute(update(_S).where(*mine).values(kept)).rowcount:
        raise CannotDo("staff-gone")


def _note_proven(work: Work) -> None:
    mine = (_P.c.staff_id == work.actor.staff_id, _P.c.counter_id == work.actor.counter_id)
    told = {"at": work.now, "proven_at": work.now}
    if not work.connection.execute(update(_P).where(*mine).values(told)).rowcount:
        place = {"staff_id": work.actor.staff_id, "counter_id": work.actor.counter_id}
        work.connection.execute(_P.insert().values({**place, **told}))
