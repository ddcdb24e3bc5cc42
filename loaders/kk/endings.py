"""The endings of Kazakh: tables, vowel harmony and assimilation, and what follows a participle or a verbal noun."""

import re
from collections.abc import Iterator

BACK = frozenset("аоұыяё")
FRONT = frozenset("әеөүіэ")
EITHER = frozenset("уию")
VOWELS = BACK | FRONT | EITHER
RUSSIAN_SURNAME = ("ев", "ёв", "ов")
SOFT_CLUSTERS = ("нк", "рк", "кт", "ск", "лк")
VOICELESS = frozenset("пфкқтсшщчцхһбвгд")
NASAL = frozenset("мнң")

NUMBERS = re.compile(r"(?P<stem>.{2,}?)(?P<ending>[лдт][ае]р)$")
POSSESSIVES = (
    ("ымыз", "1"),
    ("іміз", "1"),
    ("мыз", "1"),
    ("міз", "1"),
    ("сы", "3"),
    ("сі", "3"),
    ("ы", "3"),
    ("і", "3"),
)
CASES: tuple[tuple[str, str], ...] = (
    ("ның", "Gen"), ("нің", "Gen"), ("дың", "Gen"), ("дің", "Gen"), ("тың", "Gen"), ("тің", "Gen"),
    ("ға", "Dat"), ("ге", "Dat"), ("қа", "Dat"), ("ке", "Dat"),
    ("ны", "Acc"), ("ні", "Acc"), ("ды", "Acc"), ("ді", "Acc"), ("ты", "Acc"), ("ті", "Acc"),
    ("да", "Loc"), ("де", "Loc"), ("та", "Loc"), ("те", "Loc"),
    ("дан", "Abl"), ("ден", "Abl"), ("тан", "Abl"), ("тен", "Abl"), ("нан", "Abl"), ("нен", "Abl"),
    ("мен", "Ins"), ("бен", "Ins"), ("пен", "Ins"),
)  # fmt: skip
AFTER_POSSESSIVE: tuple[tuple[str, str], ...] = (
    ("ның", "Gen"), ("нің", "Gen"), ("на", "Dat"), ("не", "Dat"), ("нда", "Loc"), ("нде", "Loc"),
    ("нан", "Abl"), ("нен", "Abl"), ("мен", "Ins"), ("н", "Acc"),
)  # fmt: skip
ORDINAL_ENDINGS = ("інші", "ыншы", "нші", "ншы")
ATTRIBUTIVE_ENDINGS = ("ғы", "гі", "қы", "кі")
ATTRIBUTIVE = re.compile(r"(?P<place>.*[дт][ае])(?:ғы|гі)$")

VERB = re.compile(
    r"(?P<voice>(?:(?:ы|і)?с)?(?:[қкғг][ыі]з|[тд][ыі]р|т)?(?:[ыі]?[лн])?)"
    r"(?P<negation>[мбп][ае](?=[дтғгсйуыі]|[қк]|$))?"
    r"(?:(?P<past>[дт][ыі](?:м|ң|[қк]|ңыз|ңіз)?)"
    r"|(?P<evidential>[ыі]?пт[ыі]р?)"
    r"|(?P<participle>[ғгқк][ае]н)(?P<tail>.*)"
    r"|(?P<habitual>(?:ат[ыі]н|ет[ыі]н|йт[ыі]н))(?P<habitual_tail>.*)"
    r"|(?P<present>(?:а|е|й)(?:д[ыі]|м[ыі]н|м[ыі]з|с[ыі]ң|с[ыі]з))"
    r"|(?P<conditional>с[ае](?:м|ң|[қк]|ңыз|ңіз)?)"
    r"|(?P<until>[ғгқк][ае]л[ыі]|[ғгқк][ае]нша|[ғгқк][ае]нше)"
    r"|(?P<imperative>с[ыі]н|[ыі]ңыз|[ыі]ңіз|[ае]й[ыі][қк])"
    r"|(?P<intention>[мбп][ае][қк](?:ш[ыі])?(?:п[ыі]з|п[ыі]н|с[ыі]ң|с[ыі]з|м[ыі]з|м[ыі]н)?)"
    r"|(?P<agent>уш[ыі])(?P<agent_tail>.*)"
    r"|(?P<noun>у)(?P<noun_tail>.*)"
    r"|(?P<converb>[ыі]?п|а|е|й)"
    r"|(?P<aorist>[ае]?р|с)(?P<aorist_tail>(?:[дтлғгқк].*)?))$"
)


def harmony(stem: str) -> str:
    """`back`, `front`, or `""` where the stem's last vowel does not tell."""
    for letter in reversed(stem):
        if letter in EITHER:
            return ""
        if letter in BACK:
            return "back"
        if letter in FRONT:
            return "front"
    return ""


