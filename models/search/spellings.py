"""How families and given names from Korea and China are spelled in Latin letters, by their bearers.

The official spelling is rarely the one in a passport: 김 is Gim by the rule and Kim on paper, 이 is Lee, Yi or
Rhee, 陳 is Chen or Chan. Under which of them somebody booked is not known, so each finds the others.
"""

from __future__ import annotations

import re

# The Korean sign, the spelling most people chose, and the others.
_KOREAN = """
김 kim gim|이 lee yi rhee ri|박 park bak pak|최 choi choe|정 jung jeong chung|강 kang gang|조 cho jo
윤 yoon yun|장 jang chang|임 lim im rim|한 han|오 oh|서 seo suh|신 shin sin|권 kwon gwon|황 hwang
안 ahn an|송 song|류 ryu yoo yu|유 yoo yu ryu|홍 hong|전 jeon chun jun|고 ko go koh|문 moon mun
양 yang|손 son sohn|배 bae pae|백 baek paik back|허 heo hur huh|남 nam|심 shim sim|노 noh roh
하 ha|곽 kwak gwak|성 sung seong|차 cha|주 joo ju|우 woo wu|구 koo gu ku|민 min|나 na ra|진 jin chin
지 ji chi|엄 um eom|채 chae|원 won|천 chun cheon|방 bang pang|공 kong gong|현 hyun hyeon|함 ham
변 byun byeon|염 yum yeom|여 yeo yuh|추 choo chu|도 do doh|석 seok suk|선 sun seon|설 seol sul
마 ma|길 gil kil|연 yeon youn|위 wi we|표 pyo|명 myung myeong|기 ki gi|반 ban|왕 wang|금 keum geum
옥 ok|육 yook yuk|인 in|맹 maeng|제 je|모 mo|탁 tak|국 kook guk|어 eo|은 eun|편 pyun pyeon|용 yong
남궁 namgung namkoong|황보 hwangbo|제갈 jegal|사공 sagong|선우 sunwoo seonu|독고 dokgo dokko
"""
# The Chinese signs in both scripts, the spelling of Beijing, and those of Taipei, Hong Kong and Singapore.
_CHINESE = """
陳陈 chen chan tan|林 lin lam lim|黃黄 huang hwang wong|張张 zhang chang cheung|李 li lee|王 wang wong
吳吴 wu ng goh|劉刘 liu lau low|蔡 cai tsai choi chua|楊杨 yang yeung|許许 xu hsu hui koh|鄭郑 zheng cheng
謝谢 xie hsieh tse|郭 guo kuo kwok|洪 hong hung|曾 zeng tseng tsang|邱 qiu chiu yau|廖 liao liu
賴赖 lai|周 zhou chou chow|徐 xu hsu tsui|蘇苏 su so|葉叶 ye yeh yip|莊庄 zhuang chuang chong|呂吕 lu lyu lui
江 jiang chiang kong|何 he ho|蕭萧 xiao hsiao siu|羅罗 luo lo law|高 gao kao ko|潘 pan poon|簡简 jian chien
朱 zhu chu|鍾钟 zhong chung|彭 peng pang|游 you yu|詹 zhan chan|胡 hu wu|施 shi shih|沈 shen shum|余 yu yee
盧卢 lu lo|梁 liang leung|趙赵 zhao chao chiu|顏颜 yan yen ngan|柯 ke ko|翁 weng yung|魏 wei ngai|孫孙 sun suen
戴 dai tai|范 fan|方 fang fong|宋 song sung|鄧邓 deng teng tang|杜 du tu to|傅 fu|侯 hou hau|曹 cao tsao cho
薛 xue hsueh sit|丁 ding ting|卓 zhuo cho cheuk|馬马 ma|董 dong tung|唐 tang tong|溫温 wen wan|藍蓝 lan lam
蔣蒋 jiang chiang|石 shi shih shek|古 gu ku|紀纪 ji chi kei|姚 yao yiu|連连 lian lien|馮冯 feng fung
歐欧 ou au|程 cheng ching|湯汤 tang tong|田 tian tien|康 kang hong|姜 jiang chiang|汪 wang wong|白 bai pai
鄒邹 zou tsou|尤 you yu|巫 wu|龔龚 gong kung|嚴严 yan yen yim|韓韩 han hon|錢钱 qian chien chin|秦 qin chin
"""

