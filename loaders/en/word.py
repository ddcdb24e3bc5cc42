"""A word while its sentence is being analysed."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Word:
    """A word or sign.

    Arguments:
        index: its number in the sentence.
        text, lower: as written, and folded.
        begin, end: offsets into the text.
        tag: its tag, those of the Penn Treebank with a few more: `BE`, `HAVE`, `DO` for these verbs in all forms,
            `SC` for a conjunction that subordinates.
        pos, feats, lemmas: as in Universal Dependencies.
        head: number of the word it depends on, -1 for none yet.
        rel: the relation to it.
    """

    index: int
    text: str
    lower: str
    begin: int
    end: int
    tag: str = ""
    pos: str = ""
    feats: dict[str, str] = field(default_factory=dict)
    lemmas: tuple[str, ...] = ()
    head: int = -1
    rel: str = ""

    @property
    def lemma(self) -> str:
        """The likeliest lemma."""
        return self.lemmas[0] if self.lemmas else self.lower

    @property
    def is_capitalized(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun or a name."""
        return self.tag in {"NN", "NNS", "NNP"}

    def attach(self, head: int, rel: str) -> None:
        """Hang the word on another."""
        if head != self.index:
            self.head, self.rel = head, rel
