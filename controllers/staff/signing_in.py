"""Lets people in at a counter by password or PIN, out again, and notices what a manager has changed about them.

A wrong try is counted and journaled whether the name is known or not, and takes as long. Who acts is replaced as a
whole and last, when everything is kept: so one use case is one person's. Called on the lane that writes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select, update

from controllers.desk import Actor, Desk, Work, acting_first, nobody_at
from controllers.staff.passwords import agrees, hash_of, is_outdated, proof_of
from controllers.staff.wrong_tries import WrongTries, forget_tries
from models.frozen import frozen
from models.joining import as_made
from models.refusals import CannotDo
from models.rights import Right, Role, require, who_may
from models.staff import PIN_FOLLOWS, check_password, folded, looks_like_pin, redeemable
from models.tables import Counter, Presence, RedeemGroup, Staff

_S: Table = Staff.__table__  # type: ignore[assignment]
_P: Table = Presence.__table__  # type: ignore[assignment]
MOST_HERE = 8


@frozen
class SignedIn:
    """Who is there now, and when and where they were last before: None for never."""

    name: str
    role: str
    last_at: datetime | None = None
    last_counter: str = ""


@frozen
class Here:
    """Somebody who may change to this counter by PIN."""

    name: str


def sign_in(name: str, secret: str, *, desk: Desk, new_password: str = "") -> SignedIn:
    """Lets somebody in by password, or by PIN where they typed the password here not long ago.

    Whoever has a first password from a manager gives a new one with it. Raises CannotDo: "sign-in-wrong",
    "sign-in-wait", "pin-needs-password", "password-first".
    """
    by_pin = looks_like_pin(secret)
    with desk.reading() as look:
        person = _named(look, name)
        proven = not by_pin or (person is not None and _proven_here(look, desk, person.id))
    if not proven:
        raise CannotDo("pin-needs-password")
    tries = WrongTries(desk, name, by_pin=by_pin)
    tries.refuse_while_waiting()
    kept = "" if person is None else str(person.pin if by_pin else person.password)
    if not by_pin and person is not None and person.first_until is not None:
        secret = as_made(secret)  # the program made it in one spelling: it is taken as it was read out
    if not agrees(kept, secret) or person is None:
        raise tries.count(person.id if person is not None else None)
    if by_pin:
        return _let_in(desk, person, by_pin=True)
    return _by_password(desk, person, secret, new_password)


def leave(why: str, *, desk: Desk) -> None:
    """Nobody is signed in here any more: `why` is 'idle', 'person' or 'closed'. It happens also without a database."""
    before, desk.actor = desk.actor, nobody_at(desk.actor.counter_id, desk.actor.counter)
    if before.staff_id:
        with desk.work(actor=before) as work:
            work.record(f"staff:{before.staff_id}", "sign-out", why=why)


def look_again(*, desk: Desk) -> Actor:
    """Who acts here after managers have changed something: with today's role, or nobody any more."""
    actor = desk.actor
    with desk.reading() as look:
        if actor.staff_id:
            now = _acting_now(look, actor)
        elif actor.role:
            now = actor  # the clock
        else:
            now = acting_first(look, actor.counter_id, actor.counter)
    desk.actor = now
    return now


def role_now(work: Work, right: Right) -> str:
    """The role by which somebody acts in what changes who may do what: as it is kept now, not as it was heard last.

    The person is held until the end. Raises CannotDo("not-allowed") where they may not any more.
    """
    actor = work.actor
    if not actor.staff_id:
        return actor.role
    asked = select(_S.c.active, _S.c.role, _S.c.password).where(_S.c.id == actor.staff_id)
    row = work.connection.execute(asked.with_for_update(key_share=True)).first()
    if row is None or not row.active or proof_of(row.password) != actor.proof:
        raise CannotDo("not-allowed", action=right.value, who=who_may(right))
    lesser: str = max(actor.role, row.role, key=list(Role).index)
    require(lesser, right)
    return lesser


def people_here(*, desk: Desk) -> tuple[Here, ...]:
    """Who may change to this counter by PIN, the last one first; whoever is there already is not among them."""
    since = desk.now() - PIN_FOLLOWS
    asked = (
        select(_S.c.id, _S.c.name)
        .join(_P, _P.c.staff_id == _S.c.id)
        .where(_S.c.active, _S.c.pin != "", _P.c.proven_at > since)
        .where(_P.c.counter_id == desk.actor.counter_id, _S.c.id != desk.actor.staff_id)
        .order_by(_P.c.at.desc(), _S.c.id)
        .limit(MOST_HERE)
    )
    with desk.reading() as look:
        return tuple(Here(row.name) for row in look.execute(asked))


def needs_signing_in(*, desk: Desk) -> bool:
    """Whether anybody here has a password: without one there is nothing to lock."""
    with desk.reading() as look:
        return bool(look.execute(select(_S.c.id).where(_S.c.active, _S.c.password != "").limit(1)).first())


