"""The desk somebody stands at: which database, who acts at which counter, and what time it is.

A use case opens one `work()`: one transaction that commits or leaves nothing. What it records goes
into the journal at its end, so that the head of the counter's chain is locked as late as possible.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, bindparam, insert, select, text, update

from controllers.upgrading import bring_up_to_date
from models import journal
from models.bulk import pour
from models.channels import KNOWN, channel_facts
from models.database import Database, is_overtaken
from models.frozen import frozen
from models.holidays import OfficeDays
from models.holidays_reading import office_days
from models.moved_away import refuse_if_moved
from models.prepared import Prepared
from models.refusals import CannotDo
from models.rights import Role
from models.tables import About, Channel, Counter, JournalEntry, Key, Operator, SavedReplyRow, Sequence, Staff
from models.watching import OwnEntries

if TYPE_CHECKING:
    from controllers.offline.door import Door
    from models.details import Viewpoint

log = logging.getLogger(__name__)

FIRST_NUMBERS = {"reservation": 10001, "ticket": 10000001, "departure": 1, "product": 1}
DIGEST_KEY, FIRST_CODE_KEY = 0, 1
Head = tuple[int, str]
"""The end of a counter's journal chain: the last number and its hash."""

_COUNTERS: Table = Counter.__table__  # type: ignore[assignment]
_HEAD = (
    select(Counter.journal_seq, Counter.journal_hash, Counter.ended_at)
    .where(Counter.id == bindparam("counter"))
    .with_for_update(key_share=True)  # who has noted something of this counter is not in the way
)
_MOVE_HEAD = Prepared(
    update(_COUNTERS)
    .where(_COUNTERS.c.id == bindparam("counter"), _COUNTERS.c.journal_seq == bindparam("old_seq"))
    .where(_COUNTERS.c.journal_hash == bindparam("old_head"), _COUNTERS.c.ended_at.is_(None))
    .values(journal_seq=bindparam("seq"), journal_hash=bindparam("head"))
)
_KEEP = Prepared(insert(JournalEntry))
_FIRST_ONE_FURNISHES = text("select pg_advisory_xact_lock(7202)")
_MANY = 50  # entries from which the driver's own way is faster
_TEAR_OFF = (
    update(Sequence)
    .where(Sequence.name == bindparam("roll"))
    .values(next=Sequence.next + bindparam("n"))
    .returning(Sequence.next)
)


@frozen
class Actor:
    """The person who acts, and the counter at which. Replaced as a whole, on the lane that writes.

    Nobody (see `nobody_at`) has no role and may do nothing. `proof` tells which password it was that let them in,
    `redeems` the products they may redeem where that is not all of them.
    """

    staff_id: int
    staff: str
    role: str
    counter_id: int
    counter: str
    proof: str = ""
    redeems: frozenset[int] | None = None


def nobody_at(counter_id: int, counter: str) -> Actor:
    """Who acts at a counter where nobody is signed in."""
    return Actor(0, "", "", counter_id, counter)


@frozen
class OperatorFacts:
    """The company at the desk, as the rules need it."""

    name: str
    contact: str
    country: str
    zone: str
    currency: str
    closed: OfficeDays


