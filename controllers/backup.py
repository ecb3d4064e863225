"""Makes copies of the whole database while the desk works: by hand, every day by itself, and as a plain file.

What a plan asks for is sealed with the passphrase of this computer. Whichever counter comes first on a day claims the
daily copy, so that one is made and not one for each counter; one that fails is tried again later by whoever looks next.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, or_, select, update

from controllers import keeping
from controllers.copying import copy_database, counts_of, half_file, pieces, refusal_of, room, sweep_halves
from controllers.desk import Desk, Work
from controllers.meanwhile import refuse_overwriting
from controllers.rights import needs
from controllers.sealed import check_passphrase, seal
from models.database import Database, sqlite_url
from models.frozen import frozen
from models.recovery import NAME, Copied, Plan, Trial, Why, file_name, is_due, outlived, planned
from models.recovery_reading import newest_copy_at
from models.refusals import CannotDo
from models.rights import Right
from models.tables import BackupPlan, BackupRow, Counter, Operator

PASSPHRASE = "backup"
FOLDER = "backups"
DUMP = 1  # the kind of a sealed file; 0 is a copy of ours
_P: Table = BackupPlan.__table__  # type: ignore[assignment]
_B: Table = BackupRow.__table__  # type: ignore[assignment]
_CLAIM, _AGAIN = timedelta(hours=2), timedelta(minutes=30)
_SHOWN = 8


@frozen
class BackupPage:
    """What the settings show: the plan, where copies go, who knows the passphrase, the last copies."""

    plan: Plan
    folder: str
    has_passphrase: bool
    where: keeping.Where
    copies: tuple[Copied, ...]
    trial: Trial | None
    zone: str
    may_change: bool


@needs(Right.BACKUP)
def backup(file: Path, *, desk: Desk, passphrase: str = "") -> None:
    """Writes a consistent copy; an older file of that name is only replaced by a finished one.

    With a passphrase it is sealed, without one it opens as a desk of its own.
    """
    live = desk.database.url.database if desk.database.is_sqlite else None
    if live and file.exists() and file.samefile(live):
        raise CannotDo("backup-onto-itself", file=file.name)
    if not file.parent.is_dir():
        raise CannotDo("file-not-writable", file=file.name, why="there is no such folder")
    with room(desk.home if passphrase else file.parent) as place:
        plain = place / "copy.sqlite"
        copy_database(desk.database, plain)
        if passphrase:
            check_passphrase(passphrase)
            with half_file(file) as out:
                seal(pieces(plain), out, passphrase)
        else:
            try:
                os.replace(plain, file)
            except OSError as error:
                raise refusal_of(error, file) from error
    with desk.work() as work:
        work.record("backup", "backup")


@needs(Right.BACKUP)
def back_up(*, desk: Desk, passphrase: str = "") -> Copied:
    """Makes a copy as the plan says, now. Raises CannotDo for what was in the way; that is kept too."""
    with desk.reading() as look:
        plan = plan_of(look)
    return _make(desk, plan, passphrase or passphrase_of(desk.home), Why.BY_HAND)


@needs(Right.OWN)
def is_backup_due(*, desk: Desk) -> bool:
    """Whether the daily copy is still to be made, nobody is at it, and this computer could make it."""
    with desk.reading() as look:
        return _due(look, desk) is not None and bool(keeping.kept(PASSPHRASE, desk.home).secret)


@needs(Right.OWN)
def back_up_by_clock(*, desk: Desk) -> Copied | None:
    """Makes the daily copy, unless another counter was quicker."""
    passphrase = keeping.kept(PASSPHRASE, desk.home).secret
    plan = _claim(desk) if passphrase else None
    if plan is None:
        return None
    try:
        made = _make(desk, plan, passphrase, Why.DAILY)
    except CannotDo:
        _claim_until(desk, desk.now() + _AGAIN)
        raise
    _claim_until(desk, None)
    return made


@needs(Right.BACKUP)
def see_backups(*, desk: Desk) -> BackupPage:
    """The plan, the last copies and the last rehearsal."""
    from controllers.restoring import last_trial

    found = keeping.kept(PASSPHRASE, desk.home)
    with desk.reading() as look:
        plan = plan_of(look)
        return BackupPage(
            plan,
            str(folder_of(plan, desk.home)),
            bool(found.secret),
            found.where,
            _last_copies(look),
            last_trial(look, desk),
            desk.operator(look).zone,
            True,
        )


@needs(Right.BACKUP)
def plan_backups(
    *, desk: Desk, daily: bool, at: str, keep_days: int, folder: str, seen: Plan | None = None
) -> None:
    """Keeps when and where copies are made. Raises CannotDo for what cannot be: nothing is changed then.

    CannotDo("kept-meanwhile") where somebody else has changed the plan since it was `seen`.
    """
    plan = planned(daily, at, keep_days, folder)
    if plan.folder:
        _try_folder(Path(plan.folder))
    with desk.work() as work:
        work.connection.execute(select(Operator.id).with_for_update())  # the first plan has no row to lock
        before = plan_of(work.connection)
        if seen is not None:
            refuse_overwriting(work, "backup", ("plan-backups",), asdict(seen), asdict(before), asdict(plan))
        if before == plan:
            return
        _keep_plan(work, plan)
        fields = [
            name
            for name in ("daily", "at", "keep_days", "folder")
            if getattr(before, name) != getattr(plan, name)
        ]
        work.record("backup", "plan-backups", fields=fields)
        work.changed.add("backups")


@needs(Right.BACKUP)
def keep_passphrase(passphrase: str, *, desk: Desk) -> keeping.Where:
    """Keeps the passphrase of the copies on this computer; '' forgets it. Says where it lies."""
    if passphrase:
        check_passphrase(passphrase)
    where = keeping.keep(PASSPHRASE, passphrase, desk.home)
    with desk.work() as work:
        work.record("backup", "keep-passphrase", where=where.value, forgotten=not passphrase)
        work.changed.add("backups")
    return where


def passphrase_of(home: Path) -> str:
    """The one this computer keeps. Raises CannotDo("passphrase-unset") where it has none."""
    found = keeping.kept(PASSPHRASE, home).secret
    if not found:
        raise CannotDo("passphrase-unset")
    return found


def plan_of(look: Connection) -> Plan:
    """The plan as it is kept, or the one everybody begins with."""
    row = look.execute(select(_P).order_by(_P.c.id).limit(1)).first()
    return Plan() if row is None else Plan(row.daily, row.at, row.keep_days, row.folder)


def folder_of(plan: Plan, home: Path) -> Path:
    """Where this computer puts its copies."""
    return Path(plan.folder) if plan.folder else home / FOLDER


def newest_copy(folder: Path) -> Path | None:
    """The newest copy of ours in a folder that could be brought back."""
    try:
        found = sorted(name for name in os.listdir(folder) if NAME.fullmatch(name) and ".sqlite." in name)
    except OSError:
        return None
    return folder / found[-1] if found else None


# --- making one ------------------------------------------------------------------------------


def _make(desk: Desk, plan: Plan, passphrase: str, why: Why) -> Copied:
    folder = folder_of(plan, desk.home)
    row: dict[str, Any] = {"why": why, "folder": str(folder), "counts": {}, "facts": {}, "bytes": 0}
    try:
        check_passphrase(passphrase)
        row |= _written(desk, folder, passphrase)
    except CannotDo as no:
        row |= {"problem": no.code, "facts": {name: str(value) for name, value in no.facts.items()}}
        _tell_failure(desk, row, why)
        raise
    _tidy(folder, desk.now(), plan.keep_days)
    return _record(desk, row, why)


def _written(desk: Desk, folder: Path, passphrase: str) -> dict[str, Any]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo("folder-not-usable", file=str(folder), why=error.strerror or str(error)) from error
    file = _free_name(folder, desk.now(), "sqlite")
    with room(desk.home) as place:
        plain = place / "copy.sqlite"
        copy_database(desk.database, plain)
        counts = _counted(plain)
        with half_file(file) as out:
            seal(pieces(plain), out, passphrase)
    told: dict[str, Any] = {"file": file.name, "bytes": file.stat().st_size, "counts": counts}
    return told if desk.database.is_sqlite else told | _dumped(desk, folder, passphrase)


def _dumped(desk: Desk, folder: Path, passphrase: str) -> dict[str, Any]:
    """PostgreSQL's own copy beside ours; why there is none is told, for ours is whole without it."""
    from controllers.server_dump import dumped, find_program

    file = _free_name(folder, desk.now(), "dump")
    try:
        program = find_program(desk.database)
        with half_file(file) as out:
            seal(dumped(program, desk.database), out, passphrase, kind=DUMP)
    except CannotDo as no:
        return {"facts": {"dump": no.code, **{name: str(value) for name, value in no.facts.items()}}}
    return {"dump": file.name}


