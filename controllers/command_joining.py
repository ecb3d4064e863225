"""The commands from one counter to many: the move to a server, codes for counters, and the computer that takes one up.

A code is a first password, so it need not stand among the words of a command, where everybody on the computer could
read it: it is asked for at the terminal, or read as one line from the standard input or from a file.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from controllers import joining
from controllers.command_facts import Facts
from controllers.command_secrets import first_line, typed_in
from controllers.desk import Desk
from models import address as addresses
from models.refusals import CannotDo

if TYPE_CHECKING:
    from controllers.place import Place


def join(place: Place, chosen: argparse.Namespace) -> Facts:
    """This computer becomes a counter of a shared database. A window that is open here is closed first."""
    only_copy = place.claim()
    try:
        joined = joining.join(_address(chosen), _code(chosen), place=place, replace=chosen.replace)
    finally:
        only_copy.let_go()
    return {"counter": joined.counter, "way": joined.way.value, "password_in": joined.password_in}


def _make_codes(desk: Desk, chosen: argparse.Namespace) -> Any:
    """A code for each of these counters: one an object, several a list. One that is refused leaves the others alone."""
    told = [_one_code(desk, name) for name in chosen.names]
    return told[0] if len(told) == 1 else told


def _one_code(desk: Desk, name: str) -> Facts:
    try:
        made = joining.make_code(name, desk=desk)
    except CannotDo as refusal:
        return {"refused": refusal.code, "message": refusal.sentence, "counter": name}
    return {
        "counter": made.counter,
        "address": _with_root(made),
        "code": made.code,
        "way": made.way.value,
        "counts_until": made.expires_at.isoformat(),
        "reaches_only_this_computer": made.is_local,
    }


def _with_root(made: joining.Code) -> str:
    """A script reaches computers that are set up alike: it is told the root certificate as it is called here."""
    mark = "&" if "?" in made.address else "?"
    return f"{made.address}{mark}sslrootcert={quote(made.root)}" if made.root else made.address


def _address(chosen: argparse.Namespace) -> str:
    """In full: with the password all counters share, where there is one."""
    password = first_line(chosen.password_file)
    return addresses.as_text(addresses.with_password(addresses.parse(chosen.address), password))


def _code(chosen: argparse.Namespace) -> str:
    if chosen.code:
        return str(chosen.code)
    typed = first_line(chosen.code_file) if chosen.code_file else typed_in("Code: ")
    if not typed.strip():
        raise CannotDo("code-missing")
    return typed


def _move_to(desk: Desk, chosen: argparse.Namespace) -> Facts:
    """Step by step on the standard error, so that somebody who waits sees that it goes on. Ctrl+C stops it."""
    from controllers import relocating

    progress = relocating.Progress(heard=_tell_step)
    before = signal.signal(signal.SIGINT, lambda *_: progress.stop())
    try:
        moved = relocating.move_to(
            chosen.address,
            desk=desk,
            place=chosen.place,
            password=first_line(chosen.password_file),
            progress=progress,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    return {
        "moved_to": moved.where,
        "rows": moved.rows,
        "chains": moved.chains,
        "password_in": chosen.place.password_kept or None,
        "backup": str(moved.backup),
        "tables": [{"table": t.table, "rows": t.rows, "checksum": t.checksum} for t in moved.tables],
    }


def _tell_step(step: str, table: str) -> None:
    print(f"{step} {table}".rstrip(), file=sys.stderr, flush=True)


WITHOUT_A_DESK: dict[str, Callable[[Place, argparse.Namespace], Any]] = {"join": join}
COMMANDS: dict[str, Callable[[Desk, argparse.Namespace], Any]] = {
    "counter-code": _make_codes,
    "move-to": _move_to,
}
