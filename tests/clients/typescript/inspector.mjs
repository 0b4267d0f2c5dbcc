// The Inspector's command line: `mcp-inspector --cli`, of `@modelcontextprotocol/inspector`. Each process makes one call.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { equal, LONGEST_MS, run } from "./conditions.mjs";

const PROGRAM = fileURLToPath(import.meta.resolve("@modelcontextprotocol/inspector/clients/launcher/build/index.js"));

// The exit codes of the Inspector.
const FAILED = 1;
const NOT_AUTHORIZED = 3;
const TOOL_ERROR = 5;

const LISTS = {
  // It reports every schema that some client or model may not be able to read.
  tools: ["--method", "tools/list", "--strict"],
  resources: ["--method", "resources/list"],
  templates: ["--method", "resources/templates/list"],
  prompts: ["--method", "prompts/list"],
};

// The Inspector uses this version unless it is given another. It starts slowly and contains the client of `client.mjs`, so one is
// enough.
await run(["2025-11-25"], (server, condition) => {
  if (condition.first && !server.url) {
    return "every call starts its own server";
  }
  if (condition.complete) {
    return "the Inspector's command line completes nothing";
  }
  if (condition.tool && condition.surface === "protocol" && !condition.status) {
    return "the Inspector does not call a tool that is not listed";
  }
  const before = (condition.first ?? []).map((call) => inspect(server, call));
  const problems = before.flatMap(({ status, stderr }) => equal(`the exit code before, ${stderr}`, status, 0));
  const { status, stdout, stderr } = inspect(server, condition);
  problems.push(...checkOutput(server, condition, status, stdout, stderr));
  return [...problems, ...server.checkReceived(stdout + stderr)];
});

function method({ tool, resource, prompt, list, arguments: given }) {
  if (resource) {
    return ["--method", "resources/read", "--uri", resource];
  }
  if (prompt) {
    const values = Object.entries(given).map(([name, value]) => `${name}=${value}`);
    return ["--method", "prompts/get", "--prompt-name", prompt, "--prompt-args", ...values];
  }
  return LISTS[list] ?? ["--method", "tools/call", "--tool-name", tool, "--tool-args-json", JSON.stringify(given)];
}

/** Sends one request. */
function inspect(server, condition) {
  const call = method(condition);
  const options = ["--cli", "--quiet", "--format", "json"];
  const ended = spawnSync(
    process.execPath,
    [PROGRAM, ...options, ...call, ...target(server)],
    // It stores its files in the home directory.
    { encoding: "utf8", timeout: LONGEST_MS, env: { ...process.env, HOME: server.outside } },
  );
  if (ended.error) {
    throw ended.error;
  }
  return ended;
}

function target(server) {
  if (!server.url) {
    return ["--", server.command, ...server.args];
  }
  const headers = Object.entries(server.headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  return ["--transport", "http", "--server-url", `${server.url}`, ...headers];
}

/** Returns a message without the wait at its end, if the error has one. */
function withoutWait(condition, message) {
  return condition.longest_wait_ms ? message.replace(/ \(retry after [0-9.]+ s\)$/, "") : message;
}

function checkOutput(server, condition, status, stdout, stderr) {
  if (condition.status === 401) {
    // It tries to log in with OAuth, and does not print the answer.
    return [
      ...equal("the exit code", status, NOT_AUTHORIZED),
      ...equal("the code of the Inspector's error", JSON.parse(stderr).error.code, "auth_required"),
    ];
  }
  if (condition.list || condition.expected) {
    return status === 0 ? checkAnswer(server, condition, stdout, stderr) : [`the exit code is ${status}: ${stdout}${stderr}`];
  }
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
  // It does not print the number and data of a JSON-RPC error.
  return [
    ...equal("the Inspector's error", { ...error, message: withoutWait(condition, error.message) }, { code: "error", message: condition.message }),
    ...equal("the output", stdout, ""),
  ];
}

function checkAnswer(server, condition, stdout, stderr) {
  const { result } = JSON.parse(stdout);
  switch (condition.list) {
    case "tools":
      return [...equal("what the Inspector reports about the schemas", stderr, ""), ...server.checkTools(result.tools)];
    case "resources":
      return server.checkResources(result.resources);
  }
  return server.checkAnswer(result);
}
