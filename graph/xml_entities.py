"""How large an XML document becomes when its entities are written out: a few lines can stand for gigabytes."""

import re

__all__ = ["expanded_bytes"]

_DECLARATION = re.compile(rb"<!ENTITY\s+([^\s%\"']+)\s+(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE = re.compile(rb"&([^\s;&<>#]+);")


def expanded_bytes(document: bytes) -> int:
    """The number of bytes that a document has when all references to entities that it declares are written out.

    It errs to the side of more: a reference in a comment counts too.

    Arguments:
        document: an XML document in UTF-8.
    """
    if b"<!ENTITY" not in document:
        return len(document)
    sizes: dict[bytes, int] = {}
    for found in _DECLARATION.finditer(document):
        # In the order of the declarations: an entity can refer to those before it alone.
        value = found[2] if found[2] is not None else found[3]
        size = _expanded(value, sizes)
        sizes[found[1]] = max(size, sizes.get(found[1], 0))
    return _expanded(document, sizes)


def _expanded(text: bytes, sizes: dict[bytes, int]) -> int:
    return len(text) + sum(sizes.get(found[1], 0) for found in _REFERENCE.finditer(text))
