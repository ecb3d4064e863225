"""Lets in whoever has the machine: the owner of the data folder, at the command line, without a password.

Whoever owns the folder could open the file itself, or has the password of the shared database; a password of ours
would keep nobody out. They act as the owner, and the journal says that it was the machine. In the window nobody
gets in this way: there several people stand at one account of the operating system.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Table, select, update

from controllers.desk import Actor, Desk, nobody_at
from controllers.rights import needs
from controllers.staff.passwords import hash_of, proof_of
from controllers.staff.people import Invited
from controllers.staff.wrong_tries import forget_tries
from models.refusals import CannotDo
from models.rights import Right, Role
from models.staff import FIRST_PASSWORD_LASTS, folded, make_first_password
from models.tables import Staff

_S: Table = Staff.__table__  # type: ignore[assignment]


def owns(folder: Path, database: str = "") -> bool:
    """Whether the operating system's user owns the data folder, and the file where that is the database.

    Where the system knows no such number (Windows), it is theirs if it lies in their own profile.
    """
    return all(_is_ours(path) for path in (folder, *_file_of(database)) if path.exists())


def act_as_owner(*, desk: Desk) -> None:
    """From now on this desk acts as its owner. Ask `owns` first; it is journaled."""
    with desk.reading() as look:
        asked = select(_S).where(_S.c.active, _S.c.role == Role.OWNER).order_by(_S.c.id)
        owner = look.execute(asked).first()
    at = desk.actor
    if owner is None:
        raise CannotDo("staff-gone")
    actor = Actor(owner.id, owner.name, owner.role, at.counter_id, at.counter, proof_of(owner.password))
    with desk.work(actor=actor) as work:
        work.record(f"staff:{owner.id}", "sign-in", how="machine")
    desk.actor = actor


@needs(Right.DATABASE)
def reset_owner_password(name: str, *, desk: Desk) -> Invited:
    """The way back for whoever has the machine: a first password for an owner ('' for the first one there is)."""
    password = make_first_password()
    kept = hash_of(password)
    with desk.work() as work:
        asked = select(_S).where(_S.c.active, _S.c.role == Role.OWNER).order_by(_S.c.id)
        owners = work.connection.execute(asked.with_for_update(key_share=True)).all()
        owner = next((one for one in owners if not name or folded(one.name) == folded(name)), None)
        if owner is None:
            raise CannotDo("owner-unknown", name=name, known=[one.name for one in owners])
        until = work.now + FIRST_PASSWORD_LASTS
        changed = {"password": kept, "pin": "", "first_until": until}
        work.connection.execute(update(_S).where(_S.c.id == owner.id).values(changed))
        forget_tries(work, owner.name)
        work.record(f"staff:{owner.id}", "reset-password", how="machine")
        work.changed.add("staff")
    desk.actor = nobody_at(desk.actor.counter_id, desk.actor.counter)
    return Invited(owner.id, owner.name, owner.role, password, until)


def _file_of(database: str) -> tuple[Path, ...]:
    from sqlalchemy.engine import make_url

    if not database.startswith("sqlite"):
        return ()
    return (Path(make_url(database).database or ""),)


def _is_ours(path: Path) -> bool:
    if hasattr(os, "getuid"):
        return os.getuid() in (0, path.stat().st_uid)
    return path.resolve().is_relative_to(Path.home().resolve()) and os.access(path, os.W_OK)
