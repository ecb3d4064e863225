"""Links the entries of one counter into a chain, so that a changed or missing entry shows.

Each entry's hash covers the hash before it. The counter keeps the head of its chain, so a cut
tail shows as well. Nothing personal goes in: names of fields, and keyed digests of their values.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from models.frozen import frozen


@frozen
class Entry:
    """One entry before it is linked: `subject` is 'reservation:17', `action` a verb, `details` facts."""

    subject: str
    action: str
    details: Mapping[str, Any]


def canonical_time(at: datetime) -> str:
    """An instant as the journal writes it: UTC, microseconds, always the same length."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


_canonical = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str).encode


def canonical(details: Mapping[str, Any]) -> str:
    """Facts as one text that is the same on every database."""
    return _canonical(details)


def link(
    previous_hash: str,
    counter_id: int,
    seq: int,
    at: str,
    staff_id: int | None,
    subject: str,
    action: str,
    details: str,
) -> str:
    """The hash of one entry, over itself and the one before. No part holds a line break, so none can be shifted."""
    told = "\n".join((previous_hash, str(counter_id), str(seq), at, str(staff_id), subject, action, details))
    return hashlib.sha256(told.encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What was changed, as the journal tells it: each field's value before and after, None where there was none."""
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return {
        "fields": names,
        "before": {name: before.get(name) for name in names},
        "after": {name: after.get(name) for name in names},
    }


def keyed_digest(secret: bytes, value: object) -> str:
    """A personal value as the journal may hold it: comparable, not readable. Any text has one, also half a sign."""
    return hmac.new(secret, str(value).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:24]
