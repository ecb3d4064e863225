"""Says of a camera's picture whether there is light enough to read a code in it."""

from __future__ import annotations

import enum

DARK, DIM, GLARING = 30, 60, 225
"""Mean brightness, 0 to 255; measured on vouchers held up: below 30 hardly any is read, below 60 fewer are."""


class Light(enum.StrEnum):
    """How light a picture is."""

    DARK = "dark"
    DIM = "dim"
    GOOD = "good"
    GLARING = "glaring"


def light_of(brightness: int) -> Light:
    """The light that a mean brightness means."""
    if brightness < DARK:
        return Light.DARK
    if brightness < DIM:
        return Light.DIM
    return Light.GLARING if brightness > GLARING else Light.GOOD
