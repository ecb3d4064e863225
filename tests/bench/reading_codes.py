"""Which reader reads what: each alone, and ours, on photographs and on vouchers held before a camera.

By hand, for the tables of docs/benchmarks.md:
    python -m tests.bench.reading_codes photos FOLDER      (a folder with manifest.csv beside its pictures)
    python -m tests.bench.reading_codes vouchers [SCENES]  (per width of the QR)
    python -m tests.bench.reading_codes orders [SCENES]    (which looks a camera's pictures should have)
"""

from __future__ import annotations

import csv
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy

from controllers.scanning import reading
from tests.camera_scene import Held, Page, a_room, a_shaky_hand, a_voucher_page, seen

FRAMES = 10
WIDTHS = (60, 70, 80, 90, 100, 120)
EMPTY = 60

Reader = Callable[[Any], list[reading.Found]]


@dataclass(slots=True)
class Score:
    """What one reader made of a set."""

    read: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)

    def look(self, reader: Reader, picture: Any, name: str, wanted: str) -> None:
        """Ask it about one picture."""
        began = time.perf_counter()
        texts = list({text for text, _kind in reader(picture)})
        self.ms.append((time.perf_counter() - began) * 1000)
        if texts == [wanted]:
            self.read.add(name)
        elif texts:
            self.wrong.append(f"{name}: {texts}")


# --- the readers, each alone --------------------------------------------------------------------


def _larger(times: float) -> Reader:
    return lambda grey: reading.zxing(
        cv2.resize(grey, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), bars=True
    )


def _zbar(grey: Any) -> list[reading.Found]:
    """All it reads, the letters it guesses too."""
    from pyzbar import pyzbar

    symbols = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]
    found = pyzbar.decode(grey, symbols=symbols)
    return reading.each_once((one.data.decode("utf-8", "replace"), "QRCode") for one in found)


