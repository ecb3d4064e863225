"""The words the command line understands."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from typing import Any, NoReturn

from models.link import is_link

WRONG_USAGE = 2
_YEARS = range(2000, 2200)
"""So far somebody may set the clock of practice data."""
_PARTS = ("due", "overdue", "failed", "done", "theirs")


class Parser(argparse.ArgumentParser):
    """Says what was wrong in one line and leaves with the exit code for wrong usage."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")


_COMMANDS = frozenset(
    (
        "products import voucher list show confirm hold cancel pay undo close-trips expire scan verify backup "
        "restore rehearse-restore unlock move-to practice-data tour unconfirm withdraw request-cancel accept decline "
        "no-show return review reviews refunds refund-done refund-failed refund-again reset-owner-password "
        "counter-code join work"
    ).split()
)


def parse(words: list[str]) -> argparse.Namespace:
    """What was said. Where no command can be meant the many commands are not made: the window waits for it.

    A link stands alone, at the end: what a web page hides behind it is no option of ours.
    """
    links = [number for number, word in enumerate(words) if is_link(word)]
    if links:
        return _with_link(words[: links[0]], words[links[0] :])
    if not _COMMANDS.intersection(words) and "-h" not in words and "--help" not in words:
        chosen, left = parser(commands=False).parse_known_args(
            words, argparse.Namespace(command=None, link="")
        )
        if not left:
            return chosen
    return parser().parse_args(words)


def _with_link(words: list[str], link: list[str]) -> argparse.Namespace:
    known = parser(commands=False)
    if len(link) > 1:
        known.error("nothing may follow a link")
    return known.parse_args(words, argparse.Namespace(command=None, link=link[0]))


def parser(*, commands: bool = True) -> Parser:
    """Everything that can be said."""
    words = Parser(prog="counterfoil", description="The front desk of a tour and activity operator.")
    words.add_argument("--data", metavar="DIR", help="the folder that holds the data")
    words.add_argument(
        "--db", metavar="URL", help="a database: sqlite:///file or postgresql://user@host/name"
    )
    words.add_argument("--practice", action="store_true", help="practice data, in its own folder")
    words.add_argument(
        "--now", metavar="ISO", type=_instant, help="another time of day, on practice data only"
    )
    words.add_argument("--json", action="store_true", help="answer in JSON")
    words.add_argument(
        "--as", dest="as_name", default="", metavar="NAME", help="sign in as NAME; the password is asked for"
    )
    if commands:
        _add_commands(words)
    return words


def _add_commands(words: Parser) -> None:
    commands = words.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    def add(name: str, told: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=told, description=told)
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON")
        made.add_argument(
            "--as", dest="as_name", default=argparse.SUPPRESS, metavar="NAME", help="sign in as NAME"
        )
        return made

    _files(add)
    _looking(add)
    _deeds(add)
    _keeping(add)


def _files(add: Any) -> None:
    add("products", "add and update products from a file, or list them").add_argument("file", nargs="?")
    taken = add("import", "take the orders of channel files")
    taken.add_argument("files", nargs="+", metavar="FILE")
    taken.add_argument("--channel", default="", metavar="KEY")
    taken.add_argument("--dry-run", action="store_true")
    voucher = add("voucher", "write the voucher of a confirmed reservation")
    voucher.add_argument("ref", metavar="REF")
    voucher.add_argument("--out", required=True, metavar="FILE.pdf")


def _looking(add: Any) -> None:
    listed = add("list", "list reservations")
    listed.add_argument("--status", default="")
    listed.add_argument("--text", default="")
    listed.add_argument("--from", dest="first", type=_day, metavar="DATE")
    listed.add_argument("--to", dest="last", type=_day, metavar="DATE")
    listed.add_argument("--limit", type=_count, default=0)
    add("show", "show one reservation").add_argument("ref", metavar="REF")
    said = add("reviews", "list what travelers said")
    said.add_argument("--guide", default="")
    said.add_argument("--unanswered", action="store_true")
    said.add_argument("--from", dest="first", type=_day, metavar="DATE")
    said.add_argument("--to", dest="last", type=_day, metavar="DATE")
    said.add_argument("--limit", type=_count, default=0)


