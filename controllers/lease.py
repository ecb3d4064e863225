"""Sees to it that one program at a time does the work by the clock: it holds a lease, and renews it.

Taken and renewed by one conditional statement, by the database's own clock where that is a server's. Who was killed
renews no more, and somebody else takes over when the lease has run out; who ends lets go at once. It only saves
double work: whatever must not be done twice is claimed by itself, row by row.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from controllers.desk import Desk
from controllers.watching import Watch
from models.frozen import frozen
from models.tables import Counter, Lease

NAME = "worker"
LASTS = timedelta(seconds=30)
RENEW_S = 10.0
RELEASED = frozenset(("worker",))
"""What others hear when somebody lets go."""

_L: Table = Lease.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]
_TAKE = """
    insert into leases (name, holder, counter_id, since, until)
    values (:name, :holder, :counter, {now}, {until})
    on conflict (name) do update set
        since = case when leases.holder = excluded.holder then leases.since else excluded.since end,
        holder = excluded.holder, counter_id = excluded.counter_id, until = excluded.until
    where leases.holder = excluded.holder or leases.until <= {now} or leases.until > {far}
"""
_LET_GO = "update leases set until = {now}, holder = '' where name = :name and holder = :holder"
_ON_FILE = {"now": ":now", "until": ":until", "far": ":far"}
_ON_SERVER = {
    "now": "clock_timestamp()",
    "until": "clock_timestamp() + make_interval(secs => :lasts)",
    "far": "clock_timestamp() + make_interval(secs => 2 * :lasts)",  # a clock that was put back
}


@frozen
class Holding:
    """At which counter the work is done ('' for nobody), whether by this program, and when it was last heard of."""

    counter: str = ""
    is_ours: bool = False
    ago_s: float = 0.0

    @property
    def ask_again_s(self) -> float:
        """When to renew it, or to look whether it has run out meanwhile."""
        if self.is_ours or not self.counter:
            return RENEW_S
        return min(RENEW_S, max(0.0, LASTS.total_seconds() - self.ago_s) + 0.5)


class WorkLease:
    """This program's hold on the work. Called on one lane at a time; raises CannotDo where the database is away."""

    def __init__(self, desk: Desk, watch: Watch) -> None:
        self._desk, self._watch = desk, watch
        self._holder = desk.own.name

    def keep(self) -> Holding:
        """Takes the work where nobody has it, renews it where it is ours; whose it is now."""
        holding, is_free = self._look()
        if is_free or holding.is_ours:
            self._write(_TAKE)
            holding, _ = self._look()
        return holding

    def let_go(self) -> None:
        """Somebody else may take it at once. Works after the watch was closed, too."""
        self._write(_LET_GO, quietly=False)
        self._desk.database.call_out(" ".join((self._desk.own.name, *RELEASED)))

    def _look(self) -> tuple[Holding, bool]:
        """Whose it is, and whether anybody may take it."""
        with self._desk.reading() as look:
            asked = (
                select(_L.c.holder, _L.c.until, _C.c.name)
                .outerjoin(_C, _C.c.id == _L.c.counter_id)
                .where(_L.c.name == NAME)
            )
            row = look.execute(asked).first()
            now = self._now(look)
        if row is None or not row.holder or not now < row.until <= now + 2 * LASTS:
            return Holding(), True
        ago = (now - (row.until - LASTS)).total_seconds()
        return Holding(row.name or "", row.holder == self._holder, max(0.0, ago)), False

    def _now(self, look: Connection) -> datetime:
        """The clock that all who may hold it share; never the practice clock, which may stand still."""
        if self._desk.database.is_sqlite:
            return datetime.now(UTC)
        found: datetime = look.execute(select(func.clock_timestamp())).scalar_one()
        return found

    def _write(self, statement: str, *, quietly: bool = True) -> None:
        facts: dict[str, Any] = {
            "name": NAME,
            "holder": self._holder,
            "counter": self._desk.actor.counter_id,
        }
        on_file = self._watch.file is not None
        if on_file:
            now = datetime.now(UTC)
            times = {"now": now, "until": now + LASTS, "far": now + 2 * LASTS}
            facts |= {name: f"{at.replace(tzinfo=None):%Y-%m-%d %H:%M:%S.%f}" for name, at in times.items()}
        else:
            facts["lasts"] = LASTS.total_seconds()
        words = statement.format(**(_ON_FILE if on_file else _ON_SERVER))
        if self._watch.file is not None and quietly:
            self._watch.file.write(words, facts)
            return
        with self._desk.database.transaction() as connection:
            connection.execute(text(words), facts)
