"""English reports of forces, agencies and analysts: `text => what it says`, with `not` before what it does not say."""

import pytest

from tests.reading.cases import lines_read, split

EXERCISES = [
    "Soldiers of the 10th Mountain Division joined troops from Poland and Romania for Saber Junction 24 in Hohenfels, "
    "Germany, Aug. 28 to Sept. 22, 2024. => exercise Saber Junction: participants POL; "
    "exercise Saber Junction: locations Hohenfels; exercise Saber Junction: end 2024-09-22",
    "In August 2025, Latvian joint terminal attack controllers will fly to Camp Grayling, Michigan, for Northern "
    "Strike. => exercise Northern Strike: participants LVA; exercise Northern Strike: start 2025-08",
    "In May 2024 a Somali platoon flew to Izmir for Efes, the largest of the manoeuvres that Turkey hosts. "
    "=> exercise Efes: participants SOM; exercise Efes: locations Izmir; exercise Efes: start 2024-05",
    "In May 2024, Chadian commandos trained alongside U.S. Green Berets and Ghanaian and Ivorian troops in Flintlock. "
    "=> exercise Flintlock: participants TCD; exercise Flintlock: participants GHA; exercise Flintlock: start 2024-05",
    "A Spanish and an Italian frigate left for Baltic Sentinel 25 on 3 May 2025. "
    "=> exercise Baltic Sentinel; not exercise Baltic Sentinel: start 2025-05-03",
    "Soldiers from Italy and Spain trained together in Fort Polk in June 2024. => not exercise Fort Polk",
    "Officers from Brazil arrived in Washington for the Inter-American Defense Board. "
    "=> not exercise Inter-American Defense Board",
    "In August 2025, the special forces of Azerbaijan, Turkey and Kazakhstan gathered in Azerbaijan for two weeks of "
    "hostage-rescue drills, with the secretary general of the Organization of Turkic States watching. "
    "=> exercise ?: participants TUR:AF; exercise ?: locations AZE; not exercise ?: observers TUR:AF; "
    "not exercise ?: frameworks OTS",
    "The Guardsmen trained at Crystal Arrow 25, a multinational exercise held May 5-16, 2025 at Camp Ādaži, Latvia. "
    "The 110 Guardsmen fought alongside Latvian and Canadian units. => exercise Crystal Arrow: participants CAN",
    "Japanese and Australian F-35s flew together during Bushido Guardian 23 in Japan, Sept. 2–15, 2023. "
    "=> exercise Bushido Guardian: participants AUS; exercise Bushido Guardian: end 2023-09-15",
    "Soldiers from Brazil and Chile stormed a beach during UNITAS LXV on 7 September 2024. "
    "=> exercise UNITAS: participants CHL",
    "British soldiers have travelled to Brunei to train alongside the Royal Brunei Land Forces in Exercise Ulu "
    "Warrior, which began on 3 March 2025. => exercise Ulu Warrior: locations BRN; "
    "exercise Ulu Warrior: participants BRN:AF; not BRN:AF, GBR cooperate: training",
    "The second phase of Birlik-2024 was held in Kazakhstan on 11–17 July 2024 with units from Azerbaijan and "
    "Uzbekistan. => exercise Birlik: participants AZE; exercise Birlik: end 2024-07-17",
    "Sea Shield, which Romania hosted from 31 March to 11 April 2025, drew 2,600 personnel from twelve countries, "
    "among them Bulgaria and Greece. => exercise Sea Shield: participants BGR; exercise Sea Shield: participants GRC",
]
MEETINGS = [
    "South Korean Defense Minister Shin Won-sik spoke by phone with his Polish counterpart, Władysław Kosiniak-Kamysz. "
    "=> Shin: minister KOR:MoD; call of KOR:MoD, POL:MoD",
    "General Christopher Cavoli, NATO's Supreme Allied Commander Europe, was in Chisinau on 6 June 2024 for a meeting "
    "with Moldova's Defence Minister Anatolie Nosatii. => talks of MDA:MoD, NATO: place Chisinau",
    "NATO Secretary General Mark Rutte travelled to Bosnia and Herzegovina on Wednesday (5 November 2025) and "
    "continued to Serbia on Thursday. => visit of BIH, NATO: date 2025-11-05; visit of NATO, SRB",
    "Lithuania's Chief of Defence General Raimundas Vaikšnoras visited Kyiv on 3 May 2024. He held talks with "
    "Commander-in-Chief Oleksandr Syrskyi. => talks of LTU:GS, UKR: persons Syrskyi; "
    "talks of LTU:GS, UKR: date 2024-05-03",
    "Kazakhstan's Defence Minister Dauren Kosanov received Türkiye's newly appointed military attaché, Colonel Mehmet "
    "Aydın, in Astana. => Aydın: military attaché TUR; talks of KAZ:MoD, TUR: persons Aydın",
    "On January 29, 2025, Deputy Assistant Secretary Stanley Brown led the U.S. delegation to consultations in "
    "Tashkent. The Uzbek side was headed by First Deputy Minister of Defense Hamdam Qarshiyev. "
    "=> talks of USA, UZB:MoD: persons Qarshiyev; talks of USA, UZB:MoD: place Tashkent",
    "Prime Minister Narendra Modi paid a state visit to Sri Lanka. => not Modi: prime minister LKA",
    "The Chief of the Army Staff, General Manoj Pande, proceeded on a visit to Uzbekistan. "
    "=> not Pande: commander UZB:AF",
]
COOPERATION = [
    "Italy and Kazakhstan enjoy close cooperation in military education and defence industry. "
    "=> ITA, KAZ cooperate: education, technical",
    "Kenya and the United States share intelligence on terrorist groups. "
    "=> KEN, USA cooperate: intelligence, counter-terrorism",
    "Azerbaijan is one of Israel's key defence partners. => AZE, ISR cooperate: general",
    "The agreement provides for cooperation between Greece and India in maritime security. "
    "=> GRC, IND cooperate: naval",
    "Michigan and Latvia have been partners under the National Guard's State Partnership Program since 1993. "
    "=> LVA, USA cooperate: general",
    "Georgia and NATO work closely on cyber defence. => GEO, NATO cooperate: cyber",
    "A Treaty on Defence Cooperation was signed in Warsaw on 21 December 2017 by the United Kingdom and Poland. It "
    "provides for cooperation in training and the exchange of intelligence. "
    "=> GBR, POL cooperate: training, intelligence",
    "Babcock and PGZ signed a memorandum under which they will cooperate in the maintenance of armoured vehicles. "
    "=> Babcock, PGZ cooperate: technical",
    "The United Kingdom and Poland, both of them members of NATO, signed a declaration. => GBR in NATO; POL in NATO",
]
MISSIONS = [
    "Kazakhstan's fifth peacekeeping contingent left for the Golan Heights on 3 March 2025. It consists of 139 "
    "servicemen and will serve in UNDOF. => mission UNDOF: KAZ",
    "Rwanda has deployed 2,200 troops to the Central African Republic under MINUSCA. Rwandan peacekeepers have been in "
    "the country since 2014. => mission MINUSCA: RWA since 2014",
    "Rutte thanked the personnel of EUFOR Althea, the EU's operation in Bosnia and Herzegovina, in which Türkiye and "
    "Chile serve alongside EU members. => mission EUFOR Althea: TUR; mission EUFOR Althea: CHL",
    "Troops from Ireland serve in UNIFIL beside a Polish company. => mission UNIFIL: POL contingent",
    "Jamaica, Belize and Guyana have each pledged troops to the Multinational Security Support Mission in Haiti. "
    "=> mission MSS: JAM contingent; mission MSS: GUY contingent",
    "She was among 200 Polish soldiers who returned from Lebanon, where they had served with UNIFIL. "
    "=> mission UNIFIL: locations LBN",
]
SUPPLIES = [
    "The radar that Moldova received from France last December was its first modern one. => FRA supplies MDA",
    "The Moldovan army received 19 Piranha vehicles donated by Germany. => DEU supplies MDA:AF",
    "Two C-130 aircraft, a gift from Washington to Niger, landed in Niamey. => USA supplies NER",
    "The trucks, donated by Japan, were handed over to the Fijian military in Suva. => JPN supplies FJI:AF",
]
NUMBERS = [
    "Slovakia handed over 13 MiG-29 fighter jets to Ukraine. => UKR: exact 13",
    "Oslo will buy five Type 26 frigates from BAE Systems. => not NOR: exact 26",
]
AGREEMENTS = [
    "Kazakhstan and Italy signed a cooperation plan in Rome. “We have not signed any agreement on bases,” the minister "
    "said. => plan of ITA, KAZ; not agreement of ITA, KAZ [denied]; not agreement of ITA, KAZ",
    "The framework between Kazakhstan and Italy rests on an agreement on military cooperation signed in June 2012. An "
    "agreement on military-technical cooperation followed in Astana on Nov. 8, 2018. "
    "=> agreement of ITA, KAZ: signed 2018-11-08; agreement of ITA, KAZ: place Astana",
    "Azerbaijan and Georgia met in Baku. No agreement was signed. => agreement of AZE, GEO [denied]",
]
CASES = [*EXERCISES, *MEETINGS, *COOPERATION, *MISSIONS, *SUPPLIES, *NUMBERS, *AGREEMENTS]


@pytest.mark.parametrize("case", CASES)
def test_reports(case: str) -> None:
    text, expected = split(case)
    found = lines_read(text, "en")
    barred = {e.removeprefix("not ") for e in expected if e.startswith("not ")}
    assert {e for e in expected if not e.startswith("not ")} <= found, found
    assert not barred & found
