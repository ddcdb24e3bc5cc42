"""Kazakh morphology: a word form is taken apart from its end, and what remains is checked against the known words.

A noun is stem + plural + possessive + case (+ -ғы, which makes an attribute of a place or time); a verb is stem + voice
+ negation + tense or the ending of a participle, a converb or the verbal noun, the last two of which go on like nouns.
Endings come in back and front vowels and in the consonants that the stem calls for: vowel harmony and assimilation, as
in R. Muhamedowa, Kazakh: A Comprehensive Grammar, Routledge 2015. Stems that are not known are taken as nouns where
the ending fits.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from loaders.kk.endings import (
    AFTER_POSSESSIVE,
    ATTRIBUTIVE,
    ATTRIBUTIVE_ENDINGS,
    CASES,
    NUMBERS,
    ORDINAL_ENDINGS,
    POSSESSIVES,
    SOFT_CLUSTERS,
    VERB,
    VOICELESS,
    VOWELS,
    fits,
    harmony,
    infinitive,
    is_closed,
    plural_fits,
    same_harmony,
    shapes,
    tail_features,
)  # fmt: skip
from loaders.kk.forms import Form
from loaders.kk.vocabulary import DEVOICING, VerbStem, Vocabulary

HABITUAL = 3.0
"""How much likelier a word with the ending of the habitual participle is that than a noun that it can be too."""
REMEMBERED = 100_000


class Morphology:
    """Takes word forms apart.

    Arguments:
        vocabulary: the known words.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, tuple[Form, ...]] = {}

    def forms(self, word: str) -> tuple[Form, ...]:
        """All that a folded word may be, the most trusted first."""
        forms = self._known.get(word)
        if forms is None:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            forms = self._known[word] = self._ranked(word)
        return forms

    def forget(self, word: str) -> None:
        """Look at a word anew: the vocabulary has changed."""
        self._known.pop(word, None)

    def forget_all(self) -> None:
        """Look at all words anew: the vocabulary has changed."""
        self._known.clear()

    def _ranked(self, word: str) -> tuple[Form, ...]:
        found: dict[tuple[str, str, tuple[tuple[str, str], ...]], Form] = {}
        for form in self._all(word):
            key = (form.lemma, form.pos, tuple(sorted(form.feats.items())))
            if key not in found or found[key].score < form.score:
                found[key] = form
        return tuple(sorted(found.values(), key=lambda f: -f.score))

    def _all(self, word: str) -> Iterator[Form]:
        known = self.vocabulary
        if word in known.pronouns:
            lemma, case, number = known.pronouns[word]
            yield Form(lemma, "PRON", {"Case": case, "Number": number, "PronType": "Prs"}, 100)
        if word in known.presents:
            yield Form(known.presents[word], "VERB", {"VerbForm": "Fin", "Tense": "Pres"}, 60, transitive=False)
        if word in known.closed:
            yield Form(word, known.closed[word], {}, 90)
        yield from self.nominals(word)
        yield from self.verbs(word)

    # ------------------------------------------------------------------ nominals

    def nominals(self, word: str) -> Iterator[Form]:
        """The word as a noun, adjective, numeral, determiner."""
        stem, hyphen, ending = word.rpartition("-")
        if hyphen and stem and self._is_ending(ending):
            yield from self._endings(stem + ending, len(stem))
            return
        if hyphen and stem.isdigit():
            yield from (replace(form, also=(*form.also, word)) for form in self.nominals(ending))
            return
        if "-" in word and all(part in self.vocabulary.of_states for part in word.split("-")):
            yield Form(word, "ADJ", {}, 62)  # «қырғыз-үнді»
        yield from self._endings(word, 0)
        attribute = ATTRIBUTIVE.match(word)
        if attribute:
            for form in self._endings(attribute["place"], 0):
                if form.feats.get("Case") == "Loc":
                    feats = {**form.feats, "Attr": "Yes"}
                    yield Form(form.lemma, "NOUN", feats, form.score + 1, also=form.also)
        if word.endswith(ORDINAL_ENDINGS):
            stems = (word[: -len(e)] for e in ORDINAL_ENDINGS if word.endswith(e))
            if any("NUM" in self.vocabulary.nominals.get(stem, ()) for stem in stems):
                yield Form(word, "ADJ", {}, 65)
        if word.endswith(ATTRIBUTIVE_ENDINGS) and word[:-2] in self.vocabulary.time:
            yield Form(word[:-2], "NOUN", {"Case": "Nom", "Number": "Sing", "Attr": "Yes"}, 70)

    def _is_ending(self, ending: str) -> bool:
        """Whether what follows a hyphen is an ending: «ҰҚШҰ-ның», «85-отырыс» is not."""
        cases = {e for e, _ in (*CASES, *AFTER_POSSESSIVE)}
        return ending in cases or ending in {"дағы", "дегі", "тағы", "тегі", "ы", "і", "сы", "сі", "дар", "дер"}

    def _endings(self, word: str, least: int) -> Iterator[Form]:
        """Stem and endings of a noun, the stem at least so long (the part before a hyphen, which stays as it is)."""
        if least:
            stem, ending = word[:least], word[least:]
            case = next((c for e, c in (*CASES, *AFTER_POSSESSIVE) if e == ending), None)
            place = next((c for e, c in CASES if ending[:2] == e and c == "Loc"), None)
            feats = {"Case": case or place or "Nom", "Number": "Sing"}
            if ending.endswith(("ғы", "гі")):
                feats["Attr"] = "Yes"
            yield Form(stem, "NOUN", feats, 60)
            return
        for rest, case in self._cases(word):
            for base, possessor in self._possessed(rest, case):
                for stem, number in self._numbers(base):
                    yield from self._nominal(word, stem, number, possessor, case)
        yield from self._possessed_cases(word)

    @staticmethod
    def _cases(word: str) -> Iterator[tuple[str, str]]:
        yield word, "Nom"
        for ending, case in CASES:
            stem = word[: -len(ending)]
            if len(stem) > 1 and word.endswith(ending) and fits(stem, ending):
                yield stem, case

    @staticmethod
    def _possessed(rest: str, case: str) -> Iterator[tuple[str, str]]:
        """What stands before a possessive ending, and whose it is; the third person has cases of its own."""
        yield rest, ""
        for ending, person in POSSESSIVES:
            stem = rest[: -len(ending)]
            after_vowel = ending[0] in "см"
            if person == "3" and case != "Nom":
                continue
            if len(stem) > 1 and rest.endswith(ending) and is_closed(stem) != after_vowel and fits(stem, ending):
                yield stem, person

    @staticmethod
    def _numbers(base: str) -> Iterator[tuple[str, str]]:
        yield base, "Sing"
        plural = NUMBERS.match(base)
        if plural and fits(plural["stem"], plural["ending"]) and plural_fits(plural["stem"], plural["ending"]):
            yield plural["stem"], "Plur"

    def _nominal(self, word: str, stem: str, number: str, possessor: str, case: str) -> Iterator[Form]:
        known = self.vocabulary
        shapes = [stem]
        if possessor and number == "Sing":
            if stem[-1:] in DEVOICING:
                shapes.append(stem[:-1] + DEVOICING[stem[-1]])
            if stem in known.elided:
                shapes.append(known.elided[stem])
        if not possessor and stem[-1:] == "і" and stem[:-1].endswith(SOFT_CLUSTERS):
            shapes.append(stem[:-1])  # «Минскіге», «объектіде»
        feats = {"Case": case, "Number": number, **({"Poss": possessor} if possessor else {})}
        bare = case == "Nom" and number == "Sing" and not possessor
        if bare and len(stem) > 4 and stem.endswith(("сы", "сі")) and stem in known.nominals:
            feats = {**feats, "Poss": "3"}
        for shape in shapes:
            for pos in sorted(known.nominals.get(shape, ())):
                if not bare and pos in {"DET", "ADV"}:
                    continue
                real = pos if bare or pos in {"NOUN", "PRON"} else "NUM" if pos == "NUM" else "NOUN"
                score = 50.0 + len(shape) + (pos == "ADJ" and bare) * 0.5
                yield Form(shape, real, feats, score, also=(stem,) if possessor else ())
        if bare or (len(stem) > 2 and not known.nominals.get(stem)):
            shape = shapes[-1]
            if possessor and stem[-1:] in DEVOICING and harmony(stem) and len(stem) > 4 and stem[-1] in "гғ":
                shape = stem[:-1] + DEVOICING[stem[-1]]
            endings = len(word) - len(stem)
            yield Form(shape, "NOUN", feats, 10.0 + min(endings, 4) * (0.6 if len(stem) > 3 else 0.1), also=(stem,))

    def _possessed_cases(self, word: str) -> Iterator[Form]:
        """A noun with a possessive ending of the third person, in its cases: «министрлігінің», «Арабиясына»."""
        for ending, case in AFTER_POSSESSIVE:
            base = word[: -len(ending)]
            if len(base) < 3 or not word.endswith(ending) or base[-1] not in "ыі" or not same_harmony(base, ending):
                continue
            for stem, person in self._possessed(base, "Nom"):
                if person == "3":
                    for shape, number in self._numbers(stem):
                        for form in self._nominal(word, shape, number, person, case):
                            yield replace(form, score=form.score + 0.5, also=(*form.also, base))
            if self.vocabulary.nominals.get(base):
                yield Form(base, "NOUN", {"Case": case, "Number": "Sing", "Poss": "3"}, 52.0 + len(base))

    # ------------------------------------------------------------------ verbs

    def verbs(self, word: str) -> Iterator[Form]:
        """The word as a form of a known verb."""
        verbs = self.vocabulary.verbs
        for end in range(1, len(word) + 1):
            stem = word[:end]
            for shape, rest in shapes(stem, word[end:]):
                verb = verbs.get(shape)
                if verb is not None and rest:
                    match = VERB.match(rest)
                    short = rest.startswith(("й", "р")) or (match and (match["converb"] or "").startswith("п"))
                    if match and self._is_of_other(shape, match["voice"] or ""):
                        continue  # «келісті» is of «келісу», not of «келу»
                    if match and (shape[-1] in VOWELS or not short):
                        yield from self._verb(verb, shape, match)

    def _is_of_other(self, stem: str, voice: str) -> bool:
        """Whether a reciprocal or causative is a verb of its own: «келіс-» beside «кел-», «жеткіз-» beside «жет-»."""
        known = self.vocabulary.verbs
        parts = (voice[:end] for end in range(1, len(voice) + 1) if voice[end - 1] not in "лн")
        return any(stem + part in known for part in parts if part[-1] not in VOWELS)

    def _verb(self, verb: VerbStem, stem: str, match: re.Match[str]) -> Iterator[Form]:
        groups = {name: text for name, text in match.groupdict().items() if text}
        ending = groups.get("past") or groups.get("participle") or ""
        before = (stem + groups.get("voice", "") + groups.get("negation", ""))[-1]
        if ending and (ending[0] in "тқк") != (before in VOICELESS):
            return
        voice = groups.get("voice", "")
        passive = voice[-1:] == "л" or (voice[-1:] == "н" and bool(verb.transitive)) or (voice in {"ыл", "іл"})
        causative = bool(re.search(r"(?:[қкғг][ыі]з|[тд][ыі]р|т)(?:[ыі]?[лн])?$", voice))
        feats: dict[str, str] = {}
        if passive:
            feats["Voice"] = "Pass"
        if "negation" in groups:
            feats["Polarity"] = "Neg"
        also = (infinitive(stem + voice),) if voice else ()
        transitive = None if verb.transitive is None else (verb.transitive or causative) and not passive
        if passive:
            transitive = False
        score = 50.0 + len(stem) + 0.25 * len(voice) + 0.3

        def form(pos: str, more: Mapping[str, str], less: float = 0.0) -> Form:
            return Form(verb.infinitive, pos, {**feats, **more}, score - less, transitive, also)

        if "past" in groups or "evidential" in groups:
            # «ынтымақтастық» is a noun before it is "we cooperated".
            noun_like = (groups.get("past") or "")[-1:] in {"қ", "к"}
            yield form("VERB", {"VerbForm": "Fin", "Tense": "Past"}, 9.0 if noun_like else 0.0)
        elif "present" in groups:
            yield form("VERB", {"VerbForm": "Fin", "Tense": "Pres"})
        elif "participle" in groups or "habitual" in groups:
            tense = "Past" if "participle" in groups else "Pres"
            # «беретін» is "who gives" before it is the accusative of «берет».
            more_likely = HABITUAL if tense == "Pres" else 0.0
            for more in tail_features(groups.get("tail") or groups.get("habitual_tail") or ""):
                yield form("VERB", {"VerbForm": "Part", "Tense": tense, **more}, -more_likely)
        elif "conditional" in groups:
            yield form("VERB", {"VerbForm": "Conv", "Mood": "Cnd"})
        elif "until" in groups or "converb" in groups:
            yield form("VERB", {"VerbForm": "Conv"}, 0.2)
        elif "imperative" in groups:
            yield form("VERB", {"VerbForm": "Fin", "Mood": "Imp"}, 0.5)
        elif "intention" in groups:
            yield form("VERB", {"VerbForm": "Fin", "Tense": "Fut"})
        elif "agent" in groups:
            for more in tail_features(groups.get("agent_tail", "")):
                yield form("VERB", {"VerbForm": "Part", "Tense": "Pres", **more}, 0.1)
        elif "noun" in groups:
            for more in tail_features(groups.get("noun_tail", "")):
                yield form("NOUN", {"VerbForm": "Vnoun", "Number": "Sing", "Case": "Nom", **more})
        elif "aorist" in groups and (groups["aorist"] != "с" or "negation" in groups):
            for more in tail_features(groups.get("aorist_tail", "")):
                # «жасақтарды» is of the noun in the plural before it is "what is to be equipped".
                noun_like = "Case" in more and "negation" not in groups
                yield form("VERB", {"VerbForm": "Part", "Tense": "Fut", **more}, 6.0 if noun_like else 1.5)
