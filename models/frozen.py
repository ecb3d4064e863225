"""What is known of a thing at one moment, kept so that nobody can change it afterwards.

`@frozen` is `dataclass(frozen=True, slots=True)` for those who write and read a class, and works with `field`,
`replace`, `fields` and `asdict`. Python's own writes, compiles and runs six functions for each class; the window needs
some 170 classes before its first numbers, and that was a fifth of its start. Here only `__init__` is compiled, since
things are made by the thousand; what compares, hashes, prints and refuses a change is written once for all.

What only Python's own can do (`order`, `kw_only`, `InitVar`) is asked of Python's own.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class of annotated fields one whose things never change; the methods it writes itself stay."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    of_class = fields(made)
    compared = [one.name for one in of_class if one.compare]
    values = attrgetter(*compared) if compared else _nothing
    methods = _SHARED | {
        "__init__": _init(made, of_class),
        "__eq__": _equal(values),
        "__hash__": _hash(values),
    }
    for name, method in methods.items():
        if cls.__dict__.get(name) is None:  # Python says "no hash" where a class compares in its own way
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]  # slots make another class of it, of the same kind


def _init(cls: type, of_class: Iterable[Field[Any]]) -> Any:
    """The function that takes every field in the order of the class and puts it into its slot."""
    told: dict[str, Any] = {"_put": object.__setattr__, "_unsaid": MISSING}
    wanted, lines = ["self"], []
    for one in of_class:
        name = value = one.name
        if one.default_factory is not MISSING:
            told[f"_make_{name}"] = one.default_factory
            wanted.append(f"{name}=_unsaid")
            value = f"_make_{name}() if {name} is _unsaid else {name}"
        elif one.default is not MISSING:
            told[f"_usual_{name}"] = one.default
            wanted.append(f"{name}=_usual_{name}")
        else:
            wanted.append(name)
        lines.append(f" _put(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(wanted)}):\n" + ("\n".join(lines) or " pass"), told)
    made = told["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {one.name: one.type for one in of_class}
    return made


def _nothing(_: object) -> tuple[()]:
    return ()


def _equal(values: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hash(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    return lambda self: hash(values(self))


def _tell(self: Any) -> str:
    told = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refuse_change(_self: object, name: str, _: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_end(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _pack(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in fields(self)]


def _unpack(self: Any, packed: list[Any]) -> None:
    for one, value in zip(fields(self), packed, strict=True):
        object.__setattr__(self, one.name, value)


_SHARED: dict[str, Any] = {
    "__repr__": _tell,
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_end,
    "__getstate__": _pack,
    "__setstate__": _unpack,
}
