"""How many vouchers go into one file, how fast, and how little memory grows with their number.

`ours` are milliseconds a voucher in a file of 500, the floor the same pages drawn with reportlab's bare calls into one
file. Memory is the peak of the whole process, measured in processes of their own: 500 vouchers against 50.
By hand: python -m tests.bench.voucher_batch
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.voucher_floor import a_voucher

MANY, FEW = 500, 50
ROUNDS = 3


def batch() -> tuple[list[float], list[float]]:
    """Milliseconds a voucher: ours and the floor's, in turn."""
    ours, floor = [], []
    draw(FEW)
    bare(FEW)
    for _ in range(ROUNDS):
        began = time.perf_counter()
        draw(MANY)
        between = time.perf_counter()
        bare(MANY)
        ours.append((between - began) * 1000 / MANY)
        floor.append((time.perf_counter() - between) * 1000 / MANY)
    return ours, floor


def memory() -> tuple[list[float], list[float]]:
    """The peak of a process in MiB: with 500 vouchers in one file, and with 50."""
    return [_peak(MANY) for _ in range(ROUNDS)], [_peak(FEW) for _ in range(ROUNDS)]


def draw(count: int) -> bytes:
    """So many vouchers in one file, each with a code of its own."""
    from controllers.voucher_pdf import vouchers_pdf

    return vouchers_pdf(a_voucher() for _ in range(count)).pdf


def bare(count: int) -> bytes:
    """The same strings and symbols in one file, with nothing but reportlab's own calls."""
    from reportlab.pdfgen.canvas import Canvas

    from controllers.voucher_pdf import layout
    from controllers.voucher_pdf.text import Typesetter
    from controllers.voucher_pdf.wording import wording
    from tests.bench.voucher_floor import bare_page, strings_of

    page = layout.pages(a_voucher(), wording("ko"), Typesetter("ko"))[0]
    strings = strings_of(page)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(page.width, page.height), invariant=1)
    for _ in range(count):
        bare_page(canvas, strings, page, a_voucher().symbols[0].code)
    canvas.save()
    return out.getvalue()


def peak_mib() -> float:
    """The most this process has held. A child's ru_maxrss would begin with its parent's."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def _peak(count: int) -> float:
    words = [sys.executable, "-m", "tests.bench.voucher_batch", str(count)]
    return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        draw(int(sys.argv[1]))
        print(peak_mib())
    else:
        (ours_ms, floor_ms), (high, low) = batch(), memory()
        print(f"{min(ours_ms):.2f} ms a voucher, floor {min(floor_ms):.2f}")
        print(f"{MANY}: {max(high):.1f} MiB, {FEW}: {max(low):.1f} MiB")