def _counted(plain: Path) -> dict[str, int]:
    copy = Database(sqlite_url(plain))
    try:
        with copy.reading() as look:
            counts = counts_of(look)
        with copy.engine.connect() as connection:  # a reader turns it into a file with a log beside it
            driver: Any = connection.connection.driver_connection
            driver.execute("pragma journal_mode=delete")
    finally:
        copy.close()
    return counts


def _free_name(folder: Path, now: datetime, ending: str) -> Path:
    at = now.astimezone(UTC)
    names = (folder / file_name(at, ending, number) for number in count())
    return next(file for file in names if not file.exists())


def _tidy(folder: Path, now: datetime, keep_days: int) -> None:
    """Old copies go; one that cannot be deleted stays, and the new one counts all the same."""
    sweep_halves(folder)
    for name in outlived(os.listdir(folder), now.astimezone(UTC), keep_days):
        with suppress(OSError):
            (folder / name).unlink()


def _record(desk: Desk, row: dict[str, Any], why: Why) -> Copied:
    with desk.work(by_clock=why is Why.DAILY) as work:
        told = {"at": work.now, "counter_id": desk.actor.counter_id, "staff_id": work.staff_id}
        made = work.connection.execute(insert(_B).returning(_B.c.id), {**told, **row}).scalar_one()
        facts = {"problem": row["problem"]} if row.get("problem") else {"bytes": row["bytes"]}
        work.record("backup", "backup", why=why.value, **facts)
        work.changed.add("backups")
        return _copied(made, work.now, desk.actor.counter, row)


