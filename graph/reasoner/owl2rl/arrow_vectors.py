"""Between NumPy and Arrow by their buffers: Arrow's own conversions import pandas wherever it is installed."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["first_letters", "flags", "integers", "places", "strings"]

Codes = npt.NDArray[np.int64]


def strings(texts: Sequence[str]) -> "pa.LargeStringArray":
    """Texts as an Arrow array."""
    encoded = [text.encode() for text in texts]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    return pa.LargeStringArray.from_buffers(len(encoded), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded)))


def places(numbers: Codes) -> "pa.Int64Array":
    """Numbers as an Arrow array, to take by."""
    numbers = np.ascontiguousarray(numbers, dtype=np.int64)
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def integers(array: "pa.Int32Array") -> Codes:
    """32-bit integers without nulls as a vector."""
    values = np.frombuffer(array.buffers()[1], dtype=np.int32)
    return values[array.offset : array.offset + len(array)].astype(np.int64)


def flags(array: "pa.BooleanArray") -> npt.NDArray[np.bool_]:
    """Booleans without nulls as a vector."""
    bits = np.unpackbits(np.frombuffer(array.buffers()[1], dtype=np.uint8), bitorder="little")
    found: npt.NDArray[np.bool_] = bits[array.offset : array.offset + len(array)].astype(np.bool_)
    return found


def first_letters(terms: "pa.LargeStringArray") -> npt.NDArray[np.uint8]:
    """The first byte of each text."""
    _, offsets, text = terms.buffers()
    starts = np.frombuffer(offsets, dtype=np.int64)[terms.offset : terms.offset + len(terms)]
    return np.frombuffer(text, dtype=np.uint8)[starts]
