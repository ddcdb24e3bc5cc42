"""The processor time of a server with all its processes, which a busy machine distorts less than time on the clock."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["processor_seconds", "works"]

_WAITS_FOR_A_PROCESSOR = "R"
_FOR_THE_DISK = "D"


def processor_seconds(pid: int) -> float:
    """The seconds of processor time, of user and system, that a process and its descendants have used; Linux alone.

    Arguments:
        pid: of the first process.
    """
    used: dict[int, float] = {}
    parents: dict[int, int] = {}
    for one, fields in _processes():
        parents[one] = int(fields[1])
        used[one] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # reaped children too
    return sum(seconds for one, seconds in used.items() if _descends(one, pid, parents))


def works(pid: int) -> bool:
    """Whether any thread of a process or of its descendants runs just now, or would if there were a processor for it.

    Arguments:
        pid: of the first process.
    """
    parents = {one: int(fields[1]) for one, fields in _processes()}
    states: list[str] = []
    for one in parents:
        if _descends(one, pid, parents):
            for thread in Path(f"/proc/{one}/task").glob("*/stat"):
                with suppress(OSError):
                    states.append(_fields(thread)[0])
    return any(state in (_WAITS_FOR_A_PROCESSOR, _FOR_THE_DISK) for state in states)


def _processes() -> Iterator[tuple[int, list[str]]]:
    """Each process with what `/proc/PID/stat` tells of it, from its state on."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # it has ended
                yield int(folder.name), _fields(folder / "stat")


def _fields(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").rpartition(")")[2].split()


def _descends(one: int, first: int, parents: dict[int, int]) -> bool:
    while one not in (first, 0, 1) and one in parents:
        one = parents[one]
    return one == first
