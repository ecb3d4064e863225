"""Who a command acts as: somebody named who signs in, or the owner of the machine; and the way back to a password.

A password is asked for at the terminal, or read as one line where the standard input is none. It is never an argument:
arguments are seen by everybody on the machine.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from controllers.command_facts import Facts
from controllers.command_secrets import typed_in
from controllers.desk import Desk
from controllers.rights import needs
from controllers.staff import machine, signing_in
from models.refusals import CannotDo
from models.rights import Right

if TYPE_CHECKING:
    from controllers.place import Place

RESET = "reset-owner-password"


def require_machine(place: Place) -> None:
    """Raises CannotDo("machine-not-yours") for whoever does not own the data folder."""
    if not machine.owns(place.folder, place.database):
        raise CannotDo("machine-not-yours", folder=place.folder)


def act(desk: Desk, chosen: argparse.Namespace) -> None:
    """Somebody acts at the desk from now on, or the command is refused. Rights are judged by what it does."""
    if chosen.as_name and chosen.command != RESET:
        signing_in.sign_in(chosen.as_name, typed_in(f"Password of {chosen.as_name}: "), desk=desk)
        return
    if chosen.command == RESET:
        require_machine(chosen.place)
    if not desk.actor.role:
        require_machine(chosen.place)
        machine.act_as_owner(desk=desk)


@needs(Right.DATABASE)
def reset(desk: Desk, chosen: argparse.Namespace) -> Facts:
    """A first password for an owner who lost theirs; shown once."""
    given = machine.reset_owner_password(chosen.as_name, desk=desk)
    return {"name": given.name, "first_password": given.password, "counts_until": given.until.isoformat()}
