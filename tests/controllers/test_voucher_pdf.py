"""A printed voucher can be scanned, read in the traveler's language, and never loses a letter silently."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy
import pytest

from controllers import voucher_pdf as printing
from controllers.voucher_pdf import fonts, layout, paint, symbols, text, voucher_pdf, wording
from controllers.voucher_pdf.marks import HEIGHT, WIDTH, Code, Page, Text
from models.codes import code_for, grouped
from models.refusals import CannotDo
from models.vouchers import LANGUAGES, Symbol, Voucher

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SEOUL = ZoneInfo("Asia/Seoul")
AT = datetime(2026, 12, 5, 9, 30, tzinfo=SEOUL)
SCRIPTS = {
    "korean": "뷁 김예시",
    "traditional": "範例龜與體",
    "simplified": "龙门阵图书馆",
    "japanese": "見本お客様込働アガ",
    "thai": "ตัวอย่าง ที่นี่ น้ำ ผู้ใหญ่",
    "vietnamese": "Nguyễn Ví Dụ Ặằỗ",
    "latin": "Žofie Ćosić Ørsted ₩€£",
    "cyrillic": "Пример",
}


def code(ticket: int) -> str:
    return code_for(ticket, version=1, secret=b"for tests only")


def a_voucher(**changes: Any) -> Voucher:
    voucher = Voucher(
        language="en",
        number="CF-48217",
        reference="26KK1012077310",
        channel="KKday",
        product="Palace Walking Tour",
        option="Small group",
        departs_on=AT.date(),
        departs_at=AT,
        valid_until=None,
        party=(("Adult", 2), ("Child", 1)),
        heads=3,
        lead="Example Guest",
        meeting_point="Exit 2, in front of the flower shop",
        operator="Example Tours",
        contact="help@example.com",
        symbols=(Symbol(code(48217), 3, 1),),
        refund_terms=((AT - timedelta(days=3), 100), (AT - timedelta(days=1), 50)),
        request="Stroller with us.",
    )
    return replace(voucher, **changes)


def an_endless_voucher(language: str) -> Voucher:
    words = {"en": "endless words ", "ko": "끝없는 이야기 ", "zh-TW": "長篇大論", "ja": "長い長いお話"}[
        language
    ]
    long = (words * 2000)[:5000]
    return a_voucher(
        language=language, number="CF-" + "9" * 40, reference="R" * 80, channel=long, product=long, option=long,
        lead="Example" * 300, meeting_point="\n".join([long] * 3), operator=long, contact=long, request=long,
        party=tuple((f"Unit {n}", n) for n in range(60)), valid_until=date(2027, 1, 1), practice=True,
        symbols=(Symbol(code(1), 900, 50, long), Symbol(code(2), 1, 1, long)),
        refund_terms=tuple((AT - timedelta(days=30 - n), 99 - n) for n in range(20)),
    )  # fmt: skip


def laid_out(voucher: Voucher) -> list[Page]:
    setter = text.Typesetter(voucher.language)
    return layout.pages(voucher, wording.wording(voucher.language), setter)


def words_on(page: Page) -> str:
    return "\n".join("".join(p.text for p in m.line.pieces) for m in page if isinstance(m, Text))


@pytest.fixture
def rendered(qapp: Any) -> Callable[..., list[Any]]:
    """Turns a PDF into grey pictures, one a page, as a printer or a phone would show it."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtPdf import QPdfDocument

    def render(pdf: bytes, dpi: int = 150) -> list[Any]:
        buffer = QBuffer()
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(buffer)
        size = QSize(int(WIDTH * dpi / 72), int(HEIGHT * dpi / 72))
        pictures = []
        for number in range(document.pageCount()):
            page = document.render(number, size)
            paper = QImage(size, QImage.Format.Format_RGB32)
            paper.fill(QColor("white"))
            painter = QPainter(paper)
            painter.drawImage(0, 0, page)
            painter.end()
            grey = paper.convertToFormat(QImage.Format.Format_Grayscale8)
            rows = numpy.frombuffer(grey.constBits(), numpy.uint8).reshape(size.height(), grey.bytesPerLine())
            pictures.append(rows[:, : size.width()].copy())
        document.close()
        return pictures

    return render


# --- the codes ----------------------------------------------------------------------------------


def test_both_symbols_of_a_rendered_voucher_are_read_by_zxing(rendered: Callable[..., list[Any]]) -> None:
    import zxingcpp

    [page] = rendered(voucher_pdf(a_voucher()).pdf)

    both = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
    read = zxingcpp.read_barcodes(page, formats=both)

    assert sorted((str(one.format), one.text) for one in read) == [
        ("Code 128", code(48217)),
        ("QR Code", code(48217)),
    ]


