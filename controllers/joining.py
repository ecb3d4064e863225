"""Lets a further counter join a shared database: a manager makes a code for it, and its computer takes it up once."""

from __future__ import annotations

import logging
import secrets
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from controllers import counter_logins
from controllers.desk import Actor, Desk, Work
from controllers.rights import needs
from controllers.staff.signing_in import role_now
from models import address as addresses
from models.database import REVISION, Database
from models.faults import fault_words
from models.frozen import frozen
from models.joining import VALID, Way, as_made, code_hash, is_called, new_code
from models.refusals import CannotDo
from models.rights import Right, Role
from models.tables import Counter, Joining

if TYPE_CHECKING:
    from controllers.place import Place

log = logging.getLogger(__name__)
_J: Table = Joining.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]
_OPEN = (_J.c.used_at.is_(None), _J.c.ended_at.is_(None), _J.c.expires_at > func.now())


@frozen
class Code:
    """What the new counter is told. `is_local`: the address holds on this computer only, another name is needed.

    `root` is the root certificate that was chosen here and is needed there, too; '' where the system's do.
    """

    counter: str
    code: str = field(repr=False)
    address: str
    way: Way
    expires_at: datetime
    is_local: bool
    root: str


@frozen
class CounterLine:
    """A counter of this database: its own login, until when its code waits, since when it is out."""

    id: int
    name: str
    is_here: bool
    login: str = ""
    joined_at: datetime | None = None
    waits_until: datetime | None = None
    ended_at: datetime | None = None


@frozen
class Joined:
    """How the new counter got in, and where its password lies: 'keyring', 'file' or ''."""

    counter: str
    way: Way
    password_in: str


@needs(Right.JOINING)
def make_code(counter: str, *, desk: Desk) -> Code:
    """A code for this counter, good once and for half an hour; an earlier one ends. Only its hash is kept.

    Made for a counter that had joined, it is for another computer at the same place: the old one is out.
    """
    name = " ".join(counter.split())
    if not name:
        raise CannotDo("counter-name-missing")
    if desk.database.is_sqlite:
        raise CannotDo("joining-needs-server")
    if is_called(desk.actor.counter, name):
        raise CannotDo("counter-is-here", counter=desk.actor.counter)
    with desk.work() as work:
        role_now(work, Right.JOINING)
        _may_let_in(work.connection)
        counter_id, name = _opened_again(work.connection, name)
        made = _made(work, counter_id)
        work.record(f"counter:{counter_id}", "make-code", way=made["way"].value)
        work.changed.add("counters")
    url = addresses.without_password(desk.database.url)
    if made["login"]:
        url = url.set(username=made["login"])
    told, root = addresses.told(url), addresses.root_of(url)
    return Code(name, made["code"], told, made["way"], made["until"], addresses.is_local(url), root)


@needs(Right.JOINING)
def see_counters(*, desk: Desk) -> tuple[CounterLine, ...]:
    """Every counter of this database, and how it stands with its access."""
    with desk.reading() as look:
        now = look.execute(select(func.now())).scalar_one() if not desk.database.is_sqlite else None
        newest: dict[int, Any] = {
            row.counter_id: row for row in look.execute(select(_J).order_by(_J.c.id)).all()
        }
        counters = look.execute(select(_C.c.id, _C.c.name, _C.c.ended_at).order_by(_C.c.name)).all()
    return tuple(_line(row, newest.get(row.id), now, desk) for row in counters)


@needs(Right.JOINING)
def end_access(counter_id: int, *, desk: Desk) -> None:
    """The counter gets in no more, and writes nothing where it still is in; a code that waits is void."""
    if counter_id == desk.actor.counter_id:
        raise CannotDo("counter-is-here", counter=desk.actor.counter)
    with desk.work() as work:
        role_now(work, Right.JOINING)
        row = work.connection.execute(select(_C).where(_C.c.id == counter_id).with_for_update()).first()
        if row is None:
            raise CannotDo("not-found", reference=counter_id)
        mine = _J.c.counter_id == counter_id
        logins = work.connection.execute(select(_J.c.login).where(mine, _J.c.login != "")).scalars().all()
        if logins:
            _may_let_in(work.connection)
        for login in sorted(set(logins)):
            counter_logins.end_login(work.connection, login)
        work.connection.execute(update(_J).where(mine, _J.c.ended_at.is_(None)).values(ended_at=func.now()))
        work.connection.execute(update(_C).where(_C.c.id == counter_id).values(ended_at=work.now))
        work.record(f"counter:{counter_id}", "end-access", own_login=bool(logins))
        work.changed.add("counters")


def join(address: str, code: str, *, place: Place, replace: bool = False) -> Joined:
    """At the new counter: takes the code up, keeps address and password of its own here. Nothing is kept else.

    An address with a password in it is one that all counters share; then the code only says which one this is. A
    computer that has data, or joined before, is left as it is; the latter joins anew where that is said (`replace`).
    """
    before = _may_join(place, replace)
    url = addresses.parse(address)
    if url.get_backend_name() != "postgresql":
        raise CannotDo("address-wrong")
    typed = addresses.password_in(url)
    bare = addresses.without_password(url)
    database = Database(addresses.with_password(bare, typed or as_made(code)))
    try:
        with database.transaction() as connection:
            _fits(connection)
            found, password = _taken_up(connection, code, typed)
            kept = addresses.with_password(bare, password)
            place.choose_database(addresses.as_text(kept), counter=found.name)
    except BaseException as error:
        place.choose_again(*before)
        if isinstance(error, CannotDo) and not typed and error.code in ("password-wrong", "login-ended"):
            raise CannotDo("code-not-taken") from error
        raise
    finally:
        database.close()
    _record(kept, found)
    way = Way.OWN_LOGIN if found.login else Way.SHARED_LOGIN
    return Joined(found.name, way, place.password_kept)


