"""Prints the figures: ours, the floor, and the ratio; `--json FILE` keeps them, `--only NAME` picks some."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import import_module
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
    p99_ratio: float


@dataclass(frozen=True, slots=True)
class Bench:
    """Who measures a figure, the module of this folder and its function; what it should come to; what it is told."""

    where: str
    aim: str
    told: Mapping[str, object] = field(default_factory=dict)

    def measure(self) -> Pair:
        """Both lists of milliseconds; only what is asked for is loaded, so that no figure pays for another."""
        module, function = self.where.split(":")
        measured: Pair = getattr(import_module(f"tests.bench.{module}"), function)(**self.told)
        return measured


_KINDS = "number reference voucher phone email name two_syllables romanised companion".split()

BENCHES: dict[str, Bench] = {
    "redeem_sqlite": Bench("redeem:redeem_sqlite", "<= 12x, <= 1.5 ms"),
    "redeem_pg_16": Bench("redeem_many:redeem_pg", "p99 <= 4x"),
    "redeem_pg_16_rate": Bench("redeem_many:redeem_pg_rate", "ms for one scan, all together: <= 4x"),
    **{
        f"redeem_pg_{n}_rate": Bench(
            "redeem_many:redeem_pg_rate",
            "for docs/scaling.md",
            {"processes": n, "tickets": 4_000, "shared": 400},
        )
        for n in (1, 4, 32, 64)
    },
    "redeem_sqlite_4": Bench("redeem_many:redeem_sqlite", "p99 <= 4x"),
    "redeem_sqlite_4_rate": Bench("redeem_many:redeem_sqlite_rate", "ms for one scan, all together: <= 4x"),
    "scan_offline": Bench("alone:scan_offline", "<= 50 ms each"),
    "scan_offline_first": Bench("alone:first_scan", "<= 2000 ms"),
    "scan_to_verdict_1m": Bench("scanning:scan_to_verdict", "p99 <= 40 ms"),
    "import_new": Bench("importing:import_new", "<= 4x"),
    "import_again": Bench("importing:import_again", "<= 4x"),
    "voucher_pdf": Bench("voucher_floor:figures", "<= 1.5x"),
    "voucher_batch": Bench("voucher_batch:batch", "<= 1.5x, 500 in one file"),
    "voucher_memory": Bench("voucher_batch:memory", "MiB, floor 50 in one file: <= 1.1x for 500"),
    "cold_start": Bench("starting:cold_start", "<= 1.8x"),
    "cold_ready": Bench("starting:cold_ready", "<= 6x"),
    "cold_ready_1m": Bench("starting:cold_ready_1m", "<= 1.2x an empty desk's"),
    "calendar_month_1m": Bench("calendar:calendar_month", "<= 2x"),
    "calendar_gap_1m": Bench("calendar:calendar_gap", "<= 16 ms, <= 50 ms with painting"),
    "list_page_1m": Bench("listing:list_page", "<= 2x, <= 10 ms"),
    "list_middle_1m": Bench("listing:list_middle", "<= 2x, <= 10 ms"),
    "list_memory_1m": Bench("listing:list_memory", "MiB, floor 1k rows: + 50 MiB at most"),
    "seen_sqlite": Bench("watching:seen_sqlite", "<= 1000 ms"),
    "seen_postgresql": Bench("watching:seen_postgresql", "<= 1000 ms"),
    "tray_sqlite": Bench("tray:tray_sqlite", "<= 1000 ms"),
    "tray_postgresql": Bench("tray:tray_postgresql", "<= 1000 ms"),
    "decode_empty_720p": Bench("reading_codes:decode_empty", "<= 40 ms of one core: 25 pictures a second"),
    "idle_sqlite": Bench("watching:idle_sqlite", "ms of a core each second: < 10"),
    "idle_postgresql": Bench("watching:idle_postgresql", "ms of a core each second: < 10"),
    **{
        f"search_{kind}_1m{'_pg' * postgresql}": Bench(
            "searching:search_kind", "p99 <= 50 ms", {"kind": kind, "postgresql": postgresql}
        )
        for postgresql in (False, True)
        for kind in _KINDS
    },
}


def figure(name: str, pair: Pair) -> Figure:
    """Medians of what was measured in one run."""
    ours, floor = (sorted(part) for part in pair)
    least = statistics.median(floor)
    middle = statistics.median(ours)
    late, late_floor = (part[min(len(part) - 1, int(len(part) * 0.99))] for part in (ours, floor))
    return Figure(
        name,
        len(ours),
        round(middle, 3),
        round(late, 3),
        round(least, 3),
        round(middle / least, 2),
        round(late / late_floor, 2),
    )


def main() -> None:
    """Measures what was asked for, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--only", nargs="+", choices=sorted(BENCHES), default=list(BENCHES))
    chosen = parser.parse_args()
    figures = []
    print(
        f"{'name':<26} {'n':>5} {'median ms':>10} {'p99 ms':>10} {'floor ms':>10} {'ratio':>7} {'of p99':>7}  aim"
    )
    for name in chosen.only:
        bench = BENCHES[name]
        found = figure(name, bench.measure())
        figures.append(found)
        print(
            f"{found.name:<26} {found.n:>5} {found.median_ms:>10.3f} {found.p99_ms:>10.3f} "
            f"{found.floor_ms:>10.3f} {found.ratio:>7.2f} {found.p99_ratio:>7.2f}  {bench.aim}",
            flush=True,
        )
    if chosen.json:
        Path(chosen.json).write_text(json.dumps([asdict(f) for f in figures], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
