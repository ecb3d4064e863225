"""Starts Counterfoil: the desk in its window, or one command on the command line.

The story, in order: read the words of the command line, choose the data folder, open the database
(making or migrating it), set the clock, then either do the one command and tell what came of it, or
show the window first and load everything heavy after its first paint.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from controllers.desk import Desk

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
PROJECT = Path(__file__).resolve().parent


def main(words: list[str] | None = None) -> int:
    """The whole program; answers with the exit code."""
    sys.path.insert(0, str(PROJECT)) if str(PROJECT) not in sys.path else None
    chosen = _parser().parse_args(words)
    if chosen.command is None:
        return _run(chosen)
    return _command(chosen)


# --- the window ------------------------------------------------------------------------------


def _run(chosen: argparse.Namespace) -> int:
    if not _has_display():
        folder = Path(chosen.data) if chosen.data else Path.cwd() / "counterfoil-tour"
        print(
            f"No display can be had here, so the desk cannot be shown. Taking the tour instead, into {folder}."
        )
        return _take_tour(folder)
    from ui.start import run

    return run(_Place(chosen))


def _has_display() -> bool:
    """Whether a window would be seen: a chosen Qt platform, a display server, or a system that always has one."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _take_tour(folder: Path) -> int:
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.tour import tour

    for line in tour(folder):
        print(line)
    return DONE


