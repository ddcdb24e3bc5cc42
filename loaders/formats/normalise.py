"""The one form of a text in which offsets count, and the form in which it is easiest to read.

The first changes as little as possible, so that offsets hold in the file itself wherever it is clean text. The second
has the same length, character by character: what is found in it lies at the same place in the first.
"""

import re
import unicodedata

__all__ = ["legible", "normalise"]

# Soft hyphen, zero-width and directional marks: they break words apart and show nothing.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")

_SAME_LENGTH = {
    **dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    0x2010: "-",
    0x2011: "-",
}


def normalise(text: str) -> str:
    """The text with line feeds as line ends, in Unicode's NFC, without invisible and control characters.

    Blanks stay as they are, the no-break space among them.
    """
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def legible(text: str) -> str:
    """The text with every kind of blank as a plain space and every kind of hyphen as a plain one; of equal length."""
    return text.translate(_SAME_LENGTH)
