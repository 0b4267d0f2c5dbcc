"""The official Python SDK: `mcp`. Runs it under every condition, prints the problems, and sets the exit code."""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from httpx2 import AsyncClient
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import PromptReference, ResourceTemplateReference

META_KEY = "io.github.mcp-error-codes/error"
# A server that takes longer will not answer.
LONGEST_SECONDS = 60
# The newest version with a handshake, the newest version, and the client's mode for each.
MODES = {"2025-11-25": "legacy", "2026-07-28": "2026-07-28"}

TOKEN = "let me in"

if len(sys.argv) != 4:
    sys.exit("usage: run.py CONDITIONS.json SERVER REGISTRY.json")
CONDITIONS, PROGRAM, REGISTRY = sys.argv[1:]
ALL = json.loads(Path(CONDITIONS).read_text(encoding="utf-8"))


class Server:
    """Starts the server of one condition in a new folder, and checks its answers."""

    def __init__(self, condition: dict[str, Any], version: str, registry: dict[str, Any], outside: Path) -> None:
        self.condition = condition
        self.version = version
        self.systems = registry["systems"]
        self.records = {f"{record['system']}:{record['code']}": record for record in registry["codes"]}
        self.outside = outside
        self.references: list[str] = []
        self.url = ""
        self.arguments = [*ALL.get("options", []), *condition.get("options", [])]
        if workspace := ALL.get("workspace"):
            for path, text in workspace["files"].items():
                file = outside / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            for path, target in workspace["links"].items():
                (outside / path).symlink_to(target)
            self.arguments.append(condition.get("folder", str(outside / "workspace")))

    @contextmanager
    def started(self, log: Any) -> Iterator[None]:
        """Starts an HTTP server, and checks that it ends. The client starts a server that uses standard input and output."""
        if ALL["transport"] != "http":
            yield
            return
        command = [PROGRAM, *self.arguments, ALL.get("listen", "--listen"), "127.0.0.1:0"]
        environment = {**os.environ, "NOTES_TOKEN": TOKEN}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
        try:
            self.url = process.stdout.readline().strip().removeprefix("listening on ")
            yield
            process.terminate()
            code = process.wait(LONGEST_SECONDS)
            assert code == 0, f"the exit code of the server is {code}"
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    @asynccontextmanager
    async def transport(self, log: Any) -> Any:
        if not self.url:
            parameters = StdioServerParameters(command=PROGRAM, args=self.arguments)
            async with stdio_client(parameters, errlog=log) as streams:
                yield streams
            return
        token = self.condition.get("token", TOKEN)
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with AsyncClient(headers=headers, timeout=LONGEST_SECONDS) as client:
            async with streamable_http_client(urljoin(self.url, "/mcp"), http_client=client) as streams:
                yield streams

    def check_tools(self, tools: list[Any]) -> Iterator[str]:
        """Checks which tools have an output schema, and the description of every tool."""
        found = sorted(tool.name for tool in tools if tool.output_schema is not None)
        yield from equal("the tools with an output schema", found, ALL["tools_with_output_schema"])
        for tool in tools if "annotations" in ALL else []:
            yield from equal(f"the annotations of {tool.name}", plain(tool.annotations), ALL["annotations"])
            yield from equal(f"whether {tool.name} has a title and a description", bool(tool.title and tool.description), True)

    def check_answer(self, found: dict[str, Any]) -> Iterator[str]:
        """Checks a successful answer: it contains at least the expected members."""
        if "structuredContent" in found:
            text = json.loads(found["content"][0]["text"])
            yield from equal("the text of the structured content", text, found["structuredContent"])
        yield from matches("the answer", found, self.condition["expected"])

    def check_resources(self, found: list[str]) -> Iterator[str]:
        """Checks that the resources are the catalogue, the systems and the codes of the registry."""
        codes = [f"{record['system']}/{record['code']}" for record in self.records.values()]
        expected = ["catalogue", *(system["name"] for system in self.systems), *codes]
        yield from equal("the resources", sorted(found), sorted(f"mcp-errors://{path}" for path in expected))

    def check_tool_result(self, result: dict[str, Any]) -> Iterator[str]:
        """Checks an error on the tool surface."""
        record = self.record(self.condition)
        yield from equal("surface", "tool", self.condition["surface"])
        yield from equal("isError", result.get("isError"), True)
        yield from equal("the number of contents", len(result["content"]), 1)
        found = result.get("_meta", {}).get(META_KEY, {})
        lines = result["content"][0]["text"].split("\n")
        yield from equal("the first line", lines[0], f"{record['code']}: {self.condition['message']}")
        yield from equal("the last line", lines[-1], f"Hint: {record['hint']}")
        expected = [f"- {one.get('text', self.record(one)['code'])}: {one['message']}" for one in self.condition.get("errors", [])]
        if wait := found.get("retry", {}).get("after_ms"):
            expected.append(f"Retry after {wait / 1000:g} s.")
        if error_id := found.get("error_id"):
            expected.append(f"Error id: {error_id}")
        yield from equal("the lines that are missing", [line for line in expected if line not in lines], [])
        yield from equal("structuredContent", "structuredContent" in result, False)
        yield from self.check_object(result.get("_meta", {}).get(META_KEY))

    def check_json_rpc_error(self, error: MCPError) -> Iterator[str]:
        """Checks an error on the protocol surface."""
        yield from equal("surface", "protocol", self.condition["surface"])
        number = self.condition.get("number")
        yield from equal("number", error.code, number[self.version] if isinstance(number, dict) else number)
        wait = (error.data or {}).get("retry", {}).get("after_ms")
        suffix = f" (retry after {wait / 1000:g} s)" if wait else ""
        yield from equal("message", error.message, self.condition["message"] + suffix)
        yield from self.check_object(error.data)

    def check_received(self, received: list[str]) -> Iterator[str]:
        """Checks that one message was received, and that it contains nothing internal."""
        yield from equal("the number of messages received", len(received), 1)
        for text in [*ALL["never"], *self.condition.get("never", []), str(self.outside)]:
            if text in "\n".join(received):
                yield f"{text!r} arrived: {received}"

    def check_references(self) -> Iterator[str]:
        """Checks that every received `ref` leads to an element on a page of the server."""
        for reference in self.references if self.url and ALL.get("has_page", True) else []:
            url = urljoin(self.url, reference)
            with urlopen(url) as page:
                ids = Ids(page.read().decode())
            if urlsplit(url).fragment not in ids.found:
                yield f"{reference} leads nowhere"

    def check_object(self, found: Any) -> Iterator[str]:
        found = found or {}
        if "ref" in found:
            self.references.append(str(found["ref"]))
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
        """Creates the record object of an error. The members that are the same for every error of the code come from the registry."""
        record = self.record(error)
        reference = {}
        if self.url and ALL.get("has_page", True):
            page = urljoin(self.url, "/docs/errors")
            reference["ref"] = f"{page}#{error.get('text', record['code']).lower()}"
        same = ["system", "code", "name", "kind", "hint", "category", "severity", "recoverable"]
        details = {"details": dict(error["details"])} if "details" in error else {}
        if "errors" in error:
            details["details"]["errors"] = [self.object(one) for one in error["errors"]]
        return {
            **{field: record[field] for field in same},
            **{field: error[field] for field in ("kind", "hint") if field in error},
            "message": error["message"],
            "retry": {"class": record["retry"]["class"]},
            **reference,
            **details,
        }

    def record(self, error: dict[str, Any]) -> dict[str, Any]:
        return self.records[error["code"]]


