"""What every peer script shares: its arguments, and how it hands back the answer.

A peer prints `action<TAB>count` to stdout and `query_seconds=S` to stderr. The seconds leave out starting Python and
importing the library, which a resident server would not pay either: the comparison is in the peer's favour.
"""

import argparse
import sys
import time
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("archive", type=Path, help="a directory of .gz files, each {\"Records\":[...]}")
    return parser.parse_args()


def answer(query):
    """Times `query()`, which returns (action, count) pairs, and prints both."""
    begin = time.perf_counter()
    rows = query()
    seconds = time.perf_counter() - begin
    for action, count in rows:
        print(f"{action}\t{count}")
    print(f"query_seconds={seconds:.6f}", file=sys.stderr)
