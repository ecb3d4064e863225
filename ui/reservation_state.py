"""How a person's own view is written down, and read again whatever an older program wrote.

A search is not written: it would be a traveler's name under another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from models.payments import PaymentStatus
from models.reservations import Status
from models.rows import LISTED_BOXES, Filter, Sort
from ui.reservation_columns import COLUMNS, Layout
from ui.reservation_spans import kept_span
from ui.reservation_views import Narrowed, View

_WIDEST = 900
_HIGHEST = 2**63 - 1


def state_of(view: View, narrowed: Narrowed, shows: Filter, layout: Layout) -> dict[str, Any]:
    """A view as it is shown now; `shows` tells its order."""
    return {
        "base": view.base or view.key,
        "shows": _kept_filter(view.shows),
        "statuses": sorted(narrowed.statuses),
        "channels": sorted(narrowed.channels),
        "product": narrowed.product_id,
        "payment": narrowed.payment,
        "departs": narrowed.departs.kept() if narrowed.departs else None,
        "ordered": narrowed.ordered.kept() if narrowed.ordered else None,
        "gone": narrowed.gone,
        "sort": shows.sort,
        "newest_first": shows.newest_first,
        **layout_state(layout),
    }


def layout_state(layout: Layout) -> dict[str, Any]:
    """The columns and their widths."""
    return {"columns": list(layout.columns), "widths": dict(layout.widths)}


def layout_of(state: object, usual: Layout | None = None) -> Layout:
    """The columns that are still known; the usual ones where none is."""
    usual = usual or Layout()
    told = _dict(state)
    columns = dict.fromkeys(key for key in _words(told.get("columns")) if key in COLUMNS)
    wide = {
        key: min(_WIDEST, width)
        for key, width in _dict(told.get("widths")).items()
        if key in COLUMNS and isinstance(width, int) and width > 0
    }
    return Layout(tuple(columns), wide) if columns else usual


def view_of(kept: int, name: str, state: object, built_in: Iterable[View]) -> View:
    """A person's view, on the ground of one that everybody has, or of a list another screen named."""
    state = _dict(state)
    base = next((view for view in built_in if view.key == state.get("base")), None)
    shows = base.shows if base else _filter_of(state.get("shows"))
    sort = _one_of(Sort, state.get("sort")) or shows.sort
    newest = state.get("newest_first")
    turned = newest if isinstance(newest, bool) else shows.newest_first
    return View(
        key=f"kept:{kept}",
        title=name,
        shows=replace(shows, sort=sort, newest_first=turned),
        kept=kept,
        narrowed=_narrowed_of(state),
        layout=layout_of(state),
        base=base.key if base else "guest",
    )


def _narrowed_of(state: dict[str, Any]) -> Narrowed:
    return Narrowed(
        statuses=_statuses(state.get("statuses")),
        channels=frozenset(_words(state.get("channels"))),
        product_id=_number(state.get("product")),
        payment=_one_of(PaymentStatus, state.get("payment")),
        departs=kept_span(state.get("departs")),
        ordered=kept_span(state.get("ordered")),
        gone=state.get("gone") is True,
    )


def _kept_filter(shows: Filter) -> dict[str, Any]:
    return {
        "statuses": sorted(shows.statuses),
        "channels": sorted(shows.channels),
        "product": shows.product_id,
        "departure": shows.departure_id,
        "days": [day.isoformat() if day else None for day in (shows.first_day, shows.last_day)],
        "needs": shows.needs,
    }


def _filter_of(told: object) -> Filter:
    told = _dict(told)
    days = [_day(day) for day in _list(told.get("days"))][:2] or [None, None]
    return Filter(
        statuses=_statuses(told.get("statuses")),
        channels=frozenset(_words(told.get("channels"))),
        product_id=_number(told.get("product")),
        departure_id=_number(told.get("departure")),
        first_day=days[0],
        last_day=days[-1],
        needs=next((box for box in LISTED_BOXES if box == told.get("needs")), ""),
    )


def _statuses(told: object) -> frozenset[Status]:
    return frozenset(Status(one) for one in _words(told) if one in set(Status))


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) else []


def _dict(told: object) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _words(told: object) -> list[str]:
    """The words of a list; no database keeps one with a zero in it."""
    return [word for word in _list(told) if isinstance(word, str) and "\0" not in word]


def _number(told: object) -> int | None:
    """A number that something can have in the database."""
    return told if isinstance(told, int) and 0 < told <= _HIGHEST else None


def _one_of(kind: Any, told: object) -> Any:
    return kind(told) if isinstance(told, str) and told in set(kind) else None


def _day(told: object) -> date | None:
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