class Ids(HTMLParser):
    """Returns the ids on a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "id"]


class Recorded:
    """A stream that stores every message that is read from it."""

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
    """Yields a problem unless both are equal as JSON: the order of members is ignored, and a boolean is not a number."""
    if json.dumps(found, sort_keys=True) != json.dumps(expected, sort_keys=True):
        yield f"{what} is {json.dumps(found)}, expected {json.dumps(expected)}"


def matches(what: str, found: Any, expected: Any) -> Iterator[str]:
    """Yields the problems of a value that must contain at least the expected one: it may have more members, but not more elements. A
    text that is expected to end with `…` may go on from there."""
    if isinstance(expected, list) and isinstance(found, list):
        yield from equal(f"the length of {what}", len(found), len(expected))
        for at, (one, wanted) in enumerate(zip(found, expected)):
            yield from matches(f"{what}[{at}]", one, wanted)
    elif isinstance(expected, dict) and isinstance(found, dict):
        for name, wanted in expected.items():
            yield from matches(f"{what}.{name}", found.get(name), wanted)
    elif isinstance(expected, str) and expected.endswith("…"):
        start = expected[:-1]
        yield from equal(f"the start of {what}", str(found)[: len(start)], start)
    else:
        yield from equal(what, found, expected)


def plain(model: Any) -> Any:
    """Returns a model as it is sent."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def attempt(server: Server, version: str, log: Any) -> list[str]:
    """Sends the request of the condition, and returns the problems."""
    received: list[str] = []
    transport = recorded(server.transport(log), received)
    try:
        async with Client(transport, mode=MODES[version], read_timeout_seconds=LONGEST_SECONDS) as client:
            problems = [*equal("the protocol version", client.protocol_version, version)]
            return problems + await ask(server, client, received)
    except Exception as error:
        # The client wraps the error for a refused connection, and does not report the status.
        inner = error
        while exceptions := getattr(inner, "exceptions", None):
            inner = exceptions[0]
        if "status" not in server.condition or not isinstance(inner, MCPError):
            raise
        return [*server.check_json_rpc_error(inner), *server.check_received(received)]


