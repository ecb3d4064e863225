"""A code in a picture is read once, however it was photographed, and a file that is no picture is refused kindly."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

import cv2
import numpy
import pytest

from controllers.scanning import Scan, picture, reading
from controllers.scanning.picture import read_frame, read_picture
from controllers.voucher_pdf import symbols
from models.codes import code_for
from models.refusals import CannotDo
from tests.camera_scene import drawn

CODE = code_for(48217, version=1, secret=b"for tests only")
OTHER = code_for(48218, version=1, secret=b"for tests only")


def qr(code: str = CODE, module: int = 6) -> Any:
    return drawn(symbols.qr(code), module, module, symbols.QR_QUIET)


def bars(code: str = CODE, module: int = 3) -> Any:
    return drawn(symbols.bars(code), module, 120, symbols.BARS_QUIET)


def a_photo(*symbols_in_it: Any, angle: float = 0) -> Any:
    """A sheet of grey paper with symbols on it, one below the other, turned by some degrees."""
    sheet = numpy.full((900, 900), 225, numpy.uint8)
    top = 230
    for symbol in symbols_in_it:
        height, width = symbol.shape
        left = (900 - width) // 2
        sheet[top : top + height, left : left + width] = symbol
        top += height + 40
    turn = cv2.getRotationMatrix2D((450, 450), angle, 1)
    return cv2.warpAffine(sheet, turn, (900, 900), borderValue=(225,))


def saved(folder: Path, frame: Any, name: str) -> Path:
    written, data = cv2.imencode(Path(name).suffix, frame)
    assert written
    (folder / name).write_bytes(data.tobytes())
    return folder / name


def texts(scans: list[Scan]) -> list[str]:
    return [scan.text for scan in scans]


def test_a_code_read_as_qr_and_as_bars_is_one_scan() -> None:
    [scan] = read_frame(a_photo(qr(), bars()))

    assert (scan.text, scan.symbology) == (CODE, "QRCode")


def test_bars_alone_are_read() -> None:
    [scan] = read_frame(a_photo(bars()))

    assert (scan.text, scan.symbology) == (CODE, "Code128")


def test_two_tickets_in_one_picture_are_two_scans() -> None:
    assert sorted(texts(read_frame(a_photo(qr(CODE), qr(OTHER))))) == sorted([CODE, OTHER])


@pytest.mark.parametrize("angle", [10, 45, 90, 180, 213])
def test_a_turned_picture_is_read(angle: float) -> None:
    assert texts(read_frame(a_photo(qr(), angle=angle))) == [CODE]


def test_a_blurred_picture_is_read() -> None:
    assert texts(read_frame(cv2.GaussianBlur(a_photo(qr()), (0, 0), 2))) == [CODE]


def test_a_noisy_picture_is_read() -> None:
    photo = a_photo(qr()).astype(int) + numpy.random.default_rng(7).normal(0, 30, (900, 900)).astype(int)

    assert texts(read_frame(photo.clip(0, 255).astype(numpy.uint8))) == [CODE]


def test_white_on_black_is_read() -> None:
    assert texts(read_frame(255 - a_photo(qr()))) == [CODE]


def test_a_missing_pyzbar_leaves_zxing_to_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "zbar_reader", lambda: None)

    assert read_frame(a_photo()) == []
    assert texts(read_frame(a_photo(qr()))) == [CODE]


@pytest.mark.parametrize("shape", ["grey", "one layer", "colour", "transparent", "16 bit"])
def test_frames_of_every_kind_are_read(shape: str) -> None:
    grey = a_photo(qr())
    frame = {
        "grey": grey,
        "one layer": grey[:, :, None],
        "colour": cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR),
        "transparent": numpy.dstack([numpy.zeros((900, 900, 3), numpy.uint8), 255 - grey]),
        "16 bit": grey.astype(numpy.uint16) * 257,
    }[shape]

    assert texts(read_frame(frame)) == [CODE]


@pytest.mark.parametrize("name", ["code.png", "code.jpg", "code.webp", "code.bmp", "바우처 憑證 ひょう.png"])
def test_pictures_of_every_kind_and_name_are_read(name: str, tmp_path: Path) -> None:
    [scan] = read_picture(saved(tmp_path, a_photo(qr()), name))

    assert (scan.text, scan.source, scan.at) == (CODE, name, None)


def test_a_transparent_png_is_read_as_on_white_paper(tmp_path: Path) -> None:
    ink = numpy.dstack([numpy.zeros((900, 900, 3), numpy.uint8), 255 - a_photo(qr())])

    assert texts(read_picture(saved(tmp_path, ink, "clear.png"))) == [CODE]


def test_every_scan_has_an_id_of_its_own() -> None:
    first, second = read_frame(a_photo(qr())) + read_frame(a_photo(qr()))

    assert first.id != second.id
    assert uuid.UUID(first.id)


def test_a_picture_without_a_code_gives_no_scan(tmp_path: Path) -> None:
    assert read_picture(saved(tmp_path, a_photo(), "empty.png")) == []


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4 ...", b"GIF89a" + bytes(40)]
)
def test_what_is_no_picture_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "letter.png").write_bytes(data)

    with pytest.raises(CannotDo) as refused:
        read_picture(tmp_path / "letter.png")

    assert refused.value.code == "picture-not-readable"
    assert "letter.png" in refused.value.sentence


def test_a_cut_off_picture_is_refused_or_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = saved(tmp_path, a_photo(), "cut.png")
    path.write_bytes(path.read_bytes()[:60])

    with pytest.raises(CannotDo, match="picture-not-readable"):
        read_picture(path)


def test_a_picture_with_far_too_many_points_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")

    with pytest.raises(CannotDo, match="too many"):
        read_picture(tmp_path / "bomb.png")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, a_photo(qr()), "large.png")
    monkeypatch.setattr(picture, "MOST_BYTES", 100)

    with pytest.raises(CannotDo, match="larger than"):
        read_picture(path)


def test_folders_pipes_and_missing_files_are_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)

    for path in (tmp_path, pipe, tmp_path / "missing.png", tmp_path / "zero\0.png"):
        with pytest.raises(CannotDo, match="picture-not-readable"):
            read_picture(path)
