"""The processor time of a server with all its processes, which a busy machine distorts less than time on the clock."""

import os
from pathlib import Path

__all__ = ["processor_seconds"]


def processor_seconds(pid: int) -> float:
    """The seconds of processor time, of user and system, that a process and its descendants have used; Linux alone.

    Arguments:
        pid: of the first process.
    """
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            parents[int(folder.name)] = int(fields[1])
            used[int(folder.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # reaped children too
    total = 0.0
    for one, seconds in used.items():
        ancestor = one
        while ancestor not in (pid, 0, 1) and ancestor in parents:
            ancestor = parents[ancestor]
        total += seconds if ancestor == pid else 0.0
    return total
