"""How a products file writes when an option leaves: by one rule of its own, or by several.

starts = "14:00"                                  # every day
starts = ["10:00", "14:00"]                       # twice a day
rules = [
  { starts = ["10:00", "14:00"], season = [2027-04-01, 2027-10-31] },
  { starts = "11:00", weekdays = ["sat", "sun"], capacity = 30, season = [2027-11-01, ""] },
]
exceptions = [2027-02-06, { day = 2027-09-25, starts = "10:00", reason = "Moon festival" }]
"""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from models.schedule import EVERY_DAY, MOST_SEATS, Schedule, Skipped, mask_of

T = TypeVar("T")


def _clock(text: Any) -> Any:
    return text.strftime("%H:%M") if isinstance(text, time) else text


def _several(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else [value]


def with_day(value: Any) -> Any:
    """A mere date is the day of what else could be told of it."""
    return value if isinstance(value, dict) else {"day": value}


def _open_end(value: Any) -> Any:
    return None if value == "" else value


Clock = Annotated[str, BeforeValidator(_clock), Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Clocks = Annotated[
    Annotated[list[Clock], Field(min_length=1, max_length=200)] | None, BeforeValidator(_several)
]
Seats = Annotated[int, Field(ge=0, le=MOST_SEATS)]
Minutes = Annotated[int, Field(ge=1, le=60 * 24 * 30)]
Weekdays = Annotated[
    list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1, max_length=7)
]
SeasonEnd = Annotated[date | None, BeforeValidator(_open_end)]
Season = Annotated[list[SeasonEnd], Field(min_length=2, max_length=2)]


class Form(BaseModel):
    """A part of a products file: keys nobody knows are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RuleForm(Form):
    """When an option leaves again and again; a length or capacity that is left out is the option's."""

    starts: Clocks = Field(default=None, validate_default=True)
    minutes: Minutes | None = None
    capacity: Seats | None = None
    weekdays: Weekdays | None = None
    season: Season | None = None

    @field_validator("starts")
    @classmethod
    def _leaves(cls, starts: list[str] | None) -> list[str]:
        if starts is None:
            raise PydanticCustomError("missing", "say when it leaves")
        return starts

    @field_validator("season")
    @classmethod
    def _ends(cls, season: list[date | None] | None) -> list[date | None] | None:
        return _ends_after_it_begins(season)

    @property
    def times(self) -> list[str]:
        """The start times, at least one."""
        return self.starts or []


class ExceptionForm(Form):
    """A day on which the rules do not run, or only nothing leaves at some of its times."""

    day: date
    starts: Clocks = None
    reason: str = Field(default="", max_length=1000)


class TimesForm(Form):
    """When an option leaves. The order matters: what comes later is checked beside what came before."""

    rules: list[RuleForm] | None = None
    starts: Clocks = Field(default=None, validate_default=True)
    capacity: Seats | None = Field(default=None, validate_default=True)
    minutes: Minutes = 60
    weekdays: Weekdays | None = None
    season: Season | None = None
    exceptions: list[Annotated[ExceptionForm, BeforeValidator(with_day)]] = []

    @field_validator("starts")
    @classmethod
    def _leaves(cls, starts: list[str] | None, told: ValidationInfo) -> list[str] | None:
        if starts is None and told.data.get("rules", ()) is None:
            raise PydanticCustomError("missing", "say when it leaves: starts, or rules")
        return _not_beside_rules(starts, told)

    @field_validator("capacity")
    @classmethod
    def _seats(cls, capacity: int | None, told: ValidationInfo) -> int | None:
        rules = told.data.get("rules", ())
        if capacity is None and (rules is None or any(rule.capacity is None for rule in rules)):
            raise PydanticCustomError("missing", "say how many seats there are")
        return capacity

    @field_validator("weekdays")
    @classmethod
    def _days(cls, weekdays: list[str] | None, told: ValidationInfo) -> list[str] | None:
        return _not_beside_rules(weekdays, told)

    @field_validator("season")
    @classmethod
    def _ends(cls, season: list[date | None] | None, told: ValidationInfo) -> list[date | None] | None:
        return _not_beside_rules(_ends_after_it_begins(season), told)

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """The rules, one for each time at which it leaves."""
        return tuple(self._schedule(rule, starts) for rule in self._rules for starts in rule.times)

    @property
    def skipped(self) -> dict[date, Skipped]:
        """The days on which the rules do not run, and why; what is told twice of a day counts together."""
        found: dict[date, Skipped] = {}
        for one in self.exceptions:
            starts, before = frozenset(map(time.fromisoformat, one.starts or ())), found.get(one.day)
            if before is None:
                found[one.day] = Skipped(starts, one.reason)
                continue
            whole_day = not starts or not before.starts
            reasons = dict.fromkeys(reason for reason in (before.reason, one.reason) if reason)
            found[one.day] = Skipped(
                frozenset() if whole_day else starts | before.starts, "; ".join(reasons)[:1000]
            )
        return found

    def place_of(self, schedule: int) -> tuple[str | int, ...]:
        """Where in the form a schedule is written: ('rules', 1, 'starts')."""
        owners = [at for at, rule in enumerate(self._rules) for _ in rule.times]
        return ("starts",) if self.rules is None else ("rules", owners[schedule], "starts")

    @property
    def _rules(self) -> list[RuleForm]:
        if self.rules is not None:
            return self.rules
        return [RuleForm.model_construct(starts=self.starts, weekdays=self.weekdays, season=self.season)]

    def _schedule(self, rule: RuleForm, starts: str) -> Schedule:
        first, last = rule.season or (None, None)
        return Schedule(
            starts=time.fromisoformat(starts),
            minutes=self.minutes if rule.minutes is None else rule.minutes,
            capacity=(self.capacity or 0) if rule.capacity is None else rule.capacity,
            weekdays=mask_of(rule.weekdays) if rule.weekdays else EVERY_DAY,
            season_from=first,
            season_until=last,
        )


def _ends_after_it_begins(season: list[date | None] | None) -> list[date | None] | None:
    first, last = season or (None, None)
    if first is not None and last is not None and last < first:
        raise PydanticCustomError("ends-before", "the season ends before it begins")
    return season


def _not_beside_rules(value: T | None, told: ValidationInfo) -> T | None:
    if value is not None and told.data.get("rules") is not None:
        raise PydanticCustomError("in-rules", "with rules, this stands in each rule")
    return value
