"""Says what the program knows in the words of the person at the desk, in the language of the screen."""

from ui.wording.channels import channel_mark, channel_name
from ui.wording.dates import (
    clock,
    countdown,
    day_and_time,
    day_range,
    day_word,
    duration,
    long_day,
    month_name,
    short_day,
    time_left,
    weekday,
)
from ui.wording.numbers import (
    amount_digits,
    coin_sign,
    money_words,
    number_words,
    party_units,
    party_words,
    percent,
)
from ui.wording.refusals import refusal
from ui.wording.statuses import status_word, verb_word
from ui.wording.verdicts import VerdictWords, verdict_name, verdict_words

__all__ = [
    "VerdictWords",
    "amount_digits",
    "channel_mark",
    "channel_name",
    "clock",
    "coin_sign",
    "countdown",
    "day_and_time",
    "day_range",
    "day_word",
    "duration",
    "long_day",
    "money_words",
    "month_name",
    "number_words",
    "party_units",
    "party_words",
    "percent",
    "refusal",
    "short_day",
    "status_word",
    "time_left",
    "verb_word",
    "verdict_name",
    "verdict_words",
    "weekday",
]
