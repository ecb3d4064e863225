"""Prints the figures: ours, the floor, and the ratio; `--json FILE` keeps them, `--only NAME` picks some."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

Pair = tuple[list[float], list[float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; milliseconds, and how many times the floor ours takes."""

    name: str
    n: int
    median_ms: float
    p99_ms: float
    floor_ms: float
    ratio: float


def _redeem() -> Pair:
    from tests.bench.redeem import redeem_sqlite

    return redeem_sqlite()


def _import_new() -> Pair:
    from tests.bench.importing import import_new

    return import_new()


def _import_again() -> Pair:
    from tests.bench.importing import import_again

    return import_again()


def _voucher() -> Pair:
    from tests.bench.voucher_floor import figures

    return figures()


def _cold_start() -> Pair:
    from tests.bench.starting import cold_start

    return cold_start()


def _cold_ready() -> Pair:
    from tests.bench.starting import cold_ready

    return cold_ready()


def _cold_ready_1m() -> Pair:
    from tests.bench.starting import cold_ready_1m

    return cold_ready_1m()


def _list_page_1m() -> Pair:
    from tests.bench.listing import list_page

    return list_page()


def _list_middle_1m() -> Pair:
    from tests.bench.listing import list_middle

    return list_middle()


def _list_memory_1m() -> Pair:
    from tests.bench.listing import list_memory

    return list_memory()


def _search(kind: str, postgresql: bool) -> Pair:
    from tests.bench.searching import search_kind

    return search_kind(kind, postgresql=postgresql)


_KINDS = "number reference voucher phone email name two_syllables romanised companion".split()
_SEARCHES: dict[str, tuple[Callable[[], Pair], str]] = {
    f"search_{kind}_1m{'_pg' * postgresql}": (partial(_search, kind, postgresql), "p99 <= 50 ms")
    for postgresql in (False, True)
    for kind in _KINDS
}


def _calendar_month_1m() -> Pair:
    from tests.bench.calendar import calendar_month

    return calendar_month()


def _calendar_gap_1m() -> Pair:
    from tests.bench.calendar import calendar_gap

    return calendar_gap()


def _watching(name: str) -> Pair:
    from tests.bench import watching

    measured: Pair = getattr(watching, name)()
    return measured


def _decode_empty_720p() -> Pair:
    from tests.bench.reading_codes import decode_empty

    return decode_empty()


BENCHES: dict[str, tuple[Callable[[], Pair], str]] = {
    "redeem_sqlite": (_redeem, "<= 12x, <= 1.5 ms"),
    "import_new": (_import_new, "<= 4x"),
    "import_again": (_import_again, "<= 4x"),
    "voucher_pdf": (_voucher, "<= 1.5x"),
    "cold_start": (_cold_start, "<= 1.8x"),
    "cold_ready": (_cold_ready, "<= 6x"),
    "cold_ready_1m": (_cold_ready_1m, "<= 1.2x an empty desk's"),
    "calendar_month_1m": (_calendar_month_1m, "<= 2x"),
    "calendar_gap_1m": (_calendar_gap_1m, "<= 16 ms, <= 50 ms with painting"),
    "list_page_1m": (_list_page_1m, "<= 2x, <= 10 ms"),
    "list_middle_1m": (_list_middle_1m, "<= 2x, <= 10 ms"),
    "list_memory_1m": (_list_memory_1m, "MiB, floor 1k rows: + 50 MiB at most"),
    "seen_sqlite": (partial(_watching, "seen_sqlite"), "<= 1000 ms"),
    "seen_postgresql": (partial(_watching, "seen_postgresql"), "<= 1000 ms"),
    "decode_empty_720p": (_decode_empty_720p, "<= 40 ms of one core: 25 pictures a second"),
    "idle_sqlite": (partial(_watching, "idle_sqlite"), "ms of a core each second: < 10"),
    "idle_postgresql": (partial(_watching, "idle_postgresql"), "ms of a core each second: < 10"),
    **_SEARCHES,
}


def figure(name: str, pair: Pair) -> Figure:
    """Medians of what was measured in one run."""
    ours, floor = (sorted(part) for part in pair)
    least = statistics.median(floor)
    middle = statistics.median(ours)
    late = ours[min(len(ours) - 1, int(len(ours) * 0.99))]
    return Figure(
        name, len(ours), round(middle, 3), round(late, 3), round(least, 3), round(middle / least, 2)
    )


def main() -> None:
    """Measures what was asked for, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--only", nargs="+", choices=sorted(BENCHES), default=list(BENCHES))
    chosen = parser.parse_args()
    figures = []
    print(f"{'name':<26} {'n':>5} {'median ms':>10} {'p99 ms':>10} {'floor ms':>10} {'ratio':>7}  aim")
    for name in chosen.only:
        measure, aim = BENCHES[name]
        found = figure(name, measure())
        figures.append(found)
        print(
            f"{found.name:<26} {found.n:>5} {found.median_ms:>10.3f} {found.p99_ms:>10.3f} "
            f"{found.floor_ms:>10.3f} {found.ratio:>7.2f}  {aim}",
            flush=True,
        )
    if chosen.json:
        Path(chosen.json).write_text(json.dumps([asdict(f) for f in figures], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
