"""Every question and every deed the screens have for the desk, in one place.

Each is called on a lane, never on the UI thread. The use cases are imported when the first one is
needed, so that the window stands before the database is loaded; `desk()` waits until it is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from models.calendar_facts import CalendarDay, CalendarFilter, DepartureKey
from models.reservations import Cause, Status, Verb
from models.rows import Filter, Key, Listing, Page, ReservationRow

if TYPE_CHECKING:
    from controllers.bulk import BulkDone, BulkPreview
    from controllers.checkin import Answer
    from controllers.departures import Changed
    from controllers.desk import Desk
    from controllers.holidays import CalendarChoice, Counted, OfficeYear
    from controllers.imports import Account
    from controllers.products import Saved
    from controllers.reservations import Done
    from controllers.seats import SeatMove
    from controllers.today import Figures
    from controllers.trips import Closed
    from controllers.viewing import CancelPreview, ConfirmPreview
    from controllers.views import KeptView, KeptViews
    from controllers.voucher_pdf import Printed
    from models.around import Around
    from models.details import Details
    from models.search.finds import Find, Finds
    from models.today import Today
    from models.week import Week

EVERY_DEPARTURE = CalendarFilter()

DeskDoor = Callable[[], "Desk"]
"""Gives the desk, waiting for it where it is still being opened. Call it on a lane only."""


def today(desk: DeskDoor) -> Today:
    """The dashboard."""
    from controllers.today import see_today

    return see_today(desk=desk())


def around(desk: DeskDoor) -> Around:
    """What the frame of the window shows."""
    from controllers.today import see_around

    return see_around(desk=desk())


def week(desk: DeskDoor) -> Week:
    """The coming seven days."""
    from controllers.today import see_week

    return see_week(desk=desk())


def figures(desk: DeskDoor, month: date | None = None) -> Figures:
    """How the last days went, and a month (this one unless another is named)."""
    from controllers.today import see_figures

    return see_figures(month, desk=desk())


def here(desk: DeskDoor) -> tuple[date, str]:
    """Which day it is at the operator's, and in which zone."""
    at = desk()
    with at.reading() as look:
        zone = at.operator(look).zone
    return at.now().astimezone(ZoneInfo(zone)).date(), zone


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


def days(
    desk: DeskDoor, first: date, last: date, wanted: CalendarFilter = EVERY_DEPARTURE
) -> dict[date, CalendarDay]:
    """The calendar of some days."""
    from controllers import viewing

    return viewing.see_days(first, last, desk=desk(), wanted=wanted)


def closed_days(desk: DeskDoor, first: date, last: date, language: str) -> dict[date, str]:
    """Holidays and own closed days by name. The first time it loads a large library, so it is asked apart."""
    from controllers import holidays

    return holidays.between(first, last, desk=desk(), language=language)


def departure(
    desk: DeskDoor, departure_id: int, wanted: CalendarFilter = EVERY_DEPARTURE
) -> tuple[ReservationRow, ...]:
    """The living reservations of one departure."""
    from controllers import viewing

    return viewing.see_departure(departure_id, desk=desk(), wanted=wanted)


def departures(
    desk: DeskDoor, departure_ids: Sequence[int], wanted: CalendarFilter = EVERY_DEPARTURE
) -> dict[int, tuple[ReservationRow, ...]]:
    """The living reservations of some departures."""
    from controllers import viewing

    return viewing.see_departures(departure_ids, desk=desk(), wanted=wanted)


def unmatched(
    desk: DeskDoor, day: date, wanted: CalendarFilter = EVERY_DEPARTURE
) -> tuple[ReservationRow, ...]:
    """The living orders of a day that have no departure of ours."""
    from controllers import viewing

    return viewing.see_unmatched(day, desk=desk(), wanted=wanted)


def guides(desk: DeskDoor) -> tuple[str, ...]:
    """Everybody who has guided, by name."""
    from controllers import viewing

    return viewing.guide_names(desk=desk())


def details(desk: DeskDoor, reservation_id: int, *, reveal: bool = False) -> Details:
    """One reservation, whole; `reveal` is journaled."""
    from controllers import viewing

    return viewing.see_details(reservation_id, desk=desk(), reveal=reveal)


def find(desk: DeskDoor, reference: str) -> int:
    """The reservation a number names."""
    from controllers import viewing

    return viewing.find(reference, desk=desk())


def search(desk: DeskDoor, text: str) -> Finds:
    """What a text finds."""
    from controllers import search as search_

    return search_.find(text, desk=desk())


