"""The preview of a scan asks the gate's own rule, at the moments where its answer changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.checkin import Kind
from models.products import RedeemWhen, TicketsPer, Validity
from models.reservations import Status
from models.scan_preview import Case, GateRules, day_at_the_gate, gate_facts, judge

SEOUL = ZoneInfo("Asia/Seoul")
DAY = date(2027, 2, 1)
LEAVES = datetime(2027, 2, 1, 10, 0, tzinfo=SEOUL)
RULES = GateRules(
    "Asia/Seoul", RedeemWhen.AFTER_TRIP, TicketsPer.RESERVATION, 1, Validity.DEPARTURE, 90, None, None, 60, 30
)
WALK = Case(departs_at=LEAVES)


def strip(rules: GateRules, case: Case, day: date = DAY) -> list[tuple[str, Kind]]:
    spans = day_at_the_gate(rules, case, day)
    return [(f"{span.start.astimezone(SEOUL):%H:%M}", span.verdict.kind) for span in spans]


def test_a_day_opens_and_closes_around_the_departure() -> None:
    expected = [("00:00", Kind.TOO_EARLY), ("09:00", Kind.ADMIT), ("10:30", Kind.TOO_LATE)]
    assert strip(RULES, WALK) == expected


def test_the_strip_says_at_every_minute_what_the_gate_says() -> None:
    spans = day_at_the_gate(RULES, WALK, DAY)
    start = datetime(2027, 1, 31, 15, 0, tzinfo=UTC)
    assert spans[0].start == start
    assert spans[-1].end == start + timedelta(days=1)
    for minute in range(24 * 60):
        at = start + timedelta(minutes=minute, seconds=30)
        said = next(span.verdict for span in spans if span.start <= at < span.end)
        assert said == judge(RULES, WALK, at)


def test_another_day_is_one_answer() -> None:
    assert strip(RULES, WALK, date(2027, 2, 2)) == [("00:00", Kind.OTHER_DAY)]


def test_a_window_over_midnight_opens_the_evening_before() -> None:
    night = replace(RULES, opens_minutes_before=120)
    leaves = Case(departs_at=datetime(2027, 2, 2, 0, 30, tzinfo=SEOUL))
    assert strip(night, leaves) == [("00:00", Kind.TOO_EARLY), ("22:30", Kind.ADMIT)]


def test_days_from_purchase_end_on_their_last_day() -> None:
    rules = replace(RULES, validity=Validity.OPEN, valid_days=2)
    bought = Case(bought_at=datetime(2027, 1, 30, 23, 0, tzinfo=SEOUL))
    assert strip(rules, bought, date(2027, 2, 1)) == [("00:00", Kind.ADMIT)]
    assert strip(rules, bought, date(2027, 2, 2)) == [("00:00", Kind.OUT_OF_DATE)]


@pytest.mark.parametrize(
    ("case", "rules", "kind"),
    [
        (replace(WALK, status=Status.UNCONFIRMED), {}, Kind.NOT_CONFIRMED),
        (replace(WALK, balance_minor=24_000), {}, Kind.COLLECT),
        (replace(WALK, arrived=1), {}, Kind.PARTLY_IN),
        (replace(WALK, arrived=2), {}, Kind.USED),
        (replace(WALK, arrived=2), {"redeem": RedeemWhen.ON_ARRIVAL}, Kind.USED),
        (replace(WALK, arrived=2), {"uses": 3}, Kind.ADMIT),
        (replace(WALK, visits=3), {"uses": 3}, Kind.NO_USES_LEFT),
        (replace(WALK, arrived=1), {"tickets": TicketsPer.PERSON}, Kind.USED),
    ],
)
def test_what_the_ticket_is_decides(case: Case, rules: dict[str, object], kind: Kind) -> None:
    assert judge(replace(RULES, **rules), case, LEAVES).kind is kind  # type: ignore[arg-type]


def test_a_ticket_for_each_person_lets_in_one() -> None:
    assert gate_facts(replace(RULES, tickets=TicketsPer.PERSON), WALK).heads == 1
    assert judge(RULES, WALK, LEAVES).admit == 2
