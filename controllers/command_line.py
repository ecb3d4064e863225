"""What each command of the command line does, and the plain facts it answers with.

The same use cases as the window; lists hide nothing, but a traveler who may not be seen on screen
is not seen here either. Times are ISO 8601 with the product's offset.
"""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from controllers import (
    cancel_reasons,
    checkin,
    command_joining,
    command_refunds,
    command_reviews,
    command_staff,
    payments,
    reservations,
    trips,
    undoing,
    viewing,
)
from controllers.answers import Answer
from controllers.command_facts import Facts, details_facts, row_facts
from controllers.command_secrets import first_line
from controllers.desk import Desk
from controllers.reservations import Done
from models.cancelling import Telling
from models.codes import tidy
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.rows import Filter

if TYPE_CHECKING:
    from controllers.place import Place

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif")


def was_refused(told: Any) -> bool:
    """Whether an answer holds a refusal."""
    answers = told if isinstance(told, list) else [told]
    return any(isinstance(answer, dict) and "refused" in answer and "message" in answer for answer in answers)


# --- files in, files out ---------------------------------------------------------------------


def _products(desk: Desk, chosen: argparse.Namespace) -> Any:
    from controllers import products

    if not chosen.file:
        return products.listed(desk=desk)
    saved = products.save_products(Path(chosen.file), desk=desk)
    return {"added": list(saved.added), "updated": list(saved.updated), "matched": saved.matched}


def _import(desk: Desk, chosen: argparse.Namespace) -> Facts:
    """Every file on its own: one that is refused whole leaves the others alone."""
    from controllers import imports

    told = []
    for name in chosen.files:
        try:
            account = imports.import_path(
                Path(name), desk=desk, channel=chosen.channel, dry_run=chosen.dry_run
            )
        except CannotDo as refusal:
            told.append(_refused_file(name, chosen.channel, refusal))
            continue
        told.append({
            "file": name,
            "channel": account.channel,
            "taken": account.taken,
            "changed": [{"reference": c.reference, "fields": list(c.fields)} for c in account.changed],
            "unchanged": account.unchanged,
            "refused": [{"row": r.row, "reference": r.reference, "reason": r.reason} for r in account.refused],
        })  # fmt: skip
    if all("code" in account for account in told):
        return {"refused": told[0]["code"], "message": told[0]["message"], "files": told}
    return {"files": told}


def _refused_file(name: str, channel: str, refusal: CannotDo) -> Facts:
    return {
        "file": name,
        "channel": channel or None,
        "taken": 0,
        "changed": [],
        "unchanged": 0,
        "refused": [{"row": 0, "reference": "", "reason": refusal.sentence}],
        "code": refusal.code,
        "message": refusal.sentence,
    }


def _voucher(desk: Desk, chosen: argparse.Namespace) -> Facts:
    from controllers.vouchers import print_voucher

    found = viewing.find(chosen.ref, desk=desk)
    printed = print_voucher(found, desk=desk)
    out = Path(chosen.out)
    try:
        out.write_bytes(printed.pdf)
    except OSError as error:
        raise CannotDo(
            "file-not-writable", file=out.name, why=error.strerror or "the folder refuses it"
        ) from error
    return {
        "number": number_of(found),
        "file": chosen.out,
        "missing_glyphs": list(printed.missing),
    }


def _backup(desk: Desk, chosen: argparse.Namespace) -> Facts:
    """Into a file that is named, or, without one, sealed into the folder of the plan."""
    from controllers import backup

    if not chosen.file:
        made = backup.back_up(desk=desk, passphrase=_passphrase(chosen))
        where = Path(made.folder)
        told = {"file": str(where / made.file), "bytes": made.bytes, "sealed": True}
        if made.dump:
            return told | {"dump": str(where / made.dump)}
        no = made.facts.get("dump")
        return told | ({"no_dump": CannotDo(no, **made.facts).sentence} if no else {})
    passphrase = _passphrase(chosen) or (backup.passphrase_of(desk.home) if chosen.sealed else "")
    backup.backup(Path(chosen.file), desk=desk, passphrase=passphrase)
    return {"file": chosen.file, "bytes": Path(chosen.file).stat().st_size, "sealed": bool(passphrase)}


def _rehearse_restore(desk: Desk, chosen: argparse.Namespace) -> Facts:
    from controllers.restoring import rehearse_restore

    tried = rehearse_restore(desk=desk, passphrase=_passphrase(chosen))
    told: Facts = {
        "file": tried.file,
        "seconds": tried.seconds,
        "counts": tried.counts,
        "entries": tried.entries,
    }
    if tried.problem:
        refusal = CannotDo(tried.problem, **tried.facts)
        return {"refused": refusal.code, "message": refusal.sentence, "whole": False, **told}
    return {"whole": True, **told}


