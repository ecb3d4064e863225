"""Forgets travelers: in every table where their words may stand, in one transaction, noted without a name.

The journal is not touched: it never held a personal value. What was forgotten is kept as a keyed digest, so that
a file that comes again does not bring the person back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, Update, bindparam, delete, insert, select, update

from controllers import traces
from controllers.desk import Work
from models import erasing
from models.erasing import Whose
from models.journal import keyed_digest
from models.outbox import STILL_HERE, LetterState
from models.search import keeping
from models.tables import (
    ArrivedMail,
    Attachment,
    ClosedOrder,
    Closing,
    Decision,
    Erasure,
    Incident,
    Message,
    OutboxRow,
    Payment,
    RawRow,
    Refund,
    Reservation,
    Review,
    ReviewPhoto,
    ScanRow,
    Traveler,
)

_A: Table = ArrivedMail.__table__  # type: ignore[assignment]
_R: Table = Reservation.__table__  # type: ignore[assignment]
_T: Table = Traveler.__table__  # type: ignore[assignment]
_E: Table = Erasure.__table__  # type: ignore[assignment]
_C: Table = Closing.__table__  # type: ignore[assignment]
_L: Table = ClosedOrder.__table__  # type: ignore[assignment]
_KEPT: dict[type, tuple[str, ...]] = {
    RawRow: ("cells", "facts"),
    OutboxRow: ("address", "body", "trouble", "state"),
    Message: ("body", "whole", "sender_name", "sender", "direction"),
    Attachment: ("name", "data"),
    ArrivedMail: ("subject", "sender", "raw", "became"),
    ScanRow: ("text", "forced", "facts", "did"),
    Decision: ("ours", "theirs"),
    Review: ("words", "reply"),
    Incident: ("words",),
    Refund: ("trouble", "reference"),
    Payment: ("slip",),
}
"""Where words of a traveler may stand beside the order itself."""


def erase(work: Work, reservation_ids: Sequence[int], why: str) -> int:
    """Forgets everybody of these orders; how many orders there were."""
    theirs = select(_R).where(_R.c.id.in_(reservation_ids)).order_by(_R.c.id)
    rows = work.connection.execute(theirs.with_for_update(key_share=True)).all()
    companions = _companions(work, reservation_ids)
    everybody: list[str] = []
    for row in rows:
        names = [name for _, name in companions[row.id]]
        known = (row.lead, row.email, row.phone, *names)
        _Forgetting(work, row, Whose.EVERYBODY, known).keep(why, names)
        everybody += known
    traces.take_out(work, everybody)
    work.connection.execute(delete(_T).where(_T.c.reservation_id.in_(reservation_ids)))
    keeping.forget(work.connection, reservation_ids)
    work.changed.add("reservations")
    return len(rows)


def erase_one(work: Work, row: Any, traveler_id: int | None, why: str) -> None:
    """Forgets one person of an order: the companion of this number, or with None who ordered it."""
    companions = dict(_companions(work, [row.id])[row.id])
    if traveler_id is None:
        whose = Whose.LEAD if companions else Whose.EVERYBODY
        known: tuple[str, ...] = (row.lead, row.email, row.phone)
        _Forgetting(work, row, whose, known).keep(why, [])
    else:
        known = (companions[traveler_id],)
        _Forgetting(work, row, Whose.COMPANION, known).keep(why, known)
        work.connection.execute(delete(_T).where(_T.c.id == traveler_id))
    traces.take_out(work, known)
    keeping.renew(work.connection, [row.id])
    work.changed.add("reservations")


def marks(work: Work, reservation_id: int) -> tuple[Whose | None, frozenset[str]]:
    """Who was forgotten of an order: its lead or everybody, and the digests of companions."""
    asked = select(_E.c.whose, _E.c.digest).where(_E.c.reservation_id == reservation_id)
    found = work.connection.execute(asked).all()
    told = {row.whose for row in found}
    most = next((whose for whose in (Whose.EVERYBODY, Whose.LEAD) if whose in told), None)
    if most is None and told:
        most = Whose.COMPANION
    return most, frozenset(row.digest for row in found if row.whose == Whose.COMPANION)


def digest_of(work: Work, name: str) -> str:
    """A name as it is remembered after it was forgotten."""
    return keyed_digest(work.desk.digest_secret, erasing.told_same(name))


def _companions(work: Work, reservation_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    asked = select(_T).where(_T.c.reservation_id.in_(list(reservation_ids))).order_by(_T.c.id)
    for row in work.connection.execute(asked):
        found[row.reservation_id].append((row.id, row.name))
    return found


@cache
def _told_of(table: Table, columns: Sequence[str]) -> Select[Any]:
    """What stands there of an order. Made once: in a night it is asked for thousands of them."""
    told = (table.c[name] for name in columns)
    asked = select(next(iter(table.primary_key)).label("_key"), *told)
    return asked.where(table.c.reservation_id == bindparam("reservation"))


@cache
def _told_anew(table: Table, columns: Sequence[str]) -> Update:
    of_it = next(iter(table.primary_key)) == bindparam("_key")
    return update(table).where(of_it).values({name: bindparam(name) for name in columns})


_NO_MAIL: dict[str, Any] = {"subject": "", "sender": "", "raw": None}


def _settled(became: str) -> str:
    """A mail of which nothing is left waits for nobody."""
    return "ignored" if became == "unread" else became


class _Forgetting:
    """One order, and who of it goes; `known` are the texts by which the person is recognised elsewhere."""

    def __init__(self, work: Work, row: Any, whose: Whose, known: Iterable[str]) -> None:
        self._work, self._row, self._whose = work, row, whose
        self._known = tuple(word for word in known if word)
        self._all = whose is not Whose.COMPANION

    def keep(self, why: str, companions: Sequence[str]) -> None:
        """Writes the order without the person, and that it was done."""
        self._order()
        for table, columns in _KEPT.items():
            self._others(table.__table__, columns)  # type: ignore[attr-defined]
        if self._all:
            pictures = delete(ReviewPhoto).where(ReviewPhoto.reservation_id == self._row.id)
            self._work.connection.execute(pictures)
        self._closings()
        self._mails()
        marks_ = erasing.marks_of(self._whose, self._row.lead, companions)
        self._remember(why, {(whose, self._digest(name)) for whose, name in marks_})
        self._work.record(
            f"reservation:{self._row.id}",
            "erase",
            why=why,
            whose=self._whose,
            fields=self._fields(),
            people=sorted(self._digest(name) for _, name in marks_ if name),
        )

    def _order(self) -> None:
        row = self._row
        values: dict[str, Any] = {name: self._words(getattr(row, name)) for name in ("reason", "attention")}
        for name in ("request", "pickup"):
            values[name] = "" if self._all else self._words(getattr(row, name))
        if self._all:
            values |= {"lead": "", "email": "", "phone": ""}
        of_it = update(_R).where(_R.c.id == row.id)
        self._work.connection.execute(of_it.values(**values, version=row.version + 1))

    def _others(self, table: Table, columns: Sequence[str]) -> None:
        found = self._work.connection.execute(_told_of(table, columns), {"reservation": self._row.id}).all()
        changes = []
        for one in found:
            before = {name: getattr(one, name) for name in columns}
            after = self._without(table.name, before)
            if after != before or table.name == "raw_rows":
                changes.append({"_key": one._key, **after})
        if changes:
            names = tuple(name for name in changes[0] if name != "_key")
            self._work.connection.execute(_told_anew(table, names), changes)

    def _closings(self) -> None:
        """Why a closing of its trip was taken back."""
        asked = select(_C.c.id, _C.c.undo_reason).join(_L, _L.c.closing_id == _C.c.id)
        asked = asked.where(_L.c.reservation_id == self._row.id, _C.c.undo_reason != "")
        for one in self._work.connection.execute(asked).all():
            left = self._words(one.undo_reason)
            self._work.connection.execute(update(_C).where(_C.c.id == one.id).values(undo_reason=left))

    def _mails(self) -> None:
        """Mails of the same sender that nobody has placed yet."""
        if self._all and self._row.email:
            told = update(_A).where(_A.c.became == "unread", _A.c.sender == self._row.email.casefold())
            self._work.connection.execute(told.values(**_NO_MAIL, became="ignored"))

    def _without(self, table: str, before: dict[str, Any]) -> dict[str, Any]:
        if "did" in before:
            before = before | {"did": self._undone(before["did"])}
        if table == "raw_rows":
            cells = {} if self._all else erasing.within(before["cells"], self._words)
            facts = erasing.facts_without(before["facts"], self._whose, self._is_gone)
            return {"cells": cells, "facts": erasing.within(facts, self._free), "digest": ""}
        if table == "outbox" and self._all:
            waits = before["state"] in STILL_HERE
            return {
                "address": "",
                "body": {},
                "trouble": self._words(before["trouble"]),
                "state": LetterState.DROPPED if waits else before["state"],
            }
        if table == "messages" and self._all and before["direction"] != "note":
            return {**before, "body": "", "whole": "", "sender_name": "", "sender": ""}
        if table == "attachments":
            return {"name": "", "data": None} if self._all else before
        if table == "reviews" and self._all:
            return {"words": "", "reply": ""}
        if table == "arrived_mails":
            return _NO_MAIL | {"became": _settled(before["became"])} if self._all else before
        if table == "payments":  # a terminal's own number stays: the money must be found again
            return {"slip": self._free(before["slip"])}
        if table == "scans" and self._all:
            return {**before, "text": "", "forced": self._words(before["forced"])}
        kept = ("state", "direction", "address", "did")
        return {n: one if n in kept else erasing.within(one, self._words) for n, one in before.items()}

    def _undone(self, did: dict[str, Any]) -> dict[str, Any]:
        """What a scan did stays; why it was taken back is what somebody wrote."""
        return did | {"undo_reason": self._words(did["undo_reason"])} if did.get("undo_reason") else did

    def _free(self, text: str) -> str:
        """Of facts only names are taken out: a number of an order looks like one of a telephone."""
        return erasing.words_without(text, Whose.COMPANION, self._known) if self._known else text

    def _words(self, text: str) -> str:
        return erasing.words_without(text, self._whose, self._known) if text else text

    def _is_gone(self, name: str) -> bool:
        return erasing.told_same(name) in {erasing.told_same(known) for known in self._known}

    def _fields(self) -> list[str]:
        if not self._all:
            return ["companions"]
        names = [name for name in erasing.CONTACTS if getattr(self._row, name)]
        return [*names, *(["companions"] if self._whose is Whose.EVERYBODY else [])]

    def _digest(self, name: str) -> str:
        return keyed_digest(self._work.desk.digest_secret, name) if name else ""

    def _remember(self, why: str, marks_: set[tuple[str, str]]) -> None:
        known = select(_E.c.whose, _E.c.digest).where(_E.c.reservation_id == self._row.id)
        there = {tuple(row) for row in self._work.connection.execute(known)}
        rows = [
            {
                "reservation_id": self._row.id,
                "whose": whose,
                "digest": digest,
                "at": self._work.now,
                "why": why,
            }
            for whose, digest in sorted(marks_ - there)
        ]
        if rows:
            self._work.connection.execute(insert(_E), rows)
