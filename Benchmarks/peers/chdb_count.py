"""Counts an archive's events by action with ClickHouse in process."""

import csv

import chdb

from question import answer, arguments

# One row a file, and of each record only the one key: ClickHouse skips the rest without building it. Parallel parsing
# is off because a file is a single row and cannot be split; the two threads read different files. README.md lists what
# was slower.
QUERY = """
SELECT arrayJoin(Records.eventName) AS action, count() AS count
FROM file('{glob}', JSONEachRow, 'Records Array(Tuple(eventName String))', 'gzip')
GROUP BY action
ORDER BY count DESC, action
SETTINGS max_threads = {threads},
  input_format_parallel_parsing = 0,
  input_format_json_ignore_unknown_keys_in_named_tuple = 1
"""


def query(options):
    # In a ClickHouse string literal a backslash escapes.
    glob = f"{options.archive}/**/*.gz".replace("\\", "\\\\").replace("'", "\\'")
    text = str(chdb.query(QUERY.format(glob=glob, threads=options.threads), "TSV"))
    return list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


if __name__ == "__main__":
    options = arguments()
    answer(lambda: query(options))
