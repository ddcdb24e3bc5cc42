"""English analysis: words with their places, parts of speech, trees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.en.analyzer import EnglishAnalyzer
from loaders.reading.text import AnalyzedText, Token

ANALYZER = EnglishAnalyzer()

VOCABULARY = """
the a Kazakhstan 's Indian and . ; : — ( ) " minister signed signs signing to in by of with that which who
was have been will not 2024 5 May troops exercise Boris Pistorius said , taking part more than 300 held
"""
WORDS = st.sampled_from(VOCABULARY.split())


def analyzed(text: str) -> AnalyzedText:
    return ANALYZER.analyze(text)


def token(text: str, word: str) -> Token:
    return next(t for t in analyzed(text).tokens if t.text == word)


def head(text: str, word: str) -> str:
    found = analyzed(text)
    above = next(t for t in found.tokens if t.text == word).head
    return "" if above is None else found.tokens[above].text


def test_possessors_contractions_and_abbreviations_are_tokens() -> None:
    words = [
        t.text for t in analyzed("Kenya's U.S.-trained police hasn't left; 14,000 stay, a 24-strong team too.").tokens
    ]
    assert words[:2] == ["Kenya", "'s"]
    assert {"U.S.", "has", "n't", "14,000", "24-strong"} <= set(words)


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = "Lt. Gen. John R. Allen met Dr. Ashton in Sept. 2023. The U.S. Army was there."
    assert [s.span.of(text)[:8] for s in analyzed(text).sentences] == ["Lt. Gen.", "The U.S."]


@pytest.mark.parametrize(
    ("text", "word", "pos", "form"),
    [
        ("Iran hosts Chinese warships.", "hosts", "VERB", "Fin"),
        ("The hosts of the drill were pleased.", "hosts", "NOUN", None),
        ("An agreement signed in Astana covers training.", "signed", "VERB", "Part"),
        ("Poland signed an agreement.", "signed", "VERB", "Fin"),
        ("Talks were held in Rome.", "held", "VERB", "Fin"),
        ("The two navies cooperate at sea.", "cooperate", "VERB", "Fin"),
        ("Beijing, which supplies nobody, objects to all three.", "objects", "VERB", "Fin"),
        ("The troops used to come to the drill in May.", "May", "PROPN", None),
        ("India may buy drones.", "may", "AUX", "Fin"),
    ],
)
def test_parts_of_speech(text: str, word: str, pos: str, form: str | None) -> None:
    found = token(text, word)
    assert (found.pos, found.feats.get("VerbForm")) == (pos, form)


def test_a_verb_is_cited_with_to_and_a_noun_without() -> None:
    assert token("They exercise at sea.", "exercise").lemmas == ("to exercise",)
    assert token("The exercise is over.", "exercise").lemma == "exercise"
    assert ANALYZER.words("to take part in") == ("to take", "part", "in")


@pytest.mark.parametrize(
    ("text", "word", "above", "relation"),
    [
        ("Armenia bought missiles from India.", "Armenia", "bought", "nsubj"),
        ("Armenia bought missiles from India.", "missiles", "bought", "obj"),
        ("The pact was signed by Iran.", "pact", "signed", "nsubj:pass"),
        ("Germany's Defence Minister Boris Pistorius spoke.", "Germany", "Minister", "nmod:poss"),
        ("Germany's Defence Minister Boris Pistorius spoke.", "Boris", "Minister", "appos"),
        ("India, China and Iran sent ships.", "Iran", "India", "conj"),
        ("The contract with Thales for three radars was signed.", "radars", "contract", "nmod"),
        ("The treaty, which Iran signed, is old.", "signed", "treaty", "acl:relcl"),
        ("Rome denied that a pact was being negotiated.", "negotiated", "denied", "ccomp"),
        ("Spain considered the idea and dropped it.", "dropped", "considered", "conj"),
        ("Armenia is a member of the CSTO.", "Armenia", "member", "nsubj"),
        ('"It is over," said Colonel James Brody.', "Colonel", "said", "nsubj"),
        ("In 2022 Poland bought tanks.", "Poland", "bought", "nsubj"),
        ("Turkey sold Kazakhstan Cobra vehicles.", "Kazakhstan", "sold", "iobj"),
        ("In Astana, Kazakhstan and Turkey signed a plan.", "Kazakhstan", "signed", "nsubj"),
        ("In Mali and Chad, French troops train.", "Chad", "Mali", "conj"),
        ("On Tuesday, Japan, Italy and Spain held a drill.", "Japan", "held", "nsubj"),
        ("Rome announced on Monday that a drill had begun.", "begun", "announced", "ccomp"),
        ("Minister Boris Pistorius said Germany would send tanks.", "send", "said", "ccomp"),
        ("The pact, signed by Rome and its ally, Oslo, is old.", "ally", "Rome", "conj"),
        ("Hosted by Jordan, Eager Lion brings troops together.", "Lion", "brings", "nsubj"),
        ("Under a pact signed in May 2021 France sent tanks.", "France", "sent", "nsubj"),
        ("Romania, whose officers teach there, supplies nothing.", "teach", "Romania", "acl:relcl"),
        ("The visit came after Iran and Iraq signed a treaty.", "signed", "came", "advcl"),
        ("They discussed issues related to trade and agreed to meet.", "agreed", "discussed", "conj"),
        ("General Sáenz of Spain, who heads the mission, spoke.", "heads", "General", "acl:relcl"),
        ("Rome will hold its annual Balikatan military drills.", "Balikatan", "drills", "compound"),
        ("The drills opened in May and run until June.", "run", "opened", "conj"),
    ],
)
def test_what_hangs_on_what(text: str, word: str, above: str, relation: str) -> None:
    assert (head(text, word), token(text, word).rel) == (above, relation)


def test_persons_are_found_by_titles_appositions_and_speech() -> None:
    text = (
        "Defence Minister Suren Papikyan came. Haiti's prime minister, Alix Didier Fils-Aimé, met them. "
        "Aram Torosyan, spokesman for the ministry, and Secretary of Defense Lloyd Austin listened."
    )
    found = analyzed(text)
    persons = [n.span.of(text) for n in found.names if n.sort == "PER"]
    assert persons == ["Suren Papikyan", "Alix Didier Fils-Aimé", "Aram Torosyan", "Lloyd Austin"]


def test_titles_months_and_bases_are_told_from_the_names_of_persons() -> None:
    text = "China's Defense Minister Dong Jun landed at King Faisal Air Base. Deputy Chief of Staff Irfan Ozsert left."
    assert [n.span.of(text) for n in analyzed(text).names if n.sort == "PER"] == ["Dong Jun", "Irfan Ozsert"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hanwha Aerospace won a contract.", ["Hanwha Aerospace"]),
        ("Korea Aerospace Industries will deliver jets.", ["Korea Aerospace Industries"]),
        ("Armenia signed a contract with Thales.", ["Thales"]),
        ("It was supplied with 12 Rafales.", []),
        ("The Department of National Defense spoke.", []),
        ("The frigate HNLMS Tromp sailed with the Multinational Joint Task Force (MNJTF).", []),
    ],
)
def test_companies_are_told_from_arms_bodies_and_ships(text: str, names: list[str]) -> None:
    assert [n.span.of(text) for n in analyzed(text).names if n.sort in {"ORG", "COMPANY"}] == names


@given(st.lists(WORDS, min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_every_sentence_is_one_tree_over_its_own_words(words: list[str]) -> None:
    text = " ".join(words)
    found = analyzed(text)
    for each in found.tokens:
        assert text[each.begin : each.end] == each.text
    for sentence in found.sentences:
        tokens = found.of(sentence)
        roots = [t for t in tokens if t.head is None]
        assert len(roots) == 1
        assert set(found.subtree(roots[0].index)) == {t.index for t in tokens}
