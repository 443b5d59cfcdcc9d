"""A limit in dollars that the calls of a command keep."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from typing_extensions import override

from factcheck.domain.cost import Estimate, Price, dollars
from factcheck.domain.extraction import Question
from factcheck.errors import BudgetReachedError
from factcheck.workflow.job_ports import SharedLimits
from factcheck.workflow.ports import Estimator


@dataclass
class Budget:
    """Lets a call begin only if the limit, in dollars, holds however long the answers get.

    What landed counts with its price. A call under way, and the one that is to begin, count with
    the most they can cost: a token for each byte of the prompt, and every token that the answer
    may take. So the sum never exceeds the limit by what the server counts; an answer that it
    counts no tokens for keeps its highest price. What is left at the end is less than one call's.
    """

    limit: float
    price: Price
    estimator: Estimator
    spent: float = 0.0
    _under_way: dict[Question, float] = field(default_factory=dict)
    _calls: Counter[Question] = field(default_factory=Counter)
    _refused: Question | None = None

    def affordable(self, questions: Iterable[Question]) -> Iterator[Question]:
        """Questions, up to the first one that the limit has no room for; that one comes first the next time."""
        refused, self._refused = self._refused, None
        for question in chain([refused] if refused else [], questions):
            if not self._has_set_aside(question, self._most(question)):
                self._refused = question
                return
            yield question

    def holds(self, questions: Sequence[Question]) -> bool:
        """Whether there is room for all of them together, which are asked then and counted with their highest price."""
        most = sum(map(self._most, questions))
        if self.spent + most > self.limit:
            return False
        self.spent += most
        return True

    def set_aside(self, questions: Sequence[Question]) -> None:
        """Count all of them with the most that they can cost, until each has landed.

        Raises BudgetReachedError, and counts none, where there is no room for them together.
        """
        most = [(one, self._most(one)) for one in questions]
        total = sum(price for _, price in most)
        if not self._fits(total):
            spent, cost = dollars(self.spent), dollars(total)
            raise BudgetReachedError(f"{self.told}: {spent} is spent, and this can cost {cost}; nothing was asked")
        for question, price in most:
            self._count(question, price)

    def let_go(self, questions: Sequence[Question]) -> None:
        """Take questions back that are not asked after all."""
        self.spent -= sum(map(self._most, questions))

    def has_room(self, question: Question, more: Estimate) -> bool:
        """Whether a further call about a question under way may begin; if so, it counts with the most it can cost."""
        return self._has_set_aside(question, self.price.at_most(more))

    def begins(self, question: Question) -> None:
        """Hear that a call about a question begins, which may be paid from now on."""
        self._calls[question] += 1

    def unpaid(self, question: Question) -> None:
        """Hear that a call was refused in a way that nobody pays for."""
        self._calls[question] -= 1

    def leave(self) -> None:
        """Give back what is set aside for questions of which no call may be paid, once none begins any more."""
        for question in [one for one in self._under_way if not self._calls[one]]:
            self.landed(question, 0.0)

    def landed(self, question: Question, price: float | None) -> None:
        """Count what a call has cost in place of what it might have; None leaves the most it can."""
        self._calls.pop(question, None)
        most = self._under_way.pop(question)
        self.spent += most if price is None else price

    @property
    def committed(self) -> float:
        """What is spent, and may be yet by the calls that are under way."""
        return self.spent + sum(self._under_way.values())

    @property
    def is_reached(self) -> bool:
        """Whether a question waits that the limit has no room for."""
        return self._refused is not None

    @property
    def told(self) -> str:
        """That the limit is reached."""
        return f"budget of {dollars(self.limit)} reached"

    @property
    def reason(self) -> str:
        """That the limit is reached, and why."""
        next_call = dollars(self._most(self._refused)) if self._refused else "too much"
        return (
            f"{self.told}: {dollars(self.spent)} is spent, and the next call can cost {next_call}; what landed is saved"
        )

    def _has_set_aside(self, question: Question, most: float) -> bool:
        """Whether there is room for a call besides those under way, with which it counts then."""
        if not self._fits(most):
            return False
        self._count(question, most)
        return True

    def _fits(self, most: float) -> bool:
        # Calls under way count with the most that they can cost, so the limit holds whatever they answer.
        return self.committed + most <= self.limit

    def _count(self, question: Question, most: float) -> None:
        self._under_way[question] = self._under_way.get(question, 0.0) + most

    def _most(self, question: Question) -> float:
        return self.price.at_most(self.estimator.estimate(question.asked.filed.article, question.window))


@dataclass
class SharedBudget(Budget):
    """A worker's own limit, and one that all workers keep together.

    What a call may cost is set aside there before it begins. A worker that ends gives back what it had set aside for
    calls that never began or were refused, and leaves counted the most that others can cost: they may be paid, and
    nobody knows. One that is killed leaves all of it counted.
    """

    shared: SharedLimits = field(kw_only=True)
    _is_own_reached: bool = False
    _set_aside: dict[Question, dict[int, float]] = field(default_factory=dict)
    """What each question has in which budget: there may be a new one between its calls."""

    @override
    def landed(self, question: Question, price: float | None) -> None:
        super().landed(question, price)
        for number, most in self._set_aside.pop(question).items():
            if price is not None:
                self.shared.paid(number, most, price)

    @property
    @override
    def told(self) -> str:
        if self._is_own_reached:
            return super().told
        limits = self.shared.limits()
        return (
            f"budget of all workers, {dollars(limits.budget)}, reached: {dollars(limits.spent)} is spent or set aside"
        )

    @property
    @override
    def reason(self) -> str:
        return super().reason if self._is_own_reached else f"{self.told}; what landed is saved"

    @override
    def _has_set_aside(self, question: Question, most: float) -> bool:
        self._is_own_reached = not self._fits(most)
        number = None if self._is_own_reached else self.shared.set_aside(most)
        if number is None:
            return False
        self._count(question, most)
        in_budgets = self._set_aside.setdefault(question, {})
        in_budgets[number] = in_budgets.get(number, 0.0) + most
        return True
