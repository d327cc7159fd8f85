"""The cases: which contenders answer which question over which archive."""

from dataclasses import dataclass
from pathlib import Path

from driver.archives import weighed
from driver.measuring import BenchmarkError, Contender, interleaved

# Sizes at --scale 1.
EVENTS = 1_000_000
FILES = 200
LARGE_TIMES = 10
SINGLE_BYTES = 5_000_000_000
TINY_FILES = 100_000
VERSION_ROUNDS = 50


@dataclass
class Case:
    """A finished case: results, and the amounts that turn their seconds into rates."""

    key: str
    title: str
    results: list
    archive: object = None
    # The contender that the ratio column divides by.
    floor: str = ""


class Bench:
    def __init__(self, options, tools, archives, measurer, progress):
        self.options, self.tools, self.archives = options, tools, archives
        self.measurer, self.progress = measurer, progress

    def scaled(self, amount):
        return max(1, round(amount * self.options.scale))

    # Contenders

    def ours(self, path, jobs):
        command = [self.options.harrier, "search", "*", "--count-by", "action", "--format", "tsv"]
        return Contender(f"harrier --jobs {jobs}", [*command, "--jobs", str(jobs), path], header="action\tcount")

    def limit(self, path, threads):
        return Contender(f"limit --threads {threads}", [self.tools.limit, "--print", "--threads", str(threads), path])

    def peers(self, path):
        scripts = Path(__file__).parent.parent / "peers"
        every = [
            Contender("chdb", [self.tools.python, "-B", scripts / "chdb_count.py", "--threads", "2", path]),
            Contender("duckdb", [self.tools.python, "-B", scripts / "duckdb_count.py", "--threads", "2", path]),
            # Tens of times slower than the floor: fewer rounds, said in the `runs` column.
            Contender("jq", [scripts / "jq_count", "2", path], rounds_max=self.options.jq_rounds),
        ]
        return [peer for peer in every if peer.name in self.options.peers]

    # Archives

    def ordinary(self):
        return self.archives.generated(self.scaled(EVENTS), max(2, self.scaled(FILES)))

    def ordinary_or_given(self):
        return [weighed(path) for path in self.options.archives] or [self.ordinary()]

    def measured(self, key, title, archive, contenders, floor="", rounds=None):
        self.progress(f"case {key}: {title}")
        results = interleaved(self.measurer, contenders, rounds or self.options.rounds, self.progress)
        found = sum(results[0].answer.values())
        if archive and archive.events and found != archive.events:
            raise BenchmarkError(f"{archive.path}: {found:,} events were found, {archive.events:,} expected; delete it")
        return Case(key, title, results, archive, floor)

    # Cases

    def case_a(self):
        for archive in self.ordinary_or_given():
            path = archive.path
            contenders = [self.ours(path, 2), self.limit(path, 2), *self.peers(path)]
            yield self.measured("a", "count by action over an archive", archive, contenders, "limit --threads 2")

    def case_b(self):
        for archive in self.ordinary_or_given():
            path = archive.path
            contenders = [self.ours(path, 1), self.ours(path, 2), self.limit(path, 1), self.limit(path, 2)]
            yield self.measured("b", "one core against two", archive, contenders, "limit --threads 2")

    def case_c(self):
        small = self.ordinary()
        events, files = self.scaled(EVENTS * LARGE_TIMES), max(2, self.scaled(FILES)) * LARGE_TIMES
        large = self.archives.generated(events, files)
        for title, archive in (("peak memory", small), ("peak memory, 10 times the archive", large)):
            contenders = [self.ours(archive.path, 2), self.limit(archive.path, 2)]
            yield self.measured("c", title, archive, contenders, "limit --threads 2")

    def case_d(self):
        archive = self.archives.single_file(self.scaled(SINGLE_BYTES), self.ordinary())
        path = archive.path / "single.json.gz"
        contenders = [self.ours(path, 1), self.ours(path, 2), self.limit(path, 1)]
        title = f"one file of {self.scaled(SINGLE_BYTES) / 1e9:g} GB"
        yield self.measured("d", title, archive, contenders, "limit --threads 1")

    def case_e(self):
        archive = self.archives.tiny_files(self.scaled(TINY_FILES), self.ordinary())
        contenders = [self.ours(archive.path, 2), self.limit(archive.path, 2)]
        yield self.measured("e", f"{archive.files:,} files of 5 events", archive, contenders, "limit --threads 2")

    def case_f(self):
        # `true` shows how much of the time is the system's own for starting any process.
        contenders = [
            Contender("harrier --version", [self.options.harrier, "--version"], answers=False),
            Contender("true", ["true"], answers=False),
        ]
        yield self.measured("f", "start-up", None, contenders, rounds=VERSION_ROUNDS)

    def run(self, key):
        yield from getattr(self, f"case_{key}")()
