"""Which list is shown: one of the views, what narrows it, and from which end it starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.rows import Filter
from ui.reservation_views import ALL, GUEST, TODAY, Narrowed, View, fits, same, views, wanted


class Showing:
    """Knows nothing of widgets; the screen asks `wanted` after every change."""

    def __init__(self) -> None:
        self.at = TODAY
        self.narrowed = Narrowed()
        self._views: tuple[View, ...] = ()
        self._guest: View | None = None
        self._turned: bool | None = None  # None is the view's own order

    @property
    def views(self) -> tuple[View, ...]:
        """The views everybody has, and the list another screen named last."""
        return (*self._views, self._guest) if self._guest else self._views

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self.views[min(self.at, len(self.views) - 1)]

    @property
    def newest_first(self) -> bool:
        """Whether the latest departures stand above."""
        return self.view.shows.newest_first if self._turned is None else self._turned

    @property
    def wanted(self) -> Filter:
        """What to ask the database for."""
        return wanted(self.view, self.narrowed, newest_first=self.newest_first)

    def set_day(self, today: date) -> None:
        """The views of this day, in the language of the screen."""
        self._views = views(today)
        if self._guest and self.at == GUEST:  # it was named before the views were known
            self.at = self._known(self._guest.shows)
            self._guest = self._guest if self.at == GUEST else None

    def go_to(self, at: int, narrowed: Narrowed) -> None:
        """Another view, in its own order."""
        self.at, self.narrowed, self._turned = at, narrowed, None

    def go_to_list(self, shows: Filter, title: str, narrowed: Narrowed) -> None:
        """A list that another screen names: a view where it is one, else a tab of its own."""
        known = self._known(shows)
        self._guest = View(title, shows) if known == GUEST else self._guest
        self.go_to(known, narrowed)

    def narrow(self, narrowed: Narrowed) -> None:
        """Other choices. One that cannot be found in this view is meant for all reservations."""
        if self._views and not fits(self.view, narrowed):
            shows = self.view.shows
            if narrowed.days is None and shows.first_day and shows.last_day:
                narrowed = replace(narrowed, days=(shows.first_day, shows.last_day))
            self.at, self._turned = ALL, False
        self.narrowed = narrowed

    def turn_round(self) -> None:
        """From the other end."""
        self._turned = not self.newest_first

    def _known(self, shows: Filter) -> int:
        return next((at for at, view in enumerate(self._views) if same(view.shows, shows)), GUEST)