# --- letting in -----------------------------------------------------------------------------


def _by_password(desk: Desk, person: Any, secret: str, new_password: str) -> SignedIn:
    if person.first_until is None:
        renewed = hash_of(secret) if is_outdated(person.password) else ""
        return _let_in(desk, person, renewed=renewed)
    if person.first_until < desk.now():
        raise CannotDo("first-password-over")
    if not new_password:
        raise CannotDo("password-first", name=person.name)
    check_password(new_password, person.name)
    if as_made(new_password) == secret:
        raise CannotDo("password-same")
    return _let_in(desk, person, renewed=hash_of(new_password), chosen=True)


def _let_in(
    desk: Desk, person: Any, *, by_pin: bool = False, renewed: str = "", chosen: bool = False
) -> SignedIn:
    """All of it, or the person who was there stays there."""
    with desk.work(actor=_actor_of(person, desk.actor, renewed or person.password)) as work:
        _still_as_proven(work, person)
        WrongTries(desk, person.name, by_pin=by_pin).refuse_if_waiting(
            work.connection
        )  # tried at many counters
        if renewed:
            kept = {"password": renewed, **({"first_until": None} if chosen else {})}
            work.connection.execute(update(_S).where(_S.c.id == person.id).values(kept))
        last = _last(work.connection, person.id)
        _note_presence(work, person, by_pin=by_pin)
        forget_tries(work, person.name, pin_only=by_pin)
        if chosen:
            work.record(f"staff:{person.id}", "change-password", first=True)
        work.record(f"staff:{person.id}", "sign-in", how="pin" if by_pin else "password")
        groups = _redeemable(work.connection, person.id)
        actor = _actor_of(person, desk.actor, renewed or person.password, groups)
    desk.actor = actor
    return SignedIn(person.name, person.role, *last)


def _still_as_proven(work: Work, person: Any) -> None:
    """Between the look and now a manager may have changed everything."""
    asked = select(_S.c.active, _S.c.password, _S.c.pin, _S.c.role).where(_S.c.id == person.id)
    now = work.connection.execute(asked.with_for_update(key_share=True)).one()
    if not now.active or (now.password, now.pin, now.role) != (person.password, person.pin, person.role):
        raise CannotDo("sign-in-wrong")


def _note_presence(work: Work, person: Any, *, by_pin: bool) -> None:
    mine = (_P.c.staff_id == person.id, _P.c.counter_id == work.actor.counter_id)
    told = {"at": work.now} if by_pin else {"at": work.now, "proven_at": work.now}
    if not work.connection.execute(update(_P).where(*mine).values(told)).rowcount:
        place = {"staff_id": person.id, "counter_id": work.actor.counter_id}
        work.connection.execute(_P.insert().values({**place, **told}))


def _proven_here(look: Connection, desk: Desk, staff_id: int) -> bool:
    mine = (_P.c.staff_id == staff_id, _P.c.counter_id == desk.actor.counter_id)
    return (
        look.execute(select(_P.c.at).where(*mine, _P.c.proven_at > desk.now() - PIN_FOLLOWS)).first()
        is not None
    )


def _last(look: Connection, staff_id: int) -> tuple[datetime | None, str]:
    asked = select(_P.c.at, Counter.name).join(Counter, Counter.id == _P.c.counter_id)
    row = look.execute(asked.where(_P.c.staff_id == staff_id).order_by(_P.c.at.desc()).limit(1)).first()
    return (row.at, row.name) if row else (None, "")


# --- who is there ---------------------------------------------------------------------------


def _named(look: Connection, name: str) -> Any:
    """The active person of this name, however it was typed."""
    wanted = folded(name)
    rows = look.execute(select(_S).where(_S.c.active, _S.c.password != "")).all()
    return next((row for row in rows if folded(row.name) == wanted), None)


def _actor_of(person: Any, at: Actor, password: str, redeems: frozenset[int] | None = None) -> Actor:
    return Actor(person.id, person.name, person.role, at.counter_id, at.counter, proof_of(password), redeems)


def _acting_now(look: Connection, actor: Actor) -> Actor:
    person = look.execute(select(_S).where(_S.c.id == actor.staff_id)).first()
    if person is None or not person.active or proof_of(person.password) != actor.proof:
        return nobody_at(actor.counter_id, actor.counter)
    if not actor.proof and acting_first(look, actor.counter_id, actor.counter).staff_id != person.id:
        return nobody_at(actor.counter_id, actor.counter)
    return _actor_of(person, actor, person.password, _redeemable(look, person.id))


def _redeemable(look: Connection, staff_id: int) -> frozenset[int] | None:
    rows = look.execute(select(RedeemGroup.people, RedeemGroup.products)).all()
    return redeemable(staff_id, ((row.people, row.products) for row in rows))
