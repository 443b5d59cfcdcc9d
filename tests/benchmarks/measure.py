"""Figures with their bounds, and how they are taken."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed has its bytecode


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, beside the bound that it must keep."""

    name: str
    bound: str
    measured: str
    is_kept: bool


def at_most(name: str, bound: float, measured: float, unit: str = "") -> Figure:
    """A figure that must not be larger than its bound."""
    return Figure(name, f"<= {bound:g}{unit}", f"{measured:.3g}{unit}", measured <= bound)


def at_least(name: str, bound: float, measured: float, unit: str = "") -> Figure:
    """A figure that must not be smaller than its bound."""
    return Figure(name, f">= {bound:.3g}{unit}", f"{measured:.3g}{unit}", measured >= bound)


def noted(name: str, measured: str) -> Figure:
    """A figure without a bound, told for the sake of the others."""
    return Figure(name, "", measured, is_kept=True)


def report(figures: Sequence[Figure]) -> int:
    """Print the figures as a table; returns the exit code, 1 if a bound is missed."""
    width = max(len(one.name) for one in figures)
    lines = [("figure", "bound", "measured", "")]
    lines += [(one.name, one.bound, one.measured, "" if one.is_kept else "MISSED") for one in figures]
    for name, bound, measured, sign in lines:
        sys.stdout.write(f"{name:<{width}}  {bound:>9}  {measured:>16}  {sign}".rstrip() + "\n")
    return int(not all(one.is_kept for one in figures))


def median_ratio(first: Callable[[], float], second: Callable[[], float], pairs: int) -> float:
    """The median of first/second, measured in turns, so that a busy machine slows both."""
    return median(first() / second() for _ in range(pairs))


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, on the wall clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def process_seconds(*arguments: str) -> float:
    """How long a fresh Python takes for a command line, from its start to its end."""
    return seconds(lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True))