class _Place:
    """Where the data is: the folder, the database's address, practice or real, and the time it is there."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.practice: bool = chosen.practice
        self.told_db: str = chosen.db or ""
        self.folder = Path(chosen.data) if chosen.data else _own_folder(self.practice)
        self.told_now: str = chosen.now or ""

    @property
    def is_new(self) -> bool:
        """Whether nobody has chosen yet where the data lives."""
        return not (self.told_db or self.practice or self._file.exists() or self._settings.exists())

    @property
    def url(self) -> str:
        """The address of the database."""
        if self.told_db:
            return self.told_db
        if not self.practice and self._settings.exists():
            kept = json.loads(self._settings.read_text(encoding="utf-8")).get("database")
            if kept:
                return str(kept)
        self.folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self._file}"

    def choose(self, *, practice: bool = False, database: str = "") -> None:
        """Keeps what was chosen on the first start."""
        if practice:
            self.practice, self.folder = True, _own_folder(True) if not self.told_db else self.folder
        if database:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._settings.write_text(json.dumps({"database": database}), encoding="utf-8")

    def open(self, counter: str) -> Desk:
        """The desk at this place. Raises CannotDo where it cannot be opened."""
        from controllers.desk import open_desk

        desk = open_desk(self.url, practice=self.practice, counter=counter)
        if self.told_now:
            _set_clock(desk, self.told_now)
        return desk

    @property
    def _file(self) -> Path:
        return self.folder / ("practice.sqlite" if self.practice else "counterfoil.sqlite")

    @property
    def _settings(self) -> Path:
        return self.folder / "settings.json"


def _own_folder(practice: bool) -> Path:
    from platformdirs import user_data_path

    folder = user_data_path("counterfoil", appauthor=False)
    return folder / "practice" if practice else folder


def _set_clock(desk: Desk, told: str) -> None:
    """Another time of day, on practice data only."""
    from zoneinfo import ZoneInfo

    from models.refusals import CannotDo

    if not desk.practice:
        raise CannotDo("now-needs-practice")
    now = datetime.fromisoformat(told)
    if now.tzinfo is None:
        with desk.reading() as look:
            now = now.replace(tzinfo=ZoneInfo(desk.operator(look).zone))
    desk.clock = lambda: now


# --- the command line ------------------------------------------------------------------------


def _command(chosen: argparse.Namespace) -> int:
    from controllers import command_line
    from models.refusals import CannotDo

    if chosen.command == "tour":
        return _take_tour(Path(chosen.folder))
    place = _Place(chosen)
    try:
        if chosen.command == "restore":
            told: Any = command_line.restore(place.url, chosen)
        else:
            desk = place.open("Command line")
            try:
                told = command_line.COMMANDS[chosen.command](desk, chosen)
            finally:
                desk.database.close()
    except CannotDo as refusal:
        _say_no(chosen, refusal.code, refusal.sentence)
        return WRONG_USAGE if refusal.code == "now-needs-practice" else REFUSED
    _say(chosen, told)
    return REFUSED if command_line.was_refused(told) else DONE


def _say(chosen: argparse.Namespace, told: Any) -> None:
    if chosen.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    from controllers.command_words import lines_of

    for line in lines_of(told):
        print(line)


def _say_no(chosen: argparse.Namespace, code: str, sentence: str) -> None:
    if chosen.json:
        print(json.dumps({"refused": code, "message": sentence}, ensure_ascii=False, indent=1))
    else:
        print(f"{sentence} [{code}]", file=sys.stderr)


def _instant(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no time; write it like 2026-12-05T09:00+09:00") from None
    return text


def _day(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it like 2026-12-05") from None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="counterfoil", description="The front desk of a tour and activity operator.")
    parser.add_argument("--data", metavar="DIR", help="the folder that holds the data")
    parser.add_argument(
        "--db", metavar="URL", help="a database: sqlite:///file or postgresql://user@host/name"
    )
    parser.add_argument("--practice", action="store_true", help="practice data, in its own folder")
    parser.add_argument(
        "--now", metavar="ISO", type=_instant, help="another time of day, on practice data only"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON")
        return made

    _add_commands(add)
    return parser


def _add_commands(add: Any) -> None:
    products = add("products", "add and update products from a file, or list them")
    products.add_argument("file", nargs="?")
    taken = add("import", "take the orders of channel files")
    taken.add_argument("files", nargs="+", metavar="FILE")
    taken.add_argument("--channel", default="", metavar="KEY")
    taken.add_argument("--dry-run", action="store_true")
    listed = add("list", "list reservations")
    listed.add_argument("--status", default="")
    listed.add_argument("--text", default="")
    listed.add_argument("--from", dest="first", type=_day, metavar="DATE")
    listed.add_argument("--to", dest="last", type=_day, metavar="DATE")
    listed.add_argument("--limit", type=int, default=0)
    add("show", "show one reservation").add_argument("ref")
    confirm = add("confirm", "confirm reservations")
    confirm.add_argument("refs", nargs="+", metavar="REF")
    confirm.add_argument("--overbook", default="", metavar="REASON")
    for name, words in _PLAIN_VERBS:
        add(name, words).add_argument("refs", nargs="+", metavar="REF")
    hold = add("hold", "keep reservations waiting and say what is missing")
    hold.add_argument("refs", nargs="+", metavar="REF")
    hold.add_argument("--reason", default="")
    cancel = add("cancel", "tell the traveler the reason, then cancel")
    cancel.add_argument("refs", nargs="+", metavar="REF")
    cancel.add_argument("--reason", default="")
    cancel.add_argument("--cause", choices=("ours", "theirs", "force-majeure"), default="ours")
    pay = add("pay", "record money the desk took")
    pay.add_argument("ref")
    pay.add_argument("--method", required=True)
    pay.add_argument("--amount", required=True)
    undo = add("undo", "take back a scan, or a redemption")
    undo.add_argument("what", metavar="SCAN_ID|REF")
    undo.add_argument("--reason", default="")
    add("close-trips", "redeem who arrived on trips that have ended, propose no-shows")
    add("expire", "let orders lapse whose time to pay is over")
    voucher = add("voucher", "write the voucher of a confirmed reservation")
    voucher.add_argument("ref")
    voucher.add_argument("--out", required=True, metavar="FILE.pdf")
    scan = add("scan", "judge codes, numbers or pictures at a counter")
    scan.add_argument("what", nargs="+", metavar="WHAT")
    scan.add_argument("--counter", default="")
    scan.add_argument("--scan-id", default="", metavar="UUID")
    scan.add_argument("--heads", type=int)
    scan.add_argument("--force", default="", metavar="REASON")
    add("verify", "walk the journal and say where it was changed")
    add("backup", "copy the database, keys included").add_argument("file")
    restore = add("restore", "bring a backup back")
    restore.add_argument("file")
    restore.add_argument("--replace", action="store_true")
    practice = add("practice-data", "fill practice data with invented reservations")
    practice.add_argument("--rows", type=int, default=200)
    practice.add_argument("--seed", type=int, default=1)
    add("tour", "do one whole life of a reservation and leave pictures of it").add_argument(
        "folder", metavar="DIR"
    )


_PLAIN_VERBS = (
    ("unconfirm", "take a confirmation back while its letter waits"),
    ("withdraw", "the traveler steps back before confirmation"),
    ("request-cancel", "the traveler asks to cancel"),
    ("accept", "accept a requested cancellation"),
    ("decline", "decline a requested cancellation"),
    ("no-show", "mark that nobody came"),
    ("return", "they came after all"),
)


if __name__ == "__main__":
    sys.exit(main())
