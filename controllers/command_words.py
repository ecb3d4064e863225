"""Writes a command's answer as lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def lines_of(told: Any) -> Iterator[str]:
    """The answer, one fact or one row a line."""
    if isinstance(told, list):
        for one in told:
            yield _row(one) if isinstance(one, dict) else str(one)
            if isinstance(one, dict) and isinstance(one.get("options"), list):
                yield from _departures(one["options"])
        if not told:
            yield "Nothing."
    elif isinstance(told, dict) and "files" in told:
        for one in told["files"]:
            yield from _file(one)
    elif isinstance(told, dict):
        yield from _facts(told)


def _file(one: dict[str, Any]) -> Iterator[str]:
    """What became of a file of orders: how many, and each row that somebody may have to look at."""
    if "code" in one:
        yield f"{one['file']}: {one['message']} [{one['code']}]"
        return
    changed, refused = one["changed"], one["refused"]
    counts = (
        f"taken {one['taken']}, changed {len(changed)}, unchanged {one['unchanged']}, refused {len(refused)}"
    )
    yield f"{one['file']}, {one['channel']}: {counts}"
    for each in changed:
        yield f"  {each['reference']} changed: {', '.join(each['fields'])}"
    for each in refused:
        yield (
            "  "
            + " ".join(word for word in (f"row {each['row']}", each["reference"]) if word)
            + f": {each['reason']}"
        )


def _row(one: dict[str, Any]) -> str:
    if "message" in one and "refused" in one:
        return f"{one.get('reference', '')}: {one['message']} [{one['refused']}]"
    return "  ".join(
        _word(value) for key, value in one.items() if key not in _QUIET and value not in (None, "")
    )


def _departures(options: list[dict[str, Any]]) -> Iterator[str]:
    """The options of a product, a rule a line: 'Sunset  17:40  90 min  40 seats  every day  until 2027-03-31'."""
    for option in options:
        name = option["name"] if option["offered"] else f"{option['name']} (not offered)"
        for rule in option["rules"]:
            days = "every day" if len(rule["weekdays"]) == 7 else " ".join(rule["weekdays"])
            first, last = rule["season"]
            season = "  ".join([*([f"from {first}"] if first else []), *([f"until {last}"] if last else [])])
            told = (name, rule["starts"], f"{rule['minutes']} min", f"{rule['capacity']} seats", days, season)
            yield "  " + "  ".join(word for word in told if word)
        if not option["rules"]:
            yield f"  {name}  no times"
        if option["exceptions"]:
            yield f"  {name}  not on {', '.join(option['exceptions'])}"


_QUIET = frozenset({"options", "scan_id", "unmatched_reason", "confirm_by", "via"})


def _facts(told: dict[str, Any], indent: str = "") -> Iterator[str]:
    for key, value in told.items():
        name = key.replace("_", " ")
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{name}:"
            for one in value:
                yield f"{indent}  - {_row(one)}"
        elif isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _facts(value, indent + "  ")
        elif value not in (None, "", []):
            yield f"{indent}{name}: {_word(value)}"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_word(one) for one in value)
    if isinstance(value, dict):
        facts = (
            (key.replace("_", " "), _word(one)) for key, one in value.items() if one not in (None, "", [])
        )
        return ", ".join(f"{name} {word}" for name, word in facts)
    return str(value)
