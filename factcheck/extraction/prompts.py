"""Prompt files: front matter, instructions, a worked example, a template; hashed as a whole."""

import re
from dataclasses import dataclass
from hashlib import sha256
from string import Template

import yaml

from factcheck.bundled import bundled
from factcheck.errors import PromptError

_FILE = re.compile(
    r"---\n(?P<front>.*?)\n---\n<!-- system -->\n(?P<system>.*?)\n<!-- user -->\n(?P<question>.*?)"
    r"\n<!-- assistant -->\n(?P<answer>.*?)\n<!-- user -->\n(?P<user>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as its file says it. `sha256` covers every byte of the file, in hex."""

    name: str
    version: str
    sha256: str
    inputs: frozenset[str]
    system: str
    example_question: str
    example_answer: str
    user: str

    def fill(self, **inputs: str) -> str:
        """The user message with the inputs put in; an input's own `$` signs stay as they are."""
        if set(inputs) != self.inputs:
            message = f"prompt {self.name!r} takes {sorted(self.inputs)}, got {sorted(inputs)}"
            raise PromptError(message)
        return Template(self.user).substitute(inputs)


def load_prompt(name: str) -> Prompt:
    """The shipped prompt of that name. Raises PromptError if it is missing or broken."""
    try:
        content = bundled("prompts", f"{name}.md").read_bytes()
    except OSError as error:
        message = f"the prompt {name!r} is not in this installation; install the package again"
        raise PromptError(message) from error
    return parse_prompt(name, content)


def parse_prompt(name: str, content: bytes) -> Prompt:
    """A prompt from a file's bytes. Raises PromptError if it is broken."""
    parts = _FILE.fullmatch(content.decode())
    front = yaml.safe_load(parts["front"]) if parts else None
    if parts is None or not isinstance(front, dict) or not {"version", "inputs"} <= set(front):
        message = f"the prompt {name!r} needs front matter (version, inputs), then system, user, assistant, user"
        raise PromptError(message)
    prompt = Prompt(
        name=name,
        version=str(front["version"]),
        sha256=sha256(content).hexdigest(),
        inputs=frozenset(front["inputs"]),
        system=parts["system"].strip(),
        example_question=parts["question"].strip(),
        example_answer=parts["answer"].strip(),
        user=parts["user"].strip(),
    )
    if set(Template(prompt.user).get_identifiers()) != prompt.inputs:
        used = Template(prompt.user).get_identifiers()
        message = f"the prompt {name!r} declares {sorted(prompt.inputs)} and uses {used}"
        raise PromptError(message)
    return prompt