def _tell_failure(desk: Desk, row: dict[str, Any], why: Why) -> None:
    """What was in the way of a copy may be in the way of writing that down, too: then the first reason is told."""
    try:
        _record(desk, row, why)
    except CannotDo:
        return


def _copied(number: int, at: datetime, counter: str, row: dict[str, Any]) -> Copied:
    return Copied(
        number,
        at,
        counter,
        Why(row["why"]),
        row.get("file", ""),
        row["folder"],
        row["bytes"],
        row.get("dump", ""),
        row.get("problem", ""),
        dict(row.get("facts", {})),
    )


def _try_folder(folder: Path) -> None:
    """Whether copies can be written there. Raises CannotDo."""
    if not folder.is_absolute():
        raise CannotDo("folder-not-whole", folder=str(folder))
    with room(folder):
        return


# --- the plan, and who makes the daily one ---------------------------------------------------


def _due(look: Connection, desk: Desk) -> Plan | None:
    plan = plan_of(look)
    claimed = look.execute(select(_P.c.claimed_until).limit(1)).scalar()
    if claimed is not None and desk.now() < claimed < desk.now() + _CLAIM * 2:  # not one of a clock set back
        return None
    return plan if is_due(plan, newest_copy_at(look), desk.now(), desk.operator(look).zone) else None


def _claim(desk: Desk) -> Plan | None:
    with desk.work(by_clock=True) as work:
        plan = _due(work.connection, desk)
        if plan is None:
            return None
        if work.connection.execute(select(_P.c.id)).first() is None:
            _keep_plan(work, plan)
        free = or_(
            _P.c.claimed_until.is_(None),
            _P.c.claimed_until <= work.now,
            _P.c.claimed_until >= work.now + _CLAIM * 2,
        )
        mine = work.connection.execute(update(_P).where(free).values(claimed_until=work.now + _CLAIM))
        return plan if mine.rowcount else None


def _claim_until(desk: Desk, until: datetime | None) -> None:
    with desk.work(by_clock=True) as work:
        work.connection.execute(update(_P).values(claimed_until=until))


def _keep_plan(work: Work, plan: Plan) -> None:
    told = {"daily": plan.daily, "at": plan.at, "keep_days": plan.keep_days, "folder": plan.folder}
    if not work.connection.execute(update(_P).where(_P.c.id == 1).values(**told)).rowcount:
        work.connection.execute(insert(_P), {"id": 1, **told})


def _last_copies(look: Connection) -> tuple[Copied, ...]:
    asked = select(_B, Counter.name.label("counter")).join(Counter, Counter.id == _B.c.counter_id)
    rows = look.execute(asked.order_by(_B.c.at.desc(), _B.c.id.desc()).limit(_SHOWN)).mappings()
    return tuple(_copied(row["id"], row["at"], row["counter"], dict(row)) for row in rows)
