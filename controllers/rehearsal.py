"""Tries what a counter needs before it opens, as far as no person and no device is asked, and keeps the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, insert, select, text

from controllers.counter import counter_settings
from controllers.desk import Desk
from controllers.rights import needs
from models import rehearsal
from models.outbox import LetterState
from models.papers import Paper
from models.refusals import CannotDo
from models.rehearsal import Checked, Rehearsed, checked_of
from models.rights import Right
from models.tables import Counter, JournalEntry, OutboxRow, Rehearsal, Staff
from models.vouchers import LANGUAGES

_T: Table = Rehearsal.__table__  # type: ignore[assignment]
_LOOKED_BACK = 500  # entries of the journal


def _this_computer() -> datetime:
    return datetime.now().astimezone()


@needs(Right.COUNTER)
def try_house(
    printers: Iterable[str], *, desk: Desk, here: Callable[[], datetime] = _this_computer
) -> tuple[Checked, ...]:
    """Printers by name, every script on paper, clock and zone against the database, and mail.

    `printers` are those the system knows, `here` is the computer's own clock in its own zone.
    """
    settings = counter_settings(desk=desk)
    with desk.reading() as look:
        zone, waiting = desk.operator(look).zone, _letters_waiting(look)
        clock = _clock(look, desk, here)
    return (
        rehearsal.judge_printers(settings.printers, printers),
        _scripts(desk),
        clock,
        rehearsal.judge_zone(_minutes(here()), _minutes(here().astimezone(ZoneInfo(zone))), zone),
        rehearsal.judge_mail(waiting),
    )


@needs(Right.COUNTER)
def keep_rehearsal(checked: Sequence[Checked], *, desk: Desk) -> Rehearsed:
    """Keeps how it went, for Today and for the sheet."""
    with desk.work() as work:
        row = {
            "counter_id": desk.actor.counter_id,
            "staff_id": desk.actor.staff_id,
            "at": work.now,
            "checked": [one.as_kept() for one in checked],
        }
        work.connection.execute(insert(_T), row)
        wrong = sorted(one.check.value for one in checked if one.outcome is rehearsal.Outcome.WRONG)
        work.record(f"counter:{desk.actor.counter_id}", "rehearse", wrong=wrong)
        work.changed.add("rehearsals")
        zone = desk.operator(work.connection).zone
        return Rehearsed(desk.actor.counter, desk.actor.staff, work.now, tuple(checked), zone, desk.practice)


@needs(Right.COUNTER)
def last_rehearsal(look: Connection, desk: Desk) -> Rehearsed | None:
    """The last one at this counter."""
    asked = (
        select(_T.c.at, _T.c.checked, Counter.name.label("counter"), Staff.name.label("staff"))
        .join(Counter, Counter.id == _T.c.counter_id)
        .join(Staff, Staff.id == _T.c.staff_id)
        .where(_T.c.counter_id == desk.actor.counter_id)
        .order_by(_T.c.at.desc(), _T.c.id.desc())
        .limit(1)
    )
    row = look.execute(asked).first()
    if row is None:
        return None
    zone = desk.operator(look).zone
    return Rehearsed(row.counter, row.staff, row.at, checked_of(row.checked), zone, desk.practice)


@needs(Right.COUNTER)
def see_rehearsal(*, desk: Desk) -> Rehearsed | None:
    """The last rehearsal at this counter."""
    with desk.reading() as look:
        return last_rehearsal(look, desk)


@needs(Right.OWN)
def clock_behind_s(look: Connection, desk: Desk) -> float:
    """How far the clock stands behind what this counter has written already; 0 where it goes on as it should."""
    mine = select(JournalEntry.at).where(JournalEntry.counter_id == desk.actor.counter_id)
    last = mine.order_by(JournalEntry.seq.desc()).limit(_LOOKED_BACK).subquery()
    newest = look.execute(select(func.max(last.c.at))).scalar()
    behind = _instant(newest) - desk.now() if newest else timedelta(0)
    return max(0.0, behind.total_seconds())


def _letters_waiting(look: Connection) -> int:
    asked = select(func.count()).where(OutboxRow.state == LetterState.WAITING)
    return int(look.execute(asked).scalar_one())


def _scripts(desk: Desk) -> Checked:
    """The test page with every script is drawn, in each language of a voucher."""
    from controllers.trial_page import trial_draft
    from models.trial_words import TrialWords

    missing: dict[str, None] = {}
    refused = []
    for language in LANGUAGES:
        draft = trial_draft(Paper.A4, desk=desk, words=TrialWords(language=language))
        try:
            missing.update(dict.fromkeys(draft.drawn(()).missing))
        except CannotDo:  # the fonts of this language are not there
            refused.append(language)
    return rehearsal.judge_scripts(missing, refused)


def _clock(look: Connection, desk: Desk, here: Callable[[], datetime]) -> Checked:
    """A server has a clock of its own; in a file of this computer the journal shows whether the clock went back."""
    if desk.database.is_sqlite:
        return rehearsal.judge_clock(-clock_behind_s(look, desk), shared=False)
    before = here()
    server: Any = look.execute(text("select clock_timestamp()")).scalar_one()
    middle = before + (here() - before) / 2
    return rehearsal.judge_clock((middle - server).total_seconds(), shared=True)


def _instant(told: str) -> datetime:
    at = datetime.fromisoformat(told.replace("Z", "+00:00"))
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _minutes(at: datetime) -> int:
    offset = at.utcoffset()
    assert offset is not None, "the computer's clock has a zone"
    return int(offset.total_seconds()) // 60
