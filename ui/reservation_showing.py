"""Which list is shown: one of the views, what narrows it, by what it is ordered, and which columns it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.rows import Filter, Sort
from ui.reservation_columns import Layout, usual
from ui.reservation_spans import Span, staying
from ui.reservation_state import layout_of, layout_state, state_of, view_of
from ui.reservation_views import (
    ALL,
    GUEST,
    REZIO,
    TODAY,
    Narrowed,
    View,
    fits,
    looked_through,
    same,
    views,
    wanted,
)

if TYPE_CHECKING:
    from controllers.views import KeptViews


class Showing:
    """Knows nothing of widgets; the screen asks `wanted` after every change."""

    def __init__(self) -> None:
        self.key = TODAY
        self.narrowed = Narrowed()
        self._today: date | None = None
        self._built_in: tuple[View, ...] = ()
        self._own: tuple[View, ...] = ()
        self._guest: View | None = None
        self._arranged: dict[str, Layout] = {"": usual(rezios=False), REZIO: usual(rezios=True)}
        self._order: tuple[Sort, bool] | None = None  # None is the view's own
        self._coming = 0

    @property
    def views(self) -> tuple[View, ...]:
        """The views everybody has, a person's own, and the list another screen named last."""
        return (*self._built_in, *self._own, *((self._guest,) if self._guest else ()))

    @property
    def at(self) -> int:
        """The place of the view that is shown."""
        return next((at for at, view in enumerate(self.views) if view.key == self.key), 0)

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self.views[self.at]

    @property
    def order(self) -> tuple[Sort, bool]:
        """By what the list is ordered, and whether the latest stand above."""
        return self._order or (self.view.shows.sort, self.view.shows.newest_first)

    @property
    def wanted(self) -> Filter:
        """What to ask the database for."""
        return self._filter(self.view, self.narrowed, self.order)

    @property
    def wanted_of_views(self) -> dict[str, Filter]:
        """What each view holds, for its count."""
        return {
            view.key: self._filter(view, view.narrowed, (view.shows.sort, view.shows.newest_first))
            for view in self.views
        }

    @property
    def leaving_out(self) -> Filter | None:
        """What to ask for what the list leaves out by itself; None where nobody has to be told."""
        if self.narrowed.statuses or not self.view.leaves_out:
            return None
        return self._filter(self.view, replace(self.narrowed, gone=False), self.order)

    @property
    def layout(self) -> Layout:
        """The columns of the view that is shown."""
        view = self.view
        if view.kept:
            return view.layout
        return self._arranged[REZIO if view.key == REZIO else ""]

    @property
    def has_own_columns(self) -> bool:
        """Whether somebody has chosen these columns, so that a file shall have them, too."""
        return self.layout.columns != self.usual_layout().columns

    @property
    def is_changed(self) -> bool:
        """Whether the view shows something else now than what it is."""
        narrowed = replace(self.narrowed, text="")
        return narrowed != self.view.narrowed or self.order != (
            self.view.shows.sort,
            self.view.shows.newest_first,
        )

    @property
    def is_whole(self) -> bool:
        """Whether the list is just what its view holds."""
        return self.narrowed == self.view.narrowed

    def about(self, products: dict[int, str]) -> str:
        """What is shown, in words: the view, then each choice."""
        assert self._today is not None, "the day is known before anything is shown"
        return looked_through(self.view, self.narrowed, self._today, products)

    # what there is

    def set_day(self, today: date) -> None:
        """The views of this day, in the language of the screen."""
        self._today, self._built_in = today, views(today)
        if self._guest and self.key == GUEST:  # it was named before the views were known
            self.key = self._known(self._guest.shows)
            self._guest = self._guest if self.key == GUEST else None

    def set_kept(self, kept: KeptViews) -> bool:
        """What a person has made; a view that is gone is left, and true is answered."""
        self._own = tuple(view_of(one.id, one.name, one.state, self._built_in) for one in kept.views)
        told: dict[str, Any] = kept.arranged if isinstance(kept.arranged, dict) else {}
        self._arranged = {"": layout_of(told.get("")), REZIO: layout_of(told.get(REZIO), usual(rezios=True))}
        coming, self._coming = next((v for v in self._own if v.kept == self._coming), None), 0
        if coming is not None:  # it is what is shown already, under its name
            self.key, self._order = coming.key, None
            self.narrowed = replace(coming.narrowed, text=self.narrowed.text)
        elif self.key not in {view.key for view in self.views}:
            self.go_to(ALL)
            return True
        return False

    # going about

    def go_to(self, key: str, narrowed: Narrowed | None = None) -> None:
        """Another view, in its own order."""
        self.key, self._order = key, None
        self.narrowed = narrowed or next(
            (view.narrowed for view in self.views if view.key == key), Narrowed()
        )

    def go_to_list(self, shows: Filter, title: str, narrowed: Narrowed) -> None:
        """A list that another screen names: a view where it is one, else a tab of its own."""
        key = self._known(shows)
        if key == GUEST:
            self._guest = View(GUEST, title, shows)
        self.go_to(key, narrowed)

    def narrow(self, narrowed: Narrowed) -> None:
        """Other choices. One that cannot be found in this view is meant for all reservations."""
        if self._built_in and not fits(self.view, narrowed):
            shows = self.view.shows
            if narrowed.departs is None and shows.first_day and shows.last_day:
                narrowed = replace(narrowed, departs=staying(shows.first_day, shows.last_day))
            self.key, self._order = ALL, (Sort.DEPARTURE, False)
        self.narrowed = narrowed

    def order_by(self, sort: Sort) -> None:
        """By this; from the other end where it is ordered by it already."""
        now, newest = self.order
        self._order = (sort, not newest if sort is now else sort is Sort.ORDERED)

    def order_from(self, sort: Sort, newest_first: bool) -> None:
        """By this, from this end."""
        self._order = (sort, newest_first)

    def turn_hidden(self) -> None:
        """Show what the view leaves out by itself, or leave it out again."""
        self.narrowed = replace(self.narrowed, gone=not self.narrowed.gone)

    def days_of(self, field: str, today: date) -> tuple[date, date]:
        """The days of departure or of ordering that are chosen, else today."""
        span = self.narrowed.departs if field == "departs" else self.narrowed.ordered
        return span.on(today) if span else (today, today)

    def with_span(self, field: str, span: Span) -> Narrowed:
        """The choices with other days of departure or of ordering."""
        if field == "departs":
            return replace(self.narrowed, departs=span)
        return replace(self.narrowed, ordered=span)

    def follow(self, kept: int) -> None:
        """The view that is kept under this number, as soon as it is known."""
        self._coming = kept

    # what is kept

    def arrange(self, layout: Layout) -> None:
        """Other columns or widths for the view that is shown."""
        view = self.view
        if view.kept:
            self._own = tuple(
                replace(one, layout=layout) if one.key == view.key else one for one in self._own
            )
        else:
            self._arranged[REZIO if view.key == REZIO else ""] = layout

    def usual_layout(self) -> Layout:
        """The columns this view had at first."""
        return usual(rezios=REZIO in (self.view.key, self.view.base))

    def state(self) -> dict[str, Any]:
        """The list as it is shown now, to be kept under a name."""
        return state_of(self.view, replace(self.narrowed, text=""), self.wanted, self.layout)

    def kept_state(self) -> dict[str, Any]:
        """The view as it is, with the columns it has now."""
        view = self.view
        return state_of(view, view.narrowed, view.shows, self.layout)

    def arranged_state(self) -> dict[str, Any]:
        """How the views everybody has are arranged."""
        return {key: layout_state(layout) for key, layout in self._arranged.items()}

    def _filter(self, view: View, narrowed: Narrowed, order: tuple[Sort, bool]) -> Filter:
        assert self._today is not None, "the day is known before anything is asked"
        return wanted(view, narrowed, self._today, sort=order[0], newest_first=order[1])

    def _known(self, shows: Filter) -> str:
        return next((view.key for view in self._built_in if same(view.shows, shows)), GUEST)
