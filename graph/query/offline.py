"""A process that cannot reach any network: the kernel refuses it sockets of the internet families.

What a text may call is decided before the engine sees it (`graph.query.outbound`, `graph.query.masking`). This is the
second line: should the engine read a text otherwise than we do, its process has no way out. Only where a remote store
must be asked, or something is allow-listed, a process keeps its sockets. The filter is a seccomp program (Linux,
`Documentation/userspace-api/seccomp_filter.rst`); children inherit it and nobody can take it off.
"""

import ctypes
import struct
import sys
from typing import Final

__all__ = ["stay_offline"]

_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_FILTER_MODE: Final = 2

_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # operations of the classic packet filter
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little-endian
_X86_64, _AARCH64 = 0xC000003E, 0xC00000B7
_SOCKET_OF_X86_64, _SOCKET_OF_AARCH64 = 41, 198
_INTERNET, _INTERNET_6 = 2, 10
_ALLOW, _NOT_PERMITTED = 0x7FFF0000, 0x00050000 | 13

# Operation, how many to pass over if it holds and if it does not, operand
_PROGRAM: Final = (
    (_LOAD, 0, 0, _ARCHITECTURE),
    (_JUMP_IF_EQUAL, 0, 2, _X86_64),
    (_LOAD, 0, 0, _NUMBER),
    (_JUMP_IF_EQUAL, 3, 6, _SOCKET_OF_X86_64),
    (_JUMP_IF_EQUAL, 0, 5, _AARCH64),
    (_LOAD, 0, 0, _NUMBER),
    (_JUMP_IF_EQUAL, 0, 3, _SOCKET_OF_AARCH64),
    (_LOAD, 0, 0, _FIRST_ARGUMENT),
    (_JUMP_IF_EQUAL, 2, 0, _INTERNET),
    (_JUMP_IF_EQUAL, 1, 0, _INTERNET_6),
    (_RETURN, 0, 0, _ALLOW),
    (_RETURN, 0, 0, _NOT_PERMITTED),
)


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_char_p))


def stay_offline() -> bool:
    """Refuse this process, and all that it starts, new sockets to other machines and to this one, for good.

    To be called before other threads run. Sockets that are open already, and those of one machine's processes
    (`AF_UNIX`), go on.

    Returns:
        Whether the kernel does so; not on other systems than Linux, or where it was built without such filters.
    """
    if not sys.platform.startswith("linux"):
        return False
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in _PROGRAM)
    program = _Filter(len(_PROGRAM), code)
    return bool(
        prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0
    )