def _deeds(add: Any) -> None:
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
    reason = "what the traveler reads: the title of a kept reason, or a text; {{ product }} and its kind are filled in"
    cancel.add_argument("--reason", default="", help=reason)
    cancel.add_argument("--cause", choices=("ours", "theirs", "force-majeure"), default="ours")
    cancel.add_argument("--told", choices=("letter", "channel", "ourselves"), default="letter")
    _refunds(add)
    pay = add("pay", "record money the desk took")
    pay.add_argument("ref", metavar="REF")
    pay.add_argument("--method", required=True)
    pay.add_argument("--amount", required=True)
    review = add("review", "keep what a traveler said")
    review.add_argument("ref", metavar="REF")
    review.add_argument("--rating", required=True, metavar="1-5")
    review.add_argument("--words", default="")
    review.add_argument("--photo", action="append", default=[], metavar="FILE")
    review.add_argument(
        "--source", choices=("staff", "channel"), default="staff", help="told to us, or left there"
    )
    undo = add("undo", "take back a scan, or a redemption")
    undo.add_argument("what", metavar="SCAN_ID|REF")
    undo.add_argument("--reason", default="")
    add("close-trips", "redeem who arrived on trips that have ended, propose no-shows")
    add("expire", "let orders lapse whose time to pay is over")
    scan = add("scan", "judge codes, numbers or pictures at a counter")
    scan.add_argument("what", nargs="+", metavar="WHAT")
    scan.add_argument("--counter", default="")
    scan.add_argument("--scan-id", type=_uuid, metavar="UUID")
    scan.add_argument("--heads", type=_count)
    scan.add_argument("--force", default="", metavar="REASON")
    scan.add_argument("--read", action="store_true", help="the note at the reservation was read")


def _refunds(add: Any) -> None:
    listed = add("refunds", "list the money that goes back")
    listed.add_argument("part", nargs="?", choices=_PARTS, default=_PARTS[0])
    done = add("refund-done", "the money of a cancelled order went back")
    done.add_argument("ref", metavar="REF")
    done.add_argument("--method", required=True)
    done.add_argument("--reference", default="")
    done.add_argument("--day", type=_day, metavar="DATE")
    failed = add("refund-failed", "the money of a cancelled order did not go back")
    failed.add_argument("ref", metavar="REF")
    failed.add_argument("--reason", default="")
    add("refund-again", "it is to be paid, its days counted from today").add_argument("ref", metavar="REF")


def _keeping(add: Any) -> None:
    add("verify", "walk the journal and say where it was changed")
    backup = add(
        "backup", "copy the database, keys included: into FILE, or sealed into the folder of the plan"
    )
    backup.add_argument("file", nargs="?", metavar="FILE")
    backup.add_argument(
        "--sealed", action="store_true", help="lock FILE with the passphrase of this computer"
    )
    restore = add("restore", "bring a backup back")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--replace", action="store_true")
    tried = add("rehearse-restore", "try whether the newest backup could be brought back")
    unlock = add("unlock", "write a sealed backup readably, for PostgreSQL's own tools")
    unlock.add_argument("file", metavar="FILE")
    unlock.add_argument("out", metavar="OUT")
    for command in (backup, restore, tried, unlock):
        command.add_argument(
            "--passphrase-file", metavar="FILE", help="a file whose first line is the passphrase"
        )
    _sharing(add)
    practice = add("practice-data", "fill practice data with invented reservations")
    practice.add_argument("--rows", type=_count, default=200)
    practice.add_argument("--seed", type=int, default=1)
    add("work", "do by the clock what no desk does: letters, mail, notices; ended by a signal")
    add("reset-owner-password", "a new password for an owner (--as NAME), for who owns the data folder")
    add("tour", "do one whole life of a reservation and leave pictures of it").add_argument(
        "folder", metavar="DIR"
    )


def _sharing(add: Any) -> None:
    """From one counter to many."""
    move = add("move-to", "move the data from the file on this computer to a shared PostgreSQL server")
    move.add_argument("address", metavar="ADDRESS", help="postgresql://user@host/name")
    move.add_argument(
        "--password-file",
        metavar="FILE",
        help="a file whose first line is the password, - for what is typed in",
    )
    codes = add("counter-code", "a code for each further counter, good once and for half an hour")
    codes.add_argument("names", nargs="+", metavar="NAME", help="what the counter is called")
    join = add("join", "this computer becomes a counter of a shared database")
    join.add_argument("address", metavar="ADDRESS", help="as counter-code tells it")
    join.add_argument(
        "code", nargs="?", default="", metavar="CODE", help="better left out: then it is asked for, or read"
    )
    for name, what in (("--code-file", "code"), ("--password-file", "password all counters share")):
        join.add_argument(
            name, metavar="FILE", help=f"a file whose first line is the {what}, - for what is typed in"
        )
    join.add_argument(
        "--replace", action="store_true", help="though this computer works with a server already"
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


def _instant(text: str) -> str:
    try:
        if datetime.fromisoformat(text).year not in _YEARS:
            raise ValueError
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no time; write it like 2026-12-05T09:00+09:00") from None
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it like 2026-12-05") from None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 on")
    return int(text)


def _uuid(text: str) -> str:
    import uuid

    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no UUID") from None
