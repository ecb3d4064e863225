"""Looks numbers up: ours and the channels' in any spelling, voucher digits, and the tail of a telephone.

Numbers are found by their beginning, a telephone by its end. Whoever is found by a number alone is shown
masked where masking is due; by a telephone only who may be seen is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, or_, select

from models.codes import LENGTH, Genuine, code_for, digits_of, read, tidy
from models.frozen import frozen
from models.references import keys_to_try, our_id
from models.search.keeping import digits, place_of
from models.tables.desk import Key
from models.tables.reservations import Reservation
from models.tables.search import SearchText
from models.tables.tickets import ForeignCode, Ticket

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = SearchText.__table__  # type: ignore[assignment]
_BEGINNING = 2  # letters or digits from which a beginning is looked for
_TAIL, _TELEPHONE = 4, 8  # digits from which a tail, and a whole telephone, is looked for
_SHORT_CODE = 8
_TICKET_DIGITS = 11
_LONGEST_ID = 15
_REFERENCES = (_R.c.reference_key, _R.c.via_reference)
_LONGEST_PREFIX_RUN = 9  # how many digits may follow a typed beginning of our number
_SECRETS = select(Key.version, Key.secret).where(Key.version > 0)
_NO_PHONE = set("abcdefghijklmnopqrstuvwxyz@")


@frozen
class Number:
    """A reservation found by a number: where it stands, what kind of number, and whether it is the whole of it."""

    place: int
    id: int
    kind: str  # number, reference, voucher, phone
    whole: bool = False


def numbers(look: Connection, text: str, limit: int) -> list[Number]:
    """Reservations that a number names, or whose number begins so; at most `limit` of each kind."""
    found = [
        *_ours(look, text, limit),
        *_references(look, text, limit),
        *_vouchers(look, text, limit),
    ]
    best: dict[int, Number] = {}
    for one in found:
        known = best.get(one.id)
        if known is None or (one.whole and not known.whole):
            best[one.id] = one
    return list(best.values())


def telephones(look: Connection, text: str, limit: int) -> list[Number]:
    """Reservations with this telephone, in any spelling, or with one that ends so; hidden ones too."""
    asked = _as_telephone(text)
    if asked is None:
        return []
    tail = asked[-_TELEPHONE:][::-1]
    rows = look.execute(
        select(_S.c.place, _S.c.reservation_id, _S.c.phone).where(begins(_S.c.phone, tail, look)).limit(limit)
    )
    return [
        Number(row.place, row.reservation_id, "phone", whole=len(asked) >= _TELEPHONE)
        for row in rows
        if _is_same(row.phone[::-1], asked)
    ]


def begins(column: Any, start: str, look: Connection) -> Any:
    """That a column begins so, said in a way that an index answers on both databases in every locale."""
    end = f"{start[:-1]}{chr(ord(start[-1]) + 1)}"
    if look.dialect.name == "sqlite":
        return and_(column >= start, column < end)
    return and_(column.op("~>=~", is_comparison=True)(start), column.op("~<~", is_comparison=True)(end))


def _ours(look: Connection, text: str, limit: int) -> list[Number]:
    """CF-10123, cf10123, or the bare digits; and numbers that begin so."""
    ranges = _id_ranges(text)
    if not ranges:
        return []
    number = _our_number(text)
    rows = look.execute(select(_R.c.id, _R.c.sort_at).where(or_(*ranges)).limit(limit))
    return [_number(row, "number", whole=row.id == number) for row in rows]


def _our_number(text: str) -> int | None:
    """The digits of one of our numbers, or of its beginning."""
    plain = keys_to_try(text)[0]
    if plain.isascii() and plain.isdigit():
        return int(plain) if _BEGINNING <= len(plain) < _LONGEST_ID else None
    return our_id(text)


def _id_ranges(text: str) -> list[Any]:
    """The ids that are the typed number or begin with it."""
    number = _our_number(text)
    return [
        _R.c.id.between(number * 10**more, (number + 1) * 10**more - 1)
        for more in range(_LONGEST_PREFIX_RUN if number else 0)
        if number and number * 10**more < 10**_LONGEST_ID
    ]


def begun(look: Connection, text: str) -> Iterator[Select[Any]]:
    """The ids of all whose number, ours or a channel's, begins so: for lists, however many they are."""
    ranges = _id_ranges(text)
    if ranges:
        yield select(_R.c.id).where(or_(*ranges))
    for key in _keys(text):
        yield from (select(_R.c.id).where(begins(column, key, look), column != "") for column in _REFERENCES)


