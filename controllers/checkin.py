"""Judges a scan at the counter and lets people in; `controllers.undoing` takes it back.

Facts are gathered here, the decision is `models.checkin.verdict`, and what it means for tickets,
reservation, journal and letters is written in the same transaction. Refusals are kept too. Where it is only
looked, where staff left a note that must be read first, and where it is asked who is meant, nothing is written
before somebody says so.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Table

from controllers import gate
from controllers.admitting import let_in, window_of
from controllers.answers import Answer, Choice, Companion
from controllers.desk import Desk, Work
from controllers.naming import Named, at_the_gate, named_by
from controllers.purchases import bought_with
from controllers.reservations import is_manager
from controllers.rights import needs
from models import codes
from models.checkin import ADMITTING, SAME_SCAN_S, Facts, Kind, Verdict, facts_of, verdict
from models.checkin_kept import kept, told_of
from models.checkin_words import Told, message, repair_words
from models.counter_settings import settings_of
from models.frozen import frozen
from models.journal import keyed_digest
from models.money import Money
from models.privacy import may_see
from models.references import number_of
from models.refusals import CannotDo
from models.repair import repaired
from models.rights import Right
from models.tables import Reservation
from models.tickets import TicketCount, admissions

_R: Table = Reservation.__table__  # type: ignore[assignment]
_OFFERS_OTHERS = ADMITTING | {Kind.USED}


@needs(Right.SCAN)
def scan(
    text: str,
    *,
    desk: Desk,
    scan_id: str = "",
    source: str = "typed",
    heads: int | None = None,
    force: str = "",
    look: bool = False,
    read: bool = False,
    note: str | None = None,
    chosen: int | None = None,
) -> Answer:
    """Judges one code and lets in whom it admits.

    `scan_id` is made once by whoever scanned: a retry with it gets the same answer and changes
    nothing. `heads` lets in only part of the party, `force` is the reason to override the time. With `look`
    nobody is let in, and the same id lets them in afterwards; `read` says that the note at the reservation was
    read, and `note` what it said: one that says something else by now is to be read anew. `chosen` tells which of
    several reservations is meant.
    """
    if force.strip() and not is_manager(desk):
        raise CannotDo("not-allowed", action="let in outside the time", who="a manager")
    meant = repaired(text, desk.code_secrets)
    code = meant.code if meant else text
    with desk.work() as work:
        answer = judge(
            work, Asked(code, scan_id[:36], source, heads, force.strip(), look, read, note, chosen)
        )
    if meant is None:
        return answer
    return replace(answer, repaired=meant.wrong, message=f"{answer.message} {repair_words(meant.wrong)}")


@needs(Right.SCAN)
def unreadable(source: str, *, desk: Desk, scan_id: str = "", digits_read: int = 0) -> Answer:
    """Keeps that a picture or a burst held no code, and says so."""
    with desk.work() as work:
        asked = Asked("", scan_id, source)
        return _refuse_unknown(
            work, Named(reading=Kind.UNREADABLE, told=Told(digits_read=digits_read)), asked, ""
        )


# --- judging --------------------------------------------------------------------------------


@frozen
class Asked:
    """One question at the gate: who asks, how many shall come in, and the reason to override the time.

    `not_here` are the products that this counter does not let in; judging finds them out.
    """

    text: str
    scan_id: str
    source: str
    heads: int | None = None
    force: str = ""
    look: bool = False
    read: bool = False
    note: str | None = None
    chosen: int | None = None
    not_here: frozenset[str] = frozenset()

    def has_read(self, note: str) -> bool:
        """Whether this very note was read."""
        return not note or (self.read and self.note in (None, note))

    @property
    def how(self) -> list[Any]:
        """What makes a repeated code a new question."""
        return [self.heads, bool(self.force)]


def judge(work: Work, asked: Asked) -> Answer:
    """Judging inside a transaction that is already under way."""
    named = named_by(work, asked.text, asked.chosen)
    kept_text = codes.tidy(asked.text)[:200] if named.row is not None else _kept_text(work, asked.text)
    at_counter = _at_counter(work, named, kept_text, asked)
    asked = replace(asked, not_here=frozenset(settings_of(at_counter.settings).not_here))
    if at_counter.before is not None:
        before = work.connection.execute(gate.BEFORE, {"id": at_counter.before}).one()
        if before.id == asked.scan_id:
            return _asked_again(work, before, kept_text, asked)
        if _bounced(before, named, asked):
            return _the_same(work, before, asked)
    if named.fits:
        return _which(work, named, asked)
    if named.row is None:
        return _refuse_unknown(work, named, asked, kept_text)
    return _judge(work, named, kept_text, asked)


def _at_counter(work: Work, named: Named, kept_text: str, asked: Asked) -> Any:
    """How this counter is set up, and the scan before this one, if it may be the same."""
    told = {
        "scan": asked.scan_id,
        "counter": work.desk.actor.counter_id,
        "since": work.now - timedelta(seconds=SAME_SCAN_S),
        "until": work.now + timedelta(seconds=SAME_SCAN_S),  # the clock may have been put back
        "text": kept_text,
    }
    if named.row is None:
        return work.connection.execute(gate.COUNTER, told).one()
    return work.connection.execute(gate.COUNTER_OF, told | {"reservation": named.row.id}).one()


def _asked_again(work: Work, known: Any, kept_text: str, asked: Asked) -> Answer:
    """A retry with the same id, which must mean the same code."""
    if known.text != kept_text:
        raise CannotDo("scan-id-used")
    if known.undone_at is not None:  # whoever it let in is out again
        raise CannotDo("changed-meanwhile", number=number_of(known.reservation_id))
    return _the_same(work, known, asked)


def _bounced(before: Any, named: Named, asked: Asked) -> bool:
    """Whether the same code of a moment ago at the same counter is this very scan: nothing has changed since."""
    if before.did.get("asked") != asked.how:
        return False
    return named.row is None or bool(before.did.get("version") == named.row.version)


def _judge(work: Work, named: Named, kept_text: str, asked: Asked) -> Answer:
    row, heads, scan_id = named.row, asked.heads, asked.scan_id or str(uuid.uuid4())
    valid, scanned = _tickets(work, named)
    facts = _facts(work, row, scanned, asked, replaced=named.replaced)
    answer = verdict(facts, work.now, heads=heads, forced=bool(asked.force))
    companions = _companions(work, row, asked) if answer.kind in _OFFERS_OTHERS else ()
    if answer.admit and (asked.look or not asked.has_read(row.attention)):
        return _offer(work, row, facts, answer, companions, asked, scan_id)
    coming = admissions(
        [TicketCount(t.number, t.heads, t.uses_left, t.arrived_heads) for t in scanned], answer.admit
    )
    admitted = sum(a.heads for a in coming)
    if admitted and row.party is None and heads:
        admitted = heads  # nobody told how many come, so the counter's own count is the truth
    arrived = row.arrived_heads
    did: dict[str, Any] = {"version": row.version}
    if admitted:
        arrived, did = let_in(work, row, valid, coming, admitted, answer, scan_id)
        if facts.note:
            work.record(f"reservation:{row.id}", "note-read", scan=scan_id)
    told = _told(work, row, facts, admitted, arrived, answer)
    words = message(answer.kind, told, work.now)
    facts_kept = {"message": words, "arrived": arrived, "party": row.party, "told": kept(told)}
    did["asked"] = asked.how
    if named.ticket is not None:
        did["ticket"] = (
            named.ticket
        )  # whoever settles this with other counters' scans must know which was meant
    force = asked.force if answer.forced else ""
    _keep_scan(work, asked, scan_id, kept_text, answer.kind, row.id, admitted, force, facts_kept, did)
    return _answered(
        row,
        asked,
        answer.kind,
        scan_id,
        words,
        told,
        admitted=admitted,
        arrived=arrived,
        companions=companions,
    )


def _offer(
    work: Work,
    row: Any,
    facts: Facts,
    answer: Verdict,
    companions: tuple[Companion, ...],
    asked: Asked,
    scan_id: str,
) -> Answer:
    """Who may come in, without letting anybody in: nothing is written."""
    told = _told(work, row, facts, 0, row.arrived_heads, answer, offers=answer.admit)
    words = message(answer.kind, told, work.now)
    return _answered(
        row, asked, answer.kind, scan_id, words, told,
        arrived=row.arrived_heads, offers=answer.admit, companions=companions, force=asked.force,
    )  # fmt: skip


def _answered(
    row: Any, asked: Asked, kind: Kind, scan_id: str, words: str, told: Told | None, **more: Any
) -> Answer:
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    return Answer(
        kind, asked.text, words, scan_id, asked.source, row.id, number_of(row.id), row.reference,
        party=row.party, traveler=row.lead if seen else "", told=told, note=row.attention if seen else "", **more,
    )  # fmt: skip


def _tickets(work: Work, named: Named) -> tuple[list[Any], list[Any]]:
    """All valid tickets of the reservation, and those that were scanned."""
    valid = list(work.connection.execute(gate.VALID_TICKETS, {"id": named.row.id}))
    return valid, [t for t in valid if named.ticket is None or t.number == named.ticket]


def _companions(work: Work, row: Any, asked: Asked) -> tuple[Companion, ...]:
    """What else was bought with it, and not all in yet: each judged by the same rule."""
    found = []
    for other in bought_with(work, row):
        with_it = work.connection.execute(gate.BESIDE, {"id": other}).one()
        _, scanned = _tickets(work, Named(with_it))
        facts = _facts(work, with_it, scanned, asked, replaced=False)
        said = verdict(facts, work.now)
        if said.kind is not Kind.USED:
            offers = 0 if facts.note else said.admit
            found.append(Companion(other, number_of(other), said.kind, offers))
    return tuple(found)


def _keep_scan(
    work: Work,
    asked: Asked,
    scan_id: str,
    kept_text: str,
    kind: Kind,
    reservation_id: int | None,
    admitted: int,
    forced: str,
    facts: dict[str, Any],
    did: dict[str, Any],
) -> None:
    """Every scan is kept, the refused ones too: they are data for the manager."""
    row = {
        "id": scan_id,
        "at": work.now,
        "counter_id": work.desk.actor.counter_id,
        "staff_id": work.desk.actor.staff_id,
        "source": asked.source[:40],
        "text": kept_text,
        "kind": kind,
        "reservation_id": reservation_id,
        "admitted": admitted,
        "forced": forced[:200],
        "facts": facts,
        "did": did,
        "undone_at": None,
    }
    gate.KEEP_SCAN.run(work.connection, row)
    work.changed.add("scans")


def _facts(work: Work, row: Any, scanned: list[Any], asked: Asked, *, replaced: bool) -> Facts:
    redeems = work.desk.actor.redeems
    return facts_of(
        row.status,
        scanned,
        window_of(row),
        balance_minor=row.balance_minor,
        replaced=replaced,
        note=bool(row.attention),
        here=str(row.product_id) not in asked.not_here,
        in_group=redeems is None or row.product_id in redeems,
    )


def _told(
    work: Work, row: Any, facts: Facts, admitted: int, arrived: int, answer: Verdict, *, offers: int = 0
) -> Told:
    used = None
    if answer.kind in (Kind.USED, Kind.NO_USES_LEFT):
        used = work.connection.execute(gate.LAST_ARRIVAL, {"id": row.id}).first()
    return Told(
        number=number_of(row.id),
        status=row.status,
        admitted=admitted,
        arrived=arrived,
        party=row.party,
        balance=str(Money(row.balance_minor, row.currency)) if row.balance_minor else "",
        due_minor=int(row.balance_minor),
        currency=row.currency if row.balance_minor else "",
        window=facts.window,
        departs_at=row.departs_at,
        used_at=used.at if used else row.arrived_at,
        used_counter=used.name if used else "",
        uses=facts.uses,
        cancelled_at=row.cancelled_at,
        forced=answer.forced,
        offers=offers,
        note=facts.note,
        in_group=facts.in_group or not facts.here,
    )


def _kept_text(work: Work, text: str) -> str:
    """What is kept of a text that names nothing: enough to recognise it, not enough to read it."""
    tidy = codes.tidy(text)
    start = tidy[:3] if tidy.isascii() and tidy.isdigit() else ""
    return f"{start}… {keyed_digest(work.desk.digest_secret, tidy)[:16]}" if tidy else ""


def _refuse_unknown(work: Work, named: Named, asked: Asked, kept_text: str) -> Answer:
    kind, told = named.reading, named.told
    words = message(kind, told, work.now)
    scan_id = asked.scan_id or str(uuid.uuid4())
    facts = {"message": words, "arrived": 0, "party": None, "told": kept(told)}
    _keep_scan(work, asked, scan_id, kept_text, kind, None, 0, "", facts, {"asked": asked.how})
    return Answer(kind, asked.text, words, scan_id, asked.source, told=told)


def _which(work: Work, named: Named, asked: Asked) -> Answer:
    """A question is no refusal: nothing is written, and the same id is the scan of whoever is meant."""
    words, scan_id = message(named.reading, named.told, work.now), asked.scan_id or str(uuid.uuid4())
    choices = _choices(work, named.fits)
    return Answer(named.reading, asked.text, words, scan_id, asked.source, told=named.told, choices=choices)


def _choices(work: Work, fits: tuple[int, ...]) -> tuple[Choice, ...]:
    """What somebody chooses from, in the order of `fits`."""
    found = {row.id: row for row in work.connection.execute(gate.CHOICES.where(_R.c.id.in_(fits)))}
    return tuple(_choice(found[one]) for one in fits if one in found)


def _choice(row: Any) -> Choice:
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    what = ", ".join(
        part for part in (row.product or row.product_text, row.option or row.option_text) if part
    )
    return Choice(
        row.id, number_of(row.id), row.lead if seen else "", what, row.departs_on, row.departs_at,
        row.zone or "UTC", row.party, row.status,
    )  # fmt: skip


def _the_same(work: Work, before: Any, asked: Asked) -> Answer:
    """The answer that was already given to this scan."""
    reference = traveler = ""
    companions: tuple[Companion, ...] = ()
    if before.reservation_id is not None:
        row = at_the_gate(work, before.reservation_id)
        reference = row.reference
        traveler = row.lead if may_see(row.first_confirmed_at, row.channel, row.via) else ""
        if before.kind in _OFFERS_OTHERS and before.undone_at is None:
            companions = _companions(work, row, asked)
    return Answer(
        before.kind,
        asked.text,
        before.facts["message"],
        before.id,
        asked.source,
        before.reservation_id,
        number_of(before.reservation_id) if before.reservation_id else "",
        reference,
        before.admitted,
        before.facts["arrived"],
        before.facts["party"],
        traveler,
        again=True,
        told=told_of(before.facts["told"]) if "told" in before.facts else None,
        companions=companions,
    )
