"""`GRAPH ?g { … }` evaluated once for each graph, where the engine's way has other solutions.

SPARQL 1.1 Query §18.6 evaluates the group in each named graph, without ?g, and joins ?g afterwards. The engine carries
?g along in the patterns of the group. That is the same where each solution comes of a pattern, and faster; it is not
where a subquery counts or hides, MINUS compares, VALUES or OPTIONAL stand alone, or the group itself speaks of ?g.
There the block is written out: one for each graph, with its name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.errors import MilcoopError
from graph.query.group_patterns import NotRead, separate, statements
from graph.query.tokens import Token, tokens

__all__ = ["TooManyGraphs", "with_graphs_apart"]

_MOST_CHARACTERS = 8 << 20

_OPTIONAL = frozenset({"OPTIONAL", "MINUS", "EXISTS", "VALUES", "SERVICE", "GRAPH", "|"})
"""What stands before a group that does not make each solution of the group around it."""


class TooManyGraphs(MilcoopError):
    """A block would have to be written out for more graphs than can be."""

    http_status = 507
    title = "Too many graphs"


@dataclass(eq=False, slots=True)
class _Group:
    """What stands between braces.

    Arguments:
        kind: the keyword before it; empty for none.
        begin: the position of its opening brace.
        name: the word that names the graph, of a GRAPH block.
        block: the position of the word GRAPH, likewise.
        end: the position after its closing brace.
        inner: the groups in it.
        own: the words in it that stand in none of these.
        has_pattern: whether it has a triple pattern of its own.
        variables: those of its own patterns, with the position of the first that has them.
    """

    kind: str
    begin: int
    name: Token | None = None
    block: int = 0
    end: int = 0
    inner: list["_Group"] = field(default_factory=list)
    own: list[Token] = field(default_factory=list)
    has_pattern: bool = False
    variables: dict[str, int] = field(default_factory=dict)

    def all(self) -> Iterator["_Group"]:
        """It and all groups in it."""
        yield self
        for group in self.inner:
            yield from group.all()

    def words(self) -> Iterator[Token]:
        """All words in it."""
        for group in self.all():
            yield from group.own

    @property
    def has_subquery(self) -> bool:
        """Whether it is one."""
        return any(token.is_word("SELECT") for token in self.own)

    def binds(self) -> bool:
        """Whether each of its solutions comes of a pattern."""
        if self.has_pattern:
            return True
        branches: list[bool] = []
        for group in self.inner:
            if group.kind == "UNION" and branches:
                branches[-1] = branches[-1] and group.binds()
            elif group.kind not in _OPTIONAL:
                branches.append(group.binds())
        return any(branches)


def with_graphs_apart(text: str, named_graphs: Callable[[], Sequence[str] | None]) -> str:
    """The query with a block for each graph where that makes a difference; the same text where it makes none.

    Arguments:
        text: the query.
        named_graphs: the graphs that ?g ranges over, as terms of SPARQL, where the query names none by `FROM`; None
            where they cannot be written.

    Raises:
        TooManyGraphs: the query would become too long by that.
    """
    if "graph" not in text.lower():
        return text
    words = separate(tokens(text))
    if not any(token.is_word("GRAPH") for token in words):
        return text
    try:
        top = _groups(words)
        for statement in statements(words):
            group = _around(top, statement.begin)
            group.has_pattern = True
            for word in statement.tokens:
                if word.kind == "variable":
                    group.variables.setdefault(word.text[1:], statement.begin)
    except NotRead:
        return text  # the engine says what is wrong with it
    blocks = [group for group in _outermost(top) if _differs(group)]
    if not blocks:
        return text
    found = _of_dataset(words)
    graphs = named_graphs() if found is None else found
    if graphs is None:
        return text
    for group in reversed(blocks):
        assert group.name is not None
        content = with_graphs_apart("{" + text[group.begin : group.end] + "}", lambda: graphs)[1:-1]
        text = text[: group.block] + _written_out(group.name, content, graphs) + text[group.end :]
    return text


def _differs(block: _Group) -> bool:
    """Whether the engine's way may have other solutions than the standard's."""
    assert block.name is not None
    if any(group.has_subquery for group in block.all()) or not (block.binds() or _is_empty(block)):
        return True
    if block.name.kind != "variable":
        return any(_differs(group) for inside in block.inner for group in _outermost(inside))
    for group in block.all():
        if any(
            one.kind == "GRAPH" or (one.kind == "MINUS" and not _share_variables(group, one)) for one in group.inner
        ):
            return True
    name = block.name.text[1:]
    speaks_of_it = any(word.kind == "variable" and word.text[1:] == name for word in block.words())
    return speaks_of_it and name not in block.variables


def _share_variables(group: _Group, minus: _Group) -> bool:
    """Whether patterns before MINUS and in it have a variable in common, so that its sharing ?g too changes nothing."""
    return any(group.variables.get(name, minus.begin) < minus.begin for name in minus.variables)


def _is_empty(block: _Group) -> bool:
    return not block.own and not block.inner


def _written_out(name: Token, content: str, graphs: Sequence[str]) -> str:
    if name.kind != "variable":  # a graph that the dataset lacks has no solutions, not even an empty one
        return f"GRAPH {name.text} {{}} GRAPH {name.text} {content}"
    if len(content) * len(graphs) > _MOST_CHARACTERS:
        raise TooManyGraphs(
            f"what stands in GRAPH {name.text} has to be evaluated for each of {len(graphs):,} graphs by itself",
            hint="name those that are meant by FROM NAMED, or take subqueries, MINUS and OPTIONAL out of the block",
        )
    blocks = [f"{{ GRAPH {graph} {content} VALUES {name.text} {{ {graph} }} }}" for graph in graphs]
    if not blocks:
        return f"{{ GRAPH {name.text} {content} FILTER (false) }}"
    while len(blocks) > 1:  # as a tree: of a long chain the engine takes time that grows with the square
        pairs = zip(blocks[::2], blocks[1::2], strict=False)
        blocks = [f"{{ {one} UNION {other} }}" for one, other in pairs] + blocks[len(blocks) // 2 * 2 :]
    return blocks[0]


def _of_dataset(words: Sequence[Token]) -> list[str] | None:
    """The named graphs of the dataset that the query itself names; None if it names none."""
    places = [place for place, token in enumerate(words[:-1]) if token.is_word("FROM")]
    if not places:
        return None
    named = [words[place + 2].text for place in places if words[place + 1].is_word("NAMED") and place + 2 < len(words)]
    return list(dict.fromkeys(named))


def _outermost(group: _Group) -> Iterator[_Group]:
    """The GRAPH blocks in a group that stand in no other, in the order of the text; not those of other endpoints."""
    if group.kind == "SERVICE":
        return
    if group.kind == "GRAPH":
        yield group
        return
    for inside in group.inner:
        yield from _outermost(inside)


def _groups(words: Sequence[Token]) -> _Group:
    """The groups of a query, as a tree."""
    top = _Group("", 0)
    open_ones = [top]
    awaited: _Group | None = None  # the group that GRAPH, SERVICE or VALUES announced
    for place, token in enumerate(words):
        before = words[place - 1] if place else None
        if token.is_word("GRAPH", "SERVICE", "VALUES"):
            awaited = _Group(token.text.upper(), 0, block=token.begin)
        elif token.kind == "mark" and token.text == "{":
            following = words[place + 1].text if place + 1 < len(words) else ""
            kind = before.text.upper() if before is not None and before.kind == "word" else ""
            group = awaited or _Group("|" if following == "|" else kind, 0)
            if group.kind == "GRAPH":
                group.name = before
            group.begin, awaited = token.begin, None
            open_ones[-1].inner.append(group)
            open_ones.append(group)
        elif token.kind == "mark" and token.text == "}":
            if len(open_ones) == 1:
                raise NotRead
            open_ones.pop().end = token.begin + 1
        else:
            open_ones[-1].own.append(token)
    if len(open_ones) > 1:
        raise NotRead
    return top


def _around(top: _Group, position: int) -> _Group:
    """The innermost group around a position."""
    group = top
    while inside := next((one for one in group.inner if one.begin < position < one.end), None):
        group = inside
    return group
