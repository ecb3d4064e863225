"""The form of a products file, checked before anything is written.

Every key but code, name and an option's name, starts and capacity has a sensible default. An option that
leaves at several times, or differently by season, has `rules` in place of its own starts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from controllers.schedule_form import Form, TimesForm, with_day
from models.frozen import frozen
from models.holidays import is_known
from models.money import digits
from models.products import Confirmation, ConfirmFrom, RedeemWhen, TicketsPer, TripCloses, Validity
from models.refusals import CannotDo
from models.rewards import USUAL_DAYS
from models.schedule import first_clash

Path = tuple[str | int, ...]
"""Where something stands in a file: ('option', 0, 'capacity')."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name} is no time zone; write it like Asia/Seoul") from error
    return name


def _calendar(name: Any) -> Any:
    if isinstance(name, str) and name and not is_known(name):
        raise ValueError(f"there is no holiday calendar {name}; write it like KR or DE-BY")
    return name


def _amount(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError('write amounts in quotes, like "49000"')
    return value


Zone = Annotated[str, BeforeValidator(_zone)]
Amount = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0, max_digits=15)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class _Form(Form, BaseModel):  # BaseModel once more, so that a reader of this file alone knows what it is
    """A part of a products file."""


class KnownAs(_Form):
    """Another name, as one source writes it; without a source every source may."""

    channel: str = Field(default="", max_length=40)
    name: Name


class UnitForm(_Form):
    """Who takes part, how many seats each, at which price."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    was: str = ""
    """What it was called before, so that it stays the same unit."""
    heads: int = Field(default=1, ge=0, le=500)
    price: Amount | None = None
    known_as: list[KnownAs] = []


class OptionForm(TimesForm, _Form):
    """One way to take the product."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    was: str = ""
    """What it was called before, so that it stays the same option."""
    offered: bool = True
    known_as: list[KnownAs] = []
    units: list[UnitForm] = []


class Within(_Form):
    """How long we have to confirm."""

    days: int = Field(default=0, ge=0, le=365)
    hours: int = Field(default=0, ge=0, le=24 * 365)
    from_: ConfirmFrom = Field(default=ConfirmFrom.ORDER, alias="from")


class Admission(_Form):
    """When the gate opens and closes around the departure."""

    opens_minutes_before: int = Field(default=60, ge=0, le=60 * 24 * 30)
    closes_minutes_after: int = Field(default=30, ge=0, le=60 * 24 * 30)


class TierForm(_Form):
    """Until so many days before: so much back."""

    until_days: int = Field(ge=0, le=3650)
    percent: int = Field(default=100, ge=0, le=100)
    fee: Amount = Decimal(0)


class RewardForm(_Form):
    """What a review is thanked with: an amount in the product's currency or a percent, good for so many days."""

    gives: Literal["nothing", "amount", "percent"] = "nothing"
    amount: Amount = Decimal(0)
    percent: int = Field(default=0, ge=0, le=100)
    valid_days: int = Field(default=USUAL_DAYS, ge=1, le=3650)


class ProductForm(_Form):
    """A tour or activity."""

    code: Annotated[str, Field(min_length=1, max_length=80)]
    name: Name
    zone: Zone | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    confirmation: Confirmation = Confirmation.MANUAL
    confirm_within: Within = Within(days=1)
    redeem: RedeemWhen = RedeemWhen.AFTER_TRIP
    tickets: TicketsPer = TicketsPer.RESERVATION
    uses: int = Field(default=1, ge=1, le=1000)
    validity: Validity = Validity.DEPARTURE
    valid_days: int = Field(default=90, ge=0, le=3650)
    valid_from: date | None = None
    valid_until: date | None = Field(default=None, validate_default=True)
    admission: Admission = Admission()
    meeting_point: str = Field(default="", max_length=1000)
    languages: list[Language] = []
    photo: str = ""
    """A picture beside the file; '' leaves the one that is kept."""
    offered: bool = True
    trip_closes: TripCloses = TripCloses.STAFF
    """Who closes a trip that has ended."""
    trip_grace_minutes: int = Field(default=60, ge=0, le=60 * 24 * 30)
    """How long after the end the clock does."""
    comment_hours: int = Field(default=2, ge=0, le=24 * 60)
    reward: RewardForm = RewardForm()
    refund: list[TierForm] = [TierForm(until_days=1, percent=100)]
    known_as: list[KnownAs] = []
    option: list[OptionForm] = []

    @field_validator("valid_until")
    @classmethod
    def _ends(cls, until: date | None, told: ValidationInfo) -> date | None:
        """A ticket for a day or a range needs its last day, and not before its first."""
        kind, first = told.data.get("validity"), told.data.get("valid_from")
        if kind in (Validity.DATE, Validity.RANGE) and until is None:
            raise PydanticCustomError("last-day-missing", "say the last day")
        if until is not None and first is not None and until < first:
            raise PydanticCustomError("ends-before", "the last day is before the first")
        return until

    def gives(self, currency: str) -> dict[str, Any]:
        """What a review is thanked with as it is kept, the amount in minor units."""
        told = self.reward
        minor = int(told.amount.scaleb(digits(currency)))
        kept = {"amount_minor": minor, "percent": told.percent, "valid_days": told.valid_days}
        return {"gives": told.gives, **kept}

    def tiers(self, currency: str) -> list[dict[str, int]]:
        """The refund tiers as they are kept, fees in minor units."""
        return [
            {
                "until_days": t.until_days,
                "percent": t.percent,
                "fee_minor": int(t.fee.scaleb(digits(currency))),
            }
            for t in self.refund
        ]


