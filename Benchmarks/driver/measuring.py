"""Runs one contender once: what it answered and what it cost."""

import json
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path


class BenchmarkError(Exception):
    """The benchmark cannot go on, or its result would be worth nothing."""


@dataclass
class Contender:
    """One command that answers the question, and how often it may be asked."""

    name: str
    command: list
    # Slow contenders are asked less often; 0 means as often as all others.
    rounds_max: int = 0
    # The first line of stdout, where it is no answer.
    header: str = ""
    # False where the command answers nothing, like --version.
    answers: bool = True


@dataclass
class Run:
    """One execution. Times in seconds."""

    wall: float
    processor: float
    peak_bytes: int
    # What a peer says its query took without loading its library.
    query: float | None = None

    @property
    def compared(self):
        return self.wall if self.query is None else self.query


@dataclass
class Result:
    """All executions of one contender in one case, in the order they happened."""

    name: str
    command: list
    runs: list = field(default_factory=list)
    answer: dict = field(default_factory=dict)


class Measurer:
    def __init__(self, measure_tool):
        self.tool = measure_tool

    def once(self, contender):
        """Returns (Run, answer). Any exit code but 0 ends the benchmark: a contender that fails early looks fast."""
        with tempfile.TemporaryDirectory(prefix="harrier-bench-") as folder:
            report, output, errors = (Path(folder, name) for name in ("report", "stdout", "stderr"))
            with open(output, "wb") as stdout, open(errors, "wb") as stderr:
                subprocess.run(
                    [self.tool, report, *contender.command],
                    stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, check=False)
            said = errors.read_text(errors="replace")
            cost = json.loads(report.read_text()) if report.exists() else {"exit": "unknown"}
            if cost["exit"] != 0:
                raise BenchmarkError(f"{contender.name}: exit {cost['exit']}: {contender.command}\n{said[-2000:]}")
            found = re.search(r"^query_seconds=([0-9.]+)$", said, re.MULTILINE)
            run = Run(cost["wall"], cost["processor"], cost["peak_bytes"], float(found[1]) if found else None)
            return run, parsed_answer(contender, output) if contender.answers else {}


def parsed_answer(contender, output):
    """`action<TAB>count` lines as a dictionary."""
    lines = output.read_text(errors="surrogateescape").split("\n")
    if contender.header:
        first = lines.pop(0)
        if first != contender.header:
            raise BenchmarkError(f"{contender.name}: the first line is {first!r}, not {contender.header!r}")
    answer = {}
    for line in filter(None, lines):
        action, tab, count = line.rpartition("\t")
        if not tab or not count.isdigit() or action in answer:
            raise BenchmarkError(f"{contender.name}: cannot read the line {line!r}")
        answer[action] = int(count)
    return answer


def interleaved(measurer, contenders, rounds, progress):
    """Every contender once per round, so that whatever else the machine does meets them all. Nothing is discarded."""
    results = [Result(each.name, [str(part) for part in each.command]) for each in contenders]
    for number in range(rounds):
        for contender, result in zip(contenders, results):
            if contender.rounds_max and number >= contender.rounds_max:
                continue
            run, answer = measurer.once(contender)
            progress(f"round {number + 1}/{rounds} {contender.name}: {run.compared:.3f} s")
            if result.runs and answer != result.answer:
                differ = difference(result.answer, answer)
                raise BenchmarkError(f"{contender.name} gave two different answers: {differ}")
            result.runs.append(run)
            result.answer = answer
        require_equal_answers(results)
    return results


def require_equal_answers(results):
    answered = [result for result in results if result.runs]
    for result in answered[1:]:
        if result.answer != answered[0].answer:
            raise BenchmarkError(
                f"{result.name} and {answered[0].name} disagree: {difference(result.answer, answered[0].answer)}")


def difference(one, other):
    keys = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
    shown = ", ".join(f"{key!r}: {one.get(key)} against {other.get(key)}" for key in keys[:5])
    return f"{len(keys)} actions differ, {sum(one.values())} against {sum(other.values())} events; {shown}"
