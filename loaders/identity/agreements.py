"""When two agreements of different documents are one, and when they cannot be: a rule a case, each with a name."""

from collections.abc import Callable

from loaders.identity.days import apart, is_precise, is_within_a_month
from loaders.identity.link import Link
from loaders.identity.spelling import content_stems, years_in
from loaders.identity.things import Agreement

__all__ = ["RULES", "opposed", "title_stems", "title_years"]


def agreement_date(one: Agreement, other: Agreement) -> Link | None:
    """The same type, the same parties, and days of signing that can be one."""
    if one.signed is None or other.signed is None or one.type != other.type or not _have_parties_alike(one, other):
        return None
    named_alike = bool(_common_stems(one, other))
    for known, confidence in ((is_precise, 0.9), (is_within_a_month, 0.85)):
        if known(one.signed) and known(other.signed):
            return Link(confidence, "identity/agreement-day" if confidence > 0.85 else "identity/agreement-month")
    if named_alike or _speak_differently(one, other):
        return Link(0.8 if named_alike else 0.7, "identity/agreement-year")
    return None


def agreement_title(one: Agreement, other: Agreement) -> Link | None:
    """The same type, parties and title, or the year that both titles are for; a date in one text at most."""
    if one.type != other.type or not _have_parties_alike(one, other) or (one.signed and other.signed):
        return None
    years = title_years(one) & title_years(other)
    if years or _are_titled_alike(one, other):
        return Link(0.85 if years else 0.75, "identity/agreement-title")
    return None


RULES: tuple[Callable[[Agreement, Agreement], Link | None], ...] = (agreement_date, agreement_title)


def opposed(one: Agreement, other: Agreement) -> bool:
    """Whether they cannot be one: signed on other days, or their titles clash."""
    return apart(one.signed, other.signed) or _titles_clash(one, other)


def _have_parties_alike(one: Agreement, other: Agreement) -> bool:
    """The same parties; of companies one may be called by a part of the other's name."""
    mine, theirs = one.parties - other.parties, other.parties - one.parties
    if not one.parties or len(mine) != len(theirs):
        return False
    return all(any(_is_part_of(name, longer) for longer in theirs) for name in mine)


def _is_part_of(one: str, other: str) -> bool:
    words = set(one.split()), set(other.split())
    return "/" not in one + other and (words[0] <= words[1] or words[1] <= words[0])


def title_years(of: Agreement) -> frozenset[str]:
    """The years that its titles name."""
    return frozenset(year for _, title in of.titles for year in years_in(title))


def _titles_clash(one: Agreement, other: Agreement) -> bool:
    """Whether the titles are for different years, or in one language about different things."""
    years = title_years(one), title_years(other)
    if all(years) and years[0] != years[1]:
        return True
    for language in _languages(one) & _languages(other):
        mine, theirs = title_stems(one, language), title_stems(other, language)
        if mine and theirs and not mine & theirs:
            return True
    return False


def _common_stems(one: Agreement, other: Agreement) -> frozenset[str]:
    common: frozenset[str] = frozenset()
    for language in _languages(one) & _languages(other):
        common |= title_stems(one, language) & title_stems(other, language)
    return common


def _are_titled_alike(one: Agreement, other: Agreement) -> bool:
    """Whether the titles, in one language, have half the words of the shorter one in common.

    One word is not enough: two protocols on the exchange of something are not on the exchange of the same.
    """
    for language in _languages(one) & _languages(other):
        mine, theirs = title_stems(one, language), title_stems(other, language)
        if mine & theirs and 2 * len(mine & theirs) >= min(len(mine), len(theirs)):
            return True
    return False


def _speak_differently(one: Agreement, other: Agreement) -> bool:
    return not _languages(one) & _languages(other)


def _languages(of: Agreement) -> frozenset[str]:
    return frozenset(language for language, _ in of.titles)


def title_stems(of: Agreement, language: str) -> frozenset[str]:
    """The beginnings of the words of its titles in a language that tell it from others."""
    return frozenset(stem for tag, title in of.titles if tag == language for stem in content_stems(title))
