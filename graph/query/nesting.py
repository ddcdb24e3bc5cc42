"""How the groups of a query stand in one another, as far as it matters for what the engine does with them."""

from graph.query.group_patterns import Group, GroupKind

__all__ = ["IN_LOOPS", "is_within", "optional_of", "stands_in"]

IN_LOOPS = ("FILTER", "OPTIONAL", "BIND")
"""What the engine evaluates for each solution that comes in, if patterns before it are."""

_BESIDE_UNIONS = ("{", "UNION", *IN_LOOPS)


def is_within(group: Group | None, kind: GroupKind) -> bool:
    """Whether it is a group of a kind, or stands in one."""
    while group is not None:
        if group.kind == kind:
            return True
        group = group.parent
    return False


def optional_of(group: Group) -> Group | None:
    """The OPTIONAL that a group is, or of whose UNION, with nothing that binds beside it, it is a part."""
    around = None if group.kind != "plain" else group.parent
    if around is not None and around.kind == "optional" and all(one in _BESIDE_UNIONS for one in around.elements):
        return around
    return group if group.kind == "optional" else None


def stands_in(group: Group | None, outer: Group) -> bool:
    """Whether it is the outer group, or one in it without a word before it that makes it something else."""
    while group is not None and group is not outer and group.kind == "plain":
        group = group.parent
    return group is outer
