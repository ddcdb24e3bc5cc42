"""Prefixes that are declared between the operations of an update, which the grammar allows and Oxigraph does not read.

`Update ::= Prologue ( Update1 ( ';' Update )? )?` (SPARQL 1.1 Query §19.8): each operation may have a prologue.
"""

import re
from dataclasses import replace

from graph.query.request import UpdateRequest
from graph.query.tokens import tokens
from graph.query.update_text import outside_braces

__all__ = ["with_prefixes_first"]

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^>]*>")
_NOT_A_LINE_END = re.compile(r"[^\r\n]")


def with_prefixes_first(request: UpdateRequest) -> UpdateRequest:
    """The same update, whose later prefixes are declared before it; all else stands where it stood.

    A prefix that means two things in one update stays where it is, and so does one whose IRI is relative.

    Arguments:
        request: the update.
    """
    words = [token for token in tokens(request.text) if token.kind != "comment"]
    meaning = {f"{name}:": f"<{iri}>" for name, iri in request.prefixes.items()}
    text, later = request.text, dict(request.prefixes)
    begun = False
    for place, token in outside_braces(words):
        if token.is_word("PREFIX") and place + 2 < len(words):
            name, iri = words[place + 1], words[place + 2]
            known = meaning.get(name.text)
            if begun and name.text.endswith(":") and known in (None, iri.text) and _ABSOLUTE.fullmatch(iri.text):
                end = iri.begin + len(iri.text)
                blank = _NOT_A_LINE_END.sub(" ", text[token.begin : end])
                text = text[: token.begin] + blank + text[end:]
                later[name.text[:-1]] = iri.text[1:-1]
            meaning[name.text] = iri.text
        begun = begun or token.text == ";"
    return replace(request, text=text, prefixes=later)
