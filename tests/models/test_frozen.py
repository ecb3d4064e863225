"""What is frozen behaves as Python's own frozen dataclass with slots does, whatever is asked of it."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, replace
from typing import Any

import pytest

from models.frozen import frozen

MAKERS = {"ours": frozen, "Python's own": dataclass(frozen=True, slots=True)}


@frozen
class Seat:
    """At the top of a module, so that it can be packed."""

    row: int
    letters: list[str] = field(default_factory=list)


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Any:
    return MAKERS[request.param]


def _guest(make: Callable[[type], Any]) -> Any:
    @make
    class Guest:
        """Somebody who comes."""

        name: str
        party: int = 1
        notes: list[str] = field(default_factory=list)
        phone: str = field(default="", repr=False, compare=False)

    return Guest


def test_a_thing_takes_its_fields_in_order_or_by_name(make: Callable[[type], Any]) -> None:
    guest = _guest(make)
    assert astuple(guest("Kim")) == ("Kim", 1, [], "")
    assert astuple(guest("Kim", phone="010", notes=["late"])) == ("Kim", 1, ["late"], "010")
    assert guest("Kim").notes is not guest("Lee").notes
    for wrong in ((), ("Kim", 1, [], "", "more")):
        with pytest.raises(TypeError):
            guest(*wrong)
    with pytest.raises(TypeError):
        guest("Kim", age=3)


def test_nothing_of_it_can_be_changed_or_deleted(make: Callable[[type], Any]) -> None:
    kim = _guest(make)("Kim")
    for name in ("name", "party"):
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(kim, name, "Lee")
        with pytest.raises(FrozenInstanceError, match=f"cannot delete field '{name}'"):
            delattr(kim, name)
    assert kim.name == "Kim"
    assert not hasattr(kim, "__dict__")


def test_things_of_one_class_with_the_same_values_are_the_same(make: Callable[[type], Any]) -> None:
    guest, other = _guest(make), _guest(make)
    assert guest("Kim", 2, phone="010") == guest("Kim", 2, phone="020")
    assert guest("Kim", 2) != guest("Kim", 3)
    assert guest("Kim") != other("Kim")
    assert guest("Kim") != "Kim"


def test_it_is_a_key_where_its_values_are(make: Callable[[type], Any]) -> None:
    @make
    class Place:
        row: int
        letter: str
        price: int = field(default=0, compare=False)

    assert {Place(1, "A", 5): "window"}[Place(1, "A", 9)] == "window"
    with pytest.raises(TypeError, match="unhashable"):
        hash(_guest(make)("Kim"))


def test_it_prints_what_may_be_printed(make: Callable[[type], Any]) -> None:
    told = repr(_guest(make)("Kim", 2, phone="010"))
    assert told.endswith("Guest(name='Kim', party=2, notes=[])")


def test_one_like_it_is_made_with_another_value(make: Callable[[type], Any]) -> None:
    kim = _guest(make)("Kim", notes=["late"])
    assert asdict(replace(kim, party=4)) == {"name": "Kim", "party": 4, "notes": ["late"], "phone": ""}
    assert [one.name for one in fields(kim)] == ["name", "party", "notes", "phone"]


def test_it_is_taken_apart_by_the_order_of_its_fields(make: Callable[[type], Any]) -> None:
    match _guest(make)("Kim", 3):
        case object(__class__=cls) if cls.__match_args__ == ("name", "party", "notes", "phone"):
            pass
        case _:
            raise AssertionError("it cannot be matched by position")


def test_who_asks_how_it_is_made_is_told(make: Callable[[type], Any]) -> None:
    told = inspect.signature(_guest(make))
    assert list(told.parameters) == ["name", "party", "notes", "phone"]
    assert told.parameters["name"].default is inspect.Parameter.empty
    assert told.parameters["party"].default == 1


def test_what_a_class_writes_itself_stays(make: Callable[[type], Any]) -> None:
    @make
    class Code:
        text: str

        def __post_init__(self) -> None:
            if not self.text:
                raise ValueError("empty")

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and self.text.upper() == other.text.upper()

        def __repr__(self) -> str:
            return "a code"

    assert Code("ab") == Code("AB")
    assert repr(Code("ab")) == "a code"
    assert hash(Code("ab")) == hash(Code("ab"))
    with pytest.raises(ValueError, match="empty"):
        Code("")


def test_a_kind_of_it_has_the_fields_of_both(make: Callable[[type], Any]) -> None:
    guest = _guest(make)

    @make
    class Child(guest):  # type: ignore[misc, valid-type]  # the class is made by the test
        age: int = 3

    anna = Child("Anna", age=5)
    assert (anna.name, anna.party, anna.age) == ("Anna", 1, 5)
    assert anna != guest("Anna")
    assert not hasattr(anna, "__dict__")


def test_one_without_fields_is_the_same_as_another(make: Callable[[type], Any]) -> None:
    @make
    class Nothing:
        pass

    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_it_can_be_copied_and_packed(again: Callable[[Seat], Seat]) -> None:
    seat = Seat(4, ["A", "B"])
    assert again(seat) == seat
    with pytest.raises(FrozenInstanceError):
        again(seat).row = 5  # type: ignore[misc]  # what is refused here is the test
