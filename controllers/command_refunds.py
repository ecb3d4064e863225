"""The commands about money that goes back: the list, and what is marked of an order's refund."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from controllers import giving_back, viewing
from controllers.command_facts import Facts
from controllers.desk import Desk
from models.references import number_of
from models.refunds import RefundRow, Step, Tab
from models.refusals import CannotDo


def _list(desk: Desk, chosen: argparse.Namespace) -> list[Facts]:
    """Every refund of a part, page after page."""
    tab, place = Tab(chosen.part), None
    told: list[Facts] = []
    while True:
        page = giving_back.see_refunds(tab, desk=desk, after=place)
        told += [_facts(row) for row in page.rows]
        if not page.more:
            return told
        place = page.rows[-1].place(tab)


def _done(desk: Desk, chosen: argparse.Namespace) -> Facts:
    row = _the_refund(desk, chosen.ref, Step.DONE)
    made = giving_back.mark_done(
        row.id, desk=desk, method=chosen.method, reference=chosen.reference, day=chosen.day, seen=row.version
    )
    return _marked(made)


def _failed(desk: Desk, chosen: argparse.Namespace) -> Facts:
    row = _the_refund(desk, chosen.ref, Step.FAILED)
    return _marked(giving_back.mark_failed(row.id, desk=desk, why=chosen.reason, seen=row.version))


def _again(desk: Desk, chosen: argparse.Namespace) -> Facts:
    row = _the_refund(desk, chosen.ref, Step.AGAIN)
    return _marked(giving_back.due_again(row.id, desk=desk, seen=row.version))


def _the_refund(desk: Desk, ref: str, step: Step) -> RefundRow:
    """The refund of an order that the step is meant for. Raises CannotDo("refund-none")."""
    reservation_id = viewing.find(ref, desk=desk)
    found = giving_back.refunds_of(reservation_id, desk=desk)
    if not found:
        raise CannotDo("refund-none", number=number_of(reservation_id))
    return next((row for row in found if row.may(step)), next((row for row in found if row.ours), found[0]))


def _marked(made: giving_back.Marked) -> Facts:
    return {
        "number": made.number,
        "amount_minor": made.amount.minor,
        "currency": made.amount.currency,
        "state": made.state.value,
        "from": made.expected_from.isoformat(),
        "to": made.expected_to.isoformat(),
    }


def _facts(row: RefundRow) -> Facts:
    return {
        "number": row.number,
        "channel": row.channel,
        "channel_reference": row.reference_there,
        "amount_minor": row.amount.minor,
        "currency": row.amount.currency,
        "state": row.state.value,
        "collector": row.collector.value,
        "from": row.expected_from.isoformat(),
        "to": row.expected_to.isoformat(),
        "method": row.method,
        "reference": row.reference,
        "trouble": row.trouble,
    }


COMMANDS: dict[str, Callable[[Desk, argparse.Namespace], Any]] = {
    "refunds": _list,
    "refund-done": _done,
    "refund-failed": _failed,
    "refund-again": _again,
}
