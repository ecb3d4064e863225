"""MyRealTrip's reservation list and its message texts, both in Korean.

With EXP numbers every unit has a number of its own: two adults and a child are three rows. The
option column then holds the unit ("성인 1명"). Prices are in won, and MyRealTrip takes the money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, is_open, ordered, time_of
from controllers.channels.documents import Document
from controllers.channels.identities import reference_of
from controllers.channels.letters import LetterReader, labelled, written_at
from controllers.channels.parties import Party, count_of, party_of
from controllers.channels.people import email_of, language_of, person, phone_of
from controllers.channels.raw import RowRefused
from controllers.channels.statuses import status_of
from controllers.channels.tables import Cells, TableReader
from controllers.channels.text import distinct, line, paragraph
from models.orders import Collector, Line, Order, Telling

_UNIT = re.compile(
    r"(?:.*[\s\]/-])?((?:성인|대인|아동|소아|소인|어린이|유아|영유아|청소년|경로|시니어|학생|장애인|일반|adult|child|infant|youth|senior)"
    r"(?:\([^)]*\))?)\s*(\d{1,3})?\s*(?:명|인|매|장)?",
    re.I,
)


def _order(cells: Cells) -> Order:
    leaves = None if is_open(cells["departs"]) else departure(cells["departs"])
    word = line(cells["status"], 100)
    lines, party = _party(cells["option"], cells["quantity"])
    return Order(
        channel="myrealtrip",
        reference=reference_of(cells["reference"]),
        status_word=word,
        status=status_of("myrealtrip", word),
        products=distinct(cells["product"]),
        options=distinct(cells["option"]),
        departs_on=leaves.on if leaves else None,
        starts=(leaves.at or time_of(cells["time"])) if leaves else None,
        open_dated=leaves is None,
        lines=lines,
        party=party,
        lead=person(cells["name"]),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        language=language_of(cells["language"]),
        request=paragraph(cells["request"]),
        amount=amount(cells["amount"], cells["currency"] or "KRW"),
        paid=True,
        collector=Collector.CHANNEL,
        ordered_at=ordered(cells["ordered"]),
    )


@lru_cache(maxsize=4096)
def _party(option: str, quantity: str) -> Party:
    """The unit hides in the option; a unit of several ("성인 2명") counts that many each."""
    number = count_of(quantity)
    if not number:
        return (), None
    unit = _UNIT.fullmatch(option.strip())
    if unit is None:
        return (), number
    each = int(unit.group(2) or 1)
    one = Line(option.strip(), number, heads_each=each) if each > 1 else Line(unit.group(1), number)
    return (one,), number * max(each, 1)


TABLE = TableReader(
    key="myrealtrip",
    title="MyRealTrip",
    columns={
        "reference": ("예약번호", "예약 번호", "Reservation number", "Reservation No."),
        "status": ("예약상태", "예약 상태", "상태", "Reservation status"),
        "product": ("상품명", "상품 명"),
        "option": ("옵션명", "옵션", "옵션 명"),
        "quantity": ("수량", "인원", "구매수량", "구매 수량"),
        "departs": ("여행 출발일", "여행출발일", "출발일", "여행일", "이용일", "사용일"),
        "time": ("출발 시간", "출발시간", "여행 시간", "시작 시간"),
        "name": ("여행자명", "여행자 이름", "예약자명", "예약자"),
        "phone": ("연락처", "전화번호", "휴대폰", "휴대폰번호"),
        "email": ("이메일", "e-mail"),
        "amount": ("결제금액", "결제 금액", "판매금액", "금액"),
        "currency": ("통화",),
        "ordered": ("예약일시", "예약 일시", "예약일", "결제일시", "결제일"),
        "request": ("요청 사항", "요청사항"),
        "language": ("언어", "진행 언어"),
    },
    required=("reference", "status", "product", "departs"),
    marks=("reference", "status", "product", "departs"),
    build=_order,
)

_LABELS = {
    name: TABLE.columns[name]
    for name in ("reference", "product", "option", "departs", "request", "time", "quantity")
}
_NUMBER = re.compile(r"\b(?:TNA-?\d{4,}-?\d+|EXP-?\d{4,}-?\d+|TQ-?\d{6,})\b", re.I)
_MORE = re.compile(r"등\s*\d+\s*개|외\s*\d+\s*[건개]")

# The first sentence of a message says what happened; a later one may say what could happen.
# Behind each stands the word that MyRealTrip's own list would show.
_NEWS = (
    (re.compile("취소.{0,6}(요청|접수|신청)"), "취소 요청", Telling.STATE),
    (re.compile("취소"), "취소", Telling.CANCELLED),
    (re.compile("접수|확정 대기"), "확정 대기", Telling.BOOKED),
    (re.compile("확정|완료"), "예약 완료", Telling.BOOKED),
)


class Message(LetterReader):
    """The text MyRealTrip sends when an order is booked, confirmed or cancelled."""

    key = "myrealtrip"
    title = "MyRealTrip"

    def knows(self, document: Document) -> bool:
        """A booking number in MyRealTrip's form, beside its label."""
        return bool(_NUMBER.search(labelled(document.text, _LABELS)["reference"]))

    def bodies(self, document: Document) -> Iterator[tuple[int, str]]:
        """Each message of a paste: it starts with its sentence, above the number."""
        starts: list[int] = []
        lines = document.text.split("\n")
        for index, shown in enumerate(lines):
            if _NUMBER.search(labelled(shown, _LABELS)["reference"]):
                above = index
                while (
                    above > (starts[-1] + 1 if starts else 0)
                    and lines[above - 1].strip()
                    and not _labels_of(lines[above - 1])
                ):
                    above -= 1
                starts.append(above if starts else 0)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield start + 1, "\n".join(lines[start:end])

    def reference(self, document: Document, body: str) -> str:
        """The number, without its "and two more"."""
        found = _NUMBER.search(labelled(body, _LABELS)["reference"])
        return found.group() if found else ""

    def order(self, document: Document, body: str) -> Order:
        """What one message tells."""
        told = labelled(body, _LABELS)
        sentence = re.split(r"[.!\n]", body.strip(), maxsplit=1)[0]
        known = ((word, telling) for pattern, word, telling in _NEWS if pattern.search(sentence))
        word, telling = next(known, (line(sentence, 100), Telling.BOOKED))
        leaves = departure(told["departs"])
        cut = "…" in told["option"] or "..." in told["option"] or bool(_MORE.search(told["reference"]))
        lines, party = ((), None) if cut else _told_party(told["option"], told["quantity"])
        return Order(
            channel="myrealtrip",
            reference=reference_of(self.reference(document, body)),
            telling=telling,
            status_word=word,
            status=status_of("myrealtrip", word),
            products=distinct(told["product"]),
            options=distinct(told["option"], told["option"].rstrip(". …")),
            departs_on=leaves.on,
            starts=leaves.at or time_of(told["time"]),
            lines=lines,
            party=party,
            request=paragraph(told["request"]),
            paid=True,
            collector=Collector.CHANNEL,
            ordered_at=written_at(document) if telling is Telling.BOOKED else None,
        )


def _labels_of(shown: str) -> bool:
    return any(labelled(shown, _LABELS).values())


def _told_party(option: str, quantity: str) -> Party:
    """A message has no column for the number: "성인 2명" is two adults there."""
    if quantity:
        return _party(option, quantity)
    try:
        return party_of(option)
    except RowRefused:
        return (), None


ADAPTER = Adapter("myrealtrip", "MyRealTrip", (TABLE, Message()))
