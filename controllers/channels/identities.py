"""Who sold an order: the channels' names as other systems write them, and the forms of their numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from controllers.channels.raw import RowRefused
from controllers.channels.text import fold, line

_NAMES = {
    "kkday": ("kkday", "kkday marketplace", "케이케이데이", "酷遊天", "酷游天"),
    "klook": ("klook", "klook travel", "클룩", "客路"),
    "getyourguide": (
        "getyourguide",
        "get your guide",
        "gyg",
        "getyourguide.com",
        "겟유가이드",
        "겟유어가이드",
    ),
    "viator": ("viator", "viator.com", "tripadvisor", "비아토르", "바이에이터"),
    "myrealtrip": ("myrealtrip", "my real trip", "mrt", "마이리얼트립", "마리트"),
    "direct": ("direct", "다이렉트", "직접", "자체"),
    "trip-com": ("trip.com", "ctrip", "트립닷컴", "携程"),
    "zoomzoom": ("zoomzoom", "줌줌", "줌줌투어"),
    "waug": ("waug", "와그"),
}
_CHANNELS = {fold(name): channel for channel, names in _NAMES.items() for name in names}


@lru_cache(maxsize=512)
def channel_of(name: str) -> str:
    """The channel's own key for a name another system uses; an unknown name becomes a key of its own."""
    known = _CHANNELS.get(fold(name))
    return known or re.sub(r"[^\w]+|_", "-", fold(name)).strip("-")[:40].strip("-")


def reference_of(text: str) -> str:
    """The channel's number as written, refusing the row without one."""
    reference = line(text, 120).lstrip("#").strip()
    if not any(letter.isalnum() for letter in reference):
        raise RowRefused("reference-missing")
    return reference


def viator_number(text: str) -> str:
    """Viator's number always with its BR-, however the sender shortened it."""
    reference = reference_of(text)
    return f"BR-{reference}" if reference.isdecimal() else reference


def safe_reference(text: str) -> str:
    """A number to show beside a row that cannot be read: '' where it could be something personal."""
    found = re.fullmatch(r"#?(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,39}", line(text).upper())
    return found.group().lstrip("#") if found else ""
