"""Takes the orders of a channel's file, once each, and gives account of every row.

The dry run is the real run, taken back at the end: the two accounts cannot differ. One bad row
refuses that row alone; a file that is not what it claims is refused whole; nothing is half taken.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select, tuple_

from controllers import newer
from controllers.channels import recognition
from controllers.channels.documents import open_document
from controllers.channels.raw import Raw
from controllers.desk import Desk, Work
from controllers.placing import Places, places
from controllers.receiving import arrive, existing_digests, receive, wait_for_turn
from controllers.rights import needs
from models.frozen import frozen
from models.orders import Order, RefusedRow
from models.references import reference_key
from models.refusals import CannotDo, sentence
from models.reservations import GONE
from models.rights import Right
from models.tables import HeaderName, Reservation

_AT_ONCE = 400  # orders asked for by one statement
MOST_HEADS, MOST_MINOR = 5_000, 10**14
_YEARS = range(2000, 2100)


@frozen
class Refused:
    """A row that was not taken, with a reason a receptionist understands."""

    row: int
    reference: str
    code: str
    reason: str


@frozen
class Changed:
    """An order that a newer file tells differently: the names of the fields, never their values."""

    reference: str
    fields: tuple[str, ...]
    waits: bool = False  # for a person's decision


@dataclass(slots=True)
class Account:
    """What became of every row of one file."""

    file: str
    channel: str
    taken: int = 0
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    dry_run: bool = False


class _TakenBack(Exception):
    pass


@needs(Right.FILES)
def import_path(path: Path, *, desk: Desk, channel: str = "", dry_run: bool = False) -> Account:
    """Imports a file from disk. Raises CannotDo("file-not-readable") where it cannot be opened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotDo(
            "file-not-readable", file=path.name, why=error.strerror or "it cannot be opened"
        ) from error
    return import_file(path.name, data, desk=desk, channel=channel, dry_run=dry_run)


@needs(Right.FILES)
def import_file(
    name: str,
    data: bytes,
    *,
    desk: Desk,
    channel: str = "",
    dry_run: bool = False,
    gathers_news: bool = False,
) -> Account:
    """Imports the orders of one file; `channel` names the source where it should not be recognised.

    Its new orders are told at once, or with those of other files (`gathers_news`, `controllers.gathered_news`).
    Raises CannotDo where the file as a whole cannot be what it claims.
    """
    with desk.reading() as look:
        headers = _headers(look)
    document = open_document(name, data)
    everywhere = {header: field for taught in headers.values() for header, field in taught.items()}
    adapter = recognition.adapter_named(channel) if channel else recognition.recognise(document, everywhere)
    raws = list(adapter.rows(document, headers.get(adapter.key, {})))
    account = Account(document.name, adapter.key, dry_run=dry_run)
    try:
        with _collector_resting(), desk.work() as work:
            work.gathers_news = gathers_news
            take_rows(work, raws, account)
            if dry_run:
                raise _TakenBack
    except _TakenBack:
        pass
    return account


def take_rows(work: Work, raws: list[Raw], account: Account) -> None:
    """Takes the orders of a document that was opened, within the use case under way; `account` tells of each."""
    _take(work, raws, account)
    work.record(
        "import",
        "import",
        channel=account.channel,
        taken=account.taken,
        changed=len(account.changed),
        unchanged=account.unchanged,
        refused=len(account.refused),
    )
    work.changed.add("imports")


@contextmanager
def _collector_resting() -> Iterator[None]:
    """No search for garbage meanwhile: it would walk tens of thousands of live rows again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _headers(look: Any) -> dict[str, dict[str, str]]:
    """The user's own headings, by channel."""
    taught: dict[str, dict[str, str]] = defaultdict(dict)
    for row in look.execute(select(HeaderName)):
        taught[row.channel][row.header] = row.field
    return taught


def _take(work: Work, raws: list[Raw], account: Account) -> None:
    wait_for_turn(work)
    fresh, said_later = _not_seen(work, raws, account)
    told = _orders(fresh, account)
    new, others = _split(work, told)
    if not new and not others:
        return
    where = places(work)
    receive(where, [arrive(where, raw, order) for raw, order in new], account.channel)
    account.taken += len(new)
    for raw, order in others:
        _take_other(where, raw, order, account, said_later)


