"""Text in XML 1.0: escaped, and without the control characters that XML cannot hold."""

import re
from xml.sax.saxutils import escape, quoteattr

__all__ = ["attribute", "content", "without_controls"]

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """The text without the characters that no XML 1.0 document can hold, not even escaped."""
    return _CONTROLS.sub("", text)


def content(text: str) -> str:
    """The text as the content of an element."""
    return escape(without_controls(text), {"\r": "&#13;"})


def attribute(text: str) -> str:
    """The text as the value of an attribute, with its quotation marks."""
    return quoteattr(without_controls(text), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
