"""Which addresses elsewhere may be called: the allow-lists of SERVICE and LOAD."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from graph.errors import BadUsage

__all__ = ["NOTHING_ALLOWED", "AllowList"]

_PORTS = {"http": 80, "https": 443}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class AllowList:
    """URLs that may be called, and addresses that a host of these may have though they are not public.

    Arguments:
        prefixes: scheme, host, port and beginning of the path of each.
        networks: addresses that are let pass though they are private, of this machine, or otherwise not public.
    """

    prefixes: tuple[tuple[str, str, int, str], ...] = ()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> "AllowList":
        """The list that the entries make.

        Arguments:
            entries: `https://host/path` allows what begins with it; `10.0.0.0/8` or `10.1.2.3` allows hosts of
                the list to have such an address, as does an address in the place of a host.

        Raises:
            BadUsage: one of them is neither.
        """
        prefixes, networks = [], []
        for entry in entries:
            if "://" not in entry:
                networks.append(_network(entry))
                continue
            parsed = _parsed(entry)
            if parsed is None or parsed[1].query or parsed[1].fragment:
                raise BadUsage(f"the allow-list has {entry!r}, which is no http or https URL")
            (scheme, host, port), parts = parsed
            prefixes.append((scheme, host, port, parts.path or "/"))
            if (address := _address(host)) is not None:
                networks.append(_network(str(address)))
        return cls(tuple(prefixes), tuple(networks))

    def allows(self, url: str) -> bool:
        """Whether the URL may be called: scheme, host and port are those of an entry, and its path goes on from it."""
        parsed = _parsed(url)
        if parsed is None:
            return False
        origin, parts = parsed
        path = parts.path or "/"
        if any(step in {".", ".."} for step in path.lower().replace("%2e", ".").replace("\\", "/").split("/")):
            return False  # it may lead out of what the prefix means
        return any(origin == entry[:3] and _goes_on(path, entry[3]) for entry in self.prefixes)

    def allows_address(self, address: str) -> bool:
        """Whether a connection to the address may be made: it is public, or listed."""
        parsed = _address(address)
        if parsed is None:
            return False
        mapped = getattr(parsed, "ipv4_mapped", None)
        parsed = mapped or parsed
        if any(parsed.version == network.version and parsed in network for network in self.networks):
            return True
        return parsed.is_global and not parsed.is_multicast


NOTHING_ALLOWED = AllowList()
"""Nothing leaves this machine."""


def _parsed(url: str) -> tuple[tuple[str, str, int], SplitResult] | None:
    """Scheme, host in lower case and port, and the parts; None for what is no URL to be called."""
    if any(c.isspace() or c == "\\" or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return (parts.scheme, parts.hostname.lower().rstrip("."), port or _PORTS[parts.scheme]), parts


def _goes_on(path: str, prefix: str) -> bool:
    """Whether the path is the prefix, or goes on from it with a new step."""
    return path == prefix or path.startswith(prefix if prefix.endswith("/") else prefix + "/")


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise BadUsage(
            f"the allow-list has {text!r}", hint="write URLs (https://host/path), addresses or networks (10.0.0.0/8)"
        ) from error
