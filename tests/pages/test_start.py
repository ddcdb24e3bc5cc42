"""The start page: who works most with whom as a drawing, and figures that lead to what they count."""

import math

from hypothesis import given
from hypothesis import strategies as st

from graph.cooperation import Tie, Ties
from server.ring import ring

from .conftest import Visiting


def test_the_drawing_leads_to_actors_and_to_what_two_have_together(visiting: Visiting) -> None:
    visit = visiting("/?lang=ru")
    names = visit.page.locator(".ring text").all_text_contents()
    assert {"Казахстан", "Россия"} <= set(names)
    heaviest = visit.page.locator(".ring a:has(path)").last
    assert heaviest.get_attribute("aria-label") is not None
    visit.page.goto(visit.server.url + str(heaviest.get_attribute("href")))
    assert "with=" in visit.path()
    assert visit.page.locator(".sentences li").count() > 0


def test_figures_lead_to_what_they_count(visiting: Visiting) -> None:
    visit = visiting("/")
    for address in visit.page.locator(".figures a").evaluate_all("links => links.map(link => link.href)"):
        assert visit.page.request.get(address).ok


@st.composite
def made_ties(draw: st.DrawFn) -> Ties:
    actors = [f"https://example.org/{number}" for number in range(draw(st.integers(2, 30)))]
    pairs = draw(
        st.sets(st.tuples(st.sampled_from(actors), st.sampled_from(actors)).filter(lambda p: p[0] < p[1]), min_size=1)
    )
    found = tuple(Tie(*pair, (), draw(st.integers(1, 1000)), "", "") for pair in sorted(pairs))
    busy = {actor: sum(t.weight for t in found if actor in (t.one, t.another)) for actor in actors}
    return Ties({a: n for a, n in sorted(busy.items(), key=lambda item: -item[1]) if n}, found)


@given(made_ties())
def test_each_seat_is_on_the_circle_and_each_curve_ends_at_two_of_them(found: Ties) -> None:
    drawn = ring(found, most=12)
    if drawn is None:
        return
    assert 3 <= len(drawn.seats) <= 12
    middle = drawn.width / 2, drawn.height / 2
    far = [math.dist(middle, (seat.x, seat.y)) for seat in drawn.seats]
    assert max(far) - min(far) < 1
    seated = {seat.iri for seat in drawn.seats}
    shown = {(curve.tie.one, curve.tie.another) for curve in drawn.curves}
    assert shown == {(tie.one, tie.another) for tie in found.ties if {tie.one, tie.another} <= seated}
    weights = [curve.tie.weight for curve in drawn.curves]
    assert weights == sorted(weights)
    assert [curve.stroke for curve in drawn.curves] == sorted(curve.stroke for curve in drawn.curves)
