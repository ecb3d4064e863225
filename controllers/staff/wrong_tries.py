"""Counts wrong tries to sign in, for known names and unknown ones alike, and makes whoever goes on wait longer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, delete, select

from controllers.desk import Desk, Work
from models.journal import keyed_digest
from models.refusals import CannotDo
from models.staff import Tries, folded
from models.tables import WrongTry

_T: Table = WrongTry.__table__  # type: ignore[assignment]


class WrongTries:
    """Those with one name, by password or by PIN: the two are counted apart.

    The name itself is not kept: somebody may have typed the password where the name belongs.
    """

    def __init__(self, at: Desk, name: str, *, by_pin: bool = False) -> None:
        self._at, self._by_pin = at, by_pin
        kind = "pin" if by_pin else "password"
        self.who = keyed_digest(at.digest_secret, f"{kind}:{folded(name)}")

    def until(self, look: Connection) -> datetime | None:
        """When the next one is heard; None for at once."""
        return self._told(look).until(self._at.now())

    def refuse_while_waiting(self) -> None:
        """Raises CannotDo("sign-in-wait") where there were too many: nothing is compared then."""
        with self._at.reading() as look:
            self.refuse_if_waiting(look)

    def refuse_if_waiting(self, look: Connection) -> None:
        """The same, inside of something that is under way."""
        until = self.until(look)
        if until is not None:
            raise CannotDo("sign-in-wait", until=until)

    def count(self, staff_id: int | None) -> CannotDo:
        """Keeps that it was wrong once more; what to say. Which of name and secret was wrong is not told."""
        from sqlalchemy.dialects import postgresql, sqlite

        with self._at.work() as work:
            before = self._told(work.connection).counted(work.now)
            row = {"who": self.who, "wrong": before + 1, "at": work.now}
            insert_into = (sqlite if self._at.database.is_sqlite else postgresql).insert(_T)
            again = {"wrong": _T.c.wrong + 1 if before else 1, "at": work.now}
            work.connection.execute(
                insert_into.values(row).on_conflict_do_update(index_elements=["who"], set_=again)
            )
            subject = f"staff:{staff_id}" if staff_id else f"counter:{work.actor.counter_id}"
            how = "pin" if self._by_pin else "password"
            work.record(subject, "wrong-try", how=how, known=bool(staff_id))
            until = self.until(work.connection)
        return CannotDo("sign-in-wait", until=until) if until is not None else CannotDo("sign-in-wrong")

    def _told(self, look: Connection) -> Tries:
        row = look.execute(select(_T.c.wrong, _T.c.at).where(_T.c.who == self.who)).first()
        return Tries(row.wrong, row.at) if row else Tries()


def forget_tries(work: Work, name: str, *, pin_only: bool = False) -> None:
    """They may try again at once."""
    kinds = (True,) if pin_only else (True, False)
    keys = [WrongTries(work.desk, name, by_pin=by_pin).who for by_pin in kinds]
    work.connection.execute(delete(_T).where(_T.c.who.in_(keys)))
