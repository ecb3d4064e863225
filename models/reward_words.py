"""The words with which a reward code goes to the traveler, in their language; nobody is named in them."""

from __future__ import annotations

from models.vouchers import voucher_language

_THANKS = {
    "en": (
        "Thank you for your review.\n\nAs a thank-you, this code takes {what} off at our counter until {day}:\n\n"
        "{code}\n\nShow it when you buy your next tour."
    ),
    "ko": (
        "후기를 남겨 주셔서 감사합니다.\n\n"
        "감사의 뜻으로 아래 코드를 드립니다. {day}까지 저희 창구에서 {what} 할인됩니다.\n\n"
        "{code}\n\n다음 투어를 구매하실 때 보여 주세요."
    ),
    "zh-TW": (
        "感謝您的評價。\n\n為表謝意，在 {day} 前於我們的櫃檯使用下列代碼，可折抵 {what}：\n\n"
        "{code}\n\n下次購買行程時請出示。"
    ),
    "ja": (
        "ご感想をお寄せいただき、ありがとうございます。\n\n"
        "お礼に、{day}まで当カウンターで{what}割引になるコードをお贈りします。\n\n"
        "{code}\n\n次回のツアーをお求めの際にご提示ください。"
    ),
}


def thanks(code: str, what: str, day: str, language: str) -> str:
    """What the traveler reads: `what` is the amount or the percent, `day` the last one, both in the language."""
    return _THANKS[voucher_language(language)].format(code=code, what=what, day=day)
