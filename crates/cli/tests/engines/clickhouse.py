"""ClickHouse's engine for the tests.

Without arguments: runs the statements of a JSON array, read from standard input, in a database of its own, and writes one JSON array
for each: the rows of its answer, each an array.

As `clickhouse client`, with --query or --queries-file: runs them in the database of the directory CLICKHOUSE_DATA, and writes what the
client would.
"""

import argparse
import json
import os
import sys

from chdb import session


def statements():
    with session.Session() as engine:
        for statement in json.load(sys.stdin):
            answer = engine.query(statement, "JSONCompactEachRow")
            rows = [json.loads(line) for line in str(answer).splitlines()]
            print(json.dumps(rows))


def client(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["client"])
    parser.add_argument("--query", action="append", default=[])
    parser.add_argument("--queries-file", action="append", default=[])
    options = parser.parse_args(arguments)
    files = [open(name, encoding="utf-8").read() for name in options.queries_file]
    with session.Session(os.environ["CLICKHOUSE_DATA"]) as engine:
        for query in files + options.query:
            sys.stdout.write(str(engine.query(query, "TabSeparated")))


if sys.argv[1:]:
    client(sys.argv[1:])
else:
    statements()
