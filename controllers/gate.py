"""What is asked of the database at the gate, and what is written there: prepared once, used at every scan."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, bindparam, func, insert, select, update

from models.orders import Collector
from models.payments import MoneyState
from models.prepared import Prepared
from models.tables import Counter, Option, Payment, Product, Reservation, ScanRow, Ticket
from models.tickets import TicketState

_R: Table = Reservation.__table__  # type: ignore[assignment]
_T: Table = Ticket.__table__  # type: ignore[assignment]
_P: Table = Product.__table__  # type: ignore[assignment]
_S: Table = ScanRow.__table__  # type: ignore[assignment]

_BALANCE = (
    select(func.coalesce(func.sum(Payment.amount_minor), 0))
    .where(
        Payment.reservation_id == _R.c.id,
        Payment.collector == Collector.US,
        Payment.state == MoneyState.DUE,
    )
    .scalar_subquery()
)
_RESERVATION_COLUMNS = [
    _R.c[name]
    for name in (
        "id version status channel via reference email language first_confirmed_at lead unmatched zone departs_on "
        "departs_at ends_at open_dated valid_until party heads arrived_heads arrived_at redeemed_at "
        "redeemed_by_scan cancelled_at currency to_do ordered_at departure_id own_sale status_at attention "
        "reference_key via_reference product_id"
    ).split()
]
_PRODUCT_COLUMNS = [
    _P.c[name]
    for name in ("redeem", "opens_minutes_before", "closes_minutes_after", "valid_from", "comment_hours")
]
BESIDE = (
    select(*_RESERVATION_COLUMNS, *_PRODUCT_COLUMNS, _BALANCE.label("balance_minor"))
    .select_from(_R.outerjoin(_P, _R.c.product_id == _P.c.id))
    .where(_R.c.id == bindparam("id"))
)
"""A reservation that is only told of: it is not locked, so that two counters never wait for each other."""
AT_THE_GATE = BESIDE.with_for_update(of=_R, key_share=True)
BY_TICKET = (
    select(
        *_RESERVATION_COLUMNS,
        *_PRODUCT_COLUMNS,
        _BALANCE.label("balance_minor"),
        _T.c.state.label("ticket_state"),
    )
    .select_from(_T.join(_R, _R.c.id == _T.c.reservation_id).outerjoin(_P, _R.c.product_id == _P.c.id))
    .where(_T.c.number == bindparam("number"))
    .with_for_update(of=_R, key_share=True)
)
MEANT = select(
    _R.c.id, _R.c.status, _R.c.departs_at, _R.c.channel, _R.c.reference_key, _R.c.heads, _R.c.arrived_heads
)
CHOICES = (
    select(
        *(
            _R.c[name]
            for name in (
                "id channel via lead first_confirmed_at product_text option_text departs_on departs_at zone party "
                "status"
            ).split()
        ),
        Product.name.label("product"),
        Option.name.label("option"),
    )
    .select_from(_R)
    .outerjoin(Product, Product.id == _R.c.product_id)
    .outerjoin(Option, Option.id == _R.c.option_id)
)
VALID_TICKETS = (
    select(_T.c.number, _T.c.heads, _T.c.uses_left, _T.c.arrived_heads, _T.c.uses)
    .where(_T.c.reservation_id == bindparam("id"), _T.c.state == TicketState.VALID)
    .order_by(_T.c.number)
)
_MOMENT_AGO = (
    select(_S.c.id)
    .where(_S.c.text == bindparam("text"), _S.c.undone_at.is_(None))
    .where(_S.c.at.between(bindparam("since"), bindparam("until")))
    .order_by(_S.c.at.desc())
    .limit(1)
)
_KNOWN = select(_S.c.id).where(_S.c.id == bindparam("scan"))


def _at_counter(same: Select[Any]) -> Select[Any]:
    before = func.coalesce(_KNOWN.scalar_subquery(), same.scalar_subquery()).label("before")
    return select(Counter.settings, before).where(Counter.id == bindparam("counter"))


COUNTER = _at_counter(_MOMENT_AGO.where(_S.c.counter_id == bindparam("counter")))
"""How a counter is set up, and which scan was before this one: that of its own id, else one of the same code a moment
ago. One way to the server, not three."""
COUNTER_OF = _at_counter(
    _MOMENT_AGO.where(
        _S.c.reservation_id == bindparam("reservation"), _S.c.counter_id + 0 == bindparam("counter")
    )
)
"""The same where the code names a reservation: it has a few scans, a busy counter many in a moment (hence the 0)."""
BEFORE = select(_S).where(_S.c.id == bindparam("id"))
LAST_ARRIVAL = (
    select(_S.c.at, Counter.name)
    .join(Counter, Counter.id == _S.c.counter_id)
    .where(_S.c.reservation_id == bindparam("id"), _S.c.admitted > 0, _S.c.undone_at.is_(None))
    .order_by(_S.c.at.desc())
    .limit(1)
)
LAST_SCAN = (
    select(_S.c.id)
    .where(_S.c.reservation_id == bindparam("id"), _S.c.admitted > 0, _S.c.undone_at.is_(None))
    .order_by(_S.c.at.desc(), _S.c.id)
    .limit(1)
)
ARRIVALS = (
    select(_S.c.id, _S.c.admitted, _S.c.at, _S.c.did)
    .where(_S.c.reservation_id == bindparam("id"), _S.c.admitted > 0, _S.c.undone_at.is_(None))
    .order_by(_S.c.at, _S.c.id)
)
LET_IN = Prepared(
    update(_T)
    .where(_T.c.number == bindparam("ticket"), _T.c.uses_left > 0)
    .where(_T.c.arrived_heads + bindparam("come") <= _T.c.heads)
    .values(
        arrived_heads=(_T.c.arrived_heads + bindparam("come")) * bindparam("unspent"),
        uses_left=_T.c.uses_left - 1 + bindparam("unspent"),
    )
)
_CAME = (_T.c.uses - _T.c.uses_left) * _T.c.heads + _T.c.arrived_heads - bindparam("gone")
GIVE_BACK = (
    update(_T)
    .where(_T.c.number == bindparam("ticket"))
    .values(arrived_heads=_CAME % _T.c.heads, uses_left=_T.c.uses - _CAME // _T.c.heads)
)
"""All heads that ever came on a ticket, less those taken back: full visits are spent, the rest is in."""
STAMP = Prepared(
    update(_R)
    .where(_R.c.id == bindparam("rid"))
    .values({
        name: bindparam(f"new_{name}", type_=_R.c[name].type)
        for name in (
            "status", "status_at", "version", "arrived_heads", "arrived_at", "redeemed_at", "redeemed_by_scan", "to_do"
        )
    })
)  # fmt: skip
KEEP_SCAN = Prepared(insert(_S))
