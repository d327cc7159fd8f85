"""Turns finished cases into a table and into JSON."""

import os
import platform
import statistics
from dataclasses import asdict


def median(result, value):
    return statistics.median(value(run) for run in result.runs)


def compared(run):
    return run.compared


def rows(case):
    """One dictionary a contender: the figures of the table."""
    by_name = {result.name: median(result, compared) for result in case.results}
    ours = case.results[0]
    for result in case.results:
        seconds = by_name[result.name]
        events = sum(result.answer.values())
        yield {
            "contender": result.name,
            "runs": len(result.runs),
            "seconds": seconds,
            "fastest": min(map(compared, result.runs)),
            "slowest": max(map(compared, result.runs)),
            "wall": median(result, lambda run: run.wall),
            "processor": median(result, lambda run: run.processor),
            "peak_bytes": max(run.peak_bytes for run in result.runs),
            "to_floor": seconds / by_name[case.floor] if case.floor else None,
            "to_ours": seconds / by_name[ours.name],
            "events": events or None,
            "events_per_second": events / seconds if events else None,
            "files_per_second": case.archive.files / seconds if case.archive else None,
        }


COLUMNS = [
    ("contender", "contender", "{}"),
    ("runs", "runs", "{}"),
    ("seconds", "median s", "{:.4f}"),
    ("fastest", "min s", "{:.4f}"),
    ("slowest", "max s", "{:.4f}"),
    ("wall", "wall s", "{:.4f}"),
    ("processor", "cpu s", "{:.3f}"),
    ("peak_bytes", "peak MB", "{:.1f}"),
    ("to_floor", "x limit", "{:.2f}"),
    ("to_ours", "x ours", "{:.2f}"),
    ("events_per_second", "events/s", "{:,.0f}"),
    ("files_per_second", "files/s", "{:,.0f}"),
]


def cell(row, key, shape):
    value = row[key]
    if value is None:
        return "-"
    return shape.format(value / 1e6 if key == "peak_bytes" else value)


def table(case):
    lines = [[title for _, title, _ in COLUMNS]]
    lines += [[cell(row, key, shape) for key, _, shape in COLUMNS] for row in rows(case)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(COLUMNS))]
    return "\n".join([heading(case), *(aligned(line, widths) for line in lines)])


def aligned(line, widths):
    others = [text.rjust(width) for text, width in zip(line[1:], widths[1:])]
    return "  ".join([line[0].ljust(widths[0]), *others])


def heading(case):
    text = f"({case.key}) {case.title}"
    if case.archive is None:
        return text
    events = sum(case.results[0].answer.values())
    return f"{text}: {events:,} events, {case.archive.files:,} files, {case.archive.packed_bytes / 1e6:,.1f} MB packed"


def as_json(case):
    return {
        "case": case.key,
        "title": case.title,
        "archive": case.archive and {
            "path": str(case.archive.path), "files": case.archive.files, "packed_bytes": case.archive.packed_bytes,
            "made_by": case.archive.made_by},
        "rows": list(rows(case)),
        "runs": {result.name: [asdict(run) for run in result.runs] for result in case.results},
        "commands": {result.name: result.command for result in case.results},
    }


def machine():
    processor = "unknown"
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                processor = line.partition(":")[2].strip()
                break
    return {
        "processor": processor, "cores": os.cpu_count(), "kernel": platform.release(),
        "load_before": os.getloadavg()[0],
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")}