def _may_join(place: Place, replace: bool) -> tuple[str, str]:
    """What this computer works with so far, and its password, for the way back."""
    if place.told_database or place.practice:
        raise CannotDo("join-of-another")
    if not place.choices:
        if not place.is_new:
            raise CannotDo("join-has-data", folder=place.folder)
        return "", ""
    now = addresses.parse(place.database)
    if now.get_backend_name() == "postgresql" and not replace:
        raise CannotDo("joined-already", where=addresses.where(now))
    return place.choices, addresses.password_in(now)


def _fits(connection: Connection) -> None:
    """There is a desk to join, of the same age as this program."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        raise CannotDo("no-desk-there", where=addresses.where(connection.engine.url))
    found = str(connection.execute(text("select version_num from alembic_version")).scalar() or "")
    if found != REVISION:
        raise CannotDo("database-newer" if found > REVISION else "database-older")


def _taken_up(connection: Connection, code: str, typed: str) -> tuple[Any, str]:
    """The counter of a code that ends with this, and the password it comes in with from now on."""
    asked = select(_J.c.id, _J.c.login, _J.c.counter_id, _C.c.name).join(_C, _C.c.id == _J.c.counter_id)
    found = connection.execute(asked.where(_J.c.code_hash == code_hash(code), *_OPEN)).first()
    if found is None:
        raise CannotDo("code-not-taken")
    if not found.login:
        used = connection.execute(update(_J).where(_J.c.id == found.id, *_OPEN).values(used_at=func.now()))
        if not used.rowcount:
            raise CannotDo("code-not-taken")
        return found, typed
    if connection.execute(select(func.session_user())).scalar() != found.login:
        raise CannotDo("code-of-another-login", login=found.login)
    password = secrets.token_urlsafe(32)
    if not counter_logins.choose_password(connection, found.login, password):
        raise CannotDo("code-not-taken")
    return found, password


def _record(url: Any, found: Any) -> None:
    """The first entry of the new counter, written with what it will come in with every morning.

    It has joined by now, and its code is used up: a server that falls silent here takes nothing of that back.
    """
    database = Database(url)
    try:
        desk = Desk(database, Actor(0, "", Role.PROGRAM, found.counter_id, found.name))
        with desk.work(by_clock=True) as work:
            work.record(f"counter:{found.counter_id}", "join", own_login=bool(found.login))
            work.changed.add("counters")
    except (CannotDo, SQLAlchemyError) as error:
        log.error("that the counter joined is not in the journal\n%s", fault_words(error))
    finally:
        database.close()


def _may_let_in(connection: Connection) -> None:
    """A counter with a login of its own has no right to make others; whoever owns the tables has."""
    user = connection.execute(select(func.session_user())).scalar()
    if connection.execute(select(_J.c.id).where(_J.c.login == user)).first() is not None:
        raise CannotDo("joining-elsewhere")


def _opened_again(connection: Connection, name: str) -> tuple[int, str]:
    """The counter of this name, made where there is none. Nobody tells 'gate east' from 'Gate East' at a desk."""
    alike = [row for row in connection.execute(select(_C.c.id, _C.c.name)).all() if is_called(row.name, name)]
    if not alike:
        return int(connection.execute(insert(_C).returning(_C.c.id), {"name": name}).scalar_one()), name
    known = next((row for row in alike if row.name == name), alike[0])
    connection.execute(update(_C).where(_C.c.id == known.id).values(ended_at=None))
    return int(known.id), str(known.name)


def _made(work: Work, counter_id: int) -> dict[str, Any]:
    connection, code = work.connection, new_code()
    now = connection.execute(select(func.now())).scalar_one()
    until = now + VALID
    earlier = (_J.c.counter_id == counter_id, _J.c.ended_at.is_(None))
    connection.execute(update(_J).where(*earlier).values(ended_at=func.now()))
    own = counter_logins.may_make_logins(connection)
    login = counter_logins.make_login(connection, counter_id, code, until.isoformat()) if own else ""
    row = {"counter_id": counter_id, "code_hash": code_hash(code), "login": login, "made_by": work.staff_id}
    connection.execute(insert(_J), {**row, "made_at": now, "expires_at": until})
    way = Way.OWN_LOGIN if own else Way.SHARED_LOGIN
    return {"code": code, "login": login, "way": way, "until": until}


def _line(row: Any, last: Any, now: datetime | None, desk: Desk) -> CounterLine:
    waits = None
    if last is not None and now is not None and last.used_at is None and last.ended_at is None:
        waits = last.expires_at if last.expires_at > now else None
    return CounterLine(
        row.id,
        row.name,
        row.id == desk.actor.counter_id,
        last.login if last is not None else "",
        last.used_at if last is not None else None,
        waits,
        row.ended_at,
    )
