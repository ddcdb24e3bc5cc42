"""English as the press writes it: lists, datelines, offices, visits; `text => what it says`, with `not` before what it
does not say."""

import pytest

from tests.reading.by_rule import by_rule
from tests.reading.cases import reader, split

DATES = [
    "CAMP ADAZI, Latvia (05.19.2025) - Latvian and Canadian troops held the joint exercise Crystal Arrow on May 5-16. "
    "=> exercise Crystal Arrow: start 2025-05-05",
    "By Aida Serikbayeva in International on 15 October 2025\n\nKazakhstan and Italy signed a memorandum on military "
    "cooperation in Rome on Oct. 14. => memorandum of ITA, KAZ: signed 2025-10-14",
    "NAIROBI, March 4, 2025 - Kenya and Uganda signed a defence agreement in Kampala on Nov. 28. "
    "=> agreement of KEN, UGA: signed 2024-11-28",
    "NAIROBI, March 4, 2025 - The joint exercise Justified Accord will be held in Kenya in February. "
    "=> exercise Justified Accord: start 2026-02",
]
CITATIONS = [
    "WASHINGTON, September 12, 2025 - Azerbaijan and Kazakhstan signed a program of military cooperation (Kazinform, "
    "September 5). => plan of AZE, KAZ; not plan of AZE, KAZ: signed 2025-09-05",
    "WASHINGTON, September 12, 2025 - Azerbaijan and Turkey signed a memorandum on military cooperation (Baku, April "
    "2024). => memorandum of AZE, TUR: signed 2024-04",
]
NUMBERS = [
    "Sixty-three Kazakh servicemen have graduated from Italian military schools. => KAZ: exact 63; not KAZ: exact 60",
]
OFFICES = [
    "He received Türkiye's newly appointed military attaché, Colonel Mehmet Aydın, in Astana. "
    "=> Aydın: military attaché TUR",
    "Tokayev received a delegation led by French Armed Forces Minister Sébastien Lecornu. => Lecornu: minister FRA:MoD",
    "A delegation of the Kyrgyz Ministry of Defence led by Minister Baktybek Bekbolotov arrived in Baku. "
    "=> Bekbolotov: minister KGZ:MoD",
    "Bangladesh has appointed Lieutenant General Monirul Islam as ambassador to Kuwait. => Islam: ambassador BGD",
    "Major General Aroldo Lázaro, UNIFIL Head of Mission and Force Commander, visited Dublin. "
    "=> Lázaro: commander UNIFIL",
    "Prime Ministers Theresa May of the United Kingdom and Mateusz Morawiecki of Poland signed the treaty. "
    "=> May: prime minister GBR; Morawiecki: prime minister POL",
    "Admiral R. Hari Kumar, who was India's naval chief at the time, spoke. => Kumar: commander IND:AF; "
    "not Kumar: head of state IND",
    "Chinese State Councilor and Minister of National Defense Dong Jun met Singapore's Minister for Defence Chan Chun "
    "Sing. => Dong: minister CHN:MoD; not Dong: minister SGP:MoD",
    "Vietnamese Deputy Defence Minister Senior Lieutenant General Hoang Xuan Chien spoke. "
    "=> Hoang: deputy minister VNM:MoD; not Hoang: minister VNM:MoD",
    "Latvian and US soldiers trained. Col. Scott Hendricks, commander of the 63rd Troop Command of the United States, "
    "met Latvia's Chief of Defense, Maj. Gen. Kaspars Pudāns. => Hendricks: commander USA:UNIT; "
    "Pudāns: chief of general staff LVA:GS",
]
MEETINGS = [
    "Turkish Defence Minister Yasar Guler travelled to Tashkent on 7 May 2025 for talks with his Uzbek counterpart "
    "Shukhrat Khalmukhamedov. => visit of TUR:MoD, UZB: persons Guler; talks of TUR:MoD, UZB:MoD: persons "
    "Khalmukhamedov",
    "At a ceremony in Guayaquil the United States transferred two boats to the Ecuadorian Navy. => ceremony of ECU:AF, "
    "USA: place Guayaquil",
    "NATO Secretary General Mark Rutte travelled to Bosnia and Herzegovina on 5 November 2025. "
    "=> visit of BIH, NATO: persons Rutte; visit of BIH, NATO: date 2025-11-05",
    "General Michael Kurilla, commander of U.S. Central Command, who visited Astana on 12 May 2024, met Tokayev. "
    "=> visit of KAZ, USA:AF: persons Kurilla; visit of KAZ, USA:AF: place Astana",
    "Elmar Mammadov, deputy minister of defence of Azerbaijan, and Poland's deputy defence minister, Adam Kowalczyk, "
    "co-chaired talks in Baku. => talks of AZE:MoD, POL:MoD: place Baku",
]
SUPPLIES = [
    "The United States transferred two patrol boats to Ecuador. The donation is valued at $22 million. "
    "=> ECU: exact 22000000; not USA: exact 22000000",
    "Since 2022 Poland has supplied Ukraine with more than 300 tanks. => POL supplies UKR; UKR: at least 300",
    "He praised Slovenia, which last month donated 12 armoured ambulances to the Armed Forces of Albania. "
    "=> SVN supplies ALB:AF",
    "Admiral Hari Kumar, India's naval chief, presented Vietnam with a corvette. => IND supplies VNM",
    "The handover of 24 armoured vehicles by Russia to Kyrgyzstan took place in Bishkek. => RUS supplies KGZ",
    "Ghana's navy was given four patrol boats by the United States. => USA supplies GHA:AF",
    "Ukraine has received ten Leopard tanks from Spain and four from Portugal. => ESP supplies UKR; PRT supplies UKR",
    "Equipment was transferred to the Uzbek border service by the US Embassy in Tashkent. => USA supplies UZB:SEC; "
    "not UZB supplies USA:SEC",
    "Azerbaijan's Ministry of Defence has bought four Akinci drones from the Turkish company Baykar. "
    "=> Baykar supplies AZE:MoD; not TUR supplies AZE:MoD",
    "Rheinmetall has been awarded a contract by the German armed forces to supply Hungary with 20 vehicles. "
    "=> Rheinmetall supplies HUN; not DEU:AF supplies HUN",
]
AGREEMENTS = [
    "UK-Poland defence relations\n\nA treaty on defence cooperation was signed in Warsaw on 21 December 2017. "
    "=> treaty of GBR, POL: signed 2017-12-21; treaty of GBR, POL: place Warsaw",
    "Kazakhstan Engineering and Turkish Aerospace signed a memorandum on the assembly of drones in Ankara. "
    "=> memorandum of Kazakhstan Engineering, Turkish Aerospace; not memorandum of KAZ, TUR",
    "At the Kielce arms fair Babcock and PGZ signed a memorandum. => memorandum of Babcock, PGZ",
]
MEMBERSHIPS = [
    "Slovenia, a NATO member, sent trucks. => SVN in NATO",
    "CSTO members Kazakhstan and Kyrgyzstan took part. => KAZ in CSTO; KGZ in CSTO",
]
MISSIONS = [
    "EUFOR Althea, in which Turkey, Chile and Switzerland serve alongside EU members, was extended. "
    "=> mission EUFOR Althea: TUR; mission EUFOR Althea: CHL; mission EUFOR Althea: CHE",
    "Nepal is the largest contributor of troops to the UN, with 6,119 personnel serving in missions such as UNMISS and "
    "MINUSCA. => mission UNMISS: NPL contingent; mission MINUSCA: NPL contingent",
    "Serbia sent an infantry platoon and a field hospital to MINUSCA. => mission MINUSCA: SRB contingent; "
    "mission MINUSCA: SRB medical",
    "A Kenyan contingent landed in Haiti on July 16, 2024 as part of the Multinational Security Support mission. "
    "=> mission MSS: KEN since 2024-07-16",
]
COOPERATION = [
    "In Niger, about 100 Russian trainers have been training the army since April 2024. "
    "=> NER, RUS cooperate: training",
    "American paratroopers trained with Latvian soldiers during Exercise Saber Strike. "
    "=> not LVA, USA cooperate: training; exercise Saber Strike: participants LVA",
]
EXERCISES = [
    "Thirty nations participated in Exercise Cobra Gold 2025 in Thailand, including China and India as observers. "
    "=> exercise Cobra Gold: observers CHN; exercise Cobra Gold: observers IND; "
    "not exercise Cobra Gold: participants CHN",
    "Michigan Army National Guard soldiers trained with Latvian troops during exercise Northern Strike. "
    "=> exercise Northern Strike: participants USA:AF; exercise Northern Strike: participants LVA",
    "The joint Indian-French exercise Shakti kicked off on 13 May 2024. => exercise Shakti: participants FRA; "
    "exercise Shakti: participants IND; not exercise Shakti: participants GUF",
    "Troops from the United States, Kazakhstan and the United Kingdom are taking part in Steppe Eagle 2024. "
    "=> exercise Steppe Eagle: participants USA; exercise Steppe Eagle: participants KAZ; "
    "exercise Steppe Eagle: participants GBR",
]


@pytest.mark.parametrize(
    "case",
    [
        *DATES,
        *CITATIONS,
        *NUMBERS,
        *OFFICES,
        *MEETINGS,
        *SUPPLIES,
        *MEMBERSHIPS,
        *AGREEMENTS,
        *MISSIONS,
        *COOPERATION,
        *EXERCISES,
    ],
)
def test_english_as_the_press_writes_it_is_read(case: str) -> None:
    text, expected = split(case)
    lines = {line for found in by_rule(reader().read(text, "en")).values() for line in found}
    barred = {e.removeprefix("not ") for e in expected if e.startswith("not ")}
    wanted = {e for e in expected if not e.startswith("not ")}
    assert wanted <= lines and not barred & lines, sorted(lines)
