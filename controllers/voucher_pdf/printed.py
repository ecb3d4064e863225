"""A finished PDF, as everybody hands it on who prints something."""

from __future__ import annotations

from models.frozen import frozen


@frozen
class Printed:
    """A PDF, and what no font had: drawn as a replacement mark, in order of appearance.

    `height` is the tallest page's, in points: what a printer with a roll is told.
    """

    pdf: bytes
    missing: tuple[str, ...] = ()
    pages: int = 0
    height: float = 0.0
