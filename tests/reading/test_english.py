"""What English sentences say, one line a case, kind by kind."""

from typing import Any

import pytest

from loaders.reading.annotation import to_annotation
from tests.reading.cases import reader, split

SUPPLIES = [
    "In 2022 Poland bought 212 K9 howitzers from Hanwha Aerospace. => Hanwha Aerospace POL",
    "The United States has given the Haitian police armoured vehicles. => USA HTI",
    "Turkey sold Kazakhstan Cobra vehicles, and Aselsan supplies optics to the Kazakh army. => TUR KAZ; Aselsan KAZ",
    "Azerbaijan buys drones from Turkey, munitions from Israel and fighters from Pakistan. "
    "=> TUR AZE; ISR AZE; PAK AZE",
    "Baykar has sold drones to Mali, Burkina Faso and Niger alike. => Baykar MLI; Baykar BFA; Baykar NER",
    "Deliveries of Indian BrahMos missiles to the Philippines began in 2024. => IND PHL",
    "No American weapons have been sold to Armenia. =>",
    "India has offered helicopters to Oman. =>",
]
AGREEMENTS = [
    "Kazakhstan and Italy signed a military cooperation agreement in Rome in 2012. => agreement ITA KAZ 2012 Rome",
    "Tajikistan signed a memorandum of understanding on defence with Iran in Dushanbe on May 17, 2022. "
    "=> memorandum IRN TJK 2022-05-17 Dushanbe",
    "The defence agreement between Kazakhstan and Serbia entered into force in 2023. => agreement KAZ SRB None None",
    "A contract between India and Armenia has not been signed. =>",
]
COOPERATION = [
    "The Turkish and Azerbaijani armed forces cooperate in training and air defence. => AZE TUR air defence training",
    "Kazakhstan and China are strategic partners. => CHN KAZ general",
    "Military cooperation between Armenia and India covers training and military education. "
    "=> ARM IND education training",
    "Iran and Russia cooperate against terrorism. => IRN RUS counter-terrorism",
    "Kazakhstan and France discussed possible military cooperation. =>",
]
MEMBERSHIPS = [
    "The CSTO has three members: Armenia, Belarus and Russia. => ARM CSTO; BLR CSTO; RUS CSTO",
    "The organisation's members are China, India and Iran; the SCO met in Astana. =>",
    "The SCO met in Astana. The organisation's members are China, India and Iran. => CHN SCO; IND SCO; IRN SCO",
    "Sweden is taking part as a member of NATO. => SWE NATO",
    "Togo is not a member of the CIS. =>",
]
POSITIONS = [
    "Germany's Defence Minister Boris Pistorius arrived. => Pistorius minister DEU:MoD",
    "US Secretary of Defense Lloyd Austin spoke. => Austin minister USA:MoD",
    "Haiti's prime minister, Alix Didier Fils-Aimé, met them. => Fils-Aimé prime minister HTI",
    "Kristina Kvien, the US ambassador, came. => Kvien ambassador USA",
    "Aram Torosyan, spokesman for the Armenian Defence Ministry, denied it. => Torosyan spokesperson ARM:MoD",
    "Ruslan Zhaksylykov was appointed Kazakhstan's defence minister in 2022. => Zhaksylykov minister KAZ:MoD",
    "Colonel Vikram Rathore, who commands the Indian contingent, agreed. => Rathore commander IND:UNIT",
    "Former French Defence Minister Florence Parly came. =>",
]
MEETINGS = [
    "Russian Defence Minister Andrei Belousov spoke by phone with US Secretary of Defense Lloyd Austin "
    "on June 25, 2024. => call RUS USA Austin Belousov None 2024-06-25",
    "Chinese Defence Minister Dong Jun arrived in Tashkent on an official visit on 3 June 2024. "
    "=> visit CHN UZB Dong Tashkent 2024-06-03",
    "The defence ministers of Azerbaijan and Turkey met in Batumi on 2 July 2024. => talks AZE TUR Batumi 2024-07-02",
    "Turkish Defence Minister Yaşar Güler will visit Baku on 5 June 2024. => visit AZE TUR Güler Baku 2024-06-05",
    "A meeting between India and Nepal did not take place. =>",
]
MISSIONS = [
    "Malaysia has deployed a battalion of 820 soldiers in UNIFIL since 2007. => UNIFIL MYS 2007 contingent 820",
    "Six Kazakh officers serve as military observers in MONUSCO. => MONUSCO KAZ None observers None",
    "Kazakhstan has not sent troops to UNIFIL. =>",
]
EXERCISES = [
    "The joint Kazakh-Turkish exercise Steel Wing will be held at Koktal from 5 to 12 September 2025. "
    "=> Steel Wing 2025-09-05 2025-09-12 KAZ TUR",
    "Exercise Steppe Eagle 2019 brought together soldiers from Kazakhstan and Tajikistan. "
    "=> Steppe Eagle 2019 None KAZ TJK",
    "US and Philippine forces began their annual Balikatan exercise, which will run until May 10, 2024. "
    "=> Balikatan None 2024-05-10 PHL USA",
    "China and Russia conducted joint naval drills in the Sea of Japan on July 20-23, 2023. "
    "=> ? 2023-07-20 2023-07-23 CHN RUS",
    "The joint exercise Black Swan of Hungary and Serbia was cancelled. =>",
]
QUANTITIES = [
    "More than 400 Kyrgyz servicemen have studied at Turkish military academies since 1992. => KGZ 400 at least",
    "Poland bought 212 K9 howitzers from Hanwha Aerospace. => POL 212 exact",
]


