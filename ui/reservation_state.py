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
from models.rows import Filter, Sort
from ui.reservation_columns import COLUMNS, Layout
from ui.reservation_spans import kept_span
from ui.reservation_views import Narrowed, View

_WIDEST = 900


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
    told = state if isinstance(state, dict) else {}
    columns = dict.fromkeys(key for key in _list(told.get("columns")) if key in COLUMNS)
    widths = told.get("widths")
    wide = {
        key: min(_WIDEST, width)
        for key, width in (widths.items() if isinstance(widths, dict) else ())
        if key in COLUMNS and isinstance(width, int) and width > 0
    }
    return Layout(tuple(columns), wide) if columns else usual


def view_of(kept: int, name: str, state: dict[str, Any], built_in: Iterable[View]) -> View:
    """A person's view, on the ground of one that everybody has, or of a list another screen named."""
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
    product = state.get("product")
    return Narrowed(
        statuses=_statuses(state.get("statuses")),
        channels=frozenset(str(key) for key in _list(state.get("channels"))),
        product_id=product if isinstance(product, int) else None,
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
    told = told if isinstance(told, dict) else {}
    days = [_day(day) for day in _list(told.get("days"))][:2] or [None, None]
    product, departure = told.get("product"), told.get("departure")
    return Filter(
        statuses=_statuses(told.get("statuses")),
        channels=frozenset(str(key) for key in _list(told.get("channels"))),
        product_id=product if isinstance(product, int) else None,
        departure_id=departure if isinstance(departure, int) else None,
        first_day=days[0],
        last_day=days[-1],
        needs=str(told.get("needs") or ""),
    )


def _statuses(told: object) -> frozenset[Status]:
    return frozenset(Status(one) for one in _list(told) if one in set(Status))


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) else []


def _one_of(kind: Any, told: object) -> Any:
    return kind(told) if told in set(kind) else None


def _day(told: object) -> date | None:
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
