"""Takes files of orders and products, keeps the office's holidays and who the operator is, and fills practice data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.holidays import CalendarChoice, Counted, OfficeYear
    from controllers.imports import Account
    from controllers.operator import OperatorCard, OperatorPage
    from controllers.products import Saved
    from ui.asking.door import DeskDoor


def take_file(desk: DeskDoor, path: Path, channel: str = "", *, dry_run: bool = False) -> Account:
    """Imports a channel's file."""
    from controllers import imports

    return imports.import_path(path, desk=desk(), channel=channel, dry_run=dry_run)


def take_products(desk: DeskDoor, path: Path) -> Saved:
    """Adds and updates products from a file."""
    from controllers import products as products_

    return products_.save_products(path, desk=desk())


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


def operator(desk: DeskDoor) -> OperatorPage:
    """Who the operator is."""
    from controllers import operator as operator_

    return operator_.see_operator(desk=desk())


def keep_operator(desk: DeskDoor, card: OperatorCard, seen: OperatorCard | None) -> OperatorPage:
    """Keeps who the operator is, if nobody has changed it since it was seen."""
    from controllers import operator as operator_

    return operator_.keep_operator(card, desk=desk(), seen=seen)


def write_back(desk: DeskDoor) -> None:
    """Moves what was committed out of a file's log into the file."""
    desk().database.write_back()