def restore(place: Place, chosen: argparse.Namespace) -> Facts:
    """Brings a backup back into the database of a place, with the passphrase that is typed or kept here."""
    from controllers import restoring
    from controllers.sealed import is_sealed

    file = Path(chosen.file)
    passphrase = _passphrase(chosen) or (_kept_or_typed(place, file) if is_sealed(file) else "")
    restoring.restore(file, place.database, replace=chosen.replace, passphrase=passphrase)
    return {"file": chosen.file, "restored": True}


def unlock(place: Place, chosen: argparse.Namespace) -> Facts:
    """Writes a sealed file readably, for PostgreSQL's own tools; no database is opened."""
    from controllers import restoring

    file = Path(chosen.file)
    restoring.unlock(file, Path(chosen.out), _passphrase(chosen) or _kept_or_typed(place, file))
    return {"file": chosen.out, "bytes": Path(chosen.out).stat().st_size}


def _passphrase(chosen: argparse.Namespace) -> str:
    """The first line of the file that was named; a passphrase in the words of a command is read by everybody."""
    return first_line(chosen.passphrase_file)


def _kept_or_typed(place: Place, file: Path) -> str:
    """The passphrase of this computer where it opens the file; else somebody at the keyboard is asked."""
    from controllers import keeping
    from controllers.backup import PASSPHRASE
    from controllers.sealed import opens

    found = keeping.kept(PASSPHRASE, place.folder).secret
    if (found and opens(file, found)) or not sys.stdin.isatty():
        return found
    from getpass import getpass

    return getpass("Passphrase of the backup: ")


def _practice_data(desk: Desk, chosen: argparse.Namespace) -> Facts:
    from controllers import practice

    def tell(taken: int) -> None:
        if taken < chosen.rows:
            print(f"{taken:,} of {chosen.rows:,}", file=sys.stderr, flush=True)

    return {"taken": practice.fill(desk=desk, rows=chosen.rows, seed=chosen.seed, progress=tell)}


def _verify(desk: Desk, _chosen: argparse.Namespace) -> Facts:
    from controllers import journal

    chains = journal.verify(desk=desk)
    told = [{"counter": c.counter, "entries": c.entries, "broken_at": c.broken_at} for c in chains]
    broken = next((c for c in chains if c.broken_at is not None), None)
    if broken is None:
        return {"whole": True, "chains": told}
    refusal = CannotDo("chain-broken", counter=broken.counter, seq=broken.broken_at)
    return {"refused": refusal.code, "message": refusal.sentence, "whole": False, "chains": told}


# --- looking ---------------------------------------------------------------------------------


def _list(desk: Desk, chosen: argparse.Namespace) -> list[Facts]:
    statuses = frozenset[Status]()
    if chosen.status:
        try:
            statuses = frozenset({Status(chosen.status.upper().replace("-", "_"))})
        except ValueError:
            raise CannotDo("status-unknown", status=chosen.status, known=", ".join(Status)) from None
    wanted = Filter(statuses=statuses, text=chosen.text, first_day=chosen.first, last_day=chosen.last)
    rows: list[Facts] = []
    after = None
    while True:
        left = chosen.limit - len(rows) if chosen.limit else 500
        if left <= 0:
            return rows
        found = viewing.see_page(wanted, desk=desk, after=after, limit=min(left, 500))
        rows += [row_facts(row) for row in found.rows]
        after = found.next
        if after is None:
            return rows


def _show(desk: Desk, chosen: argparse.Namespace) -> Facts:
    found = viewing.see_details(viewing.find(chosen.ref, desk=desk), desk=desk, reveal=True)
    return details_facts(found, desk)


def _each(do: Callable[[int, Desk, argparse.Namespace], Done]) -> Callable[[Desk, argparse.Namespace], Any]:
    """A verb over one or several references: one an object, several a list."""

    def over(desk: Desk, chosen: argparse.Namespace) -> Any:
        told = [_one(desk, chosen, ref, do) for ref in chosen.refs]
        return told[0] if len(told) == 1 else told

    return over


def _one(desk: Desk, chosen: argparse.Namespace, ref: str, do: Callable[..., Done]) -> Facts:
    try:
        return _done(do(viewing.find(ref, desk=desk), desk, chosen))
    except CannotDo as refusal:
        fits = refusal.facts.get("fits")
        return {
            "refused": refusal.code,
            "message": refusal.sentence,
            "reference": ref,
            **({"numbers": fits} if fits else {}),
        }


def _done(done: Done) -> Facts:
    return {"number": done.number, "status": done.status.value, **done.facts}


def _pay(desk: Desk, chosen: argparse.Namespace) -> Facts:
    found = viewing.find(chosen.ref, desk=desk)
    return _done(payments.pay(found, desk=desk, method=chosen.method, amount=chosen.amount))


