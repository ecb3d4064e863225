"""Gives codes that thank for a review, takes them off a price at the counter, and takes them back.

What is left on a code and its ledger are written together. Taking off is one conditional update: two counters, one
code, exactly one wins; the other is told so.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, insert, select, update

from controllers.desk import Desk, Work
from controllers.rights import needs
from models import rewards
from models.frozen import frozen
from models.money import Money
from models.refusals import CannotDo
from models.rewards import RewardFacts
from models.rights import Right
from models.tables import Product, Reward, RewardMove

_W: Table = Reward.__table__  # type: ignore[assignment]
_M: Table = RewardMove.__table__  # type: ignore[assignment]
_TRIES = 5  # two fresh codes are never the same but by a wonder


@frozen
class Off:
    """What a code takes off a price now, and what then stays on it (None of a percent: it is used up)."""

    code: str
    off: Money
    stays: Money | None
    percent: int
    valid_until: date

    @property
    def shown(self) -> str:
        """The code as people read it."""
        return rewards.spelled(self.code)


@needs(Right.SELL)
def see_off(code: str, total: Money, *, desk: Desk) -> Off:
    """What a code would take off this price. Raises CannotDo with the reason where it takes off nothing."""
    with desk.reading() as look:
        kept = _kept(look, rewards.typed(code))
        return _off(kept, total, _today(look, desk))


def give(work: Work, row: Any) -> str:
    """Gives the code for the review of an order as its product says; '' where it gives none, or gave one already."""
    kept = work.connection.execute(select(Product.reward).where(Product.id == row.product_id)).scalar()
    gives = rewards.gives_of(kept or {})
    there = select(_W.c.id).where(_W.c.reservation_id == row.id)
    if not gives or work.connection.execute(there).first() is not None:
        return ""
    currency = _currency(work, row) if gives.amount_minor else ""
    balance = gives.amount_minor or 1
    made = {
        "code": _fresh(work),
        "reservation_id": row.id,
        "percent": gives.percent,
        "amount_minor": gives.amount_minor,
        "currency": currency,
        "balance": balance,
        "given_at": work.now,
        "valid_until": rewards.last_day(_today(work.connection, work.desk), gives),
    }
    reward = int(work.connection.execute(insert(_W).returning(_W.c.id), made).scalar_one())
    _note(work, reward, "given", balance, Money(gives.amount_minor, currency), None)
    work.record(f"reservation:{row.id}", "reward", amount=gives.amount_minor, percent=gives.percent)
    work.changed.add("rewards")
    return str(made["code"])


def spend(work: Work, reservation_id: int, code: str, total: Money, shown: Money | None = None) -> Money:
    """Takes a code off the price of an order, inside its sale; what it took off.

    `shown` is what the guest was told: raises CannotDo("reward-changed") where it is another sum by now, or where
    another counter was quicker.
    """
    kept = _kept(work.connection, rewards.typed(code))
    today = _today(work.connection, work.desk)
    off = rewards.worth(_facts(kept), total, today)
    if shown is not None and shown != off:
        raise CannotDo("reward-changed", given=rewards.spelled(kept.code))
    n = rewards.takes(_facts(kept), off)
    done = work.connection.execute(
        update(_W)
        .where(_W.c.id == kept.id, _W.c.balance >= n, _W.c.revoked_at.is_(None), _W.c.valid_until >= today)
        .values(balance=_W.c.balance - n)
    )
    if done.rowcount != 1:
        raise CannotDo("reward-changed", given=rewards.spelled(kept.code))
    _note(work, kept.id, "spent", -n, off, reservation_id)
    work.record(f"reservation:{reservation_id}", "reward-spent", amount=off.minor, currency=off.currency)
    work.changed.add("rewards")
    return off


def revoke(work: Work, reservation_id: int) -> None:
    """The order's money goes back: the code its review got counts no more, and what it was paid with a code returns."""
    asked = select(_W).where(_W.c.reservation_id == reservation_id, _W.c.revoked_at.is_(None))
    kept = work.connection.execute(asked.with_for_update()).first()
    if kept is not None:
        gone = update(_W).where(_W.c.id == kept.id).values(revoked_at=work.now, balance=0)
        work.connection.execute(gone)
        left = 0 if kept.percent else kept.balance
        _note(work, kept.id, "revoked", -kept.balance, Money(left, kept.currency), None)
        work.record(f"reservation:{reservation_id}", "reward-revoked")
        work.changed.add("rewards")
    give_back(work, reservation_id)


