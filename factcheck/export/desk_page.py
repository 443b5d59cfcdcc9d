"""The desk's own page, for those who run it: who waits for whom, how the work goes, what it costs. Not for readers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from factcheck.domain.agreement import Alpha
from factcheck.domain.page import PLAIN
from factcheck.domain.statistics import FEWEST_READ_TWICE, Step
from factcheck.export.page_frame import Frame, environment, template_file
from factcheck.export.words import words_for
from factcheck.workflow.picture_desk import DeskPicture

_STEPS = {
    Step.FIRST_READING: ("First readings", "a first reader"),
    Step.SECOND_READING: ("Second readings", "a second reader"),
    Step.ADJUDICATION: ("Adjudications", "an adjudicator"),
    Step.SIGN_OFF: ("Sign-offs", "an editor"),
    Step.PUBLICATION: ("Publications", "an editor"),
    Step.RECHECK: ("Verdicts to look at again", "a reader"),
}
_RELIABLE, _TENTATIVE = 0.8, 0.667
"""Krippendorff, K. (2004). Reliability in Content Analysis: from where on conclusions hold, and tentative ones."""


def desk_page(picture: DeskPicture) -> Iterator[str]:
    """The page, which needs nothing else."""
    words = words_for(PLAIN)
    template = environment(words).get_template("desk.html.j2")
    steps = [(*_STEPS[step], picture.status.waiting.get(step)) for step in Step]
    most = max([one.many for _, _, one in steps if one], default=1)
    yield template.render(
        picture=picture,
        status=picture.status,
        steps=steps,
        most=most,
        frame=Frame(replace(PLAIN, style=template_file("desk.css"))),
        span=span,
        meaning_of=meaning_of,
        fewest=FEWEST_READ_TWICE,
        dearest=max([one.price for one in picture.months], default=0) or 1,
    )


def meaning_of(alpha: Alpha) -> str:
    """What the coefficient says, in a sentence."""
    if alpha.value is None:
        return f"Nothing can be said: {alpha.undefined}."
    if alpha.value >= _RELIABLE:
        return "Readers agree so far that a single reading can be relied on."
    if alpha.value >= _TENTATIVE:
        return "Readers agree enough for tentative conclusions; second readings are worth their time."
    if alpha.value > 0:
        return "Readers agree too little: talk about the labels, and have claims read twice."
    return "Readers agree no more than chance would."


def span(time: timedelta | float | None) -> str:
    """A time in its largest unit."""
    if time is None:
        return "–"
    seconds = round(time.total_seconds() if isinstance(time, timedelta) else time)
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
