"""Starts Counterfoil: the desk in its window, or one command on the command line.

The story of the window, in order: choose the data folder; show the frame with its first screen; only
when it has been painted, load and open the database in a lane of its own (the screens' questions wait
behind its door); listen to what changes. The story of a command: open the database, set the practice
clock, do it, tell what came of it, and leave with 0 (done), 1 (refused) or 2 (wrong usage). The worker
leaves with 3 after a fault of ours, so that a service starts it anew.

This is the one place that knows which concrete screens there are.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from controllers.place import Place
    from models.refusals import CannotDo

DONE, REFUSED, WRONG_USAGE, FAULT = 0, 1, 2, 3
PROJECT = Path(__file__).resolve().parent


def main(words: list[str] | None = None) -> int:
    """The whole program; answers with the exit code."""
    if str(PROJECT) not in sys.path:
        sys.path.insert(0, str(PROJECT))
    if words is None:
        words = sys.argv[1:]
        sys.excepthook = _tell_fault
    from controllers.command_parser import parse

    chosen = parse(words)
    if chosen.command is None:
        return _show_desk(_place(chosen), chosen.link)
    if chosen.command == "tour":
        return _take_tour(Path(chosen.folder))
    return _work(chosen) if chosen.command == "work" else _command(chosen)


def _place(chosen: Namespace) -> Place:
    from controllers.place import Place, own_folder

    folder = Path(chosen.data) if chosen.data else own_folder(practice=chosen.practice)
    return Place(folder, chosen.practice, chosen.db or "", chosen.now or "")


# --- the window ------------------------------------------------------------------------------


def _show_desk(place: Place, link: str) -> int:
    """The window; with a link the running one shows what it names, and only where none runs another is opened."""
    if link:
        from ui.doorbell import ring

        if ring(place, link):
            return DONE
    if not _has_display():
        folder = Path.cwd() / "counterfoil-tour"
        print(
            f"No display can be had here, so the desk cannot be shown. It takes the tour instead, into {folder}."
        )
        return _take_tour(folder)
    from ui.program import Program

    code = Program(place, SCREENS, link).run()
    return _start_again() if place.starts_again else code


def _start_again() -> int:
    """The program anew, with the options and arguments it was started with, wherever it lies."""
    words = [sys.executable, *sys.orig_argv[1:]]
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # pythonw has none
            stream.flush()
    if os.name == "nt":  # there exec leaves the caller behind, and takes a path with a space for two words
        import subprocess

        subprocess.Popen(words)
        return DONE
    os.execv(sys.executable, words)


def _today(at: Any) -> Any:
    from ui.today import Today

    return Today(at)


def _calendar(at: Any) -> Any:
    from ui.calendar import Calendar

    return Calendar(at)


def _reservations(at: Any) -> Any:
    from ui.reservations import Reservations

    return Reservations(at)


def _checkin(at: Any) -> Any:
    from ui.checkin import CheckIn

    return CheckIn(at)


def _details(at: Any) -> Any:
    from ui.details import DetailsScreen

    return DetailsScreen(at)


def _imports(at: Any) -> Any:
    from ui.imports import Imports

    return Imports(at)


def _products(at: Any) -> Any:
    from ui.products import Products

    return Products(at)


def _mapping(at: Any) -> Any:
    from ui.mapping import Mapping

    return Mapping(at)


def _holidays(at: Any) -> Any:
    from ui.holidays import Holidays

    return Holidays(at)


def _sell(at: Any) -> Any:
    from ui.sell import Sell

    return Sell(at)


def _settings(at: Any) -> Any:
    from ui.settings import Settings

    return Settings(at)


def _day_end(at: Any) -> Any:
    from ui.day_end import DayEndScreen

    return DayEndScreen(at)


def _trips(at: Any) -> Any:
    from ui.trips import TripsScreen

    return TripsScreen(at)


def _outbox(at: Any) -> Any:
    from ui.outbox import Outbox

    return Outbox(at)


def _reviews(at: Any) -> Any:
    from ui.reviews import Reviews

    return Reviews(at)


def _incidents(at: Any) -> Any:
    from ui.incidents import Incidents

    return Incidents(at)


def _refunds(at: Any) -> Any:
    from ui.refunds import Refunds

    return Refunds(at)


def _messages(at: Any) -> Any:
    from ui.messages import Messages

    return Messages(at)


SCREENS = {
    "today": _today,
    "calendar": _calendar,
    "reservations": _reservations,
    "checkin": _checkin,
    "sell": _sell,
    "letters": _outbox,
    "messages": _messages,
    "details": _details,
    "reports": _day_end,
    "imports": _imports,
    "products": _products,
    "mapping": _mapping,
    "holidays": _holidays,
    "settings": _settings,
    "trips": _trips,
    "incidents": _incidents,
    "reviews": _reviews,
    "refunds": _refunds,
}
"""Every screen by its word, built when it is first visited."""


def _has_display() -> bool:
    """Whether a window would be seen: a chosen Qt platform, a display server, or a system that always has one."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _take_tour(folder: Path) -> int:
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from models.refusals import CannotDo
    from ui.tour import tour

    try:
        for line in tour(folder, SCREENS):
            print(line, flush=True)
    except CannotDo as refusal:
        print(f"{refusal.sentence} [{refusal.code}]", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"{folder} cannot be used: {error.strerror}. Choose another folder.", file=sys.stderr)
        return REFUSED
    return DONE