async def ask(server: Server, client: Client, received: list[str]) -> list[str]:
    condition = server.condition
    # From here on, the client knows the output schemas and validates results against them.
    problems = [*server.check_tools((await client.list_tools()).tools)]
    for call in condition.get("first", []):
        result = await client.call_tool(call["tool"], call["arguments"])
        problems += equal("isError of a call that should succeed", result.is_error, False)
    if "list" in condition:
        return problems + [problem async for problem in listed(server, client)]
    received.clear()
    try:
        answer = await request(client, condition)
        if "expected" in condition:
            problems += server.check_answer(plain(answer))
        elif "tool" in condition:
            problems += server.check_tool_result(answer.model_dump(mode="json", by_alias=True, exclude_unset=True))
        else:
            problems.append(f"no error arrived: {answer}")
    except MCPError as error:
        problems += server.check_json_rpc_error(error)
    return [*problems, *server.check_received(received)]


async def listed(server: Server, client: Client) -> Any:
    """Lists what the condition names, page by page, and yields the problems. The tools were checked before."""
    kind = server.condition["list"]
    if kind == "resources":
        found: list[str] = []
        page = await client.list_resources()
        found += [str(resource.uri) for resource in page.resources]
        while page.next_cursor:
            page = await client.list_resources(cursor=page.next_cursor)
            found += [str(resource.uri) for resource in page.resources]
        problems = server.check_resources(found)
    elif kind == "templates":
        problems = server.check_answer(plain(await client.list_resource_templates()))
    elif kind == "prompts":
        problems = server.check_answer(plain(await client.list_prompts()))
    else:
        assert kind == "tools", f"there is no list of {kind}"
        problems = iter(())
    for problem in problems:
        yield problem


async def request(client: Client, condition: dict[str, Any]) -> Any:
    if "resource" in condition:
        return await client.read_resource(condition["resource"])
    if "prompt" in condition:
        return await client.get_prompt(condition["prompt"], condition["arguments"])
    if complete := condition.get("complete"):
        kinds = {"ref/prompt": PromptReference, "ref/resource": ResourceTemplateReference}
        reference = kinds[complete["ref"]["type"]].model_validate(complete["ref"])
        context = complete.get("context", {}).get("arguments")
        return await client.complete(reference, complete["argument"], context)
    return await client.call_tool(condition["tool"], condition["arguments"])


def run(condition: dict[str, Any], version: str, registry: dict[str, Any]) -> list[str]:
    """Starts a server, and returns the problems and its log."""
    with tempfile.TemporaryDirectory(prefix="mcp-error-codes-") as folder:
        outside = Path(folder).resolve()
        with open(outside / "log", "w+", encoding="utf-8") as log:
            server = Server(condition, version, registry, outside)
            try:
                with server.started(log):
                    problems = [*asyncio.run(attempt(server, version, log)), *server.check_references()]
            except Exception:
                problems = [traceback.format_exc()]
            log.seek(0)
            return problems and [*problems, f"the server's log: {log.read()}"]


def main() -> int:
    registry = json.loads(Path(REGISTRY).read_text(encoding="utf-8"))
    passed = failed = 0
    for version in MODES:
        for condition in ALL["conditions"]:
            if problems := run(condition, version, registry):
                failed += 1
                print(f"failed: {condition['name']} ({version})", *problems, sep="\n  ")
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
