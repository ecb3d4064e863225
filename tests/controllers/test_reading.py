"""Each way to look at a picture earns its place; together they read what any of them reads, and none reads wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy
import pytest
import zxingcpp

from controllers.scanning import reading
from models.codes import code_for
from tests.bench.reading_codes import ALONE, OURS, photos
from tests.camera_scene import Held, a_room, a_shaky_hand, a_sheet, drawn, seen

SAMPLES = Path(
    os.environ.get("COUNTERFOIL_SAMPLES") or Path(__file__).resolve().parents[3] / "shared/samples"
)
CODE = code_for(48217, version=1, secret=b"for tests only")
needs_zbar = pytest.mark.skipif(
    reading.zbar_reader() is None, reason="the system library of pyzbar is not installed"
)


def texts(found: list[reading.Found]) -> list[str]:
    return [text for text, _symbology in found]


def a_guest(width: float, seed: int) -> Iterator[Any]:
    """Ten pictures of a voucher held up: tilted up to 40 degrees, dim, and soft, noisy or shaken."""
    chance = numpy.random.default_rng(seed)
    tilt, around, roll, contrast = chance.uniform(0, 1, 4)
    blur, moved, noise = ((1.2, 0.0, 4.0), (1.5, 0.0, 4.0), (1.2, 0.0, 8.0), (0.9, 4.0, 4.0))[seed % 4]
    held = Held(
        width, tilt * 40, around * 180, roll * 50 - 25, blur, moved, 0.25 + contrast * 0.35, noise, seed=seed
    )
    return (seen(a_sheet(code_for(seed, version=1, secret=b"s")), h) for h in a_shaky_hand(held, 10, seed))


def test_nine_of_ten_vouchers_from_80_dots_on_are_read_within_ten_pictures() -> None:
    read = 0
    for seed, width in enumerate((80, 80, 80, 85, 90, 95, 100, 105, 110, 120)):
        turns, code = reading.Turns(), code_for(seed, version=1, secret=b"s")
        found = next(filter(None, map(turns.look, a_guest(width, seed))), [])
        assert texts(found) in ([], [code])
        read += bool(found)

    assert read >= 9


def test_sharpening_reads_what_neither_the_picture_nor_its_enlargement_gives() -> None:
    soft = seen(a_sheet(CODE), Held(72, tilt=20, around=40, blur=1.8, contrast=0.45, seed=7))

    assert (reading.plain(soft), reading.large(soft)) == ([], [])
    assert reading.read_all(soft) == [(CODE, "QRCode")]


@needs_zbar
def test_dim_bars_are_left_to_the_second_reader() -> None:
    dim = cv2.resize(drawn(_bars(), 2, 90, 10), None, fx=1, fy=1)
    page = numpy.full((400, dim.shape[1] + 200), 250, numpy.uint8)
    page[150 : 150 + dim.shape[0], 100 : 100 + dim.shape[1]] = dim
    page = _dim(page, 0.06)

    assert [look(page) for look in (reading.plain, reading.large)] == [[], []]
    assert reading.read_all(page) == [(CODE, "Code128")]


@needs_zbar
def test_the_second_reader_is_not_believed_where_it_guesses_letters() -> None:
    """It takes Chinese in another encoding for what it is not: a wrong text is worse than none."""
    qr = zxingcpp.create_barcode("測試", zxingcpp.BarcodeFormat.QRCode).to_image(
        scale=8, add_quiet_zones=True
    )

    assert reading.second(numpy.array(qr)) == []
    assert reading.read_all(numpy.array(qr)) == [("測試", "QRCode")]


@pytest.mark.parametrize("kind", ["MicroQRCode", "RMQRCode"])
@pytest.mark.parametrize("look", reading.STILL, ids=lambda look: look.__name__)
def test_only_the_ordinary_qr_is_read(look: reading.Look, kind: str) -> None:
    """Its tiny relatives are soon seen in noise and in pieces of bar codes: two digits that are somebody's number."""
    tiny = zxingcpp.create_barcode("49", getattr(zxingcpp.BarcodeFormat, kind))

    assert look(numpy.array(tiny.to_image(scale=8, add_quiet_zones=True))) == []


def test_bars_are_never_read_from_a_sharpened_picture() -> None:
    page = numpy.pad(drawn(_bars(), 3, 90, 10), 60, constant_values=255)

    assert reading.plain(page) == [(CODE, "Code128")]
    assert reading.sharp(page) == []


def test_a_camera_looks_sharply_at_every_picture_and_has_every_look_within_ten() -> None:
    assert all(reading.sharp in looks for looks in reading.TURNS)
    assert {look for looks in reading.TURNS for look in looks} == set(reading.STILL)
    assert (len(reading.TURNS), max(map(len, reading.TURNS))) == (10, 2)


def test_the_second_look_is_spared_where_the_first_finds_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def finds(grey: Any) -> list[reading.Found]:
        looked.append("first")
        return [(CODE, "QRCode")]

    monkeypatch.setattr(reading, "TURNS", ((finds, lambda grey: looked.append("second") or []),))

    assert reading.Turns().look(numpy.zeros((9, 9), numpy.uint8)) == [(CODE, "QRCode")]
    assert looked == ["first"]


@pytest.mark.parametrize("look", reading.STILL, ids=lambda look: look.__name__)
def test_nothing_is_read_where_nothing_is(look: reading.Look) -> None:
    room = (a_room(3) + numpy.random.default_rng(3).normal(0, 6, (720, 1280))).clip(0, 255)

    assert look(room.astype(numpy.uint8)) == []


@pytest.mark.skipif(not (SAMPLES / "qr" / "manifest.csv").exists(), reason="the sample photos are not here")
def test_photographs_are_read_whatever_one_reader_alone_reads_and_without_a_misread() -> None:
    scores = photos(SAMPLES / "qr")

    alone = set().union(*(scores[name].read for name in ALONE))
    assert alone - scores[OURS].read == set()
    assert scores[OURS].wrong == []
    assert len(scores[OURS].read) >= 38


def _bars() -> Any:
    from controllers.voucher_pdf import symbols

    return symbols.bars(CODE)


def _dim(page: Any, contrast: float) -> Any:
    noise = numpy.random.default_rng(1).normal(0, 1.0, page.shape)
    return (120 + (page.astype(float) - 120) * contrast + noise).clip(0, 255).astype(numpy.uint8)
