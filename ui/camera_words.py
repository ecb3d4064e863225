"""Says how a camera is doing: its name, how many pictures come, how light it is, and what to do when none comes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from controllers.scanning.watch import Standing, State
from models.light import Light, light_of
from ui.marking import QT_TRANSLATE_NOOP

_PICTURES = QT_TRANSLATE_NOOP("camera", "{count} pictures a second")
_LIGHT = {
    Light.DARK: QT_TRANSLATE_NOOP("camera", "too dark"),
    Light.DIM: QT_TRANSLATE_NOOP("camera", "light low"),
    Light.GOOD: QT_TRANSLATE_NOOP("camera", "light good"),
    Light.GLARING: QT_TRANSLATE_NOOP("camera", "too bright"),
}
_HINTS = {
    Light.DARK: QT_TRANSLATE_NOOP("camera", "Too dark to read a code: more light, please"),
    Light.DIM: QT_TRANSLATE_NOOP("camera", "Hold the code inside the corners, nearer to the light"),
    Light.GOOD: QT_TRANSLATE_NOOP("camera", "Hold the code inside the corners"),
    Light.GLARING: QT_TRANSLATE_NOOP("camera", "Too bright to read a code: turn away from the light"),
}
_NAMELESS = {
    State.MISSING: QT_TRANSLATE_NOOP(
        "camera", "No camera is plugged in. When one is, it is found by itself."
    ),
    State.STARTING: QT_TRANSLATE_NOOP("camera", "The camera is starting…"),
}
_STATES = {
    State.OFF: QT_TRANSLATE_NOOP("camera", "The camera is off."),
    State.STARTING: QT_TRANSLATE_NOOP("camera", "{name} is starting…"),
    State.SEES: QT_TRANSLATE_NOOP("camera", "{name} is on."),
    State.MISSING: QT_TRANSLATE_NOOP(
        "camera", "{name} is not plugged in. When it is, it is found by itself."
    ),
    State.TAKEN: QT_TRANSLATE_NOOP(
        "camera", "{name} gives no picture. Another program may be using it; it is tried again every second."
    ),
    State.LOST: QT_TRANSLATE_NOOP(
        "camera", "{name} was pulled out. Plug it in again: it is found by itself."
    ),
}


def standing_words(standing: Standing, *, named: bool = True) -> str:
    """While it sees: 'HD Webcam, 24 pictures a second, light good'; without the name where there is no room."""
    parts = [standing.name] if named else []
    if standing.a_second:
        parts.append(_say(_PICTURES).format(count=standing.a_second))
    if standing.light is not None:
        parts.append(_say(_LIGHT[light_of(standing.light)]))
    return ", ".join(parts)


def hint_words(standing: Standing) -> str:
    """What the guest should do."""
    return _say(_HINTS[light_of(standing.light) if standing.light is not None else Light.GOOD])


def state_words(standing: Standing) -> str:
    """While there is no picture: why, and what to do."""
    words = _NAMELESS.get(standing.state) if not standing.name else None
    return _say(words or _STATES[standing.state]).format(name=standing.name)


def _say(words: str) -> str:
    return QCoreApplication.translate("camera", words)
