"""Asks why somebody is let in outside of their time: kept with the scan and in the journal."""

from __future__ import annotations

from ui.hold import OrderReasonDialog


class ForceDialog(OrderReasonDialog):
    """A reason overrules the clock, never a cancelled order or a used ticket."""

    def title(self) -> str:
        return self.tr("Let in {number} outside its time?").format(number=self.row.number)

    def why(self) -> str:
        return self.tr("Why? The reason is kept with the scan, and managers read it.")

    def button(self) -> str:
        return self.tr("Let in")

    def drafts(self) -> tuple[str, ...]:
        return (
            self.tr("The guide waits for them"),
            self.tr("Our own delay"),
            self.tr("Seats are free, the guide agrees"),
            self.tr("The channel told them another time"),
        )