def nearest(desk: DeskDoor, text: str) -> tuple[Find, ...]:
    """Who is called so but for one letter."""
    from controllers import search as search_

    return search_.nearest(text, desk=desk())


def note_search(desk: DeskDoor, text: str, found: int) -> None:
    """Somebody looked for a person."""
    from controllers import search as search_

    search_.note(text, found, desk=desk())


def channels(desk: DeskDoor) -> dict[str, tuple[str, str]]:
    """Every channel's name and mark, by key."""
    from controllers import viewing

    return viewing.channel_names(desk=desk())


def products(desk: DeskDoor) -> dict[int, str]:
    """Every product's name, by id."""
    from controllers import viewing

    return viewing.product_names(desk=desk())


def preview_confirm(desk: DeskDoor, reservation_id: int) -> ConfirmPreview:
    """What confirming would do."""
    from controllers import viewing

    return viewing.preview_confirm(reservation_id, desk=desk())


def preview_cancel(desk: DeskDoor, reservation_id: int, cause: Cause) -> CancelPreview:
    """What cancelling would give back."""
    from controllers import viewing

    return viewing.preview_cancel(reservation_id, cause, desk=desk())


def confirm(desk: DeskDoor, reservation_id: int, seen: int | None = None, overbook: str = "") -> Done:
    """Confirms."""
    from controllers import reservations

    return reservations.confirm(reservation_id, desk=desk(), seen=seen, overbook=overbook)


def hold(desk: DeskDoor, reservation_id: int, reason: str, seen: int | None = None) -> Done:
    """Keeps it waiting."""
    from controllers import reservations

    return reservations.hold(reservation_id, desk=desk(), reason=reason, seen=seen)


def cancel(desk: DeskDoor, reservation_id: int, reason: str, cause: Cause, seen: int | None = None) -> Done:
    """Tells the traveler, then cancels."""
    from controllers import reservations

    return reservations.cancel(reservation_id, desk=desk(), reason=reason, cause=cause, seen=seen)


def do(desk: DeskDoor, verb: Verb, reservation_id: int, seen: int | None = None) -> Done:
    """A verb that needs nothing but the reservation."""
    from controllers import reservations

    plain = {
        Verb.UNCONFIRM: reservations.unconfirm,
        Verb.WITHDRAW: reservations.withdraw,
        Verb.REQUEST_CANCEL: reservations.request_cancel,
        Verb.ACCEPT: reservations.accept,
        Verb.DECLINE: reservations.decline,
        Verb.NO_SHOW: reservations.no_show,
        Verb.RETURN: reservations.return_,
    }
    return plain[verb](reservation_id, desk=desk(), seen=seen)


def tick_off(desk: DeskDoor, reservation_id: int, deed: str = "") -> Done:
    """What was to do at the channel has been done there."""
    from controllers import reservations

    return reservations.tick_off(reservation_id, desk=desk(), deed=deed)


def claim(desk: DeskDoor, reservation_id: int) -> Done:
    """Takes an order on."""
    from controllers import claims

    return claims.claim(reservation_id, desk=desk())


def take_over(desk: DeskDoor, reservation_id: int) -> Done:
    """Takes an order over from whoever works on it."""
    from controllers import claims

    return claims.take_over(reservation_id, desk=desk())


def release(desk: DeskDoor, reservation_id: int) -> Done:
    """Lets a claimed order go."""
    from controllers import claims

    return claims.release(reservation_id, desk=desk())


def add_note(desk: DeskDoor, reservation_id: int, words: str) -> Done:
    """Adds an internal note."""
    from controllers import notes

    return notes.add_note(reservation_id, desk=desk(), words=words)


def keep_ours(desk: DeskDoor, decision_id: int) -> Done:
    """A newer file's word is not followed."""
    from controllers import decisions

    return decisions.keep_ours(decision_id, desk=desk())


def preview_theirs(desk: DeskDoor, decision_id: int) -> SeatMove | None:
    """The seats that following a newer file's word would move. On the desk's lane."""
    from controllers import decisions

    return decisions.preview_theirs(decision_id, desk=desk())


def take_theirs(desk: DeskDoor, decision_id: int, overbook: str = "") -> Done:
    """A newer file's word is followed."""
    from controllers import decisions

    return decisions.take_theirs(decision_id, desk=desk(), overbook=overbook)


def pay(desk: DeskDoor, reservation_id: int, method: str, amount: str, seen: int | None = None) -> Done:
    """Records money the desk took."""
    from controllers import payments

    return payments.pay(reservation_id, desk=desk(), method=method, amount=amount, seen=seen)


