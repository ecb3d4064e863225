"""Says in words what was done about reviews and the codes that thank for them."""

from __future__ import annotations

from ui.marking import QT_TRANSLATE_NOOP

REVIEWS: dict[str, tuple[str, str]] = {
    "review": ("star", QT_TRANSLATE_NOOP("history", "{who} kept the traveler's review")),
    "review-none": ("star", QT_TRANSLATE_NOOP("history", "{who} said that a message is no review")),
    "review-reply": ("star", QT_TRANSLATE_NOOP("history", "{who} answered the review")),
    "reward": ("star", QT_TRANSLATE_NOOP("history", "A reward code was given")),
    "reward-spent": ("star", QT_TRANSLATE_NOOP("history", "A reward code took something off")),
    "reward-revoked": ("star", QT_TRANSLATE_NOOP("history", "The reward code counts no more")),
    "reward-returned": ("star", QT_TRANSLATE_NOOP("history", "What the reward code took off is back on it")),
}
"""A shape and a sentence for each."""
