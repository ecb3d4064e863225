"""Makes what a camera at the counter would see: a printed voucher held up, tilted, out of focus and badly lit.

Nothing here is random: the same number makes the same picture, so two readers are judged on the same ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy

from controllers.scanning.reading import in_grey
from controllers.voucher_pdf import symbols
from models.vouchers import Voucher

WIDTH, HEIGHT = 1280, 720
_FINER = 2  # drawn so much larger first, as light falls on a sensor: no edge is sharper than the lens
_PAPER = 200  # dots to the inch of the page that is held up


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet in grey, and where on it the QR code stands: left, top, width, in its dots."""

    picture: Any
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Held:
    """How a page is held up: the QR's width in the frame, degrees, and what light and lens make of it."""

    qr_px: float
    tilt: float = 0.0
    around: float = 0.0
    """The axis of the tilt, in degrees: 0 leans back, 90 turns away."""
    roll: float = 0.0
    blur: float = 0.6
    moved: float = 0.0
    """How far the hand moved while the picture was taken, in dots of the frame."""
    contrast: float = 1.0
    noise: float = 3.0
    at: tuple[float, float] = (0.5, 0.5)
    seed: int = 0


def seen(page: Page, held: Held) -> Any:
    """The frame: 1280 x 720, grey, as a cheap camera delivers it."""
    chance = numpy.random.default_rng(held.seed)
    fine = cv2.warpPerspective(
        _softened(page, held), _way(page, held), (WIDTH * _FINER, HEIGHT * _FINER),
        flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(0,),
    )  # fmt: skip
    sheet = cv2.warpPerspective(
        numpy.full(page.picture.shape, 255, numpy.uint8), _way(page, held), (WIDTH * _FINER, HEIGHT * _FINER)
    )
    frame = cv2.resize(fine, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(numpy.float32)
    cover = cv2.resize(sheet, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(numpy.float32) / 255
    frame = frame * cover + a_room(held.seed) * (1 - cover)
    return _taken(frame, held, chance)


def a_room(seed: int = 0) -> Any:
    """What stands behind the voucher: dark shapes with soft and hard edges, as float."""
    chance = numpy.random.default_rng(seed // 16)  # the room stays while a voucher is held up
    room = numpy.full((HEIGHT, WIDTH), 90, numpy.uint8)
    for _ in range(14):
        corner = [int(chance.integers(-100, n)) for n in (WIDTH, HEIGHT)]
        size = [int(n) for n in chance.integers(60, 420, 2)]
        ends = (corner[0] + size[0], corner[1] + size[1])
        cv2.rectangle(room, corner, ends, (int(chance.integers(30, 190)),), -1)
    room = cv2.GaussianBlur(room, (0, 0), 3).astype(numpy.float32)
    grain = cv2.resize(chance.normal(0, 9, (HEIGHT // 4, WIDTH // 4)), (WIDTH, HEIGHT))
    return room + grain.astype(numpy.float32)


def a_shaky_hand(held: Held, frames: int, seed: int) -> Iterator[Held]:
    """The same page for some frames: the hand trembles, the focus hunts."""
    chance = numpy.random.default_rng(seed)
    for n in range(frames):
        dx, dy, tilt, roll, blur, moved = chance.normal(0, 1, 6)
        yield replace(
            held,
            at=(held.at[0] + dx * 0.004, held.at[1] + dy * 0.004),
            tilt=min(40.0, max(0.0, held.tilt + tilt * 2)),
            roll=held.roll + roll * 1.5,
            blur=max(0.3, held.blur * (1 + 0.2 * blur)),
            moved=max(0.0, held.moved * (1 + 0.6 * moved)),
            seed=seed * 16 + n,
        )


def _way(page: Page, held: Held) -> Any:
    """From the dots of the page to the finer dots of the frame, by a pinhole camera two QR widths wide."""
    middle = (page.left + page.width / 2, page.top + page.width / 2)
    scale = held.qr_px / page.width
    away = 1200.0  # the focal length of an ordinary webcam, in dots of the frame
    lean, axis, roll = (math.radians(d) for d in (held.tilt, held.around, held.roll))
    turn = _about(axis) @ _leaning(lean) @ _about(-axis) @ _about(roll)
    x, y = held.at[0] * WIDTH, held.at[1] * HEIGHT
    corners = numpy.float32([[0, 0], [1, 0], [1, 1], [0, 1]]) * numpy.float32(page.picture.shape[::-1])
    there = []
    for cx, cy in corners:
        px, py, pz = turn @ numpy.array([(cx - middle[0]) * scale, (cy - middle[1]) * scale, 0.0])
        deep = away / (away + pz)
        there.append([(x + px * deep) * _FINER, (y + py * deep) * _FINER])
    return cv2.getPerspectiveTransform(corners, numpy.float32(there))


def _about(angle: float) -> Any:
    c, s = math.cos(angle), math.sin(angle)
    return numpy.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def _leaning(angle: float) -> Any:
    c, s = math.cos(angle), math.sin(angle)
    return numpy.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def _softened(page: Page, held: Held) -> Any:
    """The page without detail finer than a dot of the frame, which would only flicker."""
    dots = page.width / (held.qr_px * _FINER)
    return cv2.GaussianBlur(page.picture, (0, 0), dots / 2) if dots > 1.2 else page.picture


def _taken(frame: Any, held: Held, chance: Any) -> Any:
    """What lens, light and compression make of it."""
    if held.blur > 0.05:
        frame = cv2.GaussianBlur(frame, (0, 0), held.blur)
    if held.moved >= 1:
        frame = cv2.filter2D(frame, -1, _streak(held.moved, chance.uniform(0, math.pi)))
    slope = numpy.linspace(0.85, 1.1, WIDTH, dtype=numpy.float32)[None, :]
    frame = (110 + (frame - 110) * held.contrast) * slope
    frame += chance.normal(0, held.noise, frame.shape).astype(numpy.float32)
    picture = frame.clip(0, 255).astype(numpy.uint8)
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 75])
    return cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)


def _streak(length: float, angle: float) -> Any:
    size = int(length) | 1
    line = numpy.zeros((size, size), numpy.float32)
    middle = size // 2
    dx, dy = math.cos(angle) * middle, math.sin(angle) * middle
    cv2.line(line, (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy)), 1.0)
    return line / line.sum()


# --- what is held up ----------------------------------------------------------------------------


def drawn(modules: symbols.Modules, wide: int, high: int, quiet: int) -> Any:
    """A code as black and white dots: so many for the thinnest bar, so many in height, with its quiet zone."""
    grid = numpy.ones((modules.rows, modules.columns), numpy.uint8)
    for column, row, columns, rows in modules.dark:
        grid[row : row + rows, column : column + columns] = 0
    edge = ((quiet, quiet), (quiet, quiet)) if modules.rows > 1 else ((0, 0), (quiet, quiet))
    return numpy.kron(numpy.pad(grid, edge, constant_values=1), numpy.ones((high, wide), numpy.uint8)) * 255


def a_sheet(code: str) -> Page:
    """A half sheet with both codes on it, as on a voucher but without its words: nothing needs a font."""
    module = 16
    picture = numpy.full((1100, 1650), 250, numpy.uint8)
    both = (drawn(symbols.qr(code), module, module, 0), drawn(symbols.bars(code), 4, 170, symbols.BARS_QUIET))
    for symbol, left, top in zip(both, (197, 720), (400, 470), strict=True):
        height, width = symbol.shape
        picture[top : top + height, left : left + width] = symbol
    return Page(picture, 197, 400, module * symbols.QR_MODULES)


def a_voucher_page(voucher: Voucher) -> Page:
    """The first page of a voucher, as it is printed."""
    from PySide6.QtCore import QSize

    from controllers.voucher_pdf import voucher_pdf
    from tests.paper import opened

    with opened(voucher_pdf(voucher).pdf) as document:
        size = document.pagePointSize(0) * (_PAPER / 72)
        image = document.render(0, QSize(round(size.width()), round(size.height())))
    image = image.convertToFormat(image.Format.Format_ARGB32)
    dots = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), -1, 4)
    picture = in_grey(dots[:, : image.width()])
    corners = cv2.QRCodeDetector().detect(picture)[1][0]
    left, top = corners.min(axis=0)
    return Page(picture, float(left), float(top), float(corners[:, 0].max() - left))