def scan(
    desk: DeskDoor, text: str, scan_id: str, source: str, heads: int | None = None, force: str = ""
) -> Answer:
    """Judges a code."""
    from controllers import checkin

    return checkin.scan(text, desk=desk(), scan_id=scan_id, source=source, heads=heads, force=force)


def scan_picture(desk: DeskDoor, path: Path) -> list[Answer]:
    """Judges every code in a picture; a picture without one gives UNREADABLE."""
    from controllers import checkin
    from controllers.scanning.picture import read_picture

    at = desk()
    scans = read_picture(path)
    if not scans:
        return [checkin.unreadable("picture", desk=at)]
    return [checkin.scan(found.text, desk=at, scan_id=found.id, source="picture") for found in scans]


def undo_scan(desk: DeskDoor, scan_id: str, reason: str = "") -> Done:
    """Takes a scan back."""
    from controllers import undoing

    return undoing.undo(scan_id, desk=desk(), reason=reason)


def undo_last(desk: DeskDoor, reservation_id: int, reason: str = "") -> Done:
    """Takes back the last thing that happened at the gate."""
    from controllers import undoing

    return undoing.undo_last(reservation_id, desk=desk(), reason=reason)


def close_trips(desk: DeskDoor) -> Closed:
    """Closes the trips that have ended."""
    from controllers import trips

    return trips.close_trips(desk=desk())


def take_file(desk: DeskDoor, path: Path, channel: str = "", *, dry_run: bool = False) -> Account:
    """Imports a channel's file."""
    from controllers import imports

    return imports.import_path(path, desk=desk(), channel=channel, dry_run=dry_run)


def take_products(desk: DeskDoor, path: Path) -> Saved:
    """Adds and updates products from a file."""
    from controllers import products as products_

    return products_.save_products(path, desk=desk())


def voucher(desk: DeskDoor, reservation_id: int) -> Printed:
    """The voucher as a PDF."""
    from controllers import vouchers

    return vouchers.print_voucher(reservation_id, desk=desk())


def do_with_departure(desk: DeskDoor, word: str, key: DepartureKey, value: str | int = "") -> Changed:
    """Closes or opens a departure, changes its seats or its guide."""
    from controllers import departures

    if word == "seats":
        return departures.change_capacity(key, int(value), desk=desk())
    if word == "guide":
        return departures.set_guide(key, str(value), desk=desk())
    return {"close": departures.close, "open": departures.open_}[word](key, desk=desk())


def manifest(desk: DeskDoor, day: date, departure_id: int | None, language: str) -> Printed:
    """The day sheet of a day or of one departure, as a PDF."""
    from controllers import manifest as manifest_

    return manifest_.print_manifest(day, desk=desk(), departure_id=departure_id, language=language)


def export_manifest(desk: DeskDoor, day: date, departure_id: int | None, path: Path) -> int:
    """Writes the day sheet as CSV or XLSX; how many rows."""
    from controllers import manifest as manifest_

    return manifest_.export_manifest(day, path, desk=desk(), departure_id=departure_id)


def office_year(desk: DeskDoor, year: int, language: str) -> OfficeYear:
    """The closed days of a year."""
    from controllers import holidays

    return holidays.see(year, desk=desk(), language=language)


def calendars(desk: DeskDoor, language: str) -> tuple[CalendarChoice, ...]:
    """The countries whose public holidays are known."""
    from controllers import holidays

    desk()
    return holidays.choices(language)


def calendar_regions(desk: DeskDoor, country: str) -> tuple[CalendarChoice, ...]:
    """The regions of a country with holidays of their own."""
    from controllers import holidays

    desk()
    return holidays.regions(country)


def observe(desk: DeskDoor, calendar: str) -> Counted:
    """Observes the public holidays of a country or region."""
    from controllers import holidays

    return holidays.observe(calendar, desk=desk())


def close_day(desk: DeskDoor, day: date, name: str) -> Counted:
    """Closes the office on a day."""
    from controllers import holidays

    return holidays.close_day(day, name, desk=desk())


def reopen_day(desk: DeskDoor, day: date) -> Counted:
    """Takes an own closed day away."""
    from controllers import holidays

    return holidays.reopen_day(day, desk=desk())


def work_on(desk: DeskDoor, day: date, *, worked: bool) -> Counted:
    """Works on a public holiday, or rests on it after all."""
    from controllers import holidays

    return holidays.work_on(day, desk=desk(), worked=worked)


def fill_practice(desk: DeskDoor) -> int:
    """Fills practice data with invented reservations; how many."""
    from controllers import practice

    return practice.fill(desk=desk())


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