class ClosedDayForm(_Form):
    """A day on which the office is closed; a mere date has no name."""

    day: date
    name: str = Field(default="", max_length=200)


class OperatorForm(_Form):
    """The company at the desk. `holidays` is the calendar it observes: "KR", "DE-BY", "" for none."""

    name: str = Field(default="", max_length=200)
    contact: str = Field(default="", max_length=400)
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "KR"
    zone: Zone = "Asia/Seoul"
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "KRW"
    holidays: Annotated[str, BeforeValidator(_calendar)] = ""
    closed_days: list[Annotated[ClosedDayForm, BeforeValidator(with_day)]] = []


class ColumnForm(_Form):
    """A heading of a channel's file that the adapter does not know yet."""

    channel: str
    header: Annotated[str, Field(min_length=1, max_length=200)]
    field: Annotated[str, Field(min_length=1, max_length=40)]


class ProductsFile(_Form):
    """A whole products file."""

    operator: OperatorForm | None = None
    product: list[ProductForm] = []
    column: list[ColumnForm] = []


def read_products(file: str, data: bytes) -> ProductsFile:
    """A products file, or CannotDo("products-not-readable") that says where it is wrong."""
    try:
        told = data.decode("utf-8-sig")
        if "\0" in told or "\\u0000" in told:
            raise CannotDo("products-not-readable", file=file, why="it holds characters that are no text")
        form = ProductsFile.model_validate(tomllib.loads(told))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotDo("products-not-readable", file=file, why=str(error)) from error
    except ValidationError as error:
        first = _faults(error)[0]
        raise CannotDo("products-not-readable", file=file, why=f"{first.where}: {first.words}") from error
    codes = _repeated(("product",), [product.code for product in form.product])
    names = (twice for product in form.product for twice in _twice(product))
    for _, name in (*codes, *names):
        raise CannotDo("products-not-readable", file=file, why=f"{name} stands there twice")
    for product in form.product:
        for clash in _clashes(product):
            raise CannotDo("products-not-readable", file=file, why=f"{product.code}: {clash.words}")
    return form


@frozen
class Fault:
    """One thing that is wrong: where, a stable code with its facts, and the same in English."""

    path: Path
    code: str
    facts: tuple[tuple[str, str], ...]
    words: str

    @property
    def where(self) -> str:
        """'option 2 units 1 price'."""
        return " ".join(str(step if isinstance(step, str) else step + 1) for step in self.path)


def faults_of(content: dict[str, Any]) -> tuple[Fault, ...]:
    """What is wrong with one product, written as in a products file; nothing is wrong with an empty answer."""
    try:
        form = ProductForm.model_validate(content)
    except ValidationError as error:
        return _faults(error)
    twice = (
        Fault(path, "twice", (("name", name),), f"{name} stands there twice") for path, name in _twice(form)
    )
    return (*twice, *_clashes(form))


def product_form(content: dict[str, Any]) -> ProductForm:
    """One product, written as in a products file. Raises CannotDo("product-wrong") with the first fault."""
    faults = faults_of(content)
    if faults:
        raise CannotDo("product-wrong", field=faults[0].where, why=faults[0].words, faults=faults)
    return ProductForm.model_validate(content)


def _twice(form: ProductForm) -> Iterator[tuple[Path, str]]:
    """What must be called differently and is not: a product's options, an option's units."""
    yield from _repeated(("option",), [option.name for option in form.option])
    for at, option in enumerate(form.option):
        yield from _repeated(("option", at, "units"), [unit.name for unit in option.units])


def _clashes(form: ProductForm) -> Iterator[Fault]:
    """Rules of one option that leave at the same time of some day."""
    for at, option in enumerate(form.option):
        clash = first_clash(option.schedules)
        if clash is not None:
            rule, starts = option.place_of(clash), f"{option.schedules[clash].starts:%H:%M}"
            words = f"two rules leave at {starts} on the same days"
            yield Fault(("option", at, *rule), "rules-clash", (("starts", starts),), words)


def _repeated(path: Path, names: list[str]) -> Iterator[tuple[Path, str]]:
    for at, name in enumerate(names):
        if name in names[:at]:
            yield (*path, at, "name"), name


def _faults(error: ValidationError) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            tuple(one["loc"]),
            one["type"],
            tuple((name, str(told)) for name, told in one.get("ctx", {}).items()),
            one["msg"],
        )
        for one in error.errors(include_url=False)
    )
