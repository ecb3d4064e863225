"""Says in words what came of a copy, of a rehearsal of bringing one back, and where a secret lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.refusals import CannotDo
from ui.wording.dates import day_and_time
from ui.wording.numbers import number_words
from ui.wording.orders import local
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from models.recovery import Copied, Trial

translate = QCoreApplication.translate


def size_words(count: int) -> str:
    """'3.4 MB'."""
    size, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit in ("B", "kB") else f"{size:.1f} {unit}"


def copy_words(copy: Copied, zone: str) -> tuple[str, str]:
    """What was done, and the size and the name of the file, or what was in the way."""
    at = day_and_time(local(copy.at, zone))
    if copy.problem:
        words = translate("backup", "{when} at {counter}: no copy was made")
        return words.format(when=at, counter=copy.counter), refusal(CannotDo(copy.problem, **copy.facts))
    daily = copy.why.value == "daily"
    words = translate("backup", "{when} by itself at {counter}") if daily else ""
    words = words or translate("backup", "{when} by hand at {counter}")
    return words.format(when=at, counter=copy.counter), f"{size_words(copy.bytes)}, {copy.file}{_dump(copy)}"


def _dump(copy: Copied) -> str:
    """What became of PostgreSQL's own copy, where there is such a server."""
    if copy.dump:
        return translate("backup", ", and PostgreSQL's own copy beside it")
    code = copy.facts.get("dump")
    if not code:
        return ""
    why = refusal(CannotDo(code, **copy.facts))
    return ". " + translate("backup", "Our own copy only: {why}").format(why=why)


def trial_words(trial: Trial, zone: str) -> tuple[str, str]:
    """What came of a rehearsal, and what was found."""
    at = day_and_time(local(trial.at, zone))
    if trial.problem:
        words = translate("backup", "{when}: the newest copy could not be brought back")
        return words.format(when=at), refusal(CannotDo(trial.problem, **trial.facts))
    found = translate(
        "backup",
        "{file} opened in {seconds} s, was brought up to date and holds {reservations} reservations, "
        "{tickets} tickets and {payments} payments, as many as when it was made. "
        "All {entries} entries of the journal agree.",
    )
    told = {name: number_words(count) for name, count in trial.counts.items()}
    told |= {"entries": number_words(trial.entries), "file": trial.file, "seconds": f"{trial.seconds:.1f}"}
    head = translate("backup", "{when}: the newest copy can be brought back").format(when=at)
    return head, found.format(**told)


def lies_where(where: str) -> str:
    """Where the passphrase of this computer lies."""
    return {
        "keyring": translate("backup", "It lies in this system's keyring."),
        "file": translate(
            "backup",
            "This system has no keyring, so it lies in a file that only this user may read, beside the data.",
        ),
    }[where]
