"""Who may sign in and how long they must wait, what a password and a PIN must be, and who may change whom.

Pure rules: they see facts only. A PIN is 4 to 6 digits and a password longer, so that one field can take either.
A PIN stands in for a password that was typed at the same counter not long ago; it is never the only proof.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from models.frozen import frozen
from models.refusals import CannotDo
from models.rights import Role

FREE_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
"""So long after the last wrong try the count begins anew."""
PIN_FOLLOWS = timedelta(days=7)
"""So long after its person typed the password at a counter a PIN counts there."""
FIRST_PASSWORD_LASTS = timedelta(days=7)
SHORTEST, LONGEST = 8, 128
PIN_DIGITS = (4, 6)
LONGEST_NAME = 80
_CLEAR_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other when they are read aloud or from paper."""
PEOPLE = tuple(role for role in Role if role is not Role.PROGRAM)


@frozen
class Tries:
    """How often somebody was wrong, and when last."""

    wrong: int = 0
    at: datetime | None = None

    def counted(self, now: datetime) -> int:
        """How many of them still count."""
        return self.wrong if self.at is not None and now - self.at < FORGOTTEN_AFTER else 0

    def until(self, now: datetime) -> datetime | None:
        """When the next try is heard; None for at once. A clock that was put back makes nobody wait for hours."""
        over = self.counted(now) - FREE_TRIES
        if over < 0 or self.at is None or self.at > now:
            return None
        until = self.at + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(over, 10))
        return until if until > now else None


@frozen
class Member:
    """Somebody of the staff, as the rules about changing people need it."""

    id: int
    name: str
    role: str
    active: bool


def folded(name: str) -> str:
    """A name as it is compared: however it was typed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def looks_like_pin(secret: str) -> bool:
    """Whether what was typed can only be a PIN."""
    return secret.isascii() and secret.isdigit() and PIN_DIGITS[0] <= len(secret) <= PIN_DIGITS[1]


def check_name(name: str, others: Iterable[str]) -> str:
    """The name as it is kept. Raises CannotDo where nobody could sign in with it."""
    tidy = " ".join(unicodedata.normalize("NFKC", name).split())
    if not tidy or len(tidy) > LONGEST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in tidy):
        raise CannotDo("staff-name-wrong", most=LONGEST_NAME)
    if folded(tidy) in {folded(other) for other in others}:
        raise CannotDo("staff-name-taken", name=tidy)
    return tidy


def check_password(password: str, name: str) -> None:
    """Raises CannotDo where a password is too short to guard anything, or is the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise CannotDo("password-short", least=SHORTEST, most=LONGEST)
    if folded(password) == folded(name) or len(set(password)) < 3:
        raise CannotDo("password-simple")


def check_pin(pin: str) -> None:
    """Raises CannotDo where it is no PIN, or one of those everybody tries first."""
    if not looks_like_pin(pin):
        raise CannotDo("pin-wrong-form", least=PIN_DIGITS[0], most=PIN_DIGITS[1])
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and abs(steps.pop()) <= 1:
        raise CannotDo("pin-simple")


def make_first_password() -> str:
    """One that a manager hands over: read aloud without a doubt, and of 59 bits."""
    signs = [secrets.choice(_CLEAR_SIGNS) for _ in range(12)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, 12, 4))


def check_change(by: str, before: Member | None, after: Member, owners: int) -> None:
    """Whether somebody of role `by` may make `after` of `before` (None: a new person), with so many active owners.

    Raises CannotDo("not-allowed") or CannotDo("last-owner").
    """
    if after.role not in PEOPLE:
        raise CannotDo("role-unknown", role=after.role, known=", ".join(PEOPLE))
    touches_owner = after.role == Role.OWNER or (before is not None and before.role == Role.OWNER)
    if touches_owner and by not in (Role.OWNER, Role.PROGRAM):
        raise CannotDo("not-allowed", action="invite and change owners", who="the owner")
    was_owner = before is not None and before.active and before.role == Role.OWNER
    if was_owner and not (after.active and after.role == Role.OWNER) and owners <= 1:
        raise CannotDo("last-owner", name=after.name)


def redeemable(staff_id: int, groups: Iterable[tuple[Iterable[int], Iterable[str]]]) -> frozenset[int] | None:
    """The products somebody redeems, from the groups (people, products) there are; None for all of them.

    Who is in no group redeems everything; who is in several redeems what any of them holds.
    """
    mine = [products for people, products in groups if staff_id in people]
    if not mine:
        return None
    return frozenset(int(number) for products in mine for number in products)
