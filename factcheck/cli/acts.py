"""How a command does something to a claim: whose act it is, on what was read, and what is told about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps

import click

from factcheck import wiring
from factcheck.cli.advice import with_advice
from factcheck.cli.claims import concerns_told, judged
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.options import WORDS, Command, command, named_reviewer, number_argument, reviewer_option
from factcheck.cli.terminal import say, write
from factcheck.domain.desk import Concern
from factcheck.domain.evidence import Stance
from factcheck.domain.review import QueuedClaim
from factcheck.errors import FactcheckError, MisspeltNameError
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up

Acted = tuple[QueuedClaim, str]
"""The claim after an act, and what became of it in a sentence."""

ActOnClaim = Callable[..., Acted]
"""Takes a desk, a claim's number and a person."""

_number = click.argument("numbers", type=int, metavar="N", callback=lambda _, __, number: (number,))
_expect = click.option(
    "--expect", type=WORDS, metavar="REVISION", help="Only if the claim is still in the revision that you read."
)
_OF_ONE = ("expect", "label", "rationale")
"""What is said of one claim alone: several are never of one revision, and rarely of one mind."""
_numbers = click.argument("numbers", type=int, nargs=-1, required=True, metavar="N...")


def act_command(
    name: str, argument: Callable[[Command], Command] = number_argument, of: click.Group | None = None
) -> Callable[[ActOnClaim], click.Command]:
    """A command, of a group if one is given, that does something to claim N, or to what another number names."""

    def decorated(act: ActOnClaim) -> click.Command:
        @wraps(act)
        def acted(settings: Settings, /, number: int, *, as_json: bool, **given: object) -> None:
            person = named_reviewer(settings)
            with wiring.opened_desk(settings) as desk:
                claim, sentence = act(desk, number, person, **given)
            write(to_json(claim_record(claim)) if as_json else sentence)

        return command(name, argument, reviewer_option, of=of)(acted)

    return decorated


def judging_command(name: str, *, several: bool = False) -> Callable[[ActOnClaim], click.Command]:
    """A command that judges claim N, or several, as they were read: the act takes `expect`, a revision.

    All numbers are tried, each in a transaction of its own; the exit code is the worst one.
    """

    def decorated(act: ActOnClaim) -> click.Command:
        @wraps(act)
        def acted(
            settings: Settings, /, numbers: tuple[int, ...], *, expect: str | None, as_json: bool, **given: object
        ) -> int:
            _require_nothing_of_one(numbers, given | {"expect": expect})
            person, claims, worst = named_reviewer(settings), [], ExitCode.OK
            with wiring.stores(settings) as opened:
                desk = wiring.desk(opened, settings)
                for number in numbers:
                    try:
                        # Without --expect the claim is judged as it is read here: what is told of it below is true.
                        read = look_up.claim(opened, number, person)
                        revision = read.revision if expect is None else expect
                        claim, sentence = act(desk, number, person, expect=revision, **given)
                    except MisspeltNameError:
                        raise
                    except FactcheckError as error:  # the other claims are tried all the same
                        say(f"factcheck: {with_advice(error)}")
                        worst = max(worst, exit_code_of(error))
                    else:
                        claims.append(claim)
                        _tell(sentence, read if expect is None else None, as_json=as_json)
                        _tell_concerns(number, concerns_told(desk, claim))
            if as_json and (claims or len(numbers) > 1):
                records = [claim_record(one) for one in claims]
                write(to_json(records if len(numbers) > 1 else records[0]))
            return worst

        return command(name, _numbers if several else _number, reviewer_option, _expect)(acted)

    return decorated


def _require_nothing_of_one(numbers: Sequence[int], given: Mapping[str, object]) -> None:
    for name in _OF_ONE:
        if len(numbers) > 1 and given.get(name) is not None:
            message = f"--{name} is about one claim, and several are named"
            raise click.UsageError(message)


def _tell(sentence: str, read: QueuedClaim | None, *, as_json: bool) -> None:
    """What became of a claim and, on stderr, what it was judged by: others' verdicts, its sources by stance."""
    if as_json:
        return
    write(sentence)
    if read is None:
        return
    say(f"  in revision {read.revision}: {read.words}")
    for verdict in [read.verdict] if read.verdict else read.readings:
        say(f"  {judged(verdict)}: {verdict.rationale or 'no explanation'}")
    for stance in Stance:
        names = [one.name for one in read.evidence if one.stance is stance]
        if names:
            say(f"  {stance.value}: {'; '.join(names)}")
    if not read.evidence:
        say("  no sources")


def _tell_concerns(number: int, concerns: Iterable[Concern]) -> None:
    for one in concerns:
        say(f"  speaks against claim {number}: {one}")
