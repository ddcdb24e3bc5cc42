"""Values in files, written by one process and read by others that go on with their work meanwhile.

Long lists are read in small parts, between which other threads run. Arrays (PEP 574, out-of-band buffers) are not read
at all: they are mapped into memory, which the processes then share. Only for files that nobody else can write: to
read a pickle is to run it.
"""

import gc
import mmap
import pickle
import time
from itertools import islice
from pathlib import Path
from typing import Any

__all__ = ["read_value", "write_value"]

_OBJECTS, _ARRAYS = "objects", "arrays"
_PART = 200
"""Members of a list that are read at a time: some milliseconds."""

_FROZEN = 50
"""Parts after which what was read is taken from what the collector looks through: it would stop all threads for it."""

_ALIGNED = 64


def write_value(folder: Path, value: object) -> None:
    """Write a value into a folder of its own.

    Arguments:
        folder: it must be empty.
        value: what can be pickled.
    """
    with (folder / _OBJECTS).open("wb") as objects, (folder / _ARRAYS).open("wb") as arrays:

        def put(part: object) -> None:
            buffers: list[pickle.PickleBuffer] = []
            content = pickle.dumps(part, 5, buffer_callback=buffers.append)
            places = []
            for buffer in buffers:
                with buffer.raw() as raw:
                    arrays.write(b"\0" * (-arrays.tell() % _ALIGNED))
                    places.append((arrays.tell(), len(raw)))
                    arrays.write(raw)
            pickle.dump(places, objects, 5)
            objects.write(content)

        if type(value) in (list, tuple):
            members = iter(value)  # type: ignore[call-overload]
            put((type(value).__name__, len(value)))  # type: ignore[arg-type]
            while part := list(islice(members, _PART)):
                put(part)
        else:
            put(("one", 1))
            put([value])


def read_value(folder: Path) -> Any:
    """The value that a folder holds.

    Arguments:
        folder: as `write_value` left it; it may be removed afterwards.

    Raises:
        OSError: it cannot be read.
    """
    with (folder / _OBJECTS).open("rb") as objects, (folder / _ARRAYS).open("rb") as arrays:
        empty = not arrays.seek(0, 2)
        mapped = memoryview(b"" if empty else mmap.mmap(arrays.fileno(), 0, access=mmap.ACCESS_READ))

        def part() -> Any:
            places = pickle.load(objects)  # noqa: S301 — our own file
            return pickle.load(objects, buffers=[mapped[at : at + size] for at, size in places])  # noqa: S301

        kind, count = part()
        members: list[Any] = []
        number = 0
        while len(members) < count:
            members += part()
            number += 1
            if number % _FROZEN == 0:
                gc.freeze()
            time.sleep(0)  # others' turn
    return members[0] if kind == "one" else tuple(members) if kind == "tuple" else members
