"""Prologues between the operations of an update, which the grammar allows and Oxigraph does not read.

`Update ::= Prologue ( Update1 ( ';' Update )? )?` (SPARQL 1.1 Query §19.8): each operation may have a prologue.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from graph.errors import BadInput
from graph.query.request import UpdateRequest
from graph.query.tokens import tokens
from graph.query.update_text import outside_braces

__all__ = ["UpdatePart", "parts_of_update"]

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^>]*>")
_NOT_A_LINE_END = re.compile(r"[^\r\n]")
_MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class UpdatePart:
    """Operations of an update that one prologue can stand before.

    Arguments:
        begin: where in the text they begin.
        request: the update that they are, with what the prologues before them have left.
    """

    begin: int
    request: UpdateRequest


def parts_of_update(request: UpdateRequest) -> list[UpdatePart]:
    """The update, apart where a prologue gives a prefix another meaning or a base; mostly as a whole.

    Later prefixes of a part are declared before it; all else stands where it stood.

    Arguments:
        request: the update.

    Raises:
        BadInput: it has very many such prologues.
    """
    parts: list[UpdatePart] = []
    meaning, base = dict(request.prefixes), request.base_iri
    begin, at_begin = 0, (dict(meaning), base)
    after = 0  # where the present operation begins, with its prologue
    words = [token for token in tokens(request.text) if token.kind != "comment"]
    for place, token in outside_braces(words):
        following = words[place + 1 : place + 3]
        if token.text == ";":
            after = token.begin + 1
        elif token.is_word("BASE") and following and following[0].kind == "iri":
            differs, base = True, urljoin(base or "", following[0].text[1:-1])
        elif token.is_word("PREFIX") and len(following) == 2 and following[1].kind == "iri":
            name, iri = following[0].text.removesuffix(":"), following[1]
            told = urljoin(base or "", iri.text[1:-1])
            differs = meaning.get(name, told) != told or not _ABSOLUTE.fullmatch(iri.text)
            meaning[name] = told
        else:
            continue
        if token.text != ";" and differs and after > begin:
            parts.append(_part(request, begin, after - 1, *at_begin))
            begin, at_begin = after, (dict(meaning), base)
            if len(parts) == _MOST_PARTS:
                raise BadInput(
                    f"more than {_MOST_PARTS} operations of the update give a prefix or the base another meaning",
                    hint="send it in parts",
                )
    return [*parts, _part(request, begin, len(request.text), *at_begin)]


def _part(request: UpdateRequest, begin: int, end: int, prefixes: Mapping[str, str], base: str | None) -> UpdatePart:
    """What stands from `begin` to `end`, with its later prefixes declared before it."""
    text = request.text[begin:end]
    words = [token for token in tokens(text) if token.kind != "comment"]
    later = dict(prefixes)
    begun, blanked, kept_to = False, [], 0
    for place, token in outside_braces(words):
        begun = begun or token.text == ";"
        if begun and token.is_word("PREFIX") and place + 2 < len(words):
            name, iri = words[place + 1], words[place + 2]
            if name.text.endswith(":") and _ABSOLUTE.fullmatch(iri.text):
                to = iri.begin + len(iri.text)
                blanked += [text[kept_to : token.begin], _NOT_A_LINE_END.sub(" ", text[token.begin : to])]
                kept_to = to
                later[name.text[:-1]] = iri.text[1:-1]
    return UpdatePart(begin, replace(request, text="".join([*blanked, text[kept_to:]]), prefixes=later, base_iri=base))
