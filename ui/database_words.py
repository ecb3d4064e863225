"""The words of the database's page: where data and passwords lie, how far a move is, how a counter stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from ui.wording.dates import day_and_time

if TYPE_CHECKING:
    from controllers.joining import CounterLine
    from controllers.relocating import Progress
    from ui.asking.database import DatabasePage

translate = QCoreApplication.translate


def where_words(page: DatabasePage) -> str:
    """One sentence: a file here, or a server and how it is reached."""
    if page.is_file:
        return translate("database", "In one file on this computer: {file}").format(file=page.where)
    words = translate("database", "On a shared server: {where}").format(where=page.where)
    return f"{words}. {_way_words(page.way)}"


def _way_words(way: str) -> str:
    return {
        "local": translate("database", "The server runs on this computer."),
        "proven": translate(
            "database", "The way there is encrypted, and the server proves by its certificate who it is."
        ),
        "encrypted": translate(
            "database",
            "The way there is encrypted, but the address does not ask the server to prove who it is.",
        ),
        "open": translate(
            "database", "The address allows a way that is not encrypted: whoever is on it could read along."
        ),
    }[way]


def password_words(page: DatabasePage) -> str:
    """Where the password lies, and what that means."""
    if page.is_file:
        return ""
    if page.password_in == "keyring":
        return translate("database", "Its password lies in the keyring of this computer's system.")
    if page.password_in == "file":
        return translate(
            "database",
            "This computer has no keyring that is open: the password lies in the file secrets.json beside the "
            "settings, which only its owner can read. Whoever has that account has the password.",
        )
    return translate("database", "No password is kept here: the server or the system lets this computer in.")


def step_words(progress: Progress) -> str:
    """What is done just now."""
    words = {
        "trying": translate("database", "Trying the server…"),
        "backup": translate("database", "Copying the file first…"),
        "pouring": translate("database", "Pouring {table}: {done} of {of} rows"),
        "search": translate("database", "Making the search anew…"),
        "comparing": translate("database", "Comparing {table}: {done} of {of} rows"),
        "chains": translate("database", "Walking the journal…"),
        "switching": translate("database", "Switching over…"),
    }[progress.step.value]
    return words.format(table=progress.table, done=f"{progress.done:,}", of=f"{progress.of:,}")


def counter_words(line: CounterLine, zone: str) -> str:
    """How a counter stands with its access."""
    if line.is_here:
        return translate("database", "You stand at it")
    if line.ended_at is not None:
        return translate("database", "Access ended {at}").format(at=_at(line.ended_at, zone))
    if line.waits_until is not None:
        return translate("database", "Its code waits until {at}").format(at=_at(line.waits_until, zone))
    if line.joined_at is not None:
        own = translate("database", "Joined {at}, with a login of its own")
        shared = translate("database", "Joined {at}, with the login all share")
        return (own if line.login else shared).format(at=_at(line.joined_at, zone))
    return translate("database", "Came without a code")


def _at(at: object, zone: str) -> str:
    return day_and_time(at.astimezone(ZoneInfo(zone)))  # type: ignore[attr-defined]
