"""Many texts as two arrays: little memory, nothing for a collector to look through, and a file can hold them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

__all__ = ["Column"]


class Column:
    """Texts by their place.

    Arguments:
        texts: the texts, in their order.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        lengths = np.fromiter((len(one) for one in encoded), dtype=np.int64, count=len(encoded))
        self._begins: NDArray[np.int64] = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
        self._content: NDArray[np.uint8] = np.frombuffer(b"".join(encoded), dtype=np.uint8)

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __getitem__(self, place: int) -> str:
        begin, end = self._begins[place], self._begins[place + 1]
        return self._content[begin:end].tobytes().decode("utf-8", "surrogatepass")