def _keys(text: str) -> list[str]:
    return [key for key in keys_to_try(text) if len(key) >= _BEGINNING]


def _references(look: Connection, text: str, limit: int) -> Iterator[Number]:
    """Channels' numbers and the voucher codes they made, from their beginning."""
    for key in _keys(text):
        for column in _REFERENCES:
            asked = select(_R.c.id, _R.c.sort_at, column).where(begins(column, key, look), column != "")
            yield from (
                _number(row, "reference", whole=row[2] == key) for row in look.execute(asked.limit(limit))
            )
    code = tidy(text)
    if len(code) >= _BEGINNING:
        asked = (
            select(_R.c.id, _R.c.sort_at, ForeignCode.code)
            .join_from(ForeignCode, _R, _R.c.id == ForeignCode.reservation_id)
            .where(begins(ForeignCode.code, code, look))
        )
        yield from (_number(row, "voucher", whole=row[2] == code) for row in look.execute(asked.limit(limit)))


def _vouchers(look: Connection, text: str, limit: int) -> list[Number]:
    """The 26 digits of a ticket of ours, or their beginning with or without the version before them."""
    code = tidy(text)
    whole = digits_of(text)
    if not (code.isascii() and code.isdigit() and _SHORT_CODE <= len(code) <= LENGTH):
        return []
    secrets = {row.version: bytes(row.secret) for row in look.execute(_SECRETS)}
    if whole is not None and not isinstance(read(whole, secrets), Genuine):
        return []
    ways = [_tickets(code[1:]), *([_tickets(code)] if len(code) < LENGTH else [])]
    asked = (
        select(_R.c.id, _R.c.sort_at, Ticket.number, Ticket.key_version)
        .join_from(Ticket, _R, _R.c.id == Ticket.reservation_id)
        .where(or_(*ways))
        .limit(limit)
    )
    rows = [row for row in look.execute(asked) if _prints(row, code, secrets)]
    return [_number(row, "voucher", whole=whole is not None) for row in rows]


def _tickets(started: str) -> Any:
    """The condition that the eleven digits of a ticket's number begin so."""
    known = started[:_TICKET_DIGITS]
    more = 10 ** (_TICKET_DIGITS - len(known))
    return Ticket.number.between(int(known) * more, (int(known) + 1) * more - 1)


def _prints(row: Any, code: str, secrets: Mapping[int, bytes]) -> bool:
    """Whether a ticket's printed digits begin so, from the first or from the second on."""
    if row.key_version not in secrets:
        return False
    printed = code_for(row.number, version=row.key_version, secret=secrets[row.key_version])
    return printed.startswith(code) or printed[1:].startswith(code)


def _as_telephone(text: str) -> str | None:
    """The digits of a text that may be a telephone, without a trunk's (0) after the country; None if it is none."""
    if _NO_PHONE & set(text.casefold()):
        return None
    found = digits(text.replace("(0)", ""))
    return found if len(found) >= _TAIL else None


def _is_same(kept: str, asked: str) -> bool:
    """Whether a kept telephone ends like the asked one, with or without country or trunk before it."""
    if kept.endswith(asked):
        return True
    kept, asked = kept.lstrip("0"), asked.lstrip("0")
    return (
        len(asked) >= _TELEPHONE
        and len(kept) >= _TELEPHONE
        and (kept.endswith(asked) or asked.endswith(kept))
    )


def _number(row: Any, kind: str, *, whole: bool) -> Number:
    return Number(place_of(row.sort_at, row.id), row.id, kind, whole)
