"""The code that thanks for a review: how it reads, what it takes off a price, and when it counts.

A code is nine signs and a check sign, in two groups: ABCDE-FGHJK. Its 23 signs leave out whatever looks alike
(0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and 23 is a prime: one wrong sign, or two that changed places, never make another
code that is right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from models.frozen import frozen
from models.money import Money
from models.refusals import CannotDo

SIGNS = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 10
METHOD = "reward"
"""What a payment says that a code made: no money came for it, and none goes back for it."""

USUAL_DAYS = 180


@frozen
class Gives:
    """What a product gives for a review: an amount (minor units of its currency) or a percent; neither is nothing."""

    amount_minor: int = 0
    percent: int = 0
    valid_days: int = USUAL_DAYS

    def __bool__(self) -> bool:
        return self.amount_minor > 0 or self.percent > 0


@frozen
class RewardFacts:
    """A code as it stands. `balance` is what it can still take off: minor units, or 1 where it is a percent."""

    code: str
    percent: int
    currency: str
    balance: int
    valid_until: date
    revoked: bool = False


class Counts(StrEnum):
    """How a code stands."""

    WHOLE = "whole"
    PARTLY = "partly"
    USED = "used"
    OVER = "over"
    REVOKED = "revoked"


@frozen
class RewardTold:
    """A code as whoever reads its review is told of it: `amount` and `left` are None of a percent."""

    code: str
    percent: int
    amount: Money | None
    left: Money | None
    valid_until: date
    counts: Counts


def counts_now(reward: RewardFacts, given: int, today: date) -> Counts:
    """How a code stands that took off `given` when it was new (minor units, or 1 of a percent)."""
    if reward.revoked:
        return Counts.REVOKED
    if reward.balance <= 0:
        return Counts.USED
    if today > reward.valid_until:
        return Counts.OVER
    return Counts.WHOLE if reward.balance >= given else Counts.PARTLY


def gives_of(kept: Mapping[str, Any]) -> Gives:
    """What a product gives, as it keeps it."""
    how, days = kept.get("gives"), int(kept.get("valid_days", USUAL_DAYS))
    if how == "amount":
        return Gives(int(kept.get("amount_minor", 0)), 0, days)
    return Gives(0, int(kept.get("percent", 0)), days) if how == "percent" else Gives(valid_days=days)


def last_day(today: date, gives: Gives) -> date:
    """The last day on which a code counts that is given today."""
    return today + timedelta(days=gives.valid_days)


def new_code(pick: Callable[[int], int]) -> str:
    """A fresh code; `pick(n)` is a number below n that nobody can guess."""
    told = "".join(SIGNS[pick(len(SIGNS))] for _ in range(LENGTH - 1))
    return told + _check(told)


def spelled(code: str) -> str:
    """A code as people read it: ABCDE-FGHJK."""
    return f"{code[:5]}-{code[5:]}" if len(code) == LENGTH else code


def typed(text: str) -> str:
    """A code as it was typed or scanned, as it is kept. Raises CannotDo("reward-mistyped").

    Small letters, full-width signs, spaces and dashes are the same code.
    """
    told = re.sub(r"[\s\-‐-―−_.]", "", unicodedata.normalize("NFKC", text)).upper()
    if len(told) != LENGTH or any(sign not in SIGNS for sign in told) or told[-1] != _check(told[:-1]):
        raise CannotDo("reward-mistyped", given=text.strip()[:20])
    return told


def is_whole(text: str) -> bool:
    """Whether so much was typed that it can be looked up."""
    try:
        typed(text)
    except CannotDo:
        return False
    return True


def worth(reward: RewardFacts, total: Money, today: date) -> Money:
    """What it takes off a price. Raises CannotDo with the reason where it takes off nothing."""
    shown = spelled(reward.code)
    if reward.revoked:
        raise CannotDo("reward-revoked", given=shown)
    if today > reward.valid_until:
        raise CannotDo("reward-over", given=shown, day=reward.valid_until)
    if reward.balance <= 0:
        raise CannotDo("reward-spent", given=shown)
    if reward.percent:
        return Money(total.minor * reward.percent // 100, total.currency)
    if reward.currency != total.currency:
        raise CannotDo("reward-currency", given=shown, currency=reward.currency, price=total.currency)
    return Money(min(reward.balance, total.minor), total.currency)


def takes(reward: RewardFacts, off: Money) -> int:
    """By how much the balance falls when so much is taken off a price."""
    return 1 if reward.percent else off.minor


def _check(told: str) -> str:
    """The weighted sum of all ten is a multiple of 23; the check sign's own weight is 22, that is -1."""
    return SIGNS[sum(at * SIGNS.index(sign) for at, sign in enumerate(told, 1)) % len(SIGNS)]
