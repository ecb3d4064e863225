"""Whatever bytes come, the answer is orders or a refusal in words, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controllers.channels import ADAPTERS, Adapter, adapter_named, open_document, recognise
from models.orders import Order, RefusedRow
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES

FILES = Path(__file__).resolve().parent.parent / "fixtures" / "channels"
CONTENTS = [path.read_bytes() for path in sorted(FILES.iterdir())]

# What breaks readers: marks of the formats, numbers beyond any use, halves of letters.
ODD = (
    b'" , \n \r\n \x00 \t { [ null -1 1e99999 1e-99999 NaN \\ud800 \\u0000 99/99/9999 \xff\xfe \x80 2026-12-05'.split(
        b" "
    ),
    [b"9" * 40, "가".encode(), b""],
)
PIECES = st.one_of(st.sampled_from([piece for pieces in ODD for piece in pieces]), st.binary(max_size=8))
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), PIECES), min_size=1, max_size=8)
KEYS = st.one_of(st.none(), st.sampled_from(sorted(ADAPTERS)))


def changed(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, piece in changes:
        start = place % (len(content) + 1)
        content = content[:start] + piece + content[start + length :]
    return content


def read(data: bytes, key: str | None) -> None:
    try:
        document = open_document("file", data)
        adapter: Adapter = recognise(document) if key is None else adapter_named(key)
        raws = list(adapter.rows(document))
    except CannotDo as refused:
        refusal: CannotDo | None = refused
        raws = []
    else:
        refusal = None
    assert refusal is None or (refusal.code in SENTENCES and "?" not in refusal.sentence)
    for raw in raws:
        assert len(raw.digest) == 16
        json.dumps(dict(raw.cells), ensure_ascii=False).encode()
        order = raw.order()
        assert isinstance(order, Order | RefusedRow)
        assert "\x00" not in repr(order)
        repr(order).encode()
        if isinstance(order, RefusedRow):
            assert order.code in SENTENCES
        else:
            assert order.reference
            assert order.channel


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), KEYS)
def test_arbitrary_bytes_never_break_the_reading(data: bytes, key: str | None) -> None:
    read(data, key)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CONTENTS), CHANGES, KEYS)
def test_damaged_files_never_break_the_reading(
    content: bytes, changes: list[tuple[int, int, bytes]], key: str | None
) -> None:
    read(changed(content, changes), key)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CONTENTS), st.integers(0, 10**6))
def test_cut_off_files_never_break_the_reading(content: bytes, end: int) -> None:
    read(content[: end % (len(content) + 1)], None)