def _undo(desk: Desk, chosen: argparse.Namespace) -> Facts:
    if _is_uuid(chosen.what):
        return _done(undoing.undo(chosen.what, desk=desk, reason=chosen.reason))
    return _done(undoing.undo_last(viewing.find(chosen.what, desk=desk), desk=desk, reason=chosen.reason))


def _close_trips(desk: Desk, _chosen: argparse.Namespace) -> list[Facts]:
    closed = trips.close_trips(desk=desk)
    proposed = [{**_done(done), "proposed": Status.NO_SHOW.value} for done in closed.no_show_proposed]
    return [_done(done) for done in closed.redeemed] + proposed


def _expire(desk: Desk, _chosen: argparse.Namespace) -> list[Facts]:
    return [_done(done) for done in reservations.expire(desk=desk)]


def _scan(desk: Desk, chosen: argparse.Namespace) -> list[Facts]:
    """Reads every picture before anybody is let in, so that one that cannot be read changes nothing."""
    codes = [code for what in chosen.what for code in _codes_of(what)]
    if chosen.counter:
        desk = desk.at_counter(chosen.counter)
    told = []
    for source, text, how in codes:
        scan_id = _own_id(chosen.scan_id, text, alone=len(codes) == 1)
        if text is None:
            told.append(_answer(checkin.unreadable(how, desk=desk, scan_id=scan_id), source, ""))
            continue
        answer = checkin.scan(
            text,
            desk=desk,
            scan_id=scan_id,
            source=how,
            heads=chosen.heads,
            force=chosen.force,
            read=chosen.read,
        )
        told.append(_answer(answer, source, text))
    return told


def _codes_of(what: str) -> list[tuple[str, str | None, str]]:
    """The codes behind one argument: (argument, text, how); a picture without any gives one None."""
    if not _is_picture(what):
        return [(what, what, "typed")]
    from controllers.scanning.picture import read_picture

    found: list[str | None] = [scan.text for scan in read_picture(Path(what))]
    return [(what, text, "picture") for text in found or [None]]


def _own_id(scan_id: str | None, text: str | None, *, alone: bool) -> str:
    """Several codes under one id get an id each, the same ones again on a retry."""
    if not scan_id:
        return ""
    return scan_id if alone else str(uuid.uuid5(uuid.UUID(scan_id), tidy(text or "")))


def _answer(answer: Answer, source: str, text: str) -> Facts:
    return {
        "source": source,
        "verdict": answer.kind.value,
        "text": text,
        "number": answer.number or None,
        "reference": answer.reference or None,
        "admitted": answer.admitted,
        "arrived": answer.arrived,
        "party": answer.party,
        "message": answer.message,
        "note": answer.note or None,
        "scan_id": answer.scan_id,
    }


def _is_picture(what: str) -> bool:
    return what.lower().endswith(_PICTURES) or os.sep in what


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


WITHOUT_A_DESK: dict[str, Callable[[Place, argparse.Namespace], Any]] = {
    "restore": restore,
    "unlock": unlock,
    **command_joining.WITHOUT_A_DESK,
}
"""What must not open the database it is about."""

COMMANDS: dict[str, Callable[[Desk, argparse.Namespace], Any]] = {
    "products": _products,
    "import": _import,
    "list": _list,
    "show": _show,
    "confirm": _each(lambda i, desk, c: reservations.confirm(i, desk=desk, overbook=c.overbook)),
    "unconfirm": _each(lambda i, desk, c: reservations.unconfirm(i, desk=desk)),
    "hold": _each(lambda i, desk, c: reservations.hold(i, desk=desk, reason=c.reason)),
    "cancel": _each(
        lambda i, desk, c: reservations.cancel(
            i,
            desk=desk,
            reason=cancel_reasons.words_for(i, c.reason, desk=desk),
            cause=Cause(c.cause),
            telling=Telling(c.told),
        )
    ),
    "withdraw": _each(lambda i, desk, c: reservations.withdraw(i, desk=desk)),
    "request-cancel": _each(lambda i, desk, c: reservations.request_cancel(i, desk=desk)),
    "accept": _each(lambda i, desk, c: reservations.accept(i, desk=desk)),
    "decline": _each(lambda i, desk, c: reservations.decline(i, desk=desk)),
    "no-show": _each(lambda i, desk, c: reservations.no_show(i, desk=desk)),
    "return": _each(lambda i, desk, c: reservations.return_(i, desk=desk)),
    "pay": _pay,
    "undo": _undo,
    "close-trips": _close_trips,
    "expire": _expire,
    "voucher": _voucher,
    "scan": _scan,
    "verify": _verify,
    "backup": _backup,
    "rehearse-restore": _rehearse_restore,
    "practice-data": _practice_data,
    "review": command_reviews.review,
    "reviews": command_reviews.reviews,
    command_staff.RESET: command_staff.reset,
    **command_joining.COMMANDS,
    **command_refunds.COMMANDS,
}
