"""English wires, releases and captions of all sorts: `text => what it says`, `not` before what it does not say."""

import pytest

from tests.reading.by_rule import by_rule
from tests.reading.cases import reader, split

EXERCISES = [
    "A multinational naval exercise hosted by Oman began in the Arabian Sea on 3 May 2024. With the participation of "
    "some 40 countries, including Kenya and Fiji, the drill opened with a parade. => exercise ?: participants FJI; "
    "exercise ?: locations OMN; exercise ?: start 2024-05-03; not exercise ?: participants OMN",
    "Troops from Chile and Peru are exercising in Arica this week. => exercise ?: participants CHL; "
    "exercise ?: participants PER; exercise ?: locations Arica",
    "The annual exercise brings together soldiers from Kenya and Uganda. This year's edition, named Calm Savannah, "
    "runs from 10 to 21 February 2025 in Nanyuki. => exercise Calm Savannah: end 2025-02-21; "
    "exercise Calm Savannah: locations Nanyuki",
    "The Indian and French air forces held the exercise Monsoon Wing at Air Force Station Bidar in May 2023. "
    "=> exercise Monsoon Wing: locations Air Force Station Bidar",
    "An annual, multinational exercise held in Jordan in May 2024 brought together Egypt and Kuwait. "
    "=> exercise ?: participants EGY; exercise ?: locations JOR",
]
AGREEMENTS = [
    "India and Egypt signed a memorandum in Cairo on Monday on cooperation in the field of defence. "
    "=> EGY, IND cooperate: general",
    "Under a bilateral agreement signed in Windhoek on 4 March 2019, Namibian officers will study at the Zambian Staff "
    "College. => agreement of NAM, ZMB; agreement of NAM, ZMB: signed 2019-03-04",
]
POSITIONS = [
    "Colonel Hans Meier has taken over as Swiss defence attaché in Belgrade. => Meier: military attaché CHE",
    "Rear Admiral Anna Berg took up her duties as commander of the Swedish navy. => Berg: commander SWE:AF",
    "Colonel Urs Frey of Switzerland was appointed head of the army. => not Frey: minister CHE:MoD",
]
MEETINGS = [
    "ISLAMABAD, Jan. 28, 2013 -- Visiting Afghan Defense Minister Ali Karimi on Monday held talks with Pakistan army "
    "chief General Asif Durrani. => talks of AFG:MoD, PAK:AF: date 2013-01-28",
]


@pytest.mark.parametrize("case", EXERCISES + AGREEMENTS + POSITIONS + MEETINGS)
def test_a_wire_says_what_an_analyst_reads_in_it(case: str) -> None:
    text, expected = split(case)
    found = {fact for facts in by_rule(reader().read(text, "en")).values() for fact in facts}
    for fact in expected:
        absent = fact.startswith("not ")
        assert (fact.removeprefix("not ") in found) is not absent, sorted(found)