class Work:
    """One use case under way: its transaction, its time, what it records and what kind of thing it changes.

    What only the time decides is nobody's deed: `by_clock` it is recorded as the clock's, whoever is signed in.
    """

    def __init__(
        self, desk: Desk, connection: Connection, *, by_clock: bool = False, actor: Actor | None = None
    ) -> None:
        self.desk, self.by_clock = desk, by_clock
        self.actor = actor or desk.actor
        self.connection = connection
        self.now = desk.now()
        self.changed: set[str] = set()
        self.head: Head | None = None
        self.gathers_news = False  # new orders are told together, when the whole intake is there
        self._first = 0
        self._entries: list[journal.Entry] = []

    @property
    def staff_id(self) -> int | None:
        """Whose deed it is; None is the clock's, or of somebody who has not said who they are."""
        return None if self.by_clock else self.actor.staff_id or None

    def record(self, subject: str, action: str, **details: Any) -> None:
        """Notes what was done; the details carry nothing personal."""
        if self.by_clock:
            details["by_clock"] = True
        self._entries.append(journal.Entry(subject, action, details))

    def digest(self, value: object) -> str:
        """A personal value as the journal may hold it, '' for none: the same value has the same digest."""
        return journal.keyed_digest(self.desk.digest_secret, value) if value else ""

    def tear_off(self, roll: str, count: int = 1) -> int:
        """The first of `count` fresh numbers from a roll."""
        end = self.connection.execute(_TEAR_OFF, {"roll": roll, "n": count}).scalar_one()
        return int(end) - count

    def write_journal(self) -> None:
        """Links what was recorded into the counter's chain.

        The head is taken as this desk remembers it and moved only if it still is; somebody else at the
        same counter makes us look again.
        """
        if not self._entries:
            return
        head = self.desk.head
        rows = self._linked(head) if head else []
        if head is None or not self._move(head, rows):
            found = self.connection.execute(_HEAD, {"counter": self.actor.counter_id}).one()
            if found.ended_at is not None:
                raise CannotDo("counter-ended", counter=self.actor.counter)
            head = (found.journal_seq, found.journal_hash)
            rows = self._linked(head)
            if not self._move(head, rows):
                raise CannotDo("database-busy")
        if len(rows) > _MANY:
            pour(self.connection, JournalEntry, rows)
        else:
            _KEEP.run_all(self.connection, rows)
        self.head = (rows[-1]["seq"], rows[-1]["hash"])
        self._first = rows[0]["seq"]
        self.desk.own.add(self.actor.counter_id, self._first, self.head[0])

    def tell_others(self) -> None:
        """Says to every desk on a shared database what changed, after it was kept."""
        if self.changed:
            self.desk.database.call_out(" ".join((self.desk.own.name, *sorted(self.changed))))

    def take_back(self) -> None:
        """Nothing of it was kept."""
        if self._first:
            self.desk.own.forget(self.actor.counter_id, self._first)

    def _linked(self, head: Head) -> list[dict[str, Any]]:
        actor = self.actor
        at = journal.canonical_time(self.now)
        rows = []
        seq, last = head
        for entry in self._entries:
            seq += 1
            told = (at, self.staff_id, entry.subject, entry.action, journal.canonical(entry.details))
            previous, last = last, journal.link(last, actor.counter_id, seq, *told)
            rows.append(_journal_row(actor.counter_id, seq, told, previous, last))
        return rows

    def _move(self, head: Head, rows: list[dict[str, Any]]) -> bool:
        told = {"counter": self.actor.counter_id, "old_seq": head[0], "old_head": head[1]}
        told |= {"seq": rows[-1]["seq"], "head": rows[-1]["hash"]}
        return bool(_MOVE_HEAD.run(self.connection, told))


