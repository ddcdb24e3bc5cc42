"""An OpenAI-compatible chat endpoint, wherever it is: a service, llama.cpp, Ollama, vLLM.

The protocol is that of `POST /chat/completions`; the client is the `openai` package, which retries what may pass
(connection errors, 408, 409, 429, 5xx) with growing pauses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from graph.errors import BadUsage
from loaders.model.errors import BadAnswer, BudgetSpent, ModelUnavailable

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["Budget", "ChatEndpoint", "Completions", "Message"]

# A token of Cyrillic text has about two characters; where an endpoint does not count, this does.
_CHARACTERS_A_TOKEN = 2


@dataclass(frozen=True, slots=True)
class Message:
    """A turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


class Completions(Protocol):
    """Whatever answers a conversation."""

    model: str

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """The answer to a conversation, which should fit a JSON Schema."""
        ...


class Budget:
    """How many tokens may be used, prompts and answers together; 0 is no bound.

    A request is made while anything is left, so that the last one may go past the bound.
    """

    def __init__(self, tokens: int) -> None:
        self._tokens = tokens
        self.used = 0

    def check(self) -> None:
        """Raises `BudgetSpent` if nothing is left."""
        if self._tokens and self.used >= self._tokens:
            raise BudgetSpent(
                f"the model's budget of {self._tokens} tokens is spent", hint="raise it with --model-tokens"
            )

    def spend(self, tokens: int) -> None:
        """Count tokens."""
        self.used += tokens


class ChatEndpoint:
    """A model behind a chat endpoint.

    Arguments:
        address: the beginning of its paths (`http://127.0.0.1:8080/v1`).
        model: the model's name there.
        key: the key, if it wants one.
        seconds: how long an answer may take.
        budget: how many tokens may be used.
        retries: how often a request that failed is made again.

    Raises:
        BadUsage: no address or model is given, or the package for it is not installed.
    """

    def __init__(
        self, address: str, model: str, *, key: str = "", seconds: float = 120, budget: Budget, retries: int = 3
    ) -> None:
        if not address or not model:
            raise BadUsage("the model has no address or no name", hint="give --model-url and --model-name")
        self.model = model
        self._budget = budget
        self._client = _client(address, key, seconds, retries)
        self._structured = True

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """The answer to a conversation.

        Raises:
            ModelUnavailable: the endpoint cannot be reached, is too slow, or refuses.
            BadAnswer: the answer was cut off or is empty.
            BudgetSpent: nothing is left to spend.
        """
        from openai import APIStatusError, APITimeoutError, BadRequestError, OpenAIError

        self._budget.check()
        try:
            try:
                answer = self._ask(messages, schema)
            except BadRequestError:
                if not self._structured:
                    raise
                # Servers that know no JSON Schema refuse it; the prompt carries the schema, too.
                self._structured = False
                answer = self._ask(messages, schema)
        except APITimeoutError as error:
            raise ModelUnavailable("the model did not answer in time", hint="raise --model-seconds") from error
        except APIStatusError as error:
            raise ModelUnavailable(
                f"the model's endpoint answered {error.status_code}: {_line(error.message)}"
            ) from error
        except OpenAIError as error:
            raise ModelUnavailable(f"the model's endpoint cannot be used: {_line(str(error))}") from error
        return answer

    def _ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        more: dict[str, Any] = {}
        if self._structured:
            form = {"name": "facts", "strict": True, "schema": schema}
            more["response_format"] = {"type": "json_schema", "json_schema": form}
        completion = self._client.chat.completions.create(
            model=self.model,
            messages=[{"role": m.role, "content": m.content} for m in messages],  # type: ignore[misc]
            temperature=0,
            **more,
        )
        choice = completion.choices[0] if completion.choices else None
        content = (choice.message.content or "") if choice else ""
        said = sum(len(m.content) for m in messages) + len(content)
        usage = completion.usage
        self._budget.spend(usage.total_tokens if usage else said // _CHARACTERS_A_TOKEN)
        if choice is None or not content.strip():
            raise BadAnswer("the model's answer is empty")
        if choice.finish_reason == "length":
            raise BadAnswer(
                "the model's answer was cut off",
                hint="use a model that can answer at greater length, or a shorter document",
            )
        return content


def _client(address: str, key: str, seconds: float, retries: int) -> "OpenAI":
    try:
        from openai import OpenAI
    except ImportError as error:
        raise BadUsage("the reader needs the package openai", hint="pip install 'milcoop[model]'") from error
    # Local servers want no key, but the client does.
    return OpenAI(base_url=address, api_key=key or "none", timeout=seconds, max_retries=retries)


def _line(message: str) -> str:
    return " ".join(message.split())[:200]
