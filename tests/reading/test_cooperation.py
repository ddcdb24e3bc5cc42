"""Cooperation, one line a case: what a sentence says, and who cooperates with whom in which fields."""

import pytest

from loaders.reading.annotation import to_annotation
from tests.reading.cases import reader, split

CASES = [
    "Тбилиси поддерживает военное сотрудничество и с Анкарой, и с Баку. => GEO TUR general; AZE GEO general",
    "Казахстан и Беларусь сотрудничают в области военного образования и науки. => BLR KAZ education science",
    "Между Казахстаном и Турцией развивается военно-техническое сотрудничество. => KAZ TUR technical",
    "Казахстан развивает военно-техническое сотрудничество с Индией, Италией и Францией."
    " => IND KAZ technical; ITA KAZ technical; FRA KAZ technical",
    "Сербия сотрудничает с НАТО по линии миротворчества. => NATO SRB peacekeeping",
    "Министры обороны России и Ирана договорились о сотрудничестве в области кибербезопасности. => IRN RUS cyber",
    "Армения и Греция обязались вместе заниматься кибербезопасностью и военным образованием."
    " => ARM GRC cyber education",
    "В российских академиях учатся более ста узбекских офицеров. => RUS UZB education",
    "Казахстан готовит офицеров для Монголии и Кыргызстана. => KAZ MNG education; KAZ KGZ education",
    "Турция – главный военный союзник Азербайджана. => AZE TUR general",
    "Казахстан и Италия подписали соглашение о военном сотрудничестве. => ITA KAZ general",
    "Казахстан и Италия подписали план военно-технического сотрудничества. => ITA KAZ technical",
    "Казахстанско-китайское военное сотрудничество успешно развивается. => CHN KAZ general",
    "Стороны обсудили вопросы военного сотрудничества Казахстана и Китая. =>",
    "Казахстан заинтересован в развитии военного сотрудничества с Японией. =>",
    "Казахстан намерен развивать военное сотрудничество с Японией. =>",
    "Россия и Китай провели совместное учение. =>",
    "Ереван не сотрудничает с Баку в военной области. =>",
    "Казахстан и Япония развивают торгово-экономическое сотрудничество. =>",
    "Шанхайская организация сотрудничества провела учение в Китае. =>",
]


@pytest.mark.parametrize("case", CASES)
def test_cooperation(case: str) -> None:
    text, expected = split(case)
    said = to_annotation(reader().read(text, "ru"))["cooperation"]
    found = {" ".join([*sorted(a.split(":")[0] for a in c["actors"]), *sorted(c["domain"])]) for c in said}
    assert found == expected
