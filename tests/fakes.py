"""Stand-ins for what a test cannot ask of the real world; each has a name and remembers what it was told.

They stand only at the edges: the clock, and later the mail carrier, the camera and the serial port.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class StillClock:
    """A clock on the wall that stands until somebody moves its hands; `shown` is every time it has shown."""

    def __init__(self, at: datetime) -> None:
        self.shown = [at.astimezone(UTC)]

    def __call__(self) -> datetime:
        return self.shown[-1]

    def set(self, at: datetime) -> None:
        """Moves the hands to a time."""
        self.shown.append(at.astimezone(UTC))

    def forward(self, **span: float) -> None:
        """Moves the hands on: `forward(minutes=5)`."""
        self.set(self() + timedelta(**span))
