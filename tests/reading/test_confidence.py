"""Facts are trusted with the precision of their rules, and those trusted too little can be left out."""

from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.confidence import Confidences, above, calibrated, smoothed
from loaders.reading.facts import Deployment, Entity, Exercise, Mission, PartialDate, Reading, Span, Stated

SPANS = (Span(0, 5),)
KAZ = Entity("state", "Казахстан", state="KAZ")
MEASURED = Confidences(0.6, {"good": 0.95, "bad": 0.4})


def exercise(rule: str, date_rule: str) -> Exercise:
    return Exercise(
        name="Щит",
        start=Stated(PartialDate(2021), SPANS, f"ru/{date_rule}"),
        participants=(Stated(KAZ, SPANS, "ru/bad"), Stated(KAZ, SPANS, "ru/good")),
        evidence=SPANS,
        rule=f"ru/{rule}",
    )


def test_each_fact_and_each_value_has_the_precision_of_its_own_rule() -> None:
    fact = calibrated(exercise("good", "unseen"), MEASURED)
    assert isinstance(fact, Exercise)
    assert fact.confidence == 0.95
    assert fact.start and fact.start.confidence == 0.6
    assert [p.confidence for p in fact.participants] == [0.4, 0.95]


def test_a_deployment_has_the_confidence_of_its_own_rule() -> None:
    sent = Deployment(actor=KAZ, evidence=SPANS, rule="ru/bad")
    mission = calibrated(Mission(entity=None, deployments=(sent,), evidence=SPANS, rule="ru/good"), MEASURED)
    assert isinstance(mission, Mission)
    assert (mission.confidence, mission.deployments[0].confidence) == (0.95, 0.4)


def test_what_is_trusted_with_less_than_the_threshold_is_left_out_value_by_value() -> None:
    facts = tuple(calibrated(f, MEASURED) for f in (exercise("good", "bad"), exercise("bad", "good")))
    (left,) = above(Reading("ru", facts=facts), 0.5).facts
    assert isinstance(left, Exercise)
    assert left.rule == "ru/good"
    assert left.start is None
    assert [p.rule for p in left.participants] == ["ru/good"]


def test_without_a_threshold_nothing_is_left_out() -> None:
    reading = Reading("ru", facts=(calibrated(exercise("bad", "bad"), MEASURED),))
    assert above(reading, 0) is reading


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.01, 0.99), st.floats(0.1, 50))
def test_a_smoothed_precision_lies_between_what_was_seen_and_the_prior(
    right: int, wrong: int, prior: float, weight: float
) -> None:
    seen = right + wrong
    value = smoothed(right, seen, prior, weight)
    share = right / seen if seen else prior
    assert min(share, prior) - 1e-9 <= value <= max(share, prior) + 1e-9
