"""From what a title holds to its role and body: who leads a ministry is its minister, who leads a department is not."""

from dataclasses import dataclass, field

from loaders.reading.facts import BodyKind, Entity, Role
from loaders.reading.lexicon import Sense
from loaders.reading.title import OF_STATE, Title

ROLES: dict[str, Role] = {
    "office_head_of_state": "head of state",
    "office_prime_minister": "prime minister",
    "office_minister": "minister",
    "office_deputy_minister": "deputy minister",
    "office_chief_of_general_staff": "chief of general staff",
    "office_commander": "commander",
    "office_unit_commander": "commander",
    "office_mission_commander": "commander",
    "office_secretary_general": "secretary general",
    "office_ambassador": "ambassador",
    "office_military_attache": "military attaché",
    "office_spokesperson": "spokesperson",
}
LEADING_KINDS: dict[str, Role] = {"MoD": "minister", "MFA": "minister", "MIA": "minister", "GOV": "prime minister",
                                  "GS": "chief of general staff", "AF": "commander"}  # fmt: skip
UNSAID = frozenset({"office_colleague", "office_ceremonial"})


@dataclass
class Gathered:
    """What a title holds, gathered word by word."""

    states: list[Entity] = field(default_factory=list)
    others: list[Entity] = field(default_factory=list)
    bodies: list[BodyKind] = field(default_factory=list)
    inner: Title | None = None
    unit: bool = False
    generic: bool = False
    department: bool = False
    described: bool = False
    nouns: int = 0


def composed(sense: Sense, region: Gathered, first: int, last: int, *, former: bool, plural: bool) -> Title:
    """The title made of its noun and of what was gathered.

    Arguments:
        sense: the noun.
        region: what was gathered.
        first, last: the tokens of the title, `last` not included.
        former: whether the office is not held now.
        plural: whether the noun stands in the plural.
    """
    states, others, inner = list(region.states), list(region.others), region.inner
    bodies = list(region.bodies)
    role: Role | None = ROLES.get(sense.name, "other")
    body: BodyKind | None = bodies[0] if bodies else None
    unknown = False
    if inner is not None:
        states += [s for s in inner.states if s not in states]
        others += [o for o in inner.others if o not in others]
        body = body or inner.body
        unknown = inner.portfolio_unknown
    name = sense.name
    if name == "office_minister" and body == "AF":
        body = "MoD"  # "the Minister of the Armed Forces"
    if name == "office_minister":
        unknown = body is None and (region.nouns > 0)
    elif name == "office_deputy":
        role = "deputy minister" if inner and inner.role == "minister" else "other"
        if inner and inner.role in OF_STATE:
            body = "GOV" if inner.role == "prime minister" else body
        elif role == "other" and inner is None and body in {"MoD", "MFA", "MIA"}:
            role = "deputy minister"
    elif name == "office_deputy_head_of_government":
        role, body = "other", "GOV"
    elif name == "office_chief_of_general_staff":
        body = "GS"
    elif name in {"office_head", "office_other", "office_chair"} and inner is None:
        role, body = _leader(name, region, body)
    elif name == "office_legislator":
        body = body or "PARL"
    elif name == "office_commander":
        # «Центральным командованием США»: a part of the forces, but an organization has its own commanders.
        foreign = [o for o in others if o.kind in {"organization", "mission"}]
        part = region.unit or bool(others and states and not foreign)
        body = "UNIT" if part and "AF" not in bodies else (None if others and not bodies else "AF")
    elif name == "office_unit_commander":
        body = None if others and not states else "UNIT"
    elif name == "office_deputy_minister" and body is None and region.nouns:
        unknown = True
    return Title(
        sense, None if name in UNSAID else role, body, tuple(states), tuple(others), first, last,
        plural=plural, former=former, colleague=name == "office_colleague",
        portfolio_unknown=unknown, generic=region.generic and body is None and inner is None,
    )  # fmt: skip


def _leader(name: str, region: Gathered, body: BodyKind | None) -> tuple[Role | None, BodyKind | None]:
    """The role of one who leads a body: the minister leads the ministry, but a department has its own head."""
    if name == "office_chair" and region.states and not (region.others or region.nouns or body):
        return "head of state", None
    if name != "office_head" or region.unit:
        return ("commander", "UNIT") if region.unit and name == "office_head" else ("other", body)
    if region.department:
        return "other", body
    if body is not None:
        return LEADING_KINDS.get(body, "other"), body
    if region.generic and not region.others:
        return None, None
    if region.states and not region.others and not region.nouns:
        return (None, None) if region.described else ("head of state", None)  # "India's naval chief"
    if region.others and region.others[0].kind == "organization" and not region.nouns:
        return "secretary general", None
    return "other", None
