"""States: every code of ISO 3166-1 once, and the names by which texts call them."""

import re
from pathlib import Path

import pytest

from ontology import MC, RDFS, entity
from tests.reference.conftest import Reference

# ISO 3166-1 alpha-3, all 249 entries.
CODES = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ
BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU
DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC
GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG
MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL
PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN
SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
""".split()  # noqa: SIM905 - a column of codes is easier to check

NAMED = [
    ("KAZ", "ru", ["Казахстан", "Республика Казахстан", "РК", "казахстанский", "казахстанец"]),
    ("KAZ", "kk", ["Қазақстан", "Қазақстан Республикасы", "ҚР", "қазақстандық"]),
    ("RUS", "ru", ["Россия", "Российская Федерация", "РФ", "российский", "россиянин"]),
    ("RUS", "kk", ["Ресей", "Ресей Федерациясы", "ресейлік"]),
    ("BLR", "ru", ["Беларусь", "Белоруссия", "РБ", "белорусский", "белорус"]),
    ("KGZ", "ru", ["Кыргызстан", "Киргизия", "Кыргызская Республика", "КР", "кыргызский", "киргизский"]),
    ("KGZ", "en", ["Kyrgyzstan", "Kyrgyz Republic", "Kyrgyz"]),
    ("MDA", "ru", ["Молдова", "Молдавия", "молдавский", "молдаванин"]),
    ("TKM", "ru", ["Туркменистан", "Туркмения", "туркменский"]),
    ("USA", "ru", ["США", "Соединённые Штаты", "Соединённые Штаты Америки", "американский", "американец"]),
    ("USA", "en", ["United States", "United States of America", "USA", "U.S.", "US", "American"]),
    ("USA", "kk", ["АҚШ", "Америка Құрама Штаттары", "америкалық"]),
    ("CHN", "ru", ["Китай", "КНР", "Китайская Народная Республика", "китаец"]),
    ("GBR", "ru", ["Великобритания", "Соединённое Королевство", "британский", "британец"]),
    ("DEU", "ru", ["Германия", "ФРГ", "немецкий", "германский", "немец"]),
    ("ARE", "ru", ["ОАЭ", "Объединённые Арабские Эмираты", "эмиратский"]),
    ("KOR", "ru", ["Южная Корея", "Республика Корея", "южнокорейский"]),
    ("PRK", "ru", ["КНДР", "Северная Корея", "северокорейский"]),
    ("COD", "ru", ["ДР Конго", "Демократическая Республика Конго", "ДРК"]),
    ("CAF", "ru", ["ЦАР", "Центральноафриканская Республика"]),
    ("ZAF", "ru", ["ЮАР", "Южно-Африканская Республика"]),
    ("TUR", "ru", ["Турция", "Турецкая Республика", "турецкий", "турок"]),
    ("TUR", "en", ["Turkey", "Türkiye", "Turkish", "Turk", "Turks"]),
    ("ESH", "ru", ["Западная Сахара"]),
]

# Of these no adjective or inhabitant's name is settled in Russian.
WITHOUT_RUSSIAN_ADJECTIVE = {"KNA", "SLB"}


def test_every_code_of_iso_3166_stands_once(reference: Reference) -> None:
    stated = reference.rows("?state mc:iso3 ?code ; mc:iso2 ?short ; a mc:State")

    assert sorted(row["code"] for row in stated) == CODES
    assert len({row["short"] for row in stated}) == len(CODES)
    assert all(re.fullmatch("[A-Z]{2}", row["short"]) for row in stated)
    assert all(row["state"] == entity("state", row["code"]) for row in stated)


def test_a_state_has_one_label_in_each_language(reference: Reference) -> None:
    for code in CODES:
        labels = reference.names(entity("state", code), RDFS["label"])
        assert sorted(language for language, _ in labels) == ["en", "kk", "ru"], code


def test_a_state_counts_as_itself(reference: Reference) -> None:
    assert {(row["s"], row["t"]) for row in reference.rows("?s mc:countsAs ?t")} == {
        (entity("state", code), entity("state", code)) for code in CODES
    }


@pytest.mark.parametrize(("code", "language", "names"), NAMED)
def test_a_state_is_known_by_its_usual_names(reference: Reference, code: str, language: str, names: list[str]) -> None:
    for name in names:
        assert reference.named(name, language, "state") == {entity("state", code)}, name


@pytest.mark.parametrize("property_", ["adjective", "demonym"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_members_of_the_united_nations_have_adjectives_and_inhabitants(
    reference: Reference, property_: str, language: str
) -> None:
    members = {
        row["s"]
        for row in reference.rows(
            "?m mc:inOrganization <"
            + entity("organization", "UN")
            + "> ; mc:member ?s ; mc:membershipKind <https://w3id.org/milcoop/concept/membership-kind/member>"
        )
    }
    lacking = {
        state[-3:]
        for state in members
        if language not in {name_language for name_language, _ in reference.names(state, MC[property_])}
    }

    assert lacking == (WITHOUT_RUSSIAN_ADJECTIVE if language == "ru" else set())


def test_russian_adjectives_are_in_the_dictionary_form(reference: Reference) -> None:
    adjectives = [row["a"] for row in reference.rows("?s mc:adjective ?a FILTER(LANG(?a) = 'ru')")]

    assert len(adjectives) > 200
    assert [a for a in adjectives if not re.fullmatch("[а-яё-]+(ий|ый|ой)", a)] == []


def test_kosovo_is_a_place_and_not_a_state(reference: Reference) -> None:
    assert reference.named("Косово", "ru", "place") == {entity("place", "Kosovo")}
    assert reference.named("Косово", "ru", "state") == set()


def test_identifiers_of_wikidata_are_those_that_were_checked(reference: Reference) -> None:
    notes = Path(__file__).resolve().parents[3] / "shared" / "ontology-notes.md"
    matches = reference.rows("?x skos:exactMatch ?match")

    assert matches
    for row in matches:
        assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", row["match"]), row
    assert len({row["match"] for row in matches}) == len({row["x"] for row in matches}) == len(matches)
    if not notes.exists():
        pytest.skip("the notes with the checked identifiers are not there")
    text = notes.read_text(encoding="utf-8")
    for row in matches:
        slug, identifier = row["x"].rpartition("/")[2], row["match"].rpartition("/")[2]
        checked = rf"\b{slug}\b[^\n·]*\b{identifier}\b"
        assert re.search(checked, text), f"{slug} {identifier}"
