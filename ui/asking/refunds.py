"""Asks for the refunds, and keeps what staff mark of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ui.asking.door import as_many

if TYPE_CHECKING:
    from controllers.giving_back import Marked
    from models.refunds import Place, RefundPage, RefundRow, Tab
    from ui.asking.door import DeskDoor


def refunds(desk: DeskDoor, tab: Tab, after: Place | None = None, *, shown: int = 0) -> RefundPage:
    """One page of a tab, or as much as is shown already."""
    from controllers import giving_back
    from models.refunds_reading import PAGE

    return giving_back.see_refunds(tab, desk=desk(), after=after, most=as_many(shown, PAGE))


def refund(desk: DeskDoor, refund_id: int) -> RefundRow:
    """One refund as it stands now."""
    from controllers import giving_back

    return giving_back.see_refund(refund_id, desk=desk())


def refund_done(
    desk: DeskDoor,
    refund_id: int,
    seen: int,
    *,
    method: str,
    reference: str,
    day: date,
    drawer_words: str = "",
) -> Marked:
    """The money went back."""
    from controllers import giving_back

    return giving_back.mark_done(
        refund_id,
        desk=desk(),
        method=method,
        reference=reference,
        day=day,
        seen=seen,
        drawer_words=drawer_words,
    )


def refund_failed(desk: DeskDoor, refund_id: int, seen: int, why: str) -> Marked:
    """The money did not go back."""
    from controllers import giving_back

    return giving_back.mark_failed(refund_id, desk=desk(), why=why, seen=seen)


def refund_due_again(desk: DeskDoor, refund_id: int, seen: int, drawer_words: str = "") -> Marked:
    """It is to be paid again."""
    from controllers import giving_back

    return giving_back.due_again(refund_id, desk=desk(), seen=seen, drawer_words=drawer_words)