def test_both_symbols_of_a_rendered_voucher_are_read_by_pyzbar(rendered: Callable[..., list[Any]]) -> None:
    try:
        from pyzbar import pyzbar
    except ImportError:
        pytest.skip("the system library of pyzbar is not installed")
    [page] = rendered(voucher_pdf(a_voucher()).pdf, 300)

    read = pyzbar.decode(page, symbols=[pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128])

    assert {(one.type, one.data.decode()) for one in read} == {
        ("QRCODE", code(48217)),
        ("CODE128", code(48217)),
    }


@pytest.mark.parametrize("digits", ["0" * 26, "9" * 26, "99" + "0" * 24, code(1), code(99_999_999_999)])
def test_a_qr_code_is_version_1_level_q_and_numeric(digits: str) -> None:
    import segno
    import zxingcpp

    drawn = _grid(symbols.qr(digits))
    picture = numpy.kron(numpy.pad(1 - drawn, 4, constant_values=1), numpy.ones((4, 4)))
    [read] = zxingcpp.read_barcodes(picture.astype(numpy.uint8) * 255)

    assert drawn.shape == (21, 21)
    assert (read.text, read.ec_level) == (digits, "Q")
    expected = segno.make(digits, version=1, error="q", mode="numeric", boost_error=False, micro=False)
    assert expected.designator == "1-Q"  # in any other mode 26 digits do not fit version 1 at level Q


@pytest.mark.parametrize("digits", ["0" * 26, "9" * 26, "99" + "0" * 24, "0001" * 6 + "99"])
def test_bars_are_thirteen_pairs_and_keep_leading_nines(digits: str) -> None:
    import zxingcpp

    drawn = _grid(symbols.bars(digits))
    picture = numpy.kron(numpy.pad(1 - drawn, ((0, 0), (10, 10)), constant_values=1), numpy.ones((60, 3)))
    [read] = zxingcpp.read_barcodes(
        picture.astype(numpy.uint8) * 255, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code128)
    )

    assert drawn.shape[1] == 11 + 13 * 11 + 11 + 13  # start, pairs, check, stop
    assert read.text == digits


def test_a_code_of_another_length_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="26 digits"):
        symbols.qr("12345")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_printed_into_the_quiet_zone_of_a_code(language: str) -> None:
    for page in laid_out(an_endless_voucher(language)):
        inked = [_box(mark) for mark in page if isinstance(mark, Text) and not mark.angle]
        for mark in (mark for mark in page if isinstance(mark, Code)):
            quiet = (symbols.QR_QUIET if mark.modules.rows > 1 else symbols.BARS_QUIET) * mark.module
            height = mark.modules.rows * mark.row_height
            above = quiet if mark.modules.rows > 1 else 0
            left, right = mark.x - quiet, mark.x + mark.modules.columns * mark.module + quiet
            low, high = mark.y - above, mark.y + height + above
            assert left >= layout.MARGIN
            assert right <= WIDTH - layout.MARGIN
            assert not [b for b in inked if b[0] < right and b[2] > left and b[1] < high and b[3] > low]


def test_each_ticket_has_a_page_with_only_its_own_code(rendered: Callable[..., list[Any]]) -> None:
    from controllers.scanning.picture import read_frame

    tickets = tuple(Symbol(code(n), 1, 1, f"Adult {n}") for n in (1, 2, 3))

    pages = rendered(voucher_pdf(a_voucher(symbols=tickets)).pdf)

    assert [[scan.text for scan in read_frame(page)] for page in pages] == [[t.code] for t in tickets]


# --- what stands on it --------------------------------------------------------------------------


