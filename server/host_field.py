"""The host that a request is for: one field `Host` with a valid value, or the address itself (RFC 9112 §3.2)."""

import re
from ipaddress import AddressValueError, IPv6Address

from gunicorn.http.errors import InvalidHeader

__all__ = ["BadHost", "with_one_host"]

_AUTHORITY = re.compile(
    r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]"
    r"|\[[Vv][0-9A-Fa-f]+\.[\w.~!$&'()*+,;=:-]+\]"
    r"|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)"
    r"(?::0*(?P<port>[0-9]{0,5}))?",
    re.ASCII,
)
"""`uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2)."""

_ABSOLUTE = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_WITH_HOST = (1, 1)
"""From this version of HTTP on each request names its host."""


class BadHost(InvalidHeader):  # type: ignore[misc]
    """The request names no host, several, or something that is none.

    Arguments:
        detail: one sentence on what is wrong, with nothing of what was sent.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def with_one_host(version: tuple[int, int], target: str, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields of a request, with the host of its target where that is a whole address (RFC 9112 §3.2.2).

    Arguments:
        version: of HTTP.
        target: of the request, as it stands in its first line.
        fields: of its head: names in capitals, and values.

    Raises:
        BadHost: there is no `Host`, though the version wants it, more than one, or its value is no host with a port.
    """
    hosts = [value for name, value in fields if name == "HOST"]
    if len(hosts) > 1:
        raise BadHost("The request has more than one Host field")
    if not hosts and version >= _WITH_HOST:
        raise BadHost("The request has no Host field")
    if hosts and not _is_authority(hosts[0]):
        raise BadHost("The value of the Host field is no host with or without a port")
    if (absolute := _ABSOLUTE.match(target)) is None:
        return fields
    if not absolute[1] or not _is_authority(absolute[1]):
        raise BadHost("The address in the request's first line has no valid host")
    return [("HOST", absolute[1]), *((name, value) for name, value in fields if name != "HOST")]


def _is_authority(value: str) -> bool:
    found = _AUTHORITY.fullmatch(value)
    if found is None:
        return False
    if found["ipv6"] is not None:
        try:
            IPv6Address(found["ipv6"])
        except AddressValueError:
            return False
    return int(found["port"] or 0) < 1 << 16
