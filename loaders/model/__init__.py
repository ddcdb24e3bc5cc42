"""A language model as a reader: it proposes facts, and only what the text bears out is taken.

prompt.py      what the model is asked (prompt.md, form.toml and the ontology's definitions)
schema.py      the JSON Schema of an answer, from form.toml and the concept schemes
endpoint.py    an OpenAI-compatible chat endpoint: retries, budget
answers.py     answers kept on disk, so that no question is paid for twice
parsing.py     the text of an answer → proposals that fit the schema
grounding.py   the words of a proposal → spans, entities, dates and numbers of the text
facts.py       a proposal, grounded → a fact
reader.py      `ModelReader`, which does all of this
both.py        `BothReaders`, which joins it with the reader of rules
"""
