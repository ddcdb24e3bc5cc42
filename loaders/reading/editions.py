"""Names of exercises with the year of their edition."""

import re

EDITION = re.compile(r"\s*[-–—]?\s*((?:19|20)\d\d)(?:-[^\W\d_]{1,3})?$")
SHORT_EDITION = re.compile(r"[-\s]([0-4]\d)$")


def split_edition(name: str) -> tuple[str, int | None]:
    """A name without the year at its end, and that year: «Щит – 2021» → («Щит», 2021)."""
    for pattern in (EDITION, SHORT_EDITION):
        found = pattern.search(name)
        if found and found.start() > 0:
            digits = found.group(1)
            year = int(digits) if len(digits) == 4 else 2000 + int(digits)
            return name[: found.start()].rstrip(" -–—"), year
    return name, None
