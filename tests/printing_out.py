"""Prints a paper from its first step to its last, as the window does it one lane after the other."""

from __future__ import annotations

from controllers import print_log
from controllers.desk import Desk
from controllers.printing import (
    Draft,
    Printout,
    claim,
    deliver,
    follow,
    keep_job,
    not_withdrawn,
    printer_for,
    settle,
    waiting_ones,
    withdraw,
)
from controllers.spooling import Spooler


def print_out(
    draft: Draft, spooler: Spooler, *, desk: Desk, printer: str | None = None, automatic: bool = False
) -> Printout:
    """All of it, one after the other. Raises why nothing came out, or that nobody knows."""
    if printer is None:
        printer = printer_for(draft, desk=desk)
    waiting = waiting_ones(draft, desk=desk) if printer and not automatic else ()
    if waiting:
        told = withdraw(waiting, spooler)
        print_log.settle_fates(told, desk=desk)
        no = not_withdrawn(waiting, told)
        if no is not None:
            raise no
    out = deliver(claim(draft, printer, desk=desk, automatic=automatic), spooler)
    if out.waits:
        out = follow(keep_job(out, desk=desk), spooler)
    out = settle(out, desk=desk)
    if out.fault is not None:
        raise out.fault
    no = out.trouble or out.unsure
    if no is not None:
        raise no
    return out
