"""The names of the sales channels, and the two letters they are marked with."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.channels import channel_facts
from ui.marking import QT_TRANSLATE_NOOP

# Names of companies are the same in every language; only our own words are translated.
_OURS: dict[str, str] = {
    "direct": QT_TRANSLATE_NOOP("channels", "Direct"),
    "roster": QT_TRANSLATE_NOOP("channels", "Pasted roster"),
}


def channel_name(key: str) -> str:
    """What a person calls the channel."""
    return QCoreApplication.translate("channels", _OURS[key]) if key in _OURS else channel_facts(key).name


def channel_mark(key: str) -> str:
    """The two letters in the frame."""
    return channel_facts(key).mark
