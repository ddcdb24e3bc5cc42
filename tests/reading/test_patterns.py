"""Surface patterns and word lists: what their notations match, and how a mistake in them is told."""

from pathlib import Path

import pytest

from loaders.reading.lexicon import Lexicon, LexiconError
from loaders.reading.patterns import Pattern, PatternError, read_patterns
from tests.reading.cases import reader

CASES = """
<exercise_noun>                        | Прошло учение в мае.                    | учение
провести|начать *3 <exercise_noun>     | Армия провела большое совместное учение.| провела большое совместное учение
=в [place]                             | Бой в Отаре и за Отаром.                | в Отаре
=в [state:Loc]                         | Поехал в Китай, живёт в Китае.          | в Китае
[actor] и [actor]                      | Россия и Китай учатся.                  | Россия и Китай
=с {date}                              | Служат с 2014 года в Ливане.            | с 2014 года
{number} =военных                      | Прибыли двадцать пять военных.          | двадцать пять военных
=совместное? <exercise_noun>           | Прошло совместное учение и учение.      | совместное учение; учение
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_patterns(case: str) -> None:
    line, text, expected = (part.strip() for part in case.rsplit("|", 2))
    context = reader().prepare("ru").context(text)
    matches = Pattern.parse("case", line).find(context)
    assert [context.words(m.first, m.last) for m in matches] == expected.split("; ")


def test_a_capture_gives_the_words_of_its_element() -> None:
    context = reader().prepare("ru").context("Китай поставил Анголе танки.")
    (match,) = Pattern.parse("supply", "who@[state] поставить whom@[state:Dat]").find(context)
    assert {n: context.words(*c) for n, c in match.captures.items()} == {"who": "Китай", "whom": "Анголе"}


def test_a_pattern_with_a_mistake_names_itself_and_the_element() -> None:
    with pytest.raises(PatternError, match=r"pattern 'wrong': cannot read the element '<noun'"):
        Pattern.parse("wrong", "с <noun")


def test_a_file_of_patterns_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("a = [", encoding="utf-8")
    with pytest.raises(PatternError, match=r"broken\.toml"):
        read_patterns([tmp_path / "broken.toml"])


def test_lists_of_one_name_in_several_files_are_joined(tmp_path: Path) -> None:
    grammar = reader().prepare("ru").grammar
    (tmp_path / "a.toml").write_text('noun = ["учение"]', encoding="utf-8")
    (tmp_path / "b.toml").write_text('noun = ["военная игра"]', encoding="utf-8")
    lexicon = Lexicon.read(sorted(tmp_path.glob("*.toml")), grammar.lemmas, grammar.words)
    tokens = grammar.analyze("Учения и военные игры").tokens
    assert [(s.name, s.first, s.last) for s in lexicon.senses(tokens)] == [("noun", 0, 1), ("noun", 2, 4)]


def test_a_list_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text("noun = 5", encoding="utf-8")
    grammar = reader().prepare("ru").grammar
    with pytest.raises(LexiconError, match=r"wrong\.toml: noun is not a list of words"):
        Lexicon.read([tmp_path / "wrong.toml"], grammar.lemmas, grammar.words)