def _tell_fault(*fault: Any) -> None:
    """A fault of ours, without the data a database quotes to explain it."""
    from models.faults import tell_fault

    tell_fault(*fault)


# --- the command line ------------------------------------------------------------------------


def _command(chosen: Namespace) -> int:
    from controllers import command_line, command_staff
    from models.refusals import CannotDo

    place = chosen.place = _place(chosen)
    try:
        if chosen.command in command_line.WITHOUT_A_DESK:
            command_staff.require_machine(place)
            told: Any = command_line.WITHOUT_A_DESK[chosen.command](place, chosen)
        else:
            desk = place.open("Command line")
            try:
                command_staff.act(desk, chosen)
                told = command_line.COMMANDS[chosen.command](desk, chosen)
            finally:
                desk.database.close()
    except (CannotDo, OSError) as error:
        return _refuse(chosen, place, error)
    _say(chosen, told)
    return REFUSED if command_line.was_refused(told) else DONE


def _work(chosen: Namespace) -> int:
    """What the time decides, without a window, until a signal ends it."""
    from controllers import command_staff, worker
    from models.refusals import CannotDo

    place = _place(chosen)
    try:
        command_staff.require_machine(place)
    except (CannotDo, OSError) as error:
        return _refuse(chosen, place, error)
    at_work = worker.Worker(place, _print)
    _end_by_signal(at_work.stop)
    try:
        at_work.run()
    except CannotDo as refusal:
        return _refuse(chosen, place, refusal)
    except Exception as error:
        _tell_fault(type(error), error, error.__traceback__)
        return FAULT
    return DONE


def _end_by_signal(stop: Callable[[], None]) -> None:
    """What asks a program to end: a service manager, Ctrl+C, a terminal that is closed."""
    import signal

    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: stop())


def _say(chosen: Namespace, told: Any) -> None:
    if chosen.json:
        import json

        _print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    from controllers.command_words import lines_of

    _print("\n".join(lines_of(told)))


def _print(text: str) -> None:
    """To whoever reads; a reader that has had enough (head), or knows few signs (an old console), is no fault."""
    signs = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        print(text.encode(signs, "backslashreplace").decode(signs), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(chosen: Namespace, place: Place, error: CannotDo | OSError) -> int:
    """Says why it was not done; with what code the program leaves."""
    from models.refusals import CannotDo

    if isinstance(error, OSError):
        error = CannotDo("folder-not-usable", file=error.filename or place.folder, why=error.strerror)
    _say_no(chosen, error.code, error.sentence)
    return WRONG_USAGE if error.code in ("now-needs-practice", "address-wrong") else REFUSED


def _say_no(chosen: Namespace, code: str, sentence: str) -> None:
    if chosen.json:
        import json

        _print(json.dumps({"refused": code, "message": sentence}, ensure_ascii=False, indent=1))
    else:
        print(f"{sentence} [{code}]", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
