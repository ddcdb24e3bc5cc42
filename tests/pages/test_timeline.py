"""The page of the timeline: years in order, bars that lead to them."""

import pytest

from .conftest import Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")


def test_years_stand_from_the_latest_to_the_first_and_bars_lead_to_them(visiting: Visiting) -> None:
    visit = visiting("/timeline")
    headings = visit.page.locator(".timeline > li > h3").all_inner_texts()
    years = [int(text) for text in headings if text.isdigit()]
    assert years == sorted(years, reverse=True)
    bars = visit.page.locator(".years svg a")
    assert bars.count() == len(years)
    bars.first.click()
    visit.page.wait_for_url(f"**/timeline#y{years[-1]}")


def test_what_fits_no_filter_is_said(visiting: Visiting) -> None:
    visit = visiting("/timeline?from=1200&to=1201")
    assert visit.page.locator(".nothing").is_visible()
    assert visit.page.locator(".timeline").count() == 0
