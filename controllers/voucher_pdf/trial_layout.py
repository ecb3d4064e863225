"""Decides where everything stands on a printer's test page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controllers.scanning.diagnosis import TEST_NUMBER
from controllers.voucher_pdf import symbols
from controllers.voucher_pdf.columns import Column
from controllers.voucher_pdf.forms import FORMS, Form
from controllers.voucher_pdf.marks import (
    BLACK,
    INK2,
    INK3,
    Band,
    Code,
    Mark,
    Page,
    Text,
    as_long_as_needed,
    on_sheets,
)
from controllers.voucher_pdf.text import Typesetter
from models.codes import grouped
from models.papers import POINT, SIZES, Paper

if TYPE_CHECKING:
    from controllers.trial_page import TrialPage

SAMPLES = (
    ("English", "Voucher for 2 adults, 09:30"),
    ("한국어", "바우처 확인 뷁쀍 김예시 ₩49,000"),
    ("日本語", "見本お客様 込働畑 アガ ー ¥9,800"),
    ("繁體中文", "範例憑證 龜與體 櫃檯"),
    ("简体中文", "凭证样本 龙门阵 图书馆"),
    ("ภาษาไทย", "ตัวอย่าง ที่นี่ น้ำ ผู้ใหญ่ ฿250"),
    ("Tiếng Việt", "Nguyễn Ví Dụ Ặằỗ ₫120.000"),
    ("Latin", "Žofie Ćosić Ørsted ẞ Ł ğ €£"),
    ("Кириллица", "Пример Ёлка Їжак"),
    ("Ελληνικά", "Παράδειγμα Ώρα"),
)
"""A line in every script our travelers write their names in."""

_BAR_MM = 50
_CORNER = 3.0


def pages(page: TrialPage, setter: Typesetter, paper: Paper) -> list[Page]:
    """The page; samples that do not fit go on to another."""
    form, words = FORMS[paper], page.words
    column = Column(setter, form.margin, -10, form.room, scale=form.scale)
    column.words(words.title, 18, 2, bold=True)
    facts = {"printer": page.printer, "paper": page.paper, "counter": page.counter, "at": page.at}
    column.words(words.where.format_map(facts), 10.5, 3)
    column.words(words.when.format_map(facts), 10.5, 1)
    column.rule(8, 8)
    column.words(words.scripts, 10, 3)
    column.y -= 4
    for script, sample in SAMPLES:
        _sample(column, script, sample)
    column.rule(8, 8)
    _ruler(column, form)
    column.words(words.ruler, 10, 3)
    if not form.is_roll:
        column.words(words.edges, 10, 4)
    column.rule(8, 8)
    column.words(words.codes, 10, 3)
    _codes(column, form)
    if form.is_roll:
        return [as_long_as_needed(column.marks, form.width, form.foot, black=True)]
    edge = _edges(form, SIZES[paper].edge)
    made = on_sheets(column.marks, form.width, form.height, form.head, form.foot)
    return [Page((*marks, *edge), form.width, form.height) for marks in made]


def _sample(column: Column, script: str, sample: str) -> None:
    """The name of a script, and beside it what must be readable."""
    name = column.setter.line(script, column.size(9), width=column.width * 0.26)
    column.marks.append(Text(name, column.x, column.y - column.size(13) * 1.06, INK3))
    beside = column.beside(column.x + column.width * 0.28, column.width * 0.72)
    beside.words(sample, 13, 2)
    column.marks += beside.marks
    column.y = beside.y - 2


def _ruler(column: Column, form: Form) -> None:
    """A bar of a known length, with a mark each centimetre."""
    column.y -= 8
    column.marks.append(Band(form.margin, column.y, _BAR_MM * POINT, 2, BLACK))
    for centimetre in range(0, _BAR_MM + 1, 10):
        column.marks.append(Band(form.margin + centimetre * POINT - 0.4, column.y, 0.8, 8, BLACK))
    column.y -= 6


def _codes(column: Column, form: Form) -> None:
    """Both codes as large as on a voucher of this paper."""
    column.y -= form.qr_quiet + form.qr_size
    x = form.on_dots(form.margin + form.qr_quiet)
    column.marks.append(
        Code(symbols.qr(TEST_NUMBER), x, form.on_dots(column.y), form.qr_module, form.qr_module)
    )
    column.y -= form.qr_quiet + form.bar_height
    bars = form.on_dots((form.width - form.bars_width) / 2 if form.is_roll else form.margin + 8)
    column.marks.append(
        Code(symbols.bars(TEST_NUMBER), bars, form.on_dots(column.y), form.bar_module, form.bar_height)
    )
    line = column.setter.line(grouped(TEST_NUMBER), 9)
    column.marks.append(Text(line, bars, column.y - 13, INK2))
    column.y -= 16


def _edges(form: Form, edge: float) -> list[Mark]:
    """A square in each corner of what can be printed on."""
    return [
        Band(x, y, _CORNER, _CORNER, BLACK)
        for x in (edge, form.width - edge - _CORNER)
        for y in (edge, form.height - edge - _CORNER)
    ]
