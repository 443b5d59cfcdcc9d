"""Prompt files: front matter, instructions, worked examples, a template; hashed as a whole."""

import re
from dataclasses import dataclass
from hashlib import sha256
from string import Template

import yaml

from factcheck.bundled import bundled
from factcheck.domain.extraction import PromptVersion
from factcheck.errors import PromptError

_FILE = re.compile(
    r"---\n(?P<front>.*?)\n---\n<!-- system -->\n(?P<system>.*?)(?P<examples>\n<!-- user(?: \w+)? -->\n.*)"
    r"\n<!-- user -->\n(?P<user>.*)",
    re.DOTALL,
)
_EXAMPLE = re.compile(
    r"\n<!-- user(?: (?P<language>\w+))? -->\n(?P<question>.*?)\n<!-- assistant -->\n(?P<answer>.*?)"
    r"(?=\n<!-- user(?: \w+)? -->\n|\Z)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a question as the model gets it, and the answer that it should give.

    One with a `language`, such as `de`, stands in for those without in questions about a text in it.
    """

    question: str
    answer: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Prompt(PromptVersion):
    """A prompt as its file says it."""

    inputs: frozenset[str]
    system: str
    examples: tuple[Example, ...]
    user: str

    def messages(self, question: str, language: str | None = None) -> list[tuple[str, str]]:
        """A call as (role, content): all but the last, the question, are the same for every call in a language."""
        own = language if any(one.language == language for one in self.examples) else None
        chosen = [one for one in self.examples if one.language == own]
        told = [pair for one in chosen for pair in (("human", one.question), ("ai", one.answer))]
        return [("system", self.system), *told, ("human", question)]

    def fill(self, **inputs: str) -> str:
        """The user message with the inputs put in; an input's own `$` signs stay as they are."""
        if set(inputs) != self.inputs:
            raise PromptError(f"prompt {self.name!r} takes {sorted(self.inputs)}, got {sorted(inputs)}")
        return Template(self.user).substitute(inputs)


def load_prompt(name: str) -> Prompt:
    """The shipped prompt of that name. Raises PromptError if it is missing or broken."""
    try:
        content = bundled("prompts", f"{name}.md").read_bytes()
    except OSError as error:
        raise PromptError(f"the prompt {name!r} is not in this installation; install the package again") from error
    return parse_prompt(name, content)


def parse_prompt(name: str, content: bytes) -> Prompt:
    """A prompt from a file's bytes. Raises PromptError if it is broken."""
    parts = _FILE.fullmatch(content.decode())
    # Only the front matter is YAML: examples hold colons and braces that it would trip over.
    front = yaml.safe_load(parts["front"]) if parts else None
    if parts is None or not isinstance(front, dict) or not {"version", "inputs"} <= set(front):
        message = f"the prompt {name!r} needs front matter (version, inputs), then system, (user, assistant)…, user"
        raise PromptError(message)
    prompt = Prompt(
        name=name,
        version=str(front["version"]),
        sha256=sha256(content).hexdigest(),
        inputs=frozenset(front["inputs"]),
        system=parts["system"].strip(),
        examples=tuple(
            Example(found["question"].strip(), found["answer"].strip(), found["language"])
            for found in _EXAMPLE.finditer(parts["examples"])
        ),
        user=parts["user"].strip(),
    )
    used = Template(prompt.user).get_identifiers()
    if set(used) != prompt.inputs:
        raise PromptError(f"the prompt {name!r} declares {sorted(prompt.inputs)} and uses {used}")
    return prompt
