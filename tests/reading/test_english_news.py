"""English news as ministries and agencies write it: `text => what it says`, with `not` before what it does not say."""

import pytest

from tests.reading.cases import lines_read, split

OFFICES = [
    "Secretary of State Antony J. Blinken met with Kazakhstan's Foreign Minister Murat Nurtleu in Washington, D.C. "
    "=> Blinken: minister USA:MFA; Nurtleu: minister KAZ:MFA",
    "ISLAMABAD: Chief of Army Staff General Asim Munir called on Saudi Crown Prince Mohammed bin Salman in Jeddah. "
    "=> Munir: commander PAK:AF; talks of PAK:AF, SAU; not Munir: commander SAU:AF",
    "Defence Minister Yaşar Güler and his Somali counterpart, Abdulkadir Mohamed Nur, signed an agreement. Somalia has "
    "Turkish drones. => not Güler: minister SOM:MoD; Nur: minister SOM:MoD",
    "Guler was received by President Ilham Aliyev of Azerbaijan. Turkey's Defence Minister Yasar Guler then met his "
    "Azerbaijani counterpart, Colonel General Zakir Hasanov. => Hasanov: minister AZE:MoD",
    "The Uzbek side was headed by First Deputy Minister of Defense Hamdam Qarshiyev. "
    "=> Qarshiyev: deputy minister UZB:MoD",
    "In Warsaw they were received by Poland's Deputy Defence Minister, Paweł Bejda. => Bejda: deputy minister POL:MoD",
    "Guterres appointed Lieutenant General Aroldo Lázaro of Spain as force commander of UNIFIL. "
    "=> Lázaro: commander UNIFIL",
    "Germany's Federal Minister of Defence Boris Pistorius visited Vilnius. => Pistorius: minister DEU:MoD",
    "Beijing's defense ministry spokesman Zhang Xiaogang denied the report. => Zhang: spokesperson CHN:MoD",
    "Serbia and France signed a contract in Belgrade during President Emmanuel Macron's visit. "
    "=> Macron: head of state FRA; visit of FRA, SRB: persons Macron",
    "Kenya's contingent in the MSS has grown. \"We came to do a job,\" said the mission's commander, Godfrey Otunge. "
    "=> Otunge: commander MSS",
]
MEETINGS = [
    "Egypt signed a protocol with Somalia in Cairo on 14 August 2024 after President Abdel Fattah el-Sisi had received "
    "his Somali counterpart, Hassan Sheikh Mohamud. "
    "=> talks of EGY, SOM: persons el-Sisi; talks of EGY, SOM: persons Mohamud",
    "General Michael Kurilla, commander of U.S. Central Command, traveled to Tashkent in May 2024 and was received by "
    "Uzbek Defense Minister Bakhodir Kurbanov. => talks of USA:AF, UZB:MoD; visit of USA:AF, UZB",
    "In December 2024 Turkish diplomats sat down with the Ethiopian and Somali delegations in Ankara. "
    "=> talks of ETH, SOM, TUR: place Ankara",
    "Chinese Defense Minister Dong Jun met with his Russian counterpart Andrei Belousov in Qingdao on the sidelines of "
    "the SCO defense ministers' meeting. => talks of CHN:MoD, RUS:MoD; not session of CHN:MoD",
    "The defense ministers of the Shanghai Cooperation Organization member states gathered in Dushanbe on May 26, 2021 "
    "for a regular session. => session of : organizations SCO; session of : place Dushanbe",
    "Ethiopia's chief of general staff Birhanu Jula received a Rwandan military delegation led by General Mubarakh "
    "Muganga in Addis Ababa. => talks of ETH:GS, RWA: persons Muganga",
    "Kenya called on Russia to withdraw its troops. => none",
]
EXERCISES = [
    "African Lion is U.S. Africa Command's largest annual combined, joint exercise. "
    "=> exercise African Lion; not exercise U.S. Africa Command",
    "Uzbek troops joined their Tajik counterparts for the Regional Cooperation exercise in Dushanbe in August 2024. "
    "The next iteration is scheduled for June 16-24, 2025, in Tashkent. Plans for a separate naval exercise were "
    "shelved. => exercise Regional Cooperation: start 2024-08; exercise Regional Cooperation: start 2025-06-16; "
    "exercise Regional Cooperation: locations Tashkent",
    "British troops took part in Exercise Dragon, held in Poland from 25 February to 14 March 2024 as part of NATO's "
    "Steadfast Defender. => exercise Dragon: frameworks Steadfast Defender; exercise Dragon: end 2024-03-14; "
    "not exercise Steadfast Defender: start 2024-02-25",
    "A Chinese naval formation arrived in Zhanjiang for the joint exercise Golden Dragon 2024. "
    "=> exercise Golden Dragon: locations Zhanjiang; exercise Golden Dragon: participants CHN",
    "Exercise Cobra Gold, co-hosted by Thailand and the United States since 1982, opened on 25 February 2025. "
    "=> exercise Cobra Gold: start 2025-02-25; not exercise Cobra Gold: start 1982",
]
MISSIONS = [
    "A total of 160 members of the Bangladesh Air Force left Dhaka today for the Central African Republic to join the "
    "UN peacekeeping mission MINUSCA. => mission MINUSCA: BGD:AF; not mission MINUSCA: CAF; not BGD in UN",
    "Cairo will send 1,000 soldiers to AUSSOM, the African Union mission in Somalia. Uganda, Kenya and Djibouti "
    "already have contingents in it. => mission AUSSOM: EGY contingent 1000; mission AUSSOM: DJI contingent; "
    "not mission AMISOM",
    "Forty-five Kazakh peacekeepers left for the Golan Heights on March 12, 2024, to serve in UNDOF, officials said. "
    "=> mission UNDOF: KAZ 45",
    "Jordan contributes 20 police officers and 8 military observers to MONUSCO, the UN mission in the DR Congo. "
    "=> mission MONUSCO: JOR police 20; mission MONUSCO: JOR observers 8; not mission ?",
    "Under the EU's military assistance mission EUMAM, 30 Irish instructors will teach in Cyprus and Germany. "
    "=> mission EUMAM: IRL other 30; mission EUMAM: locations CYP",
    "Sri Lanka's military said that a contingent of 125 troops left for Mali to join the United Nations mission, "
    "MINUSMA. => mission MINUSMA: LKA contingent 125; not mission MINUSMA: MLI contingent 125",
    "UNDOF was set up in 1974. The force now includes soldiers from Nepal, India and Ireland. "
    "=> mission UNDOF: NPL contingent; mission UNDOF: IRL contingent",
    "Ghana's 88th battalion, comprising 850 soldiers, left Accra for southern Lebanon to serve with UNIFIL. "
    "=> mission UNIFIL: GHA contingent; not UNIFIL: exact 850; not mission UNIFIL: LBN contingent",
    "Mongolian peacekeepers began their service in South Sudan in 2012. "
    "=> mission UNMISS: MNG since 2012; not mission ?",
]
OTHERS = [
    "Turkey and Azerbaijan exchanged views on the prospects of military-technical cooperation. "
    "=> not AZE, TUR cooperate: technical",
    "Russian instructors are training Malian soldiers in Bamako. => MLI, RUS cooperate: training",
    "NATO members Estonia, Latvia and Lithuania signed a declaration in Riga on 19 January 2024. "
    "=> declaration of EST, LTU, LVA",
    "On 28 April 2023 MBDA UK signed a contract with the Polish company PGZ. => contract of MBDA UK, PGZ",
]


@pytest.mark.parametrize("case", [*OFFICES, *MEETINGS, *EXERCISES, *MISSIONS, *OTHERS])
def test_news(case: str) -> None:
    text, expected = split(case)
    found = lines_read(text, "en")
    barred = {e.removeprefix("not ") for e in expected if e.startswith("not ")}
    if expected == {"none"}:
        assert not found
        return
    assert {e for e in expected if not e.startswith("not ")} <= found, found
    assert not barred & found