def fits(stem: str, ending: str) -> bool:
    """Whether an ending may follow a stem, by vowel harmony and assimilation of the first consonant."""
    stem = stem.rstrip("ьъ")
    mine, theirs = harmony(stem), harmony(ending)
    if stem.endswith(RUSSIAN_SURNAME):
        mine = ""  # «Тоқаевқа», «Белоусовқа»: the ending follows the root
    if theirs == "front" and stem.endswith(SOFT_CLUSTERS):
        mine = theirs  # «танкі», «Омскіде»
    if mine and theirs and mine != theirs and ending[:3] not in {"мен", "бен", "пен"}:
        return False
    last, first = stem[-1:], ending[:1]
    vowel = last in VOWELS
    if first in "тқкп" and len(ending) > 1:
        return last in VOICELESS
    if ending[:2] in {"на", "не"}:
        return last in NASAL
    if first == "н":
        return vowel or last in NASAL
    if ending[:1] == "д" and ending[-1:] == "ң":
        return last not in VOICELESS and not (vowel and last not in "уию") and last not in NASAL
    if ending[:2] in {"ды", "ді"}:
        return last not in VOICELESS and (not vowel or last in "уию")
    if ending[:2] in {"да", "де", "ға", "ге"}:
        return last not in VOICELESS or last in "бвгд"
    if first == "м":
        return last not in VOICELESS
    return True


TAIL = re.compile(
    r"(?P<abstract>д[ыі][қкғг])?(?P<plural>[лдт][ае]р)?(?P<possessive>[ыі]м[ыі]з|м[ыі]з|с[ыі]|[ыі])?"
    r"(?P<case>[ндт][ыі]ң|н|[ғгқк][ае]|н[ае]|[ндт][ыі]|н?[дт][ае]|[дтн][ае]н|[мбп]ен)?(?P<attribute>[ғг][ыі])?$"
)


def tail_features(tail: str) -> Iterator[dict[str, str]]:
    """The endings of a noun on a participle or a verbal noun."""
    if not tail:
        yield {}
        return
    match = TAIL.match(tail)
    if not match:
        return
    feats: dict[str, str] = {"Number": "Plur" if match["plural"] else "Sing"}
    if match["possessive"]:
        feats["Poss"] = "1" if "м" in match["possessive"] else "3"
    ending = match["case"] or ""
    feats["Case"] = _case_of(ending, possessed=bool(match["possessive"]))
    if match["attribute"]:
        feats["Attr"] = "Yes"
    yield feats


def _case_of(ending: str, *, possessed: bool) -> str:
    table = (*AFTER_POSSESSIVE, *CASES) if possessed else (*CASES, ("н", "Acc"))
    return next((case for each, case in table if each == ending), "Nom")


def shapes(stem: str, rest: str) -> Iterator[tuple[str, str]]:
    """The stem and the rest as sounds: «жоя» is жой + а, «қою» қой + у, «оқу» оқы + у."""
    yield stem, rest
    last = stem[-1]
    if last == "я":
        yield stem[:-1] + "й", "а" + rest
    elif last == "ю":
        yield stem[:-1] + "й", "у" + rest
    elif last == "у":
        yield stem[:-1] + "ы", "у" + rest
        yield stem[:-1] + "і", "у" + rest
    elif last == "и":
        yield stem[:-1] + "ы", "й" + rest
        yield stem[:-1] + "і", "й" + rest


def infinitive(stem: str) -> str:
    """The infinitive of a stem: «қой» → «қою», «шық» → «шығу»."""
    if stem.endswith("й"):
        return stem[:-1] + "ю"
    if stem[-1:] in {"к", "қ", "п"}:
        return stem[:-1] + {"к": "г", "қ": "ғ", "п": "б"}[stem[-1]] + "у"
    return stem + "у"


def is_closed(stem: str) -> bool:
    """Whether a stem ends in a consonant, or in у or и, which count as one before an ending: «жаттығу» → «жаттығуы»."""
    return stem[-1] not in VOWELS or stem[-1] in "уию"


def same_harmony(stem: str, ending: str) -> bool:
    """Whether stem and ending have vowels of one row, as far as they tell."""
    mine, theirs = harmony(stem), harmony(ending)
    return not theirs or mine == theirs or ending == "мен"


def plural_fits(stem: str, ending: str) -> bool:
    """Whether the plural begins with the consonant that the stem calls for: «елдер», «қалалар», «кештер»."""
    last = stem[-1]
    if ending[0] == "л":
        return last in VOWELS or last in "руйи"
    if ending[0] == "д":
        return last in "лмнңжз"
    return last in VOICELESS