def _not_seen(work: Work, raws: list[Raw], account: Account) -> tuple[list[Raw], dict[int, int]]:
    """The rows that are not word for word the latest we have, and where this file says the latest of an order.

    A file may tell one order several times (booked, then cancelled): the earlier word is no news where
    the later one is known already.
    """
    known = existing_digests(work, [raw.digest.hex() for raw in raws])
    fresh: dict[bytes, Raw] = {}
    said_later: dict[int, int] = {}
    for raw in raws:
        reservation = known.get(raw.digest.hex())
        if reservation is not None:
            said_later[reservation] = raw.row
        if reservation is not None or raw.digest in fresh:
            account.unchanged += 1
        else:
            fresh[raw.digest] = raw
    return list(fresh.values()), said_later


def _orders(raws: list[Raw], account: Account) -> list[tuple[Raw, Order]]:
    told = []
    for raw in raws:
        order = raw.order()
        refusal = order if isinstance(order, RefusedRow) else _beyond_reason(raw, order)
        if refusal is not None:
            _refuse(account, refusal)
        elif isinstance(order, Order):
            told.append((raw, order))
    return told


def _beyond_reason(raw: Raw, order: Order) -> RefusedRow | None:
    """Numbers and days no order of ours can have: they would only break something later."""
    day = order.departs_on or (order.departs_at.date() if order.departs_at else None)
    heads = (
        order.party if order.party is not None else sum(x.quantity * (x.heads_each or 1) for x in order.lines)
    )
    nobody = heads == 0 and bool(order.lines or order.party == 0) and order.status not in GONE
    if day is not None and day.year not in _YEARS:
        code = "date-not-understood"
    elif not 0 <= heads <= MOST_HEADS or any(x.quantity < 0 for x in order.lines) or nobody:
        code = "quantity-not-understood"
    elif any(m and abs(m.minor) > MOST_MINOR for m in (order.amount, order.balance)):
        code = "amount-not-understood"
    elif order.ordered_at is not None and order.ordered_at.year not in _YEARS:
        code = "order-date-not-understood"
    else:
        return None
    return RefusedRow(raw.row, order.reference, code)


def _split(
    work: Work, told: list[tuple[Raw, Order]]
) -> tuple[list[tuple[Raw, Order]], list[tuple[Raw, Order]]]:
    """New orders, and those whose number is known here or stands a second time in the file."""
    keys = [(order.channel[:40], reference_key(order.reference, order.channel)[:120]) for _, order in told]
    known, ids = set[tuple[str, str]](), set[int]()
    asked = select(Reservation.channel, Reservation.reference_key, Reservation.id)
    both = tuple_(Reservation.channel, Reservation.reference_key)
    for start in range(0, len(keys), _AT_ONCE):
        these = asked.where(both.in_(keys[start : start + _AT_ONCE]))
        for row in work.connection.execute(these):
            known.add((row.channel, row.reference_key))
            ids.add(row.id)
    _lock(work, sorted(ids))
    new: list[tuple[Raw, Order]] = []
    others: list[tuple[Raw, Order]] = []
    for key, one in zip(keys, told, strict=True):
        (others if key in known else new).append(one)
        known.add(key)
    return new, others


def _lock(work: Work, ids: list[int]) -> None:
    """Reservations before departures and in the order of their numbers, as every verb locks them."""
    asked = select(Reservation.id).order_by(Reservation.id).with_for_update(key_share=True)
    for start in range(0, len(ids), _AT_ONCE):
        work.connection.execute(asked.where(Reservation.id.in_(ids[start : start + _AT_ONCE])))


def _take_other(where: Places, raw: Raw, order: Order, account: Account, said_later: dict[int, int]) -> None:
    found = newer.whose(where.work, order)
    if len(found) == 1 and raw.row < said_later.get(found[0], 0):
        account.unchanged += 1
        return
    if len(found) > 1:
        numbers = ", ".join(f"CF-{i}" for i in found)
        _refuse(account, RefusedRow(raw.row, order.reference, "fits-several", {"numbers": numbers}))
    elif not found:
        receive(where, [arrive(where, raw, order)], account.channel)
        account.taken += 1
    else:
        told = newer.hear(where, found[0], raw, order, account.channel)
        for part in newer.parts_cancelled_with(where.work, order):
            newer.hear(where, part, raw, order, account.channel)
        if told.fields:
            account.changed.append(Changed(order.reference, told.fields, told.waits))
        else:
            account.unchanged += 1


def _refuse(account: Account, row: RefusedRow) -> None:
    account.refused.append(Refused(row.row, row.reference, row.code, sentence(row.code, row.facts)))