def read(text: str) -> dict[str, Any]:
    return dict(to_annotation(reader().read(text, "en")))


def state(key: str) -> str:
    return key.split(":")[0]


@pytest.mark.parametrize("case", SUPPLIES)
def test_supplies(case: str) -> None:
    text, expected = split(case)
    assert {f"{s['supplier']} {state(s['recipient'])}" for s in read(text)["supplies"]} == expected


@pytest.mark.parametrize("case", AGREEMENTS)
def test_agreements(case: str) -> None:
    text, expected = split(case)
    found = read(text)["agreements"]
    said = {f"{a['type']} {' '.join(sorted(map(state, a['parties'])))} {a['signed']} {a['place']}" for a in found}
    assert said == expected


@pytest.mark.parametrize("case", COOPERATION)
def test_cooperation(case: str) -> None:
    text, expected = split(case)
    found = read(text)["cooperation"]
    assert {" ".join([*sorted(map(state, c["actors"])), *sorted(c["domain"])]) for c in found} == expected


@pytest.mark.parametrize("case", MEMBERSHIPS)
def test_memberships(case: str) -> None:
    text, expected = split(case)
    assert {f"{m['member']} {m['organization']}" for m in read(text)["memberships"]} == expected


@pytest.mark.parametrize("case", POSITIONS)
def test_positions(case: str) -> None:
    text, expected = split(case)
    assert {f"{p['person']} {p['role']} {p['of']}" for p in read(text)["positions"]} == expected


@pytest.mark.parametrize("case", MEETINGS)
def test_meetings(case: str) -> None:
    text, expected = split(case)
    said = {
        " ".join([m["kind"], *sorted(map(state, m["actors"])), *sorted(m["persons"]), str(m["place"]), str(m["date"])])
        for m in read(text)["meetings"]
    }
    assert said == expected


@pytest.mark.parametrize("case", MISSIONS)
def test_missions(case: str) -> None:
    text, expected = split(case)
    said = {
        f"{m['name']} {state(d['actor'])} {d['since']} {d['personnel']} {d['headcount']}"
        for m in read(text)["missions"]
        for d in m["deployments"]
    }
    assert said == expected


@pytest.mark.parametrize("case", EXERCISES)
def test_exercises(case: str) -> None:
    text, expected = split(case)
    said = {
        " ".join([e["name"], str(e["start"]), str(e["end"]), *sorted(map(state, e["participants"]))])
        for e in read(text)["exercises"]
    }
    assert said == expected


@pytest.mark.parametrize("case", QUANTITIES)
def test_quantities(case: str) -> None:
    text, expected = split(case)
    assert {f"{state(q['of'])} {q['value']} {q['bound']}" for q in read(text)["quantities"]} == expected
