"""The reader that asks a model."""

from dataclasses import replace

from loaders.model.endpoint import Completions, Message
from loaders.model.errors import BadAnswer, ModelFailed
from loaders.model.facts import Proposal
from loaders.model.parsing import Proposals, parse
from loaders.model.prompt import instructions, question
from loaders.model.schema import answer_schema
from loaders.reading.facts import Fact, Reading
from loaders.reading.language import guess_language
from loaders.reading.reader import Reader
from loaders.to_rdf.terms import name_slug

__all__ = ["ModelReader", "conversation"]

CONFIDENCE = 0.7
"""What a model's fact is trusted with until people have judged enough of them (`milcoop quality`)."""

LONGEST = 60_000
"""Characters of a text; a longer one does not fit into what local models hold in mind."""


def conversation(text: str) -> tuple[Message, Message]:
    """What a model is asked about a text."""
    return Message("system", instructions()), Message("user", question(text))


class ModelReader:
    """Reads texts by asking a model, and takes of its answers what the text bears out.

    Arguments:
        completions: the model.
        reader: milcoop's own reader, whose linker, dates and numbers the answers are held against.
    """

    def __init__(self, completions: Completions, reader: Reader) -> None:
        self._completions = completions
        self._reader = reader
        self._rule = f"model/{name_slug(completions.model)}"

    def read(self, text: str, language: str | None = None) -> Reading:
        """What the model finds in a text, as far as the text bears it out.

        Raises:
            ModelFailed: there is no usable answer, or the text is too long.
            LanguageMissing: milcoop cannot analyse the language.
        """
        tongue = language or guess_language(text).language
        empty = self._reader.read("", tongue)
        if not text.strip():
            return empty
        if len(text) > LONGEST:
            raise ModelFailed(f"the text has {len(text)} characters, and a model is given {LONGEST} at most")
        context = self._reader.prepare(tongue).context(text)
        proposals = self._ask(text)
        dropped, facts = proposals.dropped, list[Fact]()
        for row in proposals.facts:
            proposal = Proposal(context, row, self._rule, CONFIDENCE)
            fact = proposal.fact()
            dropped += proposal.dropped + (fact is None)
            facts += [fact] if fact is not None else []
        title = context.title.of(text) if context.title else None
        return replace(empty, title=title, issued=context.issued, facts=tuple(facts), refused=dropped)

    def _ask(self, text: str) -> Proposals:
        """The proposals of the model, who may correct an answer that is no JSON once."""
        asked = conversation(text)
        answer = self._completions.complete(asked, answer_schema())
        try:
            return parse(answer)
        except BadAnswer as problem:
            again = (
                *asked,
                Message("assistant", answer),
                Message("user", f"That cannot be read: {problem}. Answer again, with the JSON object alone."),
            )
            return parse(self._completions.complete(again, answer_schema()))
