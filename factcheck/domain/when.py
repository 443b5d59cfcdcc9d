"""When something is said to have happened: whole days, and the words that tell them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class When:
    """The days from `first` to `last`, both inclusive and equal for a single day, as read from `words`."""

    words: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise ValueError("a day is read from words")
        if self.first > self.last:
            raise ValueError(f"days run forwards, got {self.first} to {self.last}")

    def __str__(self) -> str:
        """`14 October 2026`, `October 2026`, `2026`, or `12 October 2026 to 18 October 2026`."""
        first, last = self.first, self.last
        if first == last:
            return _spelled(first)
        ends_month = (last + timedelta(days=1)).day == 1 if last < date.max else True
        if first.day == 1 and ends_month and first.year == last.year:
            if first.month == last.month:
                return f"{calendar.month_name[first.month]} {first.year}"
            if (first.month, last.month) == (1, 12):
                return str(first.year)
        return f"{_spelled(first)} to {_spelled(last)}"

    @property
    def told(self) -> str:
        """The days with the words: `14 October 2026, from "on Wednesday"`."""
        return f"{self}, from “{self.words}”"


def _spelled(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