@dataclass
class Desk:
    """Everything a use case needs to know about where it is called."""

    database: Database
    actor: Actor
    practice: bool = False
    clock: Callable[[], datetime] | None = None
    listeners: list[Callable[[frozenset[str]], None]] = field(default_factory=list)
    head: Head | None = None
    last_search: tuple[int, str] = field(default=(0, ""), repr=False)
    """Whose search was journaled last, and for what: shown anew it is not noted once more."""
    own: OwnEntries = field(default_factory=OwnEntries)
    folder: Path | None = None
    scans: Door | None = None
    """How scans go on when the shared database does not answer; a file of one's own always does."""

    @property
    def home(self) -> Path:
        """This computer's own folder for the data: for its copies, and for what only this computer knows."""
        if self.folder is not None:
            return self.folder
        if self.database.is_sqlite:
            return Path(self.database.url.database or "").resolve().parent
        from controllers.place import own_folder

        return own_folder(practice=self.practice)

    def now(self) -> datetime:
        """The time that counts: the real one, or the practice clock's."""
        return self.clock() if self.clock else datetime.now(UTC)

    @contextmanager
    def work(self, *, by_clock: bool = False, actor: Actor | None = None) -> Iterator[Work]:
        """One use case: all of it is kept, or nothing. `actor` is who signs in with it."""
        work: Work | None = None
        try:
            with self.database.transaction() as connection:
                work = Work(self, connection, by_clock=by_clock, actor=actor)
                yield work
                work.write_journal()
        except BaseException as error:
            if work is not None:
                work.take_back()
            if is_overtaken(error):
                log.warning("another counter was quicker: %s", type(error).__name__)
                raise CannotDo("database-busy") from error
            raise
        self.head = work.head or self.head
        work.tell_others()
        self.announce(frozenset(work.changed))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the data."""
        with self.database.reading() as connection:
            yield connection

    def announce(self, changed: frozenset[str]) -> None:
        """Tells whoever listens what kind of thing changed; each decides whether to ask again."""
        if changed:
            for listener in list(self.listeners):
                listener(changed)

    def at_counter(self, name: str) -> Desk:
        """The same desk, acting at another counter; an unknown name is registered."""
        if name == self.actor.counter:
            return self
        with self.database.transaction() as connection:
            counter_id = _counter(connection, name)
        return self._as(replace(self.actor, counter_id=counter_id, counter=name))

    def by_the_clock(self) -> Desk:
        """The same desk as the clock acts at it, whoever is signed in."""
        return self._as(replace(nobody_at(self.actor.counter_id, self.actor.counter), role=Role.PROGRAM))

    def _as(self, actor: Actor) -> Desk:
        return Desk(
            self.database, actor, self.practice, self.clock, self.listeners, own=self.own, folder=self.folder
        )

    @cached_property
    def code_secrets(self) -> dict[int, bytes]:
        """The secrets of voucher codes, by key version."""
        with self.reading() as look:
            rows = look.execute(select(Key.version, Key.secret).where(Key.version > DIGEST_KEY))
            return {version: bytes(secret) for version, secret in rows}

    @cached_property
    def digest_secret(self) -> bytes:
        """The secret under which personal values are digested for the journal."""
        with self.reading() as look:
            return read_digest_secret(look)

    @cached_property
    def zone(self) -> str:
        """The operator's zone as it stood when the first scan asked: for the clock where no trip has one."""
        with self.reading() as look:
            return str(look.execute(select(Operator.zone)).scalar_one())

    def viewpoint(self, look: Connection) -> Viewpoint:
        """Who looks at a reservation here, and when."""
        from models.details import Viewpoint  # a reservation's page, which no desk opens with

        office = self.operator(look)
        return Viewpoint(self.actor.staff_id, self.actor.role, office.zone, office.closed, self.now())

    def operator(self, look: Connection) -> OperatorFacts:
        """The company as it stands in the database now."""
        row = look.execute(select(Operator)).one()
        closed = office_days(look, row.holidays)
        return OperatorFacts(row.name, row.contact, row.country, row.zone, row.currency, closed)


def open_desk(
    url: str,
    *,
    practice: bool = False,
    clock: Callable[[], datetime] | None = None,
    counter: str = "Desk",
    folder: Path | None = None,
) -> Desk:
    """Opens (and where needed makes or migrates) the database at one counter.

    As its owner where nobody there has a password; else nobody acts before somebody has signed in.

    Raises CannotDo("database-unreachable") or CannotDo("not-practice").
    """
    database = Database(url)
    try:
        return _opened(database, practice, clock, counter, folder)
    except BaseException:
        database.close()
        raise


def _opened(
    database: Database,
    practice: bool,
    clock: Callable[[], datetime] | None,
    counter: str,
    folder: Path | None,
) -> Desk:
    bring_up_to_date(database, folder)
    with database.reading() as look:
        refuse_if_moved(look)
        actor, kind = _known_actor(look, counter)
    if actor is None:
        with database.transaction() as connection:
            if not database.is_sqlite:
                connection.execute(_FIRST_ONE_FURNISHES)
            _furnish(connection, practice)
            actor = acting_first(connection, _counter(connection, counter), counter)
            kind = "practice" if practice else "real"
            kind = connection.execute(select(About.value).where(About.name == "kind")).scalar() or kind
    if practice and kind != "practice":
        raise CannotDo("not-practice", where=database.where)
    return Desk(database, actor, kind == "practice", clock, folder=folder)


