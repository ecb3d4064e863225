"""Judges a scan at the counter and lets people in; `controllers.undoing` takes it back.

Facts are gathered here, the decision is `models.checkin.verdict`, and what it means for tickets,
reservation, journal and letters is written in the same transaction. Refusals are kept too.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, select

from controllers import finding, gate, letters
from controllers.desk import Desk, Work
from controllers.reservations import is_manager, to_do_at_channel
from models import codes
from models.checkin import SAME_SCAN_S, Facts, Kind, Verdict, Window, admission_window, facts_of, verdict
from models.checkin_words import Told, message, repair_words
from models.journal import keyed_digest
from models.money import Money
from models.outbox import Letter
from models.privacy import may_see
from models.products import RedeemWhen
from models.references import number_of
from models.refusals import CannotDo
from models.repair import Wrong, repaired
from models.reservations import LIVING, Status, Verb, move
from models.tables import Reservation, ScanRow
from models.tickets import Admission, TicketCount, TicketState, admissions
from models.to_do import REDEEM

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = ScanRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the counter is told about one code. `traveler` is '' where the name may not be shown."""

    kind: Kind
    text: str
    message: str
    scan_id: str
    source: str = ""
    reservation_id: int | None = None
    number: str = ""
    reference: str = ""
    admitted: int = 0
    arrived: int = 0
    party: int | None = None
    traveler: str = ""
    again: bool = False
    repaired: Wrong | None = None
    """What the scanner did wrong to the code, where it could be undone and the check digits agreed."""
    told: Told | None = None
    """What the message speaks of, for a screen with words of its own; not there when `again`."""


def scan(
    text: str,
    *,
    desk: Desk,
    scan_id: str = "",
    source: str = "typed",
    heads: int | None = None,
    force: str = "",
) -> Answer:
    """Judges one code and lets in whom it admits.

    `scan_id` is made once by whoever scanned: a retry with it gets the same answer and changes
    nothing. `heads` lets in only part of the party, `force` is the reason to override the time.
    """
    if force.strip() and not is_manager(desk):
        raise CannotDo("not-allowed", action="let in outside the time", who="a manager")
    meant = repaired(text, desk.code_secrets)
    with desk.work() as work:
        asked = _Asked(meant.code if meant else text, scan_id[:36], source, heads, force.strip())
        answer = _scan(work, asked)
    if meant is None:
        return answer
    return replace(answer, repaired=meant.wrong, message=f"{answer.message} {repair_words(meant.wrong)}")


def unreadable(source: str, *, desk: Desk, scan_id: str = "", digits_read: int = 0) -> Answer:
    """Keeps that a picture or a burst held no code, and says so."""
    with desk.work() as work:
        asked = _Asked("", scan_id, source, None, "")
        return _refuse_unknown(work, Kind.UNREADABLE, Told(digits_read=digits_read), asked, "")


# --- judging --------------------------------------------------------------------------------


_NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question at the gate: who asks, how many shall come in, and the reason to override the time."""

    text: str
    scan_id: str
    source: str
    heads: int | None
    force: str

    @property
    def how(self) -> list[Any]:
        """What makes a repeated code a new question."""
        return [self.heads, bool(self.force)]


@dataclass(frozen=True, slots=True)
class _Named:
    """What a text names: a reservation (and perhaps one ticket of it), or why nothing."""

    row: Any = None
    ticket: int | None = None
    replaced: bool = False
    reading: Kind = Kind.ADMIT
    told: Told = _NOTHING_TOLD


def _scan(work: Work, asked: _Asked) -> Answer:
    named = _read(work, asked.text)
    kept = codes.tidy(asked.text)[:200] if named.row is not None else _kept_text(work, asked.text)
    if asked.scan_id:
        known = work.connection.execute(select(_S).where(_S.c.id == asked.scan_id)).first()
        if known is not None and known.text != kept:
            raise CannotDo("scan-id-used")
        if known is not None:
            return _the_same(work, known, asked)
    bounced = _bounced(work, kept, named, asked)
    if bounced is not None:
        return _the_same(work, bounced, asked)
    if named.row is None:
        return _refuse_unknown(work, named.reading, named.told, asked, kept)
    return _judge(work, named, kept, asked)


def _read(work: Work, text: str) -> _Named:
    """Finds out what the text names."""
    digits = codes.digits_of(text)
    if digits is not None:
        reading = codes.read(digits, work.desk.code_secrets)
        if isinstance(reading, codes.Genuine):
            row = work.connection.execute(gate.BY_TICKET, {"number": reading.ticket}).first()
            if row is None:
                return _Named(reading=Kind.UNKNOWN, told=Told(no_row=True))
            return _Named(row, reading.ticket, row.ticket_state is not TicketState.VALID)
        return _Named(reading=Kind.FORGED if isinstance(reading, codes.Forged) else Kind.UNKNOWN)
    found = finding.all_named(work.connection, text)
    if len(found) > 1:
        found = _the_one_meant(work, found)
    if len(found) == 1:
        return _Named(at_the_gate(work, found[0]))
    tidy = codes.tidy(text)
    if not found and (not tidy or (tidy.isdigit() and 14 <= len(tidy) < codes.LENGTH)):
        return _Named(reading=Kind.UNREADABLE, told=Told(digits_read=len(tidy)))
    return _Named(reading=Kind.UNKNOWN, told=Told(numbers=tuple(number_of(i) for i in found)))


def _the_one_meant(work: Work, found: list[int]) -> list[int]:
    """Of several reservations one reference names: the living one, or the only living one of today."""
    rows = work.connection.execute(
        select(_R.c.id, _R.c.status, _R.c.departs_on, _R.c.departs_at, _R.c.zone).where(_R.c.id.in_(found))
    ).all()
    living = [row for row in rows if row.status in LIVING]
    if len(living) > 1:
        near = [r for r in living if r.departs_at and abs(r.departs_at - work.now) < timedelta(hours=12)]
        living = near if len(near) == 1 else living
    return [row.id for row in living or rows[:1]]


def _bounced(work: Work, kept: str, named: _Named, asked: _Asked) -> Any:
    """The scan of a moment ago, if this is the same code at the same counter and nothing has changed since."""
    told = {
        "counter": work.desk.actor.counter_id,
        "since": work.now - timedelta(seconds=SAME_SCAN_S),
        "now": work.now,
        "text": kept,
    }
    before = work.connection.execute(gate.SAME, told).first()
    if before is None or before.did.get("asked") != asked.how:
        return None
    return before if named.row is None or before.did.get("version") == named.row.version else None


def _judge(work: Work, named: _Named, kept: str, asked: _Asked) -> Answer:
    row, heads, scan_id = named.row, asked.heads, asked.scan_id or str(uuid.uuid4())
    valid = list(work.connection.execute(gate.VALID_TICKETS, {"id": row.id}))
    scanned = [t for t in valid if named.ticket is None or t.number == named.ticket]
    facts = _facts(row, scanned, replaced=named.replaced)
    answer = verdict(facts, work.now, heads=heads, forced=bool(asked.force))
    coming = admissions(
        [TicketCount(t.number, t.heads, t.uses_left, t.arrived_heads) for t in scanned], answer.admit
    )
    admitted = sum(a.heads for a in coming)
    if admitted and row.party is None and heads:
        admitted = heads  # nobody told how many come, so the counter's own count is the truth
    arrived = row.arrived_heads
    did: dict[str, Any] = {"version": row.version}
    if admitted:
        arrived, did = _let_in(work, row, valid, coming, admitted, answer, scan_id)
    told = _told(work, row, facts, admitted, arrived, answer)
    words = message(answer.kind, told, work.now)
    facts_kept = {"message": words, "arrived": arrived, "party": row.party}
    did["asked"] = asked.how
    force = asked.force if answer.forced else ""
    _keep_scan(work, asked, scan_id, kept, answer.kind, row.id, admitted, force, facts_kept, did)
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    return Answer(
        answer.kind, asked.text, words, scan_id, asked.source, row.id, number_of(row.id), row.reference, admitted,
        arrived, row.party, row.lead if seen else "", told=told,
    )  # fmt: skip


def _keep_scan(
    work: Work,
    asked: _Asked,
    scan_id: str,
    kept: str,
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
        "text": kept,
        "kind": kind,
        "reservation_id": reservation_id,
        "admitted": admitted,
        "forced": forced[:200],
        "facts": facts,
        "did": did,
        "undone_at": None,
    }
    work.connection.execute(gate.KEEP_SCAN, row)
    work.changed.add("scans")


def at_the_gate(work: Work, reservation_id: int) -> Any:
    row = work.connection.execute(gate.AT_THE_GATE, {"id": reservation_id}).first()
    if row is None:
        raise CannotDo("not-found", reference=number_of(reservation_id))
    return row


def _facts(row: Any, scanned: list[Any], *, replaced: bool) -> Facts:
    return facts_of(row.status, scanned, _window(row), balance_minor=row.balance_minor, replaced=replaced)


def _window(row: Any) -> Window:
    return admission_window(
        zone=row.zone or "UTC",
        day=row.departs_on,
        departs_at=row.departs_at,
        open_dated=row.open_dated,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        opens_minutes_before=row.opens_minutes_before,
        closes_minutes_after=row.closes_minutes_after,
        unmatched=bool(row.unmatched),
    )


def _told(work: Work, row: Any, facts: Facts, admitted: int, arrived: int, answer: Verdict) -> Told:
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
        window=facts.window,
        departs_at=row.departs_at,
        used_at=used.at if used else row.arrived_at,
        used_counter=used.name if used else "",
        uses=facts.uses,
        cancelled_at=row.cancelled_at,
        forced=answer.forced,
    )


def _kept_text(work: Work, text: str) -> str:
    """What is kept of a text that names nothing: enough to recognise it, not enough to read it."""
    tidy = codes.tidy(text)
    start = tidy[:3] if tidy.isascii() and tidy.isdigit() else ""
    return f"{start}… {keyed_digest(work.desk.digest_secret, tidy)[:16]}" if tidy else ""


def _refuse_unknown(work: Work, kind: Kind, told: Told, asked: _Asked, kept: str) -> Answer:
    words = message(kind, told, work.now)
    scan_id = asked.scan_id or str(uuid.uuid4())
    facts = {"message": words, "arrived": 0, "party": None}
    _keep_scan(work, asked, scan_id, kept, kind, None, 0, "", facts, {"asked": asked.how})
    return Answer(kind, asked.text, words, scan_id, asked.source, told=told)


def _the_same(work: Work, before: Any, asked: _Asked) -> Answer:
    """The answer that was already given to this scan."""
    reference = traveler = ""
    if before.reservation_id is not None:
        row = at_the_gate(work, before.reservation_id)
        reference = row.reference
        traveler = row.lead if may_see(row.first_confirmed_at, row.channel, row.via) else ""
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
    )


# --- letting in -----------------------------------------------------------------------------


def _let_in(
    work: Work,
    row: Any,
    valid: list[Any],
    coming: list[Admission],
    admitted: int,
    answer: Verdict,
    scan_id: str,
) -> tuple[int, dict[str, Any]]:
    """Counts the heads, stamps the arrival, redeems where the product says so; what it did, for undoing."""
    for a in coming:
        told = {"ticket": a.number, "come": a.heads, "unspent": 0 if a.spends_use else 1}
        if not work.connection.execute(gate.LET_IN, told).rowcount:
            raise CannotDo("changed-meanwhile", number=number_of(row.id))
    spent = {a.number for a in coming if a.spends_use}
    all_spent = all(t.uses_left - (t.number in spent) <= 0 for t in valid)
    too_early = _window(row).opens_at
    redeems = (
        row.redeem is RedeemWhen.ON_ARRIVAL
        and all_spent
        and row.status in (Status.CONFIRMED, Status.NO_SHOW)
        and (too_early is None or work.now >= too_early)
    )
    arrived = in_now(row, row.arrived_heads, admitted)
    status = row.status
    if answer.returns:
        status = move(status, Verb.RETURN).after
    if redeems:
        status = move(status, Verb.REDEEM).after
    work.connection.execute(
        gate.STAMP,
        {
            "rid": row.id,
            "new_status": status,
            "new_status_at": row.status_at if status is row.status else work.now,
            "new_version": row.version + 1,
            "new_arrived_heads": arrived,
            "new_arrived_at": work.now,
            "new_redeemed_at": work.now if redeems else row.redeemed_at,
            "new_redeemed_by_scan": scan_id if redeems else row.redeemed_by_scan,
            "new_to_do": to_do_at_channel(row, REDEEM) if redeems else row.to_do,
        },
    )
    details = {"heads": admitted, "arrived": arrived, "scan": scan_id}
    work.record(f"reservation:{row.id}", "arrive", **details, **({"forced": True} if answer.forced else {}))
    if redeems:
        work.record(f"reservation:{row.id}", Verb.REDEEM, before=row.status, after=status)
        promise_comment_letter(work, row)
    work.changed.add("reservations")
    did = {
        "version": row.version + 1,
        "tickets": [[a.number, a.heads, a.spends_use] for a in coming],
        "arrived_before": row.arrived_heads,
        "arrived_at_before": row.arrived_at.isoformat() if row.arrived_at else "",
        "redeemed": redeems,
        "returned": answer.returns,
    }
    return arrived, did


def in_now(row: Any, arrived: int, admitted: int) -> int:
    """Who is in after an admission; more than the party are in on another visit, counted from its start."""
    new_visit = arrived + admitted > max(row.heads, row.party or 0)
    return admitted if new_visit else arrived + admitted


def promise_comment_letter(work: Work, row: Any) -> None:
    """The letter that asks for a comment, some hours after the trip."""
    trip_end = max(work.now, row.ends_at or work.now)
    hours = row.comment_hours if row.comment_hours is not None else 2
    letters.queue(work, row, Letter.COMMENT, waits=trip_end + timedelta(hours=hours) - work.now)
