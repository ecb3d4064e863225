"""Asks for lists of reservations and what is done with many at once; keeps everybody's views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from controllers.bulk import BulkDone, BulkPreview
    from controllers.bulk_cancel import CancelAllPreview
    from controllers.views import KeptView, KeptViews
    from models.reservations import Cause, Status
    from models.rows import Filter, Key, Listing, Page, ReservationRow
    from ui.asking.door import DeskDoor


def page(desk: DeskDoor, wanted: Filter, after: Key | None = None, limit: int = 100) -> Page:
    """One page of reservations."""
    from controllers import viewing

    return viewing.see_page(wanted, desk=desk(), after=after, limit=limit)


def everything(desk: DeskDoor, wanted: Filter) -> Listing:
    """The whole list, as ids in order."""
    from controllers import viewing

    return viewing.see_all(wanted, desk=desk())


def rows(desk: DeskDoor, ids: Sequence[int]) -> tuple[ReservationRow, ...]:
    """Some rows of a list, by their ids."""
    from controllers import viewing

    return viewing.see_rows(ids, desk=desk())


def count(desk: DeskDoor, wanted: Filter, most: int | None = None) -> int:
    """How many reservations a filter shows; counting stops at `most`."""
    from controllers import viewing

    return viewing.count_rows(wanted, desk=desk(), most=most)


def count_since(desk: DeskDoor, wanted: Filter, known: Listing) -> int:
    """How many belong into a list now that did not when it was made."""
    from controllers import viewing

    return viewing.count_since(wanted, known, desk=desk())


def hidden(desk: DeskDoor, wanted: Filter) -> dict[Status, int]:
    """How many cancelled and expired ones a list leaves out."""
    from controllers import viewing

    return viewing.see_hidden(wanted, desk=desk())


def views(desk: DeskDoor) -> KeptViews:
    """The lists a person has made."""
    from controllers import views as views_

    return views_.see_views(desk=desk())


def save_view(desk: DeskDoor, name: str, state: dict[str, Any]) -> KeptView:
    """Keeps a list under a name."""
    from controllers import views as views_

    return views_.save_view(name, state, desk=desk())


def change_view(desk: DeskDoor, view_id: int, state: dict[str, Any]) -> None:
    """What a kept list shows from now on."""
    from controllers import views as views_

    views_.change_view(view_id, state, desk=desk())


def rename_view(desk: DeskDoor, view_id: int, name: str) -> None:
    """Another name for a kept list."""
    from controllers import views as views_

    views_.rename_view(view_id, name, desk=desk())


def move_view(desk: DeskDoor, view_id: int, steps: int) -> None:
    """A kept list further to the right or left."""
    from controllers import views as views_

    views_.move_view(view_id, steps, desk=desk())


def delete_view(desk: DeskDoor, view_id: int) -> None:
    """A kept list that is not wanted any more."""
    from controllers import views as views_

    views_.delete_view(view_id, desk=desk())


def arrange_views(desk: DeskDoor, arranged: dict[str, Any]) -> None:
    """How the views everybody has are arranged for this person."""
    from controllers import views as views_

    views_.arrange(arranged, desk=desk())


def preview_confirm_all(desk: DeskDoor, ids: Sequence[int]) -> BulkPreview:
    """What confirming several would do."""
    from controllers import bulk

    return bulk.preview_confirm(ids, desk=desk())


def confirm_all(desk: DeskDoor, ids: Sequence[int], seen: dict[int, int]) -> BulkDone:
    """Confirms several at once."""
    from controllers import bulk

    return bulk.confirm_all(ids, desk=desk(), seen=seen)


def preview_cancel_all(desk: DeskDoor, ids: Sequence[int]) -> CancelAllPreview:
    """What cancelling several would do."""
    from controllers import bulk_cancel

    return bulk_cancel.preview_cancel_all(ids, desk=desk())


def cancel_all(
    desk: DeskDoor,
    ids: Sequence[int],
    reason: str,
    texts: dict[str, str] | None,
    cause: Cause,
    seen: dict[int, int],
) -> BulkDone:
    """Cancels several for one reason; `texts` are its words by language where there are several."""
    from controllers import bulk_cancel

    return bulk_cancel.cancel_all(ids, desk=desk(), reason=reason, texts=texts, cause=cause, seen=seen)


def unconfirm_all(desk: DeskDoor, ids: Sequence[int]) -> BulkDone:
    """Takes back what was confirmed together."""
    from controllers import bulk

    return bulk.unconfirm_all(ids, desk=desk())


def claim_all(desk: DeskDoor, ids: Sequence[int]) -> BulkDone:
    """Takes several orders on."""
    from controllers import bulk

    return bulk.claim_all(ids, desk=desk())


def tick_off_all(desk: DeskDoor, ids: Sequence[int]) -> BulkDone:
    """What was to do at the channels of several has been done there."""
    from controllers import bulk

    return bulk.tick_off_all(ids, desk=desk())