def read_digest_secret(look: Connection) -> bytes:
    """The digest secret of the database that is looked at: each has its own, and keeps it wherever it moves."""
    return bytes(look.execute(select(Key.secret).where(Key.version == DIGEST_KEY)).scalar_one())


def ensure_channel(connection: Connection, key: str) -> None:
    """Registers a channel nobody has met before."""
    if connection.execute(select(Channel.key).where(Channel.key == key)).scalar() is None:
        facts = channel_facts(key)
        connection.execute(insert(Channel), _channel_row(facts.key))


def _known_actor(look: Connection, counter: str) -> tuple[Actor | None, str]:
    kind = look.execute(select(About.value).where(About.name == "kind")).scalar() or ""
    place = look.execute(select(Counter.id, Counter.ended_at).where(Counter.name == counter)).first()
    if not kind or place is None:
        return None, kind
    if place.ended_at is not None:
        raise CannotDo("counter-ended", counter=counter)
    return acting_first(look, place.id, counter), kind


def _furnish(connection: Connection, practice: bool) -> None:
    """What an empty database needs before anybody can work: keys, rolls, an owner, channels, a few kept replies."""
    if connection.execute(select(About.value).where(About.name == "kind")).scalar():
        return
    now = datetime.now(UTC)
    connection.execute(insert(About), {"name": "kind", "value": "practice" if practice else "real"})
    connection.execute(insert(Operator), {"id": 1, "zone": "Asia/Seoul", "country": "KR", "currency": "KRW"})
    keys = [
        {"version": v, "secret": secrets.token_bytes(32), "made_at": now}
        for v in (DIGEST_KEY, FIRST_CODE_KEY)
    ]
    connection.execute(insert(Key), keys)
    connection.execute(insert(Sequence), [{"name": n, "next": first} for n, first in FIRST_NUMBERS.items()])
    connection.execute(insert(Staff), {"name": "Owner", "role": "owner"})
    connection.execute(insert(Channel), [_channel_row(key) for key in KNOWN])
    from models.replies import first_replies  # asked once in a database's life

    replies = [
        {"title": one.title, "language": one.language, "body": one.body, "place": one.place}
        for one in first_replies()
    ]
    connection.execute(insert(SavedReplyRow), replies)


def acting_first(look: Connection, counter_id: int, counter: str) -> Actor:
    """Who acts at a counter that was just opened: the owner where nobody has a password, else nobody."""
    asked = select(Staff.id, Staff.name, Staff.role, Staff.password).where(Staff.active).order_by(Staff.id)
    people = look.execute(asked).all()
    if not people or any(person.password for person in people):
        return nobody_at(counter_id, counter)
    owner = next((person for person in people if person.role == Role.OWNER), people[0])
    return Actor(owner.id, owner.name, owner.role, counter_id, counter)


def _counter(connection: Connection, name: str) -> int:
    known = connection.execute(select(Counter.id).where(Counter.name == name)).scalar()
    if known is None:
        known = connection.execute(insert(Counter).returning(Counter.id), {"name": name}).scalar_one()
    return int(known)


def _channel_row(key: str) -> dict[str, Any]:
    facts = channel_facts(key)
    return {"key": facts.key, "name": facts.name, "mark": facts.mark, "collector": facts.collector}


def _journal_row(counter: int, seq: int, told: tuple[Any, ...], previous: str, head: str) -> dict[str, Any]:
    at, staff_id, subject, action, details = told
    return {
        "counter_id": counter,
        "seq": seq,
        "at": at,
        "staff_id": staff_id,
        "subject": subject,
        "action": action,
        "details": details,
        "previous_hash": previous,
        "hash": head,
    }