def give_back(work: Work, reservation_id: int, percent: int = 100) -> None:
    """What an order was paid with a code goes back on it as its money does, once; a percent code only whole.

    On a code that was revoked meanwhile nothing comes back: the ledger says so.
    """
    spent = _moves(work, reservation_id, "spent")
    if spent is None or _moves(work, reservation_id, "returned") is not None:
        return
    kept = work.connection.execute(select(_W).where(_W.c.id == spent.reward_id).with_for_update()).one()
    part = (-spent.change * percent // 100) if not kept.percent else int(percent == 100)
    amount = spent.amount_minor * percent // 100 if part else 0
    change = 0 if kept.revoked_at is not None else part
    back = update(_W).where(_W.c.id == kept.id).values(balance=_W.c.balance + change)
    work.connection.execute(back)
    _note(work, kept.id, "returned", change, Money(amount, spent.currency), reservation_id)
    work.record(f"reservation:{reservation_id}", "reward-returned", amount=amount, currency=spent.currency)
    work.changed.add("rewards")


def code_for(look: Connection, reservation_id: int) -> str:
    """The code that the review of an order was thanked with, as people read it; '' where it has none that counts."""
    asked = select(_W.c.code).where(_W.c.reservation_id == reservation_id, _W.c.revoked_at.is_(None))
    return rewards.spelled(look.execute(asked).scalar() or "")


def _moves(work: Work, reservation_id: int, kind: str) -> Any:
    asked = select(_M).where(_M.c.reservation_id == reservation_id, _M.c.kind == kind)
    return work.connection.execute(asked.order_by(_M.c.id.desc()).limit(1)).first()


def _kept(look: Connection, code: str) -> Any:
    kept = look.execute(select(_W).where(_W.c.code == code)).first()
    if kept is None:
        raise CannotDo("reward-unknown", given=rewards.spelled(code))
    return kept


def _facts(kept: Any) -> RewardFacts:
    revoked = kept.revoked_at is not None
    return RewardFacts(kept.code, kept.percent, kept.currency, kept.balance, kept.valid_until, revoked)


def _off(kept: Any, total: Money, today: date) -> Off:
    off = rewards.worth(_facts(kept), total, today)
    stays = None if kept.percent else Money(kept.balance - off.minor, kept.currency)
    return Off(kept.code, off, stays, kept.percent, kept.valid_until)


def _currency(work: Work, row: Any) -> str:
    """An amount is in the currency of its product, whatever the channel was paid in."""
    return str(
        work.connection.execute(select(Product.currency).where(Product.id == row.product_id)).scalar_one()
    )


def _today(look: Connection, desk: Desk) -> date:
    return desk.now().astimezone(ZoneInfo(desk.operator(look).zone)).date()


def _fresh(work: Work) -> str:
    for _ in range(_TRIES):
        code = rewards.new_code(secrets.randbelow)
        if work.connection.execute(select(func.count()).where(_W.c.code == code)).scalar_one() == 0:
            return code
    raise CannotDo("database-busy")


def _note(work: Work, reward: int, kind: str, change: int, money: Money, reservation_id: int | None) -> None:
    row = {
        "reward_id": reward,
        "at": work.now,
        "kind": kind,
        "change": change,
        "amount_minor": money.minor,
        "currency": money.currency,
        "reservation_id": reservation_id,
        "counter_id": work.desk.actor.counter_id,
        "staff_id": work.staff_id,
    }
    work.connection.execute(insert(_M), row)
