"""Relative clauses hang on the noun with which their pronoun agrees."""

import pytest

from tests.reading.cases import reader


@pytest.mark.parametrize(
    ("text", "verb", "noun"),
    [
        (
            "Основанием послужил план трёхстороннего военного сотрудничества, который главы ведомств подписали в мае.",
            "подписали",
            "план",
        ),
        ("Стороны подписали меморандум о сотрудничестве, которое началось в 2010 году.", "началось", "сотрудничестве"),
    ],
)
def test_a_relative_clause_describes_what_its_pronoun_agrees_with(text: str, verb: str, noun: str) -> None:
    tokens = reader().prepare("ru").grammar.analyze(text).tokens
    token = next(t for t in tokens if t.text == verb)
    assert token.rel == "acl:relcl"
    assert token.head is not None
    assert tokens[token.head].text == noun
