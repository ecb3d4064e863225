"""What may be done with money that goes back, and the list of it as small frozen rows.

Due, then given back or failed; a slip is taken back by making it due again. Only money that we hold is ours to
give: of the channel's a row says that it pays, and nothing can be marked.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from models.frozen import frozen
from models.money import Money
from models.orders import Collector
from models.payments import MoneyState
from models.refusals import CannotDo
from models.reservations import Cause


class Step(StrEnum):
    """What staff mark."""

    DONE = "done"
    FAILED = "failed"
    AGAIN = "due-again"


STEPS: dict[MoneyState, dict[Step, MoneyState]] = {
    MoneyState.DUE: {Step.DONE: MoneyState.DONE, Step.FAILED: MoneyState.FAILED},
    MoneyState.FAILED: {Step.DONE: MoneyState.DONE, Step.AGAIN: MoneyState.DUE},
    MoneyState.DONE: {Step.FAILED: MoneyState.FAILED, Step.AGAIN: MoneyState.DUE},
}
"""The whole of it: money that was given back may come back from the bank, or was marked by a slip."""


class Tab(StrEnum):
    """One part of the list."""

    DUE = "due"
    OVERDUE = "overdue"
    FAILED = "failed"
    DONE = "done"
    THEIRS = "theirs"


TABS = tuple(Tab)
COUNTED = (Tab.DUE, Tab.OVERDUE, Tab.FAILED)
"""Those that ask for something: each has an index that holds nothing else."""

Place = tuple[date | datetime, int]
"""Where a page goes on: the day or instant its tab is sorted by, and the number of the row."""


@frozen
class RefundRow:
    """One refund in a list. `traveler` is None where the name may not be shown."""

    id: int
    version: int
    reservation_id: int
    number: str
    reference_there: str
    channel: str
    traveler: str | None
    what: str
    zone: str
    amount: Money
    state: MoneyState
    collector: Collector
    cause: Cause
    tier: str
    expected_from: date
    expected_to: date
    made_at: datetime
    done_at: datetime | None
    done_by: str
    method: str
    reference: str
    failed_at: datetime | None
    trouble: str

    @property
    def ours(self) -> bool:
        """Whether we hold this money."""
        return self.collector is Collector.US

    def may(self, step: Step) -> bool:
        """Whether staff may mark this now."""
        return self.ours and step in STEPS[self.state]

    def is_overdue(self, day: date) -> bool:
        """Whether its traveler should have seen the money before this day."""
        return self.ours and self.state is MoneyState.DUE and self.expected_to < day

    def place(self, tab: Tab) -> Place:
        """Where the next page of a tab goes on."""
        at = {Tab.FAILED: self.failed_at, Tab.DONE: self.done_at, Tab.THEIRS: self.made_at}.get(tab)
        return (at if at is not None else self.expected_to), self.id


@frozen
class RefundPage:
    """One page of a tab: its rows, whether more follow, how many wait in the tabs that ask for something.

    `day` is today at the operator's; `may_mark` says whether whoever looks may give money back.
    """

    tab: Tab
    rows: tuple[RefundRow, ...]
    more: bool
    counts: dict[Tab, int]
    day: date
    may_mark: bool = True


def after(state: MoneyState, collector: Collector, step: Step, *, number: str) -> MoneyState:
    """What a refund is after a step. Raises CannotDo("refund-theirs") or ("refund-step")."""
    if collector is not Collector.US:
        raise CannotDo("refund-theirs", number=number)
    found = STEPS[state].get(step)
    if found is None:
        raise CannotDo("refund-step", number=number, step=step.value, state=state.value.lower())
    return found
