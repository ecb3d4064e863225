"""KKday's order mail, in Korean: a new order that waits for our confirmation. It tells no contact."""

from __future__ import annotations

import re

from controllers.channels.adapter import Adapter
from controllers.channels.dates import departure, time_of
from controllers.channels.documents import Document
from controllers.channels.identities import reference_of
from controllers.channels.letters import LetterReader, labelled, written_at
from controllers.channels.parties import party_of
from controllers.channels.people import language_of, person, phone_of
from controllers.channels.text import distinct, paragraph
from models.orders import Collector, Order, Telling
from models.reservations import Status

_LABELS = {
    "reference": ("예약번호", "예약 번호", "주문번호", "訂單編號", "Order Number", "Order No."),
    "code": ("상품번호", "상품 번호", "商品編號", "Product No."),
    "product": ("상품명", "商品名稱", "Product Name"),
    "option": ("패키지", "패키지명", "方案", "Package"),
    "departs": ("사용 날짜", "사용날짜", "이용 날짜", "使用日期", "Date of Use"),
    "time": ("사용 시간", "이용 시간", "시간"),
    "quantity": ("수량", "數量", "Quantity"),
    "lead": ("대표 여행자", "대표여행자", "旅客代表人", "Lead Traveler"),
    "language": ("가이드 언어", "언어"),
    "phone": ("연락처",),
    "request": ("요청 사항", "요청사항", "비고"),
}
_NUMBER = re.compile(r"\b\d{2}KK\d{6,}\b")


class Mail(LetterReader):
    """The mail of an order that came in, is to be cancelled or is cancelled."""

    key = "kkday"
    title = "KKday"

    def knows(self, document: Document) -> bool:
        """A KK number beside its label, or in the subject of KKday's mail."""
        subject = document.headers.get("Subject", "")
        return bool(_NUMBER.search(labelled(document.text, _LABELS)["reference"])) or (
            "kkday" in subject.casefold() and bool(_NUMBER.search(subject))
        )

    def reference(self, document: Document, body: str) -> str:
        """The order's number."""
        told = labelled(body, _LABELS, below=("reference",))["reference"]
        found = _NUMBER.search(told) or _NUMBER.search(document.headers.get("Subject", ""))
        return found.group() if found else ""

    def order(self, document: Document, body: str) -> Order:
        """What the mail tells."""
        told = labelled(body, _LABELS, below=("reference", "departs"))
        telling, status = _news(document, body)
        gone = telling is not Telling.BOOKED
        leaves = None if gone and not told["departs"] else departure(told["departs"])
        lines, party = party_of(told["quantity"])
        return Order(
            channel="kkday",
            reference=reference_of(self.reference(document, body)),
            telling=telling,
            status=status,
            products=distinct(told["product"], told["code"]),
            options=distinct(told["option"]),
            departs_on=leaves.on if leaves else None,
            starts=leaves.at or time_of(told["time"]) if leaves else None,
            lines=lines,
            party=party,
            lead=person(told["lead"]),
            phone=phone_of(told["phone"]),
            language=language_of(told["language"]),
            request=paragraph(told["request"]),
            paid=True,
            collector=Collector.CHANNEL,
            ordered_at=None if gone else written_at(document),
        )


def _news(document: Document, body: str) -> tuple[Telling, Status]:
    """The subject says what happened, else the first lines above the labels."""
    said = document.headers.get("Subject", "") or "\n".join(body.splitlines()[:3])
    if "취소" in said or "cancel" in said.casefold():
        if "요청" in said or "request" in said.casefold():
            return Telling.STATE, Status.CANCEL_REQUESTED
        return Telling.CANCELLED, Status.CANCELLED
    return Telling.BOOKED, Status.UNCONFIRMED


ADAPTER = Adapter("kkday", "KKday", (Mail(),))
