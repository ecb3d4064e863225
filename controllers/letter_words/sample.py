"""An invented traveler, for whoever writes words of a letter before anybody has reserved."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from controllers.letter_words.facts import departure_words
from controllers.letter_words.spoken import day_words, moment_words, money_words
from models.money import Money
from models.tables import Operator

_PEOPLE = {
    "en": (
        "Anna Sample",
        "Tea House Walk",
        "Afternoon",
        "At the blue gate",
        "Adult × 2",
        "Kim",
        "The river is high.",
    ),
    "ko": ("김예시", "찻집 산책", "오후", "파란 대문 앞", "성인 × 2", "이보기", "강물이 불었습니다."),
    "zh-TW": ("範例小美", "茶館散步", "下午", "藍色大門前", "成人 × 2", "林示範", "河水上漲。"),
    "ja": ("見本花子", "茶屋さんぽ", "午後", "青い門の前", "大人 × 2", "例田", "川が増水しています。"),
}


def sample_facts(look: Connection, language: str, now: datetime) -> dict[str, str]:
    """Something for every placeholder: of nobody, on a tour that does not exist."""
    operator = look.execute(select(Operator.name, Operator.contact, Operator.zone, Operator.currency)).one()
    here = now.astimezone(ZoneInfo(operator.zone or "UTC"))
    at = (here + timedelta(days=30)).replace(hour=9, minute=30, second=0, microsecond=0)
    person, product, option, place, party, guide, reason = _PEOPLE.get(language, _PEOPLE["en"])
    price, part = (money_words(Money(n, operator.currency), language) for n in (75_000, 30_000))
    return {
        "traveler": person,
        "product": product,
        "option": option,
        **departure_words(at, language),
        "before": moment_words(at - timedelta(days=1), language),
        "party": party,
        "meeting_point": place,
        "guide": guide,
        "number": "CF-00000",
        "reference": "SAMPLE-1",
        "channel": "Example",
        "amount": price,
        "paid": part,
        "due": part,
        "pay_until": moment_words(at - timedelta(days=20), language),
        "refund": price,
        "refund_from": day_words((here + timedelta(days=3)).date(), language),
        "refund_until": day_words((here + timedelta(days=7)).date(), language),
        "refund_done": price,
        "refund_done_on": day_words(here.date(), language),
        "refund_reference": "R-1",
        "reason": reason,
        "cause_ours": "yes",
        "reward_code": "SAMPLE",
        "review_address": "https://example.com/comments",
        "words": reason,
        "operator": operator.name or "Example Tours",
        "contact": operator.contact or "help@example.com",
    }
