"""More mail programs and languages: what each writes between an answer and the mail it answers."""

from __future__ import annotations

from tests.mails.quoting import OURS, QUOTED, SAID, Case

_WHO = "Desk <desk@example.com>"
_MARKED = {
    "spark": ("en", f"On Feb 1, 2027, 10:00 +0900, {_WHO}, wrote:"),
    "proton": (
        "en",
        f"Sent with Proton Mail secure email.\n\nOn Monday, February 1st, 2027 at 10:00, {_WHO} wrote:",
    ),
    "netease": ("zh-CN", 'At 2027-02-01 10:00:00, "Desk" <desk@example.com> wrote:'),
    "netease zh": ("zh-CN", '在 2027-02-01 10:00:00，"Desk" <desk@example.com> 写道：'),
    "thunderbird ko": ("ko", "2027-02-01 오전 10:00에 Desk 이(가) 쓴 글:"),
    "thunderbird zh-TW": ("zh-TW", "Desk 於 2027/2/1 上午 10:00 寫道:"),
    "gmail pt": ("en", f"Em seg., 1 de fev. de 2027 às 10:00, {_WHO} escreveu:"),
    "gmail th": ("en", f"ในวันที่ จ. 1 ก.พ. 2027 เวลา 10:00 {_WHO} เขียนว่า:"),
    "gmail vi": ("en", f"Vào Th 2, 1 thg 2, 2027 vào lúc 10:00 {_WHO} đã viết:"),
    "gmail ru": ("en", f"пн, 1 февр. 2027 г. в 10:00, {_WHO}:"),
    "gmail id": ("en", f"Pada Sen, 1 Feb 2027 pukul 10.00 {_WHO} menulis:"),
}
"""What stands above a quote with its marks."""
_BARE = {
    "outlook phone ko": (
        "ko",
        "iOS용 Outlook 다운로드\n________________________________\n"
        f"보낸 사람: {_WHO}\n보낸 날짜: 2027년 2월 1일\n받는 사람: a\n제목: 바우처",
    ),
    "daum": (
        "ko",
        f"--------- 원본 메일 ---------\n보낸사람 : {_WHO}\n받는사람 : a\n날짜: 2027년 2월 1일\n제목: 바우처",
    ),
    "kakao": (
        "ko",
        f"---------[ 받은 메일 내용 ]----------\n제목 : 바우처\n날짜 : 2027년\n보낸이 : {_WHO}\n받는이 : a",
    ),
    "netease phone": (
        "zh-CN",
        "---- 回复的原邮件 ----\n| 发件人 | Desk<desk@example.com> |\n| 主题 | voucher |",
    ),
    "samsung ko": (
        "ko",
        "나의 Galaxy에서 보냄\n\n-------- 원본 이메일 --------\n"
        f"발신: {_WHO}\n날짜: 2027/2/1\n받은 사람: a\n제목: 바우처",
    ),
    "samsung zh-TW": (
        "zh-TW",
        f"從我的 Galaxy 傳送\n\n-------- 原始訊息 --------\n自: {_WHO}\n日期: 2027/2/1\n收件者: a\n主旨: voucher",
    ),
    "samsung en": (
        "en",
        f"Sent from my Galaxy\n\n-------- Original message --------\nFrom: {_WHO}\nDate: 2/1/27\nTo: a\nSubject: v",
    ),
    "yahoo ja": ("ja", f"----- Original Message -----\nFrom: {_WHO}\nTo: a\nDate: 2027/2/1, Mon\nSubject: v"),
    "outlook pt": ("en", f"De: {_WHO}\nEnviada em: segunda-feira, 1 de fevereiro\nPara: a\nAssunto: voucher"),
    "outlook ru": ("en", f"От: {_WHO}\nОтправлено: 1 февраля 2027 г.\nКому: a\nТема: voucher"),
}
"""What stands above a quote without any."""
_PLAIN = {
    "a sentence that begins like a head": "From: the station we walk.\nBye",
    "a question with a list": "질문입니다 2:\n1. 주차가 되나요?\n2. 비가 오면?",
    "their own address": "My address is ann@example.org, my number:\n010",
}

PROGRAMS = (
    *(
        Case(name, SAID[said], f"{SAID[said]}\n\n{head}\n\n{QUOTED}")
        for name, (said, head) in _MARKED.items()
    ),
    *(Case(name, SAID[said], f"{SAID[said]}\n\n{head}\n\n{OURS}") for name, (said, head) in _BARE.items()),
    *(Case(name, words, words) for name, words in _PLAIN.items()),
)