def test_a_voucher_says_what_a_traveler_and_a_counter_need() -> None:
    [page] = laid_out(a_voucher())

    said = words_on(page)

    for wanted in (
        "Palace Walking Tour", "Small group", "Sat 5 December 2026, 09:30", "(Asia/Seoul, UTC+9)", "Adult × 2",
        "Example Guest", "Exit 2", "CF-48217", "KKday number", "26KK1012077310", "help@example.com", "Admits 3 people",
        "Until Wed 2 December 2026, 09:30: full refund", "50% refund", "After that: no refund", grouped(code(48217)),
    ):  # fmt: skip
        assert wanted in said


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("ko", "2026년 12월 5일 (토) 09:30"),
        ("zh-TW", "2026年12月5日（週六）09:30"),
        ("ja", "2026年12月5日(土) 09:30"),
    ],
)
def test_dates_are_written_as_the_traveler_writes_them(language: str, when: str) -> None:
    assert when in words_on(laid_out(a_voucher(language=language))[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    english = wording.wording("en")._words

    ours = wording.wording(language)._words

    assert ours.keys() == english.keys()
    for key, sentence in english.items():
        if not key.startswith("practice"):
            assert set(re.findall(r"{\w+}", ours[key])) == set(re.findall(r"{\w+}", sentence)), key


def test_an_open_ticket_says_until_when_it_is_good() -> None:
    voucher = a_voucher(departs_on=None, departs_at=None, valid_until=date(2026, 12, 31), refund_terms=())

    said = words_on(laid_out(voucher)[0])

    assert "Open date" in said
    assert "Valid until Thu 31 December 2026" in said


def test_an_unknown_time_and_party_are_not_guessed() -> None:
    voucher = a_voucher(departs_at=None, party=(), heads=None, symbols=(Symbol(code(1), 1, 1),))

    said = words_on(laid_out(voucher)[0])

    assert "Time as in your booking" in said
    assert "As in your booking" in said
    assert "Admits" not in said


def test_several_uses_are_told() -> None:
    said = words_on(laid_out(a_voucher(symbols=(Symbol(code(1), 2, 4),)))[0])

    assert "Admits 2 people · Good for 4 visits" in said


def test_terms_that_only_give_nothing_are_no_refund() -> None:
    assert wording.wording("en").cancelling(a_voucher(refund_terms=((AT, 0),)))[1] == [
        "After that: no refund"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_practice_voucher_says_so_in_both_languages(language: str) -> None:
    said = words_on(laid_out(a_voucher(language=language, practice=True))[0])

    assert "PRACTICE" in said
    assert wording.wording(language)("practice_note").split("。")[0][:6] in said


def test_a_traveler_of_another_language_gets_english() -> None:
    assert b"/Lang (en)" in voucher_pdf(a_voucher(language="fr-FR")).pdf


def test_a_voucher_without_a_ticket_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="nobody"):
        voucher_pdf(a_voucher(symbols=()))


# --- long texts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_endless_texts_stay_on_the_page(language: str) -> None:
    for page in laid_out(an_endless_voucher(language)):
        for mark in page:
            if isinstance(mark, Text):
                left, low, right, high = _box(mark)
                assert left >= layout.MARGIN - 1
                assert right <= WIDTH - layout.MARGIN + 1
                assert low >= 20
                assert high <= HEIGHT - 30


def test_endless_texts_end_in_dots_and_do_not_overlap() -> None:
    page = laid_out(an_endless_voucher("en"))[0]
    boxes = sorted((_box(m) for m in page if isinstance(m, Text) and not m.angle), key=lambda b: -b[1])

    assert words_on(page).count("…") >= 8
    for above in boxes:
        for below in boxes:
            if below[1] < above[1] and below[0] < above[2] and below[2] > above[0]:
                assert below[3] <= above[1] + 1


def test_the_codes_of_an_endless_voucher_are_still_read(rendered: Callable[..., list[Any]]) -> None:
    from controllers.scanning.picture import read_frame

    pages = rendered(voucher_pdf(an_endless_voucher("ja")).pdf)

    assert [[scan.text for scan in read_frame(page)] for page in pages] == [[code(1)], [code(2)]]


def test_korean_breaks_at_spaces_and_japanese_not_before_a_full_stop() -> None:
    korean = text.Typesetter("ko").wrap("가나다라 마바사아 자차카타", 10, 60, lines=9)
    japanese = text.Typesetter("ja").wrap("あいうえお。かきくけこ", 10, 51, lines=9)

    assert [_said(line) for line in korean] == ["가나다라", "마바사아", "자차카타"]
    assert [_said(line) for line in japanese] == ["あいうえ", "お。かきく", "けこ"]


# --- letters ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_printed_with_real_letters(script: str, language: str) -> None:
    setter = text.Typesetter(language)
    for bold in (False, True):
        line = setter.line(SCRIPTS[script], 12, bold=bold)
        for piece in line.pieces:
            face = piece.face.font.face
            drawn = paint._shaped(piece) if text.TO_SHAPE.search(piece.text) else piece.text
            assert drawn
            assert all(face.charToGlyph.get(ord(letter), 0) for letter in drawn)
    assert setter.missing == ()


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_leaves_ink(script: str, rendered: Callable[..., list[Any]]) -> None:
    def ink(lead: str) -> int:
        [page] = rendered(voucher_pdf(a_voucher(lead=lead)).pdf)
        return int((page < 128).sum())

    assert ink(SCRIPTS[script]) > ink("") + 200


def test_thai_tones_are_lifted_above_vowels() -> None:
    [piece] = text.Typesetter("en").line("ที่", 12).pieces

    shaped = paint._shaped(piece)

    plain = piece.face.font.face.charToGlyph
    glyphs = [plain[ord(letter)] for letter in shaped]
    lifted = [place.y_offset for place in shaped.__shapeData__]
    assert glyphs[-1] != plain[ord("\u0e48")] or max(lifted) > 0


def test_loose_accents_are_set_like_composed_ones() -> None:
    [loose] = text.Typesetter("en").line("Nguye\u0302\u0303n", 12).pieces
    [composed] = text.Typesetter("en").line("Nguyễn", 12).pieces

    assert loose == composed


def test_a_japanese_reader_and_a_chinese_one_get_their_own_letters() -> None:
    [japanese] = text.Typesetter("ja").line("直", 12).pieces
    [chinese] = text.Typesetter("zh-TW").line("直", 12).pieces

    assert japanese.face.name != chinese.face.name


def test_a_name_is_not_set_in_two_hands() -> None:
    line = text.Typesetter("ja").line("龙门真直", 12)

    assert len(line.pieces) == 1


def test_what_no_font_has_is_marked_and_reported(rendered: Callable[..., list[Any]]) -> None:
    printed = voucher_pdf(a_voucher(lead="Example 😀 👨\u200d👩\u200d👧 قمر"))

    assert printed.missing == ("😀", "👨\u200d👩\u200d👧", "ق", "م", "ر")
    line = text.Typesetter("en").line("😀", 12)
    assert _said(line) == fonts.REPLACEMENT
    assert line.width > 5


def test_invisible_signs_are_not_reported() -> None:
    assert voucher_pdf(a_voucher(lead="Exam\u200bple\ufeff \u202aGuest\u202c 葛\U000e0100")).missing == ()


def test_rare_names_beyond_the_first_plane_are_printed() -> None:
    rare = next(chr(c) for c in fonts.face_for("直", "ja", False).font.face.charToGlyph if c > 0xFFFF)  # type: ignore[union-attr]

    printed = voucher_pdf(a_voucher(language="ja", lead=f"見本{rare}"))

    assert printed.missing == ()


def test_missing_fonts_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_find", lambda name: None)

    with pytest.raises(CannotDo) as refused:
        voucher_pdf(a_voucher())

    assert refused.value.code == "fonts-missing"
    assert "NotoSans-Regular.ttf" in refused.value.sentence


# --- the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_embedded_in_part_and_there_is_no_other(language: str) -> None:
    pdf = voucher_pdf(a_voucher(language=language, lead=" ".join(SCRIPTS.values()))).pdf

    used = re.findall(rb"/BaseFont /(\S+)", pdf)

    assert used
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in used)
    assert pdf.count(b"/FontFile2") == len(used)
    assert len(pdf) < 200_000


def test_the_same_voucher_is_the_same_file() -> None:
    voucher = a_voucher(language="ja", lead="ตัวอย่าง ที่นี่")
    first = voucher_pdf(voucher).pdf
    voucher_pdf(a_voucher(lead="น้ำ ผู้ใหญ่ x\u0323\u0302"))

    assert voucher_pdf(voucher).pdf == first


def test_metadata_hold_the_number_and_the_operator_and_no_name() -> None:
    pdf = voucher_pdf(a_voucher()).pdf

    assert b"/Title (CF-48217)" in pdf
    assert b"/Author (Example Tours)" in pdf
    assert b"Example Guest" not in pdf


def test_vouchers_may_be_printed_by_two_threads_at_once() -> None:
    vouchers = [a_voucher(language=language, lead=SCRIPTS["thai"]) for language in LANGUAGES]
    alone = [voucher_pdf(voucher) for voucher in vouchers]
    together: dict[int, list[printing.Printed]] = {}

    def work(name: int) -> None:
        together[name] = [voucher_pdf(voucher) for _ in range(3) for voucher in vouchers]

    threads = [threading.Thread(target=work, args=(name,)) for name in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert together == {0: alone * 3, 1: alone * 3}


def test_nothing_heavy_is_loaded_before_the_first_voucher() -> None:
    import subprocess
    import sys

    asked = "import sys, controllers.voucher_pdf, controllers.scanning.picture as p; "
    asked += (
        "print([m for m in ('reportlab', 'babel', 'cv2', 'numpy', 'zxingcpp', 'PIL') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def _grid(modules: symbols.Modules) -> Any:
    grid = numpy.zeros((modules.rows, modules.columns), numpy.uint8)
    for column, row, columns, rows in modules.dark:
        assert not grid[row : row + rows, column : column + columns].any()
        grid[row : row + rows, column : column + columns] = 1
    return grid


def _box(mark: Text) -> tuple[float, float, float, float]:
    """Left, foot, right, top of a line; a slanted one by its ends."""
    from math import cos, radians, sin

    along, up = cos(radians(mark.angle)) * mark.line.width, sin(radians(mark.angle)) * mark.line.width
    return mark.x, mark.y - mark.line.size * 0.22, mark.x + along, mark.y + up + mark.line.size * 0.8


def _said(line: text.Line) -> str:
    return "".join(piece.text for piece in line.pieces)
