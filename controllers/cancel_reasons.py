"""Keeps the reasons for cancelling that travelers read, and fills them for one traveler, in their language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from controllers.desk import Desk
from controllers.letter_words.facts import facts_of, reservation, reservations
from controllers.rights import needs
from models import replies
from models.cancelling import Draft, Reason, checked, usual_reasons
from models.channels import channel_facts
from models.letters import letter_language
from models.privacy import HIDDEN
from models.references import number_of
from models.refusals import CannotDo
from models.replies import Filled
from models.rights import Right
from models.tables import CancelReason, Operator

_C: Table = CancelReason.__table__  # type: ignore[assignment]


def reasons_kept(look: Connection) -> tuple[Reason, ...]:
    """The house's own reasons, else the usual ones."""
    rows = look.execute(select(_C.c.title, _C.c.texts).order_by(_C.c.place))
    return tuple(Reason(row.title, row.texts) for row in rows) or usual_reasons()


@needs(Right.LOOK)
def see_reasons(*, desk: Desk) -> tuple[Reason, ...]:
    """The list as it stands."""
    with desk.reading() as look:
        return reasons_kept(look)


@needs(Right.ROUTES)
def keep_reasons(
    reasons: tuple[Reason, ...], *, desk: Desk, seen: tuple[Reason, ...] | None = None
) -> tuple[Reason, ...]:
    """From now on travelers are told these; an empty list brings the usual ones back.

    Raises CannotDo("reasons-kept-meanwhile") where somebody else changed the list since it was `seen`,
    ("reason-wrong") and ("reason-empty").
    """
    wanted = checked(reasons)
    with desk.work() as work:
        work.connection.execute(select(Operator.id).with_for_update())
        if seen is not None and reasons_kept(work.connection) != seen:
            raise CannotDo("reasons-kept-meanwhile")
        work.connection.execute(delete(_C))
        rows = [
            {"place": at, "title": one.title, "texts": dict(one.texts)} for at, one in enumerate(wanted, 1)
        ]
        if rows and wanted != usual_reasons():
            work.connection.execute(insert(_C), rows)
        work.record("operator", "cancel-reasons", count=len(rows))
        work.changed.add("cancel-reasons")
        return reasons_kept(work.connection)


@needs(Right.ORDERS)
def drafts_for(reservation_id: int, *, desk: Desk) -> tuple[Draft, ...]:
    """Every reason as this traveler would read it. A name that is still hidden stays a placeholder."""
    with desk.reading() as look:
        filled = [(one.title, fill(look, reservation_id, one)) for one in reasons_kept(look)]
    return tuple(Draft(title, one.text, one.missing) for title, one in filled)


@needs(Right.ORDERS)
def words_for(reservation_id: int, reason: str, *, desk: Desk) -> str:
    """What this traveler reads: a reason of the list by its title, or a text; filled in for them.

    Raises CannotDo("reason-has-holes") where nobody knows what stands in braces.
    """
    with desk.reading() as look:
        return whole(look, reservation_id, meant(look, reason))


def meant(look: Connection, reason: str, texts: Mapping[str, str] | None = None) -> Reason:
    """The reason of the list with this title, else one of these words, by language where they are told so."""
    kept = {one.title: one for one in reasons_kept(look)}
    return kept.get(reason.strip()) or Reason("", texts or {"en": reason.strip()})


def whole(look: Connection, reservation_id: int, reason: Reason) -> str:
    """A reason as it leaves for one traveler. Raises CannotDo("reason-has-holes")."""
    words = fill(look, reservation_id, reason, masked=False).text
    if holes := replies.left_open(words):
        raise CannotDo("reason-has-holes", number=number_of(reservation_id), what=", ".join(holes))
    return words


def languages_of(look: Connection, ids: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """In which languages these are written to, and how many of them in each; the most first."""
    many = Counter(_spoken(row) for row in reservations(look, ids))
    return tuple(sorted(many.items(), key=lambda one: (-one[1], one[0])))


def _spoken(row: Any) -> str:
    return letter_language(row.language, channel_facts(row.channel).language, row.languages)


def fill(look: Connection, reservation_id: int, reason: Reason, *, masked: bool = True) -> Filled:
    """One reason for one traveler, in their language."""
    row = reservation(look, reservation_id)
    spoken = _spoken(row)
    facts = facts_of(look, row, spoken, {}, masked=masked)
    return replies.fill(
        reason.text(spoken), {key: "" if told == HIDDEN else told for key, told in facts.items()}
    )
