"""What tickets a reservation gets, on which days they are good, and when the gate opens and closes."""

from __future__ import annotations

from typing import Any

from models.products import Validity
from ui.product_draft import Draft
from ui.product_entries import BlankEntry, Entry, NumberEntry, PickEntry, Section
from ui.widgets.flow import Flow
from ui.widgets.label import Label

MINUTES_A_DAY = 24 * 60


class TicketsPart(Section):
    """Scope, visits and validity; only the fields of the chosen validity are shown."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(self.tr("Tickets"))
        self._draft = draft
        scope = PickEntry(
            draft,
            ("tickets",),
            self.tr("A ticket for"),
            [("per reservation", self.tr("each reservation")), ("per person", self.tr("each person"))],
        )
        uses = NumberEntry(draft, ("uses",), self.tr("Visits"), wide=64)
        self.add(Flow(scope, uses))
        self.add(
            PickEntry(
                draft,
                ("validity",),
                self.tr("Good for"),
                [
                    (Validity.DEPARTURE.value, self.tr("a departure")),
                    (Validity.OPEN.value, self.tr("some days")),
                    (Validity.DATE.value, self.tr("until a day")),
                    (Validity.RANGE.value, self.tr("a range")),
                ],
            )
        )
        day = self.tr("2027-02-01")
        self._days = NumberEntry(draft, ("valid_days",), self.tr("Days from purchase"), wide=84)
        self._from = BlankEntry(draft, ("valid_from",), self.tr("From"), hint=day, wide=128)
        self._until = BlankEntry(
            draft, ("valid_until",), self.tr("Until, that day included"), hint=day, wide=128
        )
        self._when = Flow(self._days, self._from, self._until)
        self.add(self._when)
        self.told = Label("", 13, 400, "ink2", wrap=True)
        self.add(self.told)
        draft.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        validity = self._draft.get(("validity",))
        shown: dict[Any, tuple[Entry, ...]] = {
            Validity.OPEN: (self._days,),
            Validity.DATE: (self._until,),
            Validity.RANGE: (self._from, self._until),
        }
        for entry in (self._days, self._from, self._until):
            entry.setVisible(entry in shown.get(validity, ()))
        self._when.setVisible(validity in shown)
        self.told.setText(self._sentence(validity))

    def _sentence(self, validity: str) -> str:
        uses = self._draft.get(("uses",))
        if validity == Validity.DEPARTURE:
            return self.tr("It lets in around its departure, as admission says.")
        visits = self.tr("once") if uses == 1 else self.tr("{count} times").format(count=uses)
        return self.tr("It lets in {visits}, at any hour of its days; no departure is asked for.").format(
            visits=visits
        )


class AdmissionPart(Section):
    """How long before and after the departure the gate lets in, and when an arrival is redeemed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(self.tr("Admission"))
        self._draft = draft
        before = NumberEntry(
            draft,
            ("admission", "opens_minutes_before"),
            self.tr("Opens before the departure"),
            after=self.tr("min"),
        )
        after = NumberEntry(
            draft, ("admission", "closes_minutes_after"), self.tr("Closes after it"), after=self.tr("min")
        )
        self._window = Flow(before, after)
        self.add(self._window)
        self.add(
            PickEntry(
                draft,
                ("redeem",),
                self.tr("Who has arrived is redeemed"),
                [("after trip", self.tr("after the trip")), ("on arrival", self.tr("on arrival"))],
            )
        )
        self.told = Label("", 13, 400, "ink2", wrap=True)
        self.add(self.told)
        closes = PickEntry(
            draft,
            ("trip_closes",),
            self.tr("The trip is closed by"),
            [("staff", self.tr("staff")), ("clock", self.tr("the clock"))],
        )
        self._grace = NumberEntry(
            draft, ("trip_grace_minutes",), self.tr("Grace time after the end"), after=self.tr("min")
        )
        self._closing = Flow(closes, self._grace)
        self.add(self._closing)
        self.closes = Label("", 13, 400, "ink2", wrap=True)
        self.add(self.closes)
        draft.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._window.setVisible(self._draft.get(("validity",)) == Validity.DEPARTURE)
        by_clock = self._draft.get(("trip_closes",)) == "clock"
        self._grace.setVisible(by_clock)
        self.closes.setText(
            self.tr("When the grace time is over, who arrived is redeemed and who did not is a no-show.")
            if by_clock
            else self.tr("When it has ended, redeemed and no-shows are proposed, and staff approve them.")
        )
        on_arrival = self._draft.get(("redeem",)) == "on arrival"
        self.told.setText(
            self.tr(
                "Redeemed is final: no refund after that, and the scan cannot be undone once the letter has left."
            )
            if on_arrival
            else self.tr("Until the trip has ended a scan can be undone and a refund is possible.")
        )
