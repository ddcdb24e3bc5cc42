"""English dispatches as agencies, forces and ministries write them: `text => what it says`, `not` before what it does
not say."""

import pytest

from tests.reading.by_rule import by_rule
from tests.reading.cases import reader, split

EXERCISES = [
    "Some 4,200 troops from Poland, Estonia and the U.S. Army have begun a multinational warfighting exercise at "
    "Drawsko Pomorskie. => exercise ?: headcount 4200; exercise ?: participants EST; not POL: about 4200",
    "With about 3,100 troops from 14 nations taking part in exercise Eager Lion in Jordan this month, planners have "
    "much to do. => exercise Eager Lion: headcount 3100; exercise Eager Lion: locations JOR",
    "In addition to Oman and the United States, the other nations taking part in Eagle Resolve include: Bahrain, "
    "Qatar, Egypt and Italy. => exercise Eagle Resolve: participants OMN; exercise Eagle Resolve: participants ITA",
    "Seven nations are full participants in Cobra Gold 26: Thailand, the United States, Singapore, Japan, Indonesia, "
    "South Korea and Malaysia. => exercise Cobra Gold: participants MYS",
    "Exercise Sea Shield 25 began in Constanta on 31 March 2025. Participating in the exercise were troops from "
    "Bulgaria, France and Turkey. => exercise Sea Shield: participants FRA",
    "The Royal Thai Armed Forces and the U.S. military are scheduled to co-host Cobra Gold 2026 from Feb. 24 to "
    "March 6, 2026, in Thailand. => exercise Cobra Gold: participants THA:AF; exercise Cobra Gold: end 2026-03-06",
    "Exercise Desert Talon, hosted by Jordan, involves troops from Egypt and Kuwait. "
    "=> exercise Desert Talon: locations JOR; not exercise Desert Talon: participants JOR",
    "Lt. Gen. Andrew Rohling, deputy commander of U.S. Army Europe and Africa, attended the closing ceremony of "
    "African Lion 2022 in Tan-Tan, Morocco. => Rohling: other USA:AF; not exercise African Lion: participants USA:AF",
    "The 8th India-Kyrgyzstan Joint Special Forces Exercise KHANJAR commenced at Balloh in Himachal Pradesh on 22 "
    "January 2024 and will continue till 3 February 2024. => exercise KHANJAR: participants KGZ; "
    "exercise KHANJAR: start 2024-01-22; exercise KHANJAR: end 2024-02-03",
    'The joint exercise, dubbed "Sada Tanseeq", saw Indian and Saudi troops train in Rajasthan from 29 January to 10 '
    "February 2024. => exercise Sada Tanseeq: start 2024-01-29; exercise Sada Tanseeq: locations Rajasthan",
    "Paratroopers from Spain and Italy concluded Exercise Swift Talon 25 at the Pabrade Training Area on May 22, 2025."
    "\n\nThe two-week exercise, which began on May 9, involved soldiers from eight nations, including Denmark and "
    "Poland. => exercise Swift Talon: start 2025-05-09; exercise Swift Talon: participants DNK; not exercise ?",
    "Exercise Swift Talon 24, held in Vilnius, brought together Lithuania and Poland in May 2024. It was held for the "
    "first time in 2022 in Latvia. => exercise Swift Talon: start 2022; exercise Swift Talon: locations LVA",
    "Exercise Swift Talon 24, held in Vilnius, brought together Lithuania and Poland in May 2024. Last year's edition "
    "took place in Riga. => not exercise Swift Talon: locations Riga",
    "The exercise Naseem Al Bahr of the Indian and Omani navies had a harbour phase from 13 to 15 October 2024 and a "
    "sea phase from 16 to 18 October 2024. => exercise Naseem Al Bahr: end 2024-10-18",
    "Some 120 Mongolian soldiers joined U.S. Marines for Khaan Quest at the Five Hills Training Area. "
    "=> not exercise Khaan Quest: headcount 120; not USA: exact 5",
]
MEETINGS = [
    "BEIRUT, Lebanon – UNIFIL held a ceremony on Tuesday, 19 July 2016, for the transfer of command from Italian Maj. "
    "Gen. Luciano Portolano to Irish Maj. Gen. Michael Beary. => not ceremony of LBN",
    "CENTCOM commander Gen. Michael Kurilla visited Uzbekistan on May 20, 2024, and met with Defense Minister Bakhodir "
    "Kurbanov. => Kurilla: commander USA:AF; visit of USA:AF, UZB: date 2024-05-20; "
    "talks of USA:AF, UZB:MoD: persons Kurbanov",
    "Readout of Secretary of Defense Austin's Meeting With Minister of Defense of Romania Angel Tîlvăr "
    "=> Austin: minister USA:MoD; talks of ROU:MoD, USA:MoD: persons Austin",
    "On the final day of his three-day visit to Vientiane, Defence Minister Rajnath Singh met his Japan counterpart "
    "Gen Nakatani. => not Singh: minister LAO:MoD",
    "Defence Minister Rajnath Singh handed over two ships to the Maldives. => not Singh: minister MDV:MoD",
    "Jose Santos, military attaché at the Portuguese Embassy in Maputo, handed over 20 trucks to the Mozambican army. "
    "=> Santos: military attaché PRT; PRT supplies MOZ:AF",
    "Manila is in talks with Canada and France on visiting forces agreements. => not talks of CAN, FRA, PHL",
    "The Secretary General, Mark Rutte, welcomed the Prime Minister of Albania, Edi Rama, to NATO Headquarters on 12 "
    "March 2025. Mr Rutte and Prime Minister Rama discussed the NATO Summit in The Hague in June 2025. "
    "=> not talks of ALB, NATO: date 2025-06",
]
AGREEMENTS = [
    "Kazakhstan Engineering and Türkiye's Aselsan signed a memorandum on joint assembly on Nov. 11, 2025 in Astana. "
    "=> memorandum of Aselsan, Kazakhstan Engineering; not memorandum of Aselsan, Kazakhstan Engineering, TUR",
    "At the end of the meeting, the parties signed the 2024 cooperation plan between the defense ministries of Armenia "
    "and Kazakhstan. => plan of ARM:MoD, KAZ:MoD; not plan of ARM:MoD, KAZ:MoD: signed 2024",
    "The heads of the defense departments of Kazakhstan and Belarus signed a cooperation plan. "
    "=> plan of BLR:MoD, KAZ:MoD",
    "Romania has awarded Rheinmetall a contract for air-defence systems. => contract of ROU, Rheinmetall",
    "Estonia and the Philippines signed a memorandum of understanding on defence cooperation. Defence Secretary "
    "Gilberto Teodoro and his Estonian counterpart, Hanno Pevkur, signed the agreement in Manila. "
    "=> memorandum of EST, PHL; not agreement of EST:MoD, PHL:MoD",
    "Kazakhstan and Qatar sign a plan of military cooperation for the coming year\n12 November 2025, 14:21\nDOHA - A "
    "Kazakh delegation visited Qatar, where cooperation was discussed with all those concerned and much was agreed. "
    "The guests also saw a school of officers and a museum of the armed forces in the west of the country. "
    "=> not plan of KAZ, QAT: signed 2025-11-12",
]
QUANTITIES = [
    "Nepal is the world's largest contributor of uniformed personnel, with more than 5,800 men and women in 12 "
    "missions. => NPL: at least 5800; NPL: exact 12",
    "Ukraine got 12 Leopard 2 tanks from Spain. => UKR: exact 12; not UKR: exact 2",
    "The Chinese Ministry of National Defence has donated 11 military vehicles worth $6.2 million to the Sri Lanka "
    "Army. => CHN:MoD supplies LKA:AF; LKA: exact 11",
]


@pytest.mark.parametrize("case", EXERCISES + MEETINGS + AGREEMENTS + QUANTITIES)
def test_a_dispatch_says_what_an_analyst_reads_in_it(case: str) -> None:
    text, expected = split(case)
    found = {fact for facts in by_rule(reader().read(text, "en")).values() for fact in facts}
    for fact in expected:
        absent = fact.startswith("not ")
        assert (fact.removeprefix("not ") in found) is not absent, sorted(found)
