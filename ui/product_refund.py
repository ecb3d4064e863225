"""What goes back when a traveler cancels: tiers by the days before the departure, shown as the bar of the details."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.payments import Tier, tiers_of
from ui import fonts
from ui.details_rows import Stack
from ui.details_tiers import TierBar, tier_spans
from ui.product_draft import Draft
from ui.product_entries import NumberEntry, Section, TextEntry, below_label, remove_button
from ui.widgets.flow import Flow
from ui.widgets.label import Label

_BEFORE_THE_FIRST = 3
"""Days the bar shows before the earliest limit."""


class RefundPart(Section):
    """One row a tier; the bar below is that of an order made now for a departure beyond every limit."""

    def __init__(self, draft: Draft, now: dt.datetime) -> None:
        super().__init__(self.tr("Cancellation"), link=self.tr("Add a limit"))
        self._draft, self._now = draft, now
        self._rows, self._bar = Stack(spacing=fonts.px(8)), Stack()
        self._none = Label(
            self.tr("Nothing goes back once an order is confirmed."), 13, 400, "ink2", wrap=True
        )
        self.add(self._rows)
        self.add(self._none)
        self.add(self._bar)
        self.add(
            Label(
                self.tr("Before we confirm, and whenever the cause is ours, everything goes back."),
                12,
                400,
                "ink3",
                wrap=True,
            )
        )
        self.linked.connect(self._add)
        draft.rebuilt.connect(self._rebuild)
        draft.changed.connect(self._show_bar)
        self._rebuild()
        self._show_bar()

    def _rebuild(self) -> None:
        tiers = self._draft.get(("refund",)) or []
        self._rows.fill(*(self._row(at) for at in range(len(tiers))))
        self._none.setVisible(not tiers)

    def _row(self, at: int) -> QWidget:
        path = ("refund", at)
        days = NumberEntry(
            self._draft, (*path, "until_days"), self.tr("Until") if not at else "", said=self.tr("Days before"),
            after=self.tr("days before"), wide=64,
        )  # fmt: skip
        percent = NumberEntry(
            self._draft, (*path, "percent"), self.tr("Goes back") if not at else "", said=self.tr("Percent"),
            after="%", wide=64,
        )  # fmt: skip
        fee = TextEntry(
            self._draft, (*path, "fee"), self.tr("less a fee of") if not at else "", said=self.tr("Fee"),
            after=str(self._draft.get(("currency",)) or ""), wide=84,
        )  # fmt: skip
        remove = remove_button(self.tr("Remove this limit"), partial(self._draft.remove, path))
        return Flow(days, percent, fee, below_label(remove, not at), spacing=10)

    def _add(self) -> None:
        tiers = self._draft.get(("refund",))
        days = min((t["until_days"] for t in tiers if isinstance(t.get("until_days"), int)), default=8)
        self._draft.add(
            ("refund",), {"until_days": max(0, days - 1), "percent": 50 if tiers else 100, "fee": "0"}
        )

    def _show_bar(self) -> None:
        tiers = _tiers(self._draft.get(("refund",)) or [])
        if not tiers:
            self._bar.fill()
            return
        departs_at = self._now + dt.timedelta(days=max(tier.until_days for tier in tiers) + _BEFORE_THE_FIRST)
        self._bar.fill(TierBar(tier_spans(tiers, self._now, departs_at), self._now))


def _tiers(rows: list[dict[str, Any]]) -> tuple[Tier, ...]:
    """The tiers that can be read already, the earliest limit first."""
    whole = [
        {"until_days": row["until_days"], "percent": row["percent"]}
        for row in rows
        if isinstance(row.get("until_days"), int) and isinstance(row.get("percent"), int)
    ]
    return tiers_of(whole)