def _zbar_larger(grey: Any) -> list[reading.Found]:
    return _zbar(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


def _opencv(detector: Any) -> Reader:
    def read(grey: Any) -> list[reading.Found]:
        try:
            found, texts, *_rest = detector.detectAndDecodeMulti(grey)
        except (cv2.error, UnicodeDecodeError):  # it fails on bytes it takes for text
            return []
        return reading.each_once((text, "QRCode") for text in texts) if found else []

    return read


ALONE: dict[str, Reader] = {
    "zxing-cpp": reading.plain,
    "zxing-cpp, enlarged 1.5 times": _larger(1.5),
    "zxing-cpp, enlarged twice": reading.large,
    "zxing-cpp, enlarged three times": _larger(3),
    "zxing-cpp, sharpened and enlarged (QR)": reading.sharp,
    "pyzbar": _zbar,
    "pyzbar, enlarged twice": _zbar_larger,
    "OpenCV QRCodeDetector": _opencv(cv2.QRCodeDetector()),
    "OpenCV QRCodeDetectorAruco": _opencv(cv2.QRCodeDetectorAruco()),
}
OURS = "ours: all looks until one reads"
TURNS = "ours: two looks a picture, in turns"


# --- photographs --------------------------------------------------------------------------------


def photos(folder: Path) -> dict[str, Score]:
    """Every reader on every photograph of a manifest."""
    scores = {name: Score() for name in [*ALONE, OURS]}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        grey = cv2.imread(str(folder / row["file"]), cv2.IMREAD_GRAYSCALE)
        for name, reader in {**ALONE, OURS: reading.read_all}.items():
            scores[name].look(reader, grey, row["file"], row["expected_text"])
    return scores


# --- vouchers -----------------------------------------------------------------------------------


def scenes(each: int) -> Iterator[tuple[int, str, Page, list[Held]]]:
    """Vouchers held up: soft, softer, noisy or shaken; dim; tilted up to 40 degrees. Width, code, page, frames."""
    from tests.bench.voucher_floor import a_voucher

    pages = [(one.symbols[0].code, a_voucher_page(one)) for one in (a_voucher() for _ in range(24))]
    chance = numpy.random.default_rng(2026)
    lenses = ((1.2, 0.0, 4.0), (1.6, 0.0, 4.0), (1.2, 0.0, 9.0), (0.9, 5.0, 4.0))
    for width in WIDTHS:
        for n in range(each):
            code, page = pages[int(chance.integers(len(pages)))]
            blur, moved, noise = lenses[n % len(lenses)]
            tilt, around, roll, contrast, x, y = chance.uniform(0, 1, 6)
            held = Held(
                width, tilt * 40, around * 180, roll * 50 - 25, blur, moved, 0.25 + contrast * 0.35, noise,
                (0.38 + x * 0.24, 0.42 + y * 0.16),
            )  # fmt: skip
            yield width, code, page, list(a_shaky_hand(held, FRAMES, width * 1000 + n))


def vouchers(each: int) -> tuple[dict[str, dict[int, Score]], dict[str, dict[int, Score]]]:
    """Every reader on the first picture of each scene, and on its ten until it has read the code."""
    looks = {**ALONE, OURS: reading.read_all}
    once = {name: {width: Score() for width in WIDTHS} for name in looks}
    within = {name: {width: Score() for width in WIDTHS} for name in [*ALONE, TURNS]}
    for n, (width, code, page, frames) in enumerate(scenes(each)):
        pictures = [seen(page, held) for held in frames]
        for name, reader in looks.items():
            once[name][width].look(reader, pictures[0], str(n), code)
        for name, reader in {**ALONE, TURNS: reading.Turns().look}.items():
            score = within[name][width]
            for picture in pictures:
                score.look(reader, picture, str(n), code)
                if str(n) in score.read:
                    break
    return once, within


# --- orders -------------------------------------------------------------------------------------

ORDERS: dict[str, tuple[tuple[reading.Look, ...], ...]] = {
    "plain": ((reading.plain,),),
    "enlarged": ((reading.large,),),
    "sharp": ((reading.sharp,),),
    "plain, enlarged in turns": ((reading.plain,), (reading.large,)),
    "plain, sharp in turns": ((reading.plain,), (reading.sharp,)),
    "plain then enlarged": ((reading.plain, reading.large),),
    "plain then sharp": ((reading.plain, reading.sharp),),
    "all four": (reading.STILL,),
    "ours": reading.TURNS,
}


def orders(each: int) -> dict[str, tuple[int, float, float]]:
    """Of each order: codes read within ten pictures, pictures it took, milliseconds of a core for an empty one."""
    took: dict[str, list[int]] = {name: [] for name in ORDERS}
    for _width, code, page, frames in scenes(each):
        pictures = [seen(page, held) for held in frames]
        for name, turns in ORDERS.items():
            looks = map(reading.Turns(turns).look, pictures)
            read = (n for n, found in enumerate(looks, 1) if [text for text, _kind in found] == [code])
            took[name].append(next(read, 0))
    empty = [empty_picture(n) for n in range(10)]
    told = {}
    for name, turns in ORDERS.items():
        reader, read_in = reading.Turns(turns), [n for n in took[name] if n]
        ms = statistics.mean(_core_ms(lambda r=reader, p=picture: r.look(p)) for picture in empty)
        told[name] = (len(read_in), statistics.mean(read_in), ms)
    return told


# --- pictures without a code --------------------------------------------------------------------


def decode_empty() -> tuple[list[float], list[float]]:
    """Milliseconds of one core for a 1280x720 picture without a code: our turns, and zxing-cpp's bare call."""
    import zxingcpp

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
    pictures = [empty_picture(n) for n in range(EMPTY)]
    turns, before = reading.Turns(), cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        ours = [_core_ms(lambda p=picture: turns.look(p)) for picture in pictures]
        floor = [
            _core_ms(lambda p=picture: zxingcpp.read_barcodes(p, formats=formats)) for picture in pictures
        ]
    finally:
        cv2.setNumThreads(before)
    return ours, floor


def empty_picture(n: int) -> Any:
    """A room in grey, with a camera's noise."""
    chance = numpy.random.default_rng(n)
    room = a_room(n * 16) + chance.normal(0, 4, (720, 1280))
    return room.clip(0, 255).astype(numpy.uint8)


def _core_ms(work: Callable[[], list[Any]]) -> float:
    began = time.process_time()
    if work():
        raise SystemExit("a code was read where there is none")
    return (time.process_time() - began) * 1000


# --- telling ------------------------------------------------------------------------------------


def _tell_photos(folder: Path) -> None:
    scores = photos(folder)
    alone = set().union(*(scores[name].read for name in ALONE))
    print("| reader | read | wrong | median ms | longest ms |\n|---|---|---|---|---|")
    for name, score in scores.items():
        ms = f"{statistics.median(score.ms):.1f} | {max(score.ms):.0f}"
        print(f"| {name} | {len(score.read)} | {len(score.wrong)} | {ms} |")
    print("\nread by one alone and not by ours:", sorted(alone - scores[OURS].read) or "none")
    print("wrong:", {name: score.wrong for name, score in scores.items() if score.wrong})


def _tell_orders(each: int) -> None:
    print(
        f"| looks | read of {each * len(WIDTHS)} within {FRAMES} | pictures it took | ms, empty |\n|---|---|---|---|"
    )
    for name, (read, pictures, ms) in orders(each).items():
        print(f"| {name} | {read} | {pictures:.2f} | {ms:.1f} |")


def _tell_vouchers(each: int) -> None:
    once, within = vouchers(each)
    for title, scores in (("one picture", once), (f"within {FRAMES} pictures", within)):
        print(f"\n{title}, {each} scenes a width\n")
        print("| reader |" + "".join(f" {width} px |" for width in WIDTHS) + " all | wrong | median ms |")
        print("|---|" + "---|" * (len(WIDTHS) + 3))
        for name, by_width in scores.items():
            read = [len(by_width[width].read) for width in WIDTHS]
            wrong = sum(len(score.wrong) for score in by_width.values())
            ms = statistics.median(one for score in by_width.values() for one in score.ms)
            print(f"| {name} |" + "".join(f" {n} |" for n in read) + f" {sum(read)} | {wrong} | {ms:.1f} |")


def main() -> None:
    """What was asked for."""
    from PySide6.QtGui import QGuiApplication

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    cv2.setNumThreads(1)
    app = QGuiApplication([])
    what, *more = sys.argv[1:]
    if what == "photos":
        _tell_photos(Path(more[0]))
    else:
        {"vouchers": _tell_vouchers, "orders": _tell_orders}[what](int(more[0]) if more else 20)
    del app


if __name__ == "__main__":
    main()
