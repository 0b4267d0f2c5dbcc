"""Runs ClickHouse's engine on the statements of a JSON array, read from standard input, in a database of its own. Writes one JSON
array for each statement: the rows of its answer, each an array."""

import json
import sys

from chdb import session

with session.Session() as engine:
    for statement in json.load(sys.stdin):
        answer = engine.query(statement, "JSONCompactEachRow")
        rows = [json.loads(line) for line in str(answer).splitlines()]
        print(json.dumps(rows))
