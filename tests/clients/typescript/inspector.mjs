// The Inspector's command line: `mcp-inspector --cli`, of `@modelcontextprotocol/inspector`. One process is one call.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { equal, LONGEST_MS, run } from "./conditions.mjs";

const PROGRAM = fileURLToPath(import.meta.resolve("@modelcontextprotocol/inspector/clients/launcher/build/index.js"));

// The exit codes of the Inspector.
const FAILED = 1;
const TOOL_ERROR = 5;

// Its version unless it is told another. A process takes long to start, and inside is the client of `client.mjs`.
await run(["2025-11-25"], (server, condition) => {
  if (condition.first) {
    return "every call has a server of its own";
  }
  if (condition.tool && condition.surface === "protocol") {
    return "the Inspector does not call a tool that is not listed";
  }
  const call = condition.resource
    ? ["--method", "resources/read", "--uri", condition.resource]
    : ["--method", "tools/call", "--tool-name", condition.tool, "--tool-args-json", JSON.stringify(condition.arguments)];
  const options = ["--cli", "--quiet", "--format", "json"];
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [PROGRAM, ...options, ...call, "--", server.command, ...server.args],
    // It keeps its files below the home directory.
    { encoding: "utf8", timeout: LONGEST_MS, env: { ...process.env, HOME: server.outside } },
  );
  if (error) {
    throw error;
  }
  return [...checkOutput(server, condition, status, stdout, stderr), ...server.checkReceived(stdout + stderr)];
});

function checkOutput(server, condition, status, stdout, stderr) {
  const isTool = condition.surface === "tool";
  if (status !== (isTool ? TOOL_ERROR : FAILED)) {
    return [`the exit code is ${status}: ${stdout}${stderr}`];
  }
  const { error } = JSON.parse(stderr);
  if (isTool) {
    const message = `Tool '${condition.tool}' returned isError:true.`;
    return [
      ...equal("the Inspector's error", error, { code: "tool_is_error", message }),
      ...server.checkToolResult(JSON.parse(stdout).result),
    ];
  }
  // It does not print number and data of a JSON-RPC error.
  return [
    ...equal("the Inspector's error", error, { code: "error", message: condition.message }),
    ...equal("the output", stdout, ""),
  ];
}
