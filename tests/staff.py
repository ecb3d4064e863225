"""People for tests: a staff with passwords, at the least cost a hash can have."""

from __future__ import annotations

import pytest

from controllers.desk import Desk
from controllers.staff import people, signing_in
from models.rights import Role

OWNER, OWNERS_PASSWORD = "Owner", "three plain words"
PASSWORD, PIN = "sea otter lamp", "4711"


@pytest.fixture(autouse=True)
def cheapest_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that guards nothing need not be slow to compare."""
    monkeypatch.setattr("controllers.staff.passwords.PROFILE", "CHEAPEST")


def with_owner(desk: Desk) -> Desk:
    """The owner has a password from now on."""
    people.choose_password("", OWNERS_PASSWORD, desk=desk)
    return desk


def with_staff(desk: Desk, name: str, role: str = Role.FRONT_DESK, *, pin: str = "") -> int:
    """Somebody who has a password of their own, and has signed in at this desk; whoever was there is there again."""
    before = desk.actor
    if not before.proof:
        with_owner(desk)
    invited = people.invite(name, role, desk=desk)
    before = desk.actor
    signing_in.sign_in(name, invited.password, desk=desk, new_password=PASSWORD)
    if pin:
        people.choose_pin(PASSWORD, pin, desk=desk)
    desk.actor = before
    return invited.id
