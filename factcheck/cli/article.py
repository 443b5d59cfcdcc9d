"""`factcheck article`: one article, what became of its sentences, and the page that it was read from."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.damage import show_rest, stores_to_list
from factcheck.cli.options import WORDS, command, named_reviewer, number_argument, reviewer_option
from factcheck.cli.output import write_file
from factcheck.cli.terminal import details, say, spoken, table, write
from factcheck.domain.article import FiledArticle
from factcheck.domain.sentence import Sentence
from factcheck.domain.versions import ChangedSentence
from factcheck.errors import BrokenRowError, OutputError
from factcheck.export import records
from factcheck.export.records import article_and_page_record, article_record, named, run_record, to_json
from factcheck.export.visible import one_line
from factcheck.settings import Settings
from factcheck.workflow import look_up
from factcheck.workflow.amend_article import SETTABLE, amend_article, see_changes

_SET = f"Set what is wrong or missing: {', '.join(SETTABLE)}. An empty value takes it away."
_SOURCE = ("url", "name", "sha256", "at", "status", "headers")


class _Setting(click.ParamType[tuple[str, str]]):
    """A name and a value, with `=` between them."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:  # noqa: ANN401
        name, sign, told = WORDS.convert(value, param, ctx).partition("=")
        if not sign:
            self.fail(f"{value!r} has no '='; write it as author=NAME", param, ctx)
        return name.strip(), told


@command("article", number_argument, reviewer_option)
@click.option("told", "--set", type=_Setting(), multiple=True, metavar="NAME=VALUE", help=_SET)
@click.option("--diff", is_flag=True, help="Show what changed since the version before, sentence by sentence.")
@click.option("--seen", is_flag=True, help="An editor has seen its changes: what is published stands as it is.")
@click.option("--page", is_flag=True, help="Give the page or the file that it was read from, as it was served.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="With --page: a file for it.")
def article_command(
    settings: Settings,
    number: int,
    *,
    page: bool,
    output: Path | None,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - what is told, set and seen
) -> None:
    """Show an article, what became of each sentence, or the page as served."""
    _check(page=page, output=output, otherwise=as_json or any(asked.values()))
    # What is only shown is shown without its damaged rows; nothing is changed beside one.
    is_change = asked["told"] or asked["seen"]
    with (wiring.stores if is_change else stores_to_list)(settings) as opened:
        if page:
            _write_page(look_up.page_as_served(opened, number).content, output, settings)
            return
        if told := asked["told"]:
            amend_article(wiring.desk(opened, settings), number, told, named_reviewer(settings))
        if asked["seen"]:
            numbers = see_changes(wiring.desk(opened, settings), number, named_reviewer(settings))
            say(f"no longer told as changed: {', '.join(f'claim {one}' for one in numbers) or 'nothing was'}")
        if asked["diff"]:
            _show_changes(*look_up.changes(opened, number), as_json=as_json)
            return
        try:
            found = look_up.article(opened, number)
        except BrokenRowError as error:
            if not as_json:
                show_rest(error, "id", "title", "url", "publisher", "language", "text")
            raise
        _show(found, as_json=as_json)


def _check(*, page: bool, output: Path | None, otherwise: bool) -> None:
    """Raise UsageError where one option says what another excludes."""
    if output and not page:
        message = "-o goes with --page; reports have an -o of their own"
        raise click.UsageError(message)
    if page and otherwise:
        message = "--page goes with --output alone: a page is given as it was served"
        raise click.UsageError(message)


def _write_page(content: bytes, output: Path | None, settings: Settings) -> None:
    """Raises OutputError, also where bytes that steer a terminal would reach one."""
    if output is not None:
        write_file(output, [content], settings, "the page")
        return
    if sys.stdout.isatty():
        raise OutputError("a page is not written to a terminal, which its bytes could steer; name a file with -o")
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def _show(found: look_up.ArticleInFull, *, as_json: bool) -> None:
    filed, text = found.article, found.article.article.text
    if as_json:
        record = article_and_page_record(filed) | {
            "previous": filed.previous_id,
            "later": list(found.later),
            "sources": [named(one, *_SOURCE) for one in found.sources],
            "text": text,
            "claims": found.claims,
            "sentences": [
                records.sentence_record(one, text, found.uncovered.get(one.position, ())) for one in found.sentences
            ],
            "runs": [run_record(run) for run in found.runs],
        }
        write(to_json(record))
        return
    # A person reads the authors in a row, where JSON has a list.
    shown = article_and_page_record(filed) | {"authors": ", ".join(filed.article.authors), "claims": found.claims}
    shown["read_from"] = [one.url or one.name or "standard input" for one in found.sources]
    shown |= {"version_before": filed.previous_id, "versions_after": ", ".join(map(str, found.later))}
    details((spoken(name), value) for name, value in shown.items())
    lines: list[tuple[object, ...]] = []
    for one in found.sentences:
        state = f"{one.entry.state.value}: {one.entry.kind}" if one.entry.kind else one.entry.state.value
        lines.append((one.position, one.block.value, state, one.span.cut(text)))
        if lost := found.uncovered.get(one.position):
            lines.append(("", "", "no claim holds", ", ".join(lost)))
    table({"#": "right", "block": "left", "state": "left", "sentence": "wide"}, lines)


def _show_changes(
    before: FiledArticle, now: FiledArticle, changed: Sequence[ChangedSentence], *, as_json: bool
) -> None:
    pairs = [(_cut(one.was, before), _cut(one.now, now)) for one in changed]
    if as_json:
        told = [
            {
                "was": was and {"id": one.was and one.was.position, "text": was},
                "now": new and {"id": one.now and one.now.position, "text": new},
            }
            for one, (was, new) in zip(changed, pairs, strict=True)
        ]
        write(to_json({"before": article_record(before), "article": article_record(now), "changes": told}))
        return
    write(f"article {now.id} is a version of article {before.id}: {len(pairs) or 'no'} sentences changed")
    for one, (was, new) in zip(changed, pairs, strict=True):
        if one.was is not None:
            write(f"- {one.was.position:>4}  {one_line(was or '')}")
        if one.now is not None:
            write(f"+ {one.now.position:>4}  {one_line(new or '')}")


def _cut(sentence: Sentence | None, filed: FiledArticle) -> str | None:
    return sentence.span.cut(filed.article.text) if sentence else None
