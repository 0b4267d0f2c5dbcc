"""The official Python SDK: `mcp`. Puts it through every condition, prints what is wrong, and sets the exit code."""

import asyncio
import json
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from mcp import Client, MCPError, StdioServerParameters, stdio_client

META_KEY = "io.github.mcp-error-codes/error"
# No answer takes longer, unless there is none.
LONGEST_SECONDS = 60
# The newest version that begins with a handshake, and the newest of all; and the mode in which the client speaks it.
MODES = {"2025-11-25": "legacy", "2026-07-28": "2026-07-28"}

ALL = json.loads((Path(__file__).parent.parent / "conditions.json").read_text(encoding="utf-8"))


class Server:
    """How the server of one condition is started, with a fresh folder, and what its answers have to be."""

    def __init__(self, program: str, condition: dict[str, Any], records: dict[str, Any], outside: Path) -> None:
        self.condition = condition
        self.records = records
        self.outside = outside
        for path, text in ALL["workspace"]["files"].items():
            file = outside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for path, target in ALL["workspace"]["links"].items():
            (outside / path).symlink_to(target)
        folder = condition.get("folder", str(outside / "workspace"))
        self.parameters = StdioServerParameters(command=program, args=[*condition.get("options", []), folder])

    def check_tools(self, tools: list[Any]) -> Iterator[str]:
        """Checks that the tools with an output schema are those that are meant to have one."""
        found = sorted(tool.name for tool in tools if tool.output_schema is not None)
        yield from equal("the tools with an output schema", found, ALL["tools_with_output_schema"])

    def check_tool_result(self, result: dict[str, Any]) -> Iterator[str]:
        """Checks an error on the tool surface."""
        record = self.record(self.condition)
        text = f"{record['code']}: {self.condition['message']}\nHint: {record['hint']}"
        yield from equal("surface", "tool", self.condition["surface"])
        yield from equal("isError", result.get("isError"), True)
        yield from equal("content", result["content"], [{"type": "text", "text": text}])
        yield from equal("structuredContent", "structuredContent" in result, False)
        yield from self.check_object(result.get("_meta", {}).get(META_KEY))

    def check_json_rpc_error(self, error: MCPError) -> Iterator[str]:
        """Checks an error on the protocol surface."""
        yield from equal("surface", "protocol", self.condition["surface"])
        yield from equal("number", error.code, self.condition.get("number"))
        yield from equal("message", error.message, self.condition["message"])
        yield from self.check_object(error.data)

    def check_received(self, received: list[str]) -> Iterator[str]:
        """Checks that one message was received, and that nothing internal is in it."""
        yield from equal("the number of messages received", len(received), 1)
        for text in [*ALL["never"], *self.condition.get("never", []), str(self.outside)]:
            if text in "\n".join(received):
                yield f"{text!r} arrived: {received}"

    def check_object(self, found: Any) -> Iterator[str]:
        found = found or {}
        wait, error_id = found.get("retry", {}).get("after_ms"), found.get("error_id")
        longest = self.condition.get("longest_wait_ms")
        if longest and not (isinstance(wait, int) and 0 < wait <= longest):
            yield f"retry.after_ms is {wait!r}"
        has_id = self.condition.get("error_id", False)
        if has_id and not re.fullmatch("[0-9a-f]{12}-[0-9a-f]{16}", str(error_id)):
            yield f"error_id is {error_id!r}"
        expected = self.object(self.condition)
        if longest:
            expected["retry"]["after_ms"] = wait
        if has_id:
            expected["error_id"] = error_id
        yield from equal("the record object", found, expected)

    def object(self, error: dict[str, Any]) -> dict[str, Any]:
        """Makes the record object of an error. What is the same for every error of the code comes from the registry."""
        record = self.record(error)
        same = ["system", "code", "name", "hint", "category", "severity", "recoverable"]
        details = dict(error["details"])
        if "errors" in error:
            details["errors"] = [self.object(one) for one in error["errors"]]
        return {
            **{field: record[field] for field in same},
            "message": error["message"],
            "retry": {"class": record["retry"]["class"]},
            "ref": f"/docs/errors#{record['code'].lower()}",
            "details": details,
        }

    def record(self, error: dict[str, Any]) -> dict[str, Any]:
        return self.records[error["code"]]


class Recorded:
    """A stream that keeps every message that is read from it."""

    def __init__(self, stream: Any, received: list[str]) -> None:
        self.stream = stream
        self.received = received

    async def __aenter__(self) -> "Recorded":
        await self.stream.__aenter__()
        return self

    async def __aexit__(self, *failure: Any) -> Any:
        return await self.stream.__aexit__(*failure)

    def __aiter__(self) -> "Recorded":
        return self

    async def __anext__(self) -> Any:
        item = await self.stream.__anext__()
        self.received.append(str(item) if isinstance(item, Exception) else item.message.model_dump_json(by_alias=True))
        return item

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@asynccontextmanager
async def recorded(transport: Any, received: list[str]) -> Any:
    async with transport as (read, write):
        yield Recorded(read, received), write


def equal(what: str, found: Any, expected: Any) -> Iterator[str]:
    """Yields no problem if the two are the same in JSON, which tells a boolean from a number, save for the order of members."""
    if json.dumps(found, sort_keys=True) != json.dumps(expected, sort_keys=True):
        yield f"{what} is {json.dumps(found)}, expected {json.dumps(expected)}"


async def attempt(server: Server, version: str, log: Any) -> list[str]:
    """Asks the server for the condition's error, and returns the problems."""
    condition = server.condition
    received: list[str] = []
    transport = recorded(stdio_client(server.parameters, errlog=log), received)
    async with Client(transport, mode=MODES[version], read_timeout_seconds=LONGEST_SECONDS) as client:
        problems = [*equal("the protocol version", client.protocol_version, version)]
        # From here on the client knows the output schemas, and holds results against them.
        problems += server.check_tools((await client.list_tools()).tools)
        for call in condition.get("first", []):
            result = await client.call_tool(call["tool"], call["arguments"])
            problems += equal("isError of a call that should succeed", result.is_error, False)
        received.clear()
        try:
            if "resource" in condition:
                resource = await client.read_resource(condition["resource"])
                problems.append(f"a resource arrived: {resource}")
            else:
                result = await client.call_tool(condition["tool"], condition["arguments"])
                plain = result.model_dump(mode="json", by_alias=True, exclude_unset=True)
                problems += server.check_tool_result(plain)
        except MCPError as error:
            problems += server.check_json_rpc_error(error)
        problems += server.check_received(received)
    return problems


@contextmanager
def started(program: str, condition: dict[str, Any], records: dict[str, Any]) -> Iterator[tuple[Server, Any]]:
    with tempfile.TemporaryDirectory(prefix="mcp-error-codes-") as folder:
        outside = Path(folder).resolve()
        with open(outside / "log", "w+", encoding="utf-8") as log:
            yield Server(program, condition, records, outside), log


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: run.py STDIO_SERVER REGISTRY.json", file=sys.stderr)
        return 2
    codes = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))["codes"]
    records = {f"{record['system']}:{record['code']}": record for record in codes}
    passed = failed = 0
    for version in MODES:
        for condition in ALL["conditions"]:
            with started(sys.argv[1], condition, records) as (server, log):
                try:
                    problems = asyncio.run(attempt(server, version, log))
                except Exception:
                    problems = [traceback.format_exc()]
                if problems:
                    failed += 1
                    log.seek(0)
                    print(f"failed: {condition['name']} ({version})", *problems, sep="\n  ")
                    print(f"  the server's log: {log.read()}")
                else:
                    passed += 1
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
