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
    "In 2019 Serbia received six MiG-29 aircraft from Russia, and Belarus transferred four more. => RUS SRB; BLR SRB",
    "Serbia was the largest importer. China delivered CH-92A armed drones in 2020. => CHN SRB",
    "Arms transfers from South Korea to Poland amounted to $12 billion. => KOR POL",
    "Turkey has agreed to sell Indonesia 48 KAAN fighters. => TUR IDN",
    "Azerbaijan's arsenal includes drones supplied by Turkey and Israel. => TUR AZE; ISR AZE",
    "Armenia has signed contracts with India for the purchase of Pinaka rocket launchers. => IND ARM",
    "The handover of 20 vehicles from the United States to the Border Troops of Uzbekistan took place in Termez. "
    "=> USA UZB",
    "Iran denied supplying drones to Russia. =>",
    "Vietnam's search for new suppliers\n\nIn 2018 South Korea handed over a corvette; Israel supplied radars. "
    "=> KOR VNM; ISR VNM",
    "Vietnam's search for new suppliers\n\nIn 2018 South Korea handed over a corvette to Peru. => KOR PER",
    "Poland signed a contract with South Korea's Hyundai Rotem for 180 K2 tanks on 1 August 2025. => Hyundai Rotem POL",
    "The Netherlands has approved the delivery of 24 F-16 fighter jets to Ukraine. => NLD UKR",
    "Washington has approved a possible sale of Javelin missiles to Romania. =>",
]
AGREEMENTS = [
    "Kazakhstan and Italy signed a military cooperation agreement in Rome in 2012. => agreement ITA KAZ 2012 Rome",
    "Tajikistan signed a memorandum of understanding on defence with Iran in Dushanbe on May 17, 2022. "
    "=> memorandum IRN TJK 2022-05-17 Dushanbe",
    "The defence agreement between Kazakhstan and Serbia entered into force in 2023. => agreement KAZ SRB None None",
    "A contract between India and Armenia has not been signed. =>",
    "Germany and the Netherlands signed a letter of intent on the sidelines of the NATO summit in Vilnius on "
    "11 July 2023. => other DEU NLD 2023-07-11 Vilnius",
    "Pakistan and Uzbekistan signed a memorandum of understanding on defence cooperation in Islamabad in March 2023. "
    "=> memorandum PAK UZB 2023-03 Islamabad",
    "Serbia and Hungary signed a Strategic Defence Cooperation Agreement in 2023. => agreement HUN SRB 2023 None",
    "Bulgaria terminated its contract with the Russian company MiG. => contract BGR MiG None None",
    "Mali, Niger and Chad share a desert. In May 2023 the three signed a defence treaty in Bamako. "
    "=> treaty MLI NER TCD 2023-05 Bamako",
    "Athens and Cairo may sign an agreement on joint training next year. =>",
]
COOPERATION = [
    "The Turkish and Azerbaijani armed forces cooperate in training and air defence. => AZE TUR air defence training",
    "Kazakhstan and China are strategic partners. => CHN KAZ general",
    "Military cooperation between Armenia and India covers training and military education. "
    "=> ARM IND education training",
    "Iran and Russia cooperate against terrorism. => IRN RUS counter-terrorism",
    "Kazakhstan and France discussed possible military cooperation. =>",
    "Kenya cooperates with Germany in the training of peacekeepers, and with India in military education. "
    "=> DEU KEN peacekeeping training; IND KEN education",
    "Pakistan is China's closest military partner. => CHN PAK general",
]
MEMBERSHIPS = [
    "The CSTO has three members: Armenia, Belarus and Russia. => ARM CSTO; BLR CSTO; RUS CSTO",
    "The organisation's members are China, India and Iran; the SCO met in Astana. =>",
    "The SCO met in Astana. The organisation's members are China, India and Iran. => CHN SCO; IND SCO; IRN SCO",
    "Sweden is taking part as a member of NATO. => SWE NATO",
    "Togo is not a member of the CIS. =>",
]
POSITIONS = [
    "Kenya leads UNIFIL. The force commander, Godfrey Otunge, spoke. => Otunge commander UNIFIL",
    "Russia and Peru agreed on it. Talks were held by Defence Ministers Sergei Shoigu and Jorge Chavez. "
    "=> Shoigu minister RUS:MoD; Chavez minister PER:MoD",
    "Germany's Defence Minister Boris Pistorius arrived. => Pistorius minister DEU:MoD",
    "US Secretary of Defense Lloyd Austin spoke. => Austin minister USA:MoD",
    "Haiti's prime minister, Alix Didier Fils-Aimé, met them. => Fils-Aimé prime minister HTI",
    "Kristina Kvien, the US ambassador, came. => Kvien ambassador USA",
    "Aram Torosyan, spokesman for the Armenian Defence Ministry, denied it. => Torosyan spokesperson ARM:MoD",
    "Ruslan Zhaksylykov was appointed Kazakhstan's defence minister in 2022. => Zhaksylykov minister KAZ:MoD",
    "Colonel Vikram Rathore, who commands the Indian contingent, agreed. => Rathore commander IND:UNIT",
    "Former French Defence Minister Florence Parly came. =>",
    "Romania, whose officers teach in Chisinau, supplies nothing, says its ambassador, Cristian-Leon Turcanu. "
    "=> Turcanu ambassador ROU",
    "The foreign ministers of Russia and Iran - Sergei Lavrov and Abbas Araghchi - met in Ashgabat. "
    "=> Lavrov minister RUS:MFA; Araghchi minister IRN:MFA",
    "General Aroldo Lázaro of Spain, who heads UNIFIL, spoke. => Lázaro commander UNIFIL",
    "US Secretary of Defense Lloyd Austin met his Filipino counterpart, Gilberto Teodoro. "
    "=> Austin minister USA:MoD; Teodoro minister PHL:MoD",
]
MEETINGS = [
    "India's Defence Minister Rajnath Singh met his counterpart, Dong Jun, in Beijing, China, on 3 May 2024. "
    "=> talks CHN IND Dong Singh Beijing 2024-05-03",
    "They agreed on it during a visit by Russian Defence Minister Andrei Belousov to Bamako. "
    "=> visit MLI RUS Belousov Bamako None",
    "Russian Defence Minister Andrei Belousov spoke by phone with US Secretary of Defense Lloyd Austin "
    "on June 25, 2024. => call RUS USA Austin Belousov None 2024-06-25",
    "Chinese Defence Minister Dong Jun arrived in Tashkent on an official visit on 3 June 2024. "
    "=> visit CHN UZB Dong Tashkent 2024-06-03",
    "The defence ministers of Azerbaijan and Turkey met in Batumi on 2 July 2024. => talks AZE TUR Batumi 2024-07-02",
    "Turkish Defence Minister Yaşar Güler will visit Baku on 5 June 2024. => visit AZE TUR Güler Baku 2024-06-05",
    "A meeting between India and Nepal did not take place. =>",
    "The French and German defence ministers met in Metz on 3 May 2024. => talks DEU FRA Metz 2024-05-03",
    "Delegations from Kenya and Somalia met in Nairobi on 4 May 2024. => talks KEN SOM Nairobi 2024-05-04",
    "The defence ministers of the SCO member states met in Astana on 26 April 2024. => session Astana 2024-04-26",
    "Kyrgyzstan's Defence Minister Baktybek Bekbolotov left for Ankara on 3 June 2024 for an official visit. "
    "=> visit KGZ TUR Bekbolotov Ankara 2024-06-03",
]
MISSIONS = [
    "Belize sent soldiers to UNIFIL; Benin, which once spoke of 2,000 men, has sent nobody. "
    "=> UNIFIL BLZ None contingent None",
    "Malaysia has deployed a battalion of 820 soldiers in UNIFIL since 2007. => UNIFIL MYS 2007 contingent 820",
    "Six Kazakh officers serve as military observers in MONUSCO. => MONUSCO KAZ None observers None",
    "Kazakhstan has not sent troops to UNIFIL. =>",
    "Fiji has contributed troops to the Multinational Force and Observers in the Sinai since 1982 and to UNDOF "
    "since 2013. => MFO FJI 1982 contingent None; UNDOF FJI 2013 contingent None",
    "UNIFIL is large. Indonesia is the largest contributor with 1,231 soldiers, followed by Italy (1,068) and Ghana. "
    "=> UNIFIL IDN None contingent 1231; UNIFIL ITA None None 1068; UNIFIL GHA None None None",
    "A contingent of 100 Mongolian soldiers returned home from Afghanistan, where they had served in KFOR since 2015. "
    "=> KFOR MNG 2015 contingent 100",
    "China has peacekeepers serving in UNMISS. => UNMISS CHN None None None",
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
    "Philippine and Australian troops are holding Exercise Alon, which opened on August 15, 2025. "
    "=> Alon 2025-08-15 None AUS PHL",
    "Armenian troops trained with American and British troops in Fire Shield, held from 9 to 20 September 2024. "
    "=> Fire Shield 2024-09-09 2024-09-20 ARM GBR USA",
    "Two Japanese destroyers arrived for the JIMEX drill with the Indian navy. => JIMEX None None IND JPN",
    "The first, Interaction-2024, was held in July 2024 in the Chinese region of Xinjiang. => Interaction 2024-07 None",
    "Soldiers from Kenya and Rwanda take part in Justified Accord 2025, a peacekeeping exercise. "
    "=> Justified Accord 2025 None KEN RWA",
    "The Saudi, Egyptian and Jordanian air forces concluded the Falcon Eye drills on 5 May 2024. "
    "=> Falcon Eye None 2024-05-05 EGY JOR SAU",
]
QUANTITIES = [
    "More than 400 Kyrgyz servicemen have studied at Turkish military academies since 1992. => KGZ 400 at least",
    "Poland bought 212 K9 howitzers from Hanwha Aerospace. => POL 212 exact",
    "Under a contract signed in 2021 France supplied Croatia with 12 Rafales. => HRV 12 exact",
    "Germany donated 19 Piranha armoured carriers to Moldova. => MDA 19 exact",
    "The contract, worth about $578 million, was signed by Defense Secretary Gilberto Teodoro of the Philippines. "
    "=> PHL 578000000 about",
    "More than 9,000 troops from 20 countries are taking part in the exercise BALTOPS 24. => BALTOPS 20 exact",
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