_HANGUL = range(0xAC00, 0xD7A4)
_STARTS = "k kk n d dd r m b bb s ss _ j jj ch k t p h".split()
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo oo wo we wi yu eu ee i".split()
_ENDS = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
_BEFORE_NG_AND_N = {("eo", "ng"): "u", ("eo", "n"): "u", ("yeo", "ng"): "yu", ("yeo", "n"): "yu"}
_ALONE = {"oo": "woo", "ee": "ui", "yu": "yoo"}  # without a consonant before them
_ALONE_BEFORE = {("yu", "l"): "yu", ("yeo", "ng"): "you", ("eo", "ng"): "eu"}


def _families(told: str) -> list[tuple[str, tuple[str, ...]]]:
    rows = [row.split() for line in told.strip().splitlines() for row in line.split("|")]
    return [(row[0], tuple(row[1:])) for row in rows]


_KOREAN_FAMILIES = dict(_families(_KOREAN))
_CHINESE_FAMILIES = {sign: spelled for signs, spelled in _families(_CHINESE) for sign in signs}
_SPELLED_ALIKE: dict[str, tuple[str, ...]] = {}
for _group in _KOREAN_FAMILIES.values():
    for _one in _group:
        _SPELLED_ALIKE[_one] = tuple(dict.fromkeys((*_SPELLED_ALIKE.get(_one, ()), *_group)))

_POPULAR_TO_OFFICIAL = (
    *(("young", "yeong"), ("yung", "yeong"), ("hyun", "hyeon"), ("kyung", "gyeong"), ("kyoung", "gyeong")),
    *(("sung", "seong"), ("jung", "jeong"), ("sun", "seon"), ("hoon", "hun"), ("joon", "jun"), ("woo", "u")),
    *(("hee", "hui"), ("oo", "u"), ("ee", "i"), ("ou", "u"), ("kw", "gw"), ("ki", "gi"), ("kun", "geon")),
)
_WORDS = re.compile(r"[a-z]+")


def native_family(name: str) -> tuple[str, tuple[str, ...]]:
    """The family a folded name in Korean or Chinese signs begins with, and its spellings; ('', ()) for none."""
    if len(name) > 3 and name[:2] in _KOREAN_FAMILIES:
        return name[:2], _KOREAN_FAMILIES[name[:2]]
    for families in (_KOREAN_FAMILIES, _CHINESE_FAMILIES):
        if len(name) > 1 and name[0] in families:
            return name[0], families[name[0]]
    return "", ()


def as_most_write(hangul: str) -> str:
    """Korean syllables as most people spell them: 수진 is soojin where the rule says sujin; '' for other signs."""
    if not hangul or any(ord(sign) not in _HANGUL for sign in hangul):
        return ""
    return "".join(_as_most_write(ord(sign) - _HANGUL.start) for sign in hangul)


def other_spellings(words: list[str]) -> list[str]:
    """What a name in Latin letters may be looked for under, beside its own letters."""
    others: list[str] = []
    for place, given in ((0, words[1:]), (-1, words[:-1])):  # the family comes first, or last
        if given and words[place] in _SPELLED_ALIKE:
            others += [word for word in _SPELLED_ALIKE[words[place]] if word != words[place]]
            others += [_official("".join(given))]
            break
    return others


def latin_words(name: str) -> list[str]:
    """The words of a name in plain Latin letters; [] where it has other letters."""
    lower = name.casefold()
    return _WORDS.findall(lower) if lower.isascii() else []


def _as_most_write(number: int) -> str:
    start, rest = divmod(number, 21 * 28)
    before, vowel, end = _STARTS[start], _VOWELS[rest // 28], _ENDS[rest % 28]
    if before == "_":
        vowel = _ALONE_BEFORE.get((vowel, end)) or _ALONE.get(vowel, vowel)
    else:
        vowel = _BEFORE_NG_AND_N.get((vowel, end), vowel)
    return f"{before}{vowel}{end}".replace("_", "")


def _official(given: str) -> str:
    for popular, official in _POPULAR_TO_OFFICIAL:
        given = given.replace(popular, official)
    return given
