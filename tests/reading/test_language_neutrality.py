"""The code that all languages share holds no word of any: words, letters and marks stand in the languages' folders."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import loaders.reading

FOLDER = Path(loaders.reading.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
CYRILLIC = re.compile(r"[\u0400-\u052f]")
CASES = frozenset({"Nom", "Gen", "Dat", "Acc", "Ins", "Loc", "Abl", "Voc", "Par", "Cmp", "Equ"})
"""The values of the feature Case in the treebanks of the languages at hand."""
NOMINATIVE = "Nom"
"""Names are given in the nominative, which code that makes names has to ask for."""
STRINGS = {tokenize.STRING, *({tokenize.FSTRING_MIDDLE} if hasattr(tokenize, "FSTRING_MIDDLE") else ())}


def named(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def docstrings(tree: ast.Module) -> set[tuple[int, int]]:
    """Where strings begin that stand as statements: docstrings of modules, classes, functions and attributes."""
    return {
        (node.value.lineno, node.value.col_offset)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def strings(source: str) -> Iterator[tuple[int, str]]:
    """The strings of the code as they are written, with their lines, docstrings left out."""
    lines = source.splitlines()
    said = docstrings(ast.parse(source))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in STRINGS:
            continue
        line, column = token.start
        begin = len(lines[line - 1][:column].encode())  # ast counts bytes
        if (line, begin) not in said:
            yield line, token.string


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_word_of_a_language_stands_in_the_code(path: Path) -> None:
    found = [(line, text) for line, text in strings(path.read_text(encoding="utf-8")) if CYRILLIC.search(text)]
    assert not found, "words belong into loaders/<language>/lexicon/*.toml, adpositions into relations.toml"


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name == "kinds"], ids=named)
def test_kinds_ask_for_relations_and_not_for_cases(path: Path) -> None:
    found = [(line, text) for line, text in strings(path.read_text(encoding="utf-8")) if text.strip("\"'") in CASES]
    assert not found, "ask context.relation(index): a language's relations.toml says what its cases mean"


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name == "reading"], ids=named)
def test_the_base_knows_no_case_but_the_nominative(path: Path) -> None:
    found = [(line, text) for line, text in strings(path.read_text(encoding="utf-8"))]
    assert not [(line, text) for line, text in found if text.strip("\"'") in CASES - {NOMINATIVE}]


def test_the_checks_see_code_and_pass_over_what_is_said_of_it() -> None:
    source = '"""«и» and "Gen"."""\nSIGNS = {"и", "Gen"}  # «и»\n"""Signs: «и»."""\n'
    assert [text for _, text in strings(source)] == ['"и"', '"Gen"']
