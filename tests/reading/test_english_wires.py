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
    "A Turkish frigate called at Karachi, where it trained with the Pakistan Navy in exercise Turgutreis in May 2025. "
    "=> exercise Turgutreis: participants TUR; exercise Turgutreis: participants PAK:AF",
    "Some 600 U.S. Marines and as many Norwegian soldiers are taking part in exercise Joint Viking. Finland sent a "
    "company; Ukraine is observing. => exercise Joint Viking: participants USA:AF; "
    "exercise Joint Viking: observers UKR; exercise Joint Viking: participants FIN; "
    "not exercise Joint Viking: participants UKR",
    "Bahrain and Qatar took part in Gulf Shield 1, alongside troops from 21 other countries, among them Sudan. "
    "=> exercise Gulf Shield 1: participants QAT; exercise Gulf Shield 1: participants SDN",
    "Georgian Deputy Defence Minister Grigol Giorgadze and the U.S. ambassador, John Berliner, opened exercise Noble "
    "Partner 22. => not exercise Noble Partner: participants USA",
    "Servicemen from Kyrgyzstan and Russia are to take part in the CSTO exercise Rubezh 2025. "
    "=> exercise Rubezh: frameworks CSTO",
    "The armies of Peru and Bolivia closed their annual drill on Lake Titicaca on Friday, 18 July 2025. "
    "=> exercise ?: locations Lake Titicaca",
    "Observers from Brazil and India watched as paratroopers from Egypt and Russia jumped near Ryazan in exercise "
    "Defenders 21. => exercise Defenders: participants EGY; exercise Defenders: observers IND",
    "Soldiers observe the field during exercise Iron Wolf in Pabrade, Lithuania, May 27, 2022. "
    "=> exercise Iron Wolf: start 2022-05-27; exercise Iron Wolf: locations LTU",
    "Exercise Iron Wolf, U.S. Army Europe's main joint training event, opened in Lithuania on May 27, 2022. "
    "=> not exercise Iron Wolf: participants USA:AF",
    "Mongolia's President awarded the Order of the Polar Star to General Richard Stone. => not competition Polar Star",
    "An annual, multinational exercise held in Jordan in May 2024 brought together Egypt and Kuwait. "
    "=> exercise ?: participants EGY; exercise ?: locations JOR",
]
AGREEMENTS = [
    "India and Egypt signed a memorandum in Cairo on Monday on cooperation in the field of defence. "
    "=> EGY, IND cooperate: general",
    "Under a bilateral agreement signed in Windhoek on 4 March 2019, Namibian officers will study at the Zambian Staff "
    "College. => agreement of NAM, ZMB; agreement of NAM, ZMB: signed 2019-03-04",
    "Serbia and Hungary agreed to set up a joint company and step up cooperation in military medicine, cyber security "
    "and training. => HUN, SRB cooperate: medical, cyber, training",
    "France and Kenya have signed a defence cooperation agreement covering cyber defence and naval training. "
    "=> FRA, KEN cooperate: general, cyber, naval, training",
    "The Swedish and Finnish parliaments have approved defence cooperation agreements with the United States. "
    "=> agreement of SWE, USA [planned]; agreement of FIN, USA [planned]",
    "North Macedonia, a NATO member since 2020, and Albania signed a memorandum in Pristina. "
    "=> memorandum of ALB, MKD; not memorandum of MKD, NATO",
]
MISSIONS = [
    "Egypt has begun deploying 1,100 soldiers to Somalia as part of the African Union Support and Stabilisation "
    "Mission in Somalia, AUSSOM, Somali Information Minister Daud Aweis said on Monday. "
    "=> mission AUSSOM: EGY contingent 1100",
    "Some 160 Croatian soldiers serve in NATO's peacekeeping force in Kosovo, KFOR. "
    "=> mission KFOR: frameworks NATO; not mission ?",
    "China's seventh peacekeeping infantry battalion to South Sudan held a ceremony in Juba. "
    "=> mission UNMISS: CHN contingent",
    "Tanzania, which hosts the SADC mission's support base, withdrew its soldiers from Mozambique. "
    "=> mission SAMIM: TZA",
    "The Philippine Navy will send another batch of peacekeepers to the United Nations mission in Haiti. "
    "=> not PHL:AF supplies HTI",
    "China handed over patrol boats to the Nigerian navy and army, the Nigerian defence ministry said. "
    "=> CHN supplies NGA:AF",
]
MEMBERSHIPS = [
    "The OIC, whose members include Senegal, Mali and Guinea, met in Banjul. => SEN in OIC; GIN in OIC",
]
POSITIONS = [
    "The leaders of the Sahel states - Assimi Goita of Mali and Abdourahamane Tiani of Niger - met in Bamako. "
    "=> not Goita: minister MLI:MFA",
    "Colonel Hans Meier has taken over as Swiss defence attaché in Belgrade. => Meier: military attaché CHE",
    "Rear Admiral Anna Berg took up her duties as commander of the Swedish navy. => Berg: commander SWE:AF",
    "Colonel Urs Frey of Switzerland was appointed head of the army. => not Frey: minister CHE:MoD",
]
MEETINGS = [
    "Canada's defence minister, Bill Blair, spoke by telephone with Germany's Boris Pistorius about submarines. "
    "=> call of CAN:MoD, DEU: persons Pistorius",
    "Defence Secretary John Healey told his Ukrainian opposite number by phone on Tuesday that Britain would send "
    "shells. => call of GBR:MoD, UKR",
    "ISLAMABAD, Jan. 28, 2013 -- Visiting Afghan Defense Minister Ali Karimi on Monday held talks with Pakistan army "
    "chief General Asif Durrani. => talks of AFG:MoD, PAK:AF: date 2013-01-28",
]


@pytest.mark.parametrize("case", EXERCISES + AGREEMENTS + MISSIONS + MEMBERSHIPS + POSITIONS + MEETINGS)
def test_a_wire_says_what_an_analyst_reads_in_it(case: str) -> None:
    text, expected = split(case)
    found = {fact for facts in by_rule(reader().read(text, "en")).values() for fact in facts}
    for fact in expected:
        absent = fact.startswith("not ")
        assert (fact.removeprefix("not ") in found) is not absent, sorted(found)
