// The conditions, the server for each of them, and the expected answers. The clients in this directory share them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";

export const CLIENT_INFO = { name: "mcp-error-codes", version: "0.1.0" };
/** No answer takes longer, unless there is none. */
export const LONGEST_MS = 60_000;

const META_KEY = "io.github.mcp-error-codes/error";
const TOKEN = "let me in";
const [file, program, registry] = process.argv.slice(2);
if (!registry) {
  console.error("usage: node CLIENT.mjs CONDITIONS.json SERVER REGISTRY.json");
  process.exit(2);
}
const all = JSON.parse(readFileSync(file, "utf8"));
const { transport, options = [], listen = "--listen", has_page = true, workspace, never, conditions } = all;

/**
 * Puts a client through every condition in every protocol version, prints what is wrong, and sets the exit code.
 *
 * `attempt(server, condition, version)` asks the server and returns a list of problems, or a string that says why this client
 * cannot ask.
 */
export async function run(versions, attempt) {
  const { systems, codes } = JSON.parse(readFileSync(registry, "utf8"));
  const records = new Map(codes.map((record) => [`${record.system}:${record.code}`, record]));

  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const version of versions) {
    for (const condition of conditions) {
      const server = new Server(condition, version, systems, records);
      let problems;
      try {
        await server.start();
        problems = await attempt(server, condition, version);
        if (typeof problems !== "string") {
          problems.push(...(await server.checkReferences()), ...(await server.stop()));
        }
      } catch (error) {
        problems = [error.stack ?? `${error}`];
      }
      const log = await server.end();
      if (typeof problems === "string") {
        count.skipped += 1;
        console.log(`skipped: ${condition.name} (${version}): ${problems}`);
      } else if (problems.length > 0) {
        count.failed += 1;
        console.log(`failed: ${condition.name} (${version})\n  ${problems.join("\n  ")}\n  the server's log: ${log}`);
      } else {
        count.passed += 1;
      }
    }
  }
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
}

/** How the server of one condition is started, with a fresh folder, and what its answers have to be. */
class Server {
  constructor(condition, version, systems, records) {
    this.condition = condition;
    this.version = version;
    this.systems = systems;
    this.records = records;
    this.references = [];
    this.outside = realpathSync(mkdtempSync(join(tmpdir(), "mcp-error-codes-")));
    for (const [path, text] of Object.entries(workspace?.files ?? {})) {
      const file = join(this.outside, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    for (const [path, target] of Object.entries(workspace?.links ?? {})) {
      symlinkSync(target, join(this.outside, path));
    }
    this.logFile = join(this.outside, "log");
    this.log = openSync(this.logFile, "w");
    this.command = program;
    this.args = [...options, ...(condition.options ?? [])];
    if (workspace) {
      this.args.push(condition.folder ?? join(this.outside, "workspace"));
    }
  }

  /** Starts a server of HTTP, which then has a `url` and wants the `headers`. One of standard input and output is started by
   *  the client. */
  async start() {
    if (transport !== "http") {
      return;
    }
    this.process = spawn(this.command, [...this.args, listen, "127.0.0.1:0"], {
      stdio: ["ignore", "pipe", this.log],
      env: { ...process.env, NOTES_TOKEN: TOKEN },
    });
    this.ended = once(this.process, "exit");
    const [line] = await Promise.race([once(createInterface(this.process.stdout), "line"), this.ended]);
    this.url = new URL("/mcp", `${line}`.replace("listening on ", ""));
    const { token = TOKEN } = this.condition;
    this.headers = token === null ? {} : { Authorization: `Bearer ${token}` };
  }

  /** Asks a server of HTTP to end, and checks that it does. */
  async stop() {
    if (!this.process) {
      return [];
    }
    this.process.kill("SIGTERM");
    const [code] = await this.ended;
    return equal("the exit code of the server", code, 0);
  }

  /** Removes the folder, and returns what the server logged. */
  async end() {
    this.process?.kill("SIGKILL");
    await this.ended;
    closeSync(this.log);
    const log = readFileSync(this.logFile, "utf8");
    rmSync(this.outside, { recursive: true });
    return log;
  }

  /** Checks that the tools with an output schema are those that are meant to have one, so that a client has to hold answers
   *  against it; and that every tool says of itself what it is meant to say. */
  checkTools(tools) {
    const found = tools.filter((tool) => tool.outputSchema).map((tool) => tool.name);
    const problems = equal("the tools with an output schema", found.sort(), all.tools_with_output_schema);
    for (const { name, title, description, annotations } of all.annotations ? tools : []) {
      problems.push(...equal(`the annotations of ${name}`, annotations, all.annotations));
      problems.push(...equal(`whether ${name} has a title and a description`, Boolean(title && description), true));
    }
    return problems;
  }

  /** Checks an answer that is no error: it has at least what is expected. */
  checkAnswer(found) {
    const { content, structuredContent } = found;
    const text = structuredContent && content[0].text;
    return [
      ...(text ? equal("the text of the structured content", JSON.parse(text), structuredContent) : []),
      ...matches("the answer", found, this.condition.expected),
    ];
  }

  /** Checks that the resources are the catalogue, the systems and the codes of the registry. */
  checkResources(resources) {
    const found = resources.map(({ uri }) => uri).sort();
    const codes = [...this.records.values()].map(({ system, code }) => `${system}/${code}`);
    const expected = ["catalogue", ...this.systems.map(({ name }) => name), ...codes];
    return equal("the resources", found, expected.map((path) => `mcp-errors://${path}`).sort());
  }

  checkSuccess(result) {
    return equal("isError of a call that should succeed", result.isError ?? false, false);
  }

  /** Checks an error on the tool surface. */
  checkToolResult(result) {
    const { condition } = this;
    const object = result._meta?.[META_KEY];
    const { code, hint } = this.record(condition);
    const lines = result.content[0].text.split("\n");
    const expected = (condition.errors ?? []).map((one) => `- ${one.text ?? this.record(one).code}: ${one.message}`);
    if (object?.retry?.after_ms) {
      expected.push(`Retry after ${object.retry.after_ms / 1000} s.`);
    }
    if (object?.error_id) {
      expected.push(`Error id: ${object.error_id}`);
    }
    return [
      ...equal("surface", "tool", condition.surface),
      ...equal("isError", result.isError, true),
      ...equal("the number of contents", result.content.length, 1),
      ...equal("the first line", lines[0], `${code}: ${condition.message}`),
      ...equal("the last line", lines.at(-1), `Hint: ${hint}`),
      ...equal("the lines that are missing", expected.filter((line) => !lines.includes(line)), []),
      ...equal("structuredContent", result.structuredContent, undefined),
      ...this.checkObject(object),
    ];
  }

  /** Checks an error on the protocol surface. */
  checkJsonRpcError(number, message, data) {
    const { condition } = this;
    const expected = condition.number?.[this.version] ?? condition.number;
    const wait = data?.retry?.after_ms;
    return [
      ...equal("surface", "protocol", condition.surface),
      ...equal("number", number, expected),
      ...equal("message", message, wait ? `${condition.message} (retry after ${wait / 1000} s)` : condition.message),
      ...this.checkObject(data),
    ];
  }

  /** Checks an HTTP status, and the JSON-RPC error in the text of the body. */
  checkRefusal(status, text) {
    const { error } = JSON.parse(text);
    return [
      ...equal("the status", status, this.condition.status),
      ...this.checkJsonRpcError(error.code, error.message, error.data),
    ];
  }

  /** Checks that every `ref` that was received leads to an element of a page of the server. */
  async checkReferences() {
    const problems = [];
    for (const reference of this.url && has_page ? this.references : []) {
      const url = new URL(reference, this.url);
      const page = await (await fetch(url)).text();
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      if (!ids.includes(url.hash.slice(1))) {
        problems.push(`${reference} leads nowhere`);
      }
    }
    return problems;
  }

  /** Checks that nothing internal is in the text of everything that was received. */
  checkReceived(received) {
    const internal = [...never, ...(this.condition.never ?? []), this.outside];
    const arrived = internal.filter((text) => received.includes(text));
    return arrived.map((text) => `${JSON.stringify(text)} arrived: ${received}`);
  }

  checkObject(object) {
    const { condition } = this;
    const problems = [];
    if (object?.ref) {
      this.references.push(object.ref);
    }
    const wait = object?.retry?.after_ms;
    if (condition.longest_wait_ms && !(Number.isInteger(wait) && wait > 0 && wait <= condition.longest_wait_ms)) {
      problems.push(`retry.after_ms is ${wait}`);
    }
    if (condition.error_id && !/^[0-9a-f]{12}-[0-9a-f]{16}$/.test(object?.error_id)) {
      problems.push(`error_id is ${object?.error_id}`);
    }
    const expected = this.object(condition, condition.longest_wait_ms && wait, condition.error_id && object?.error_id);
    return [...problems, ...equal("the record object", object, expected)];
  }

  /** Makes the whole record object of an error. What is the same for every error of the code comes from the registry. */
  object(error, wait, errorId) {
    const { system, code, name, category, severity, recoverable, retry, ...record } = this.record(error);
    const errors = error.errors?.map((one) => this.object(one));
    const details = error.details && { ...error.details, ...(errors && { errors }) };
    const ref = this.url && has_page ? `${new URL("/docs/errors", this.url)}#${(error.text ?? code).toLowerCase()}` : undefined;
    const advice = { class: retry.class, ...(wait && { after_ms: wait }) };
    const { message, kind = record.kind, hint = record.hint } = error;
    const object = { system, code, name, kind, message, hint, category, severity, recoverable, retry: advice, ...(ref && { ref }) };
    return { ...object, ...(errorId && { error_id: errorId }), ...(details && { details }) };
  }

  record(error) {
    const record = this.records.get(error.code);
    if (!record) {
      throw new Error(`the registry has no code ${error.code}`);
    }
    return record;
  }
}

/** Returns no problem if the two are the same in JSON, save for the order of members. */
export function equal(what, found, expected) {
  const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  const isEqual = isDeepStrictEqual(plain(found), plain(expected));
  return isEqual ? [] : [`${what} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`];
}

/** Returns the problems of a value that has to have at least what is expected: members may be too many, but not elements. A
 *  text that is expected to end with `…` may go on from there. */
export function matches(what, found, expected) {
  if (Array.isArray(expected) && Array.isArray(found)) {
    const length = equal(`the length of ${what}`, found.length, expected.length);
    return [...length, ...expected.flatMap((value, at) => matches(`${what}[${at}]`, found[at], value))];
  }
  if (expected && typeof expected === "object") {
    return Object.entries(expected).flatMap(([name, value]) => matches(`${what}.${name}`, found?.[name], value));
  }
  if (typeof expected === "string" && expected.endsWith("…")) {
    const start = expected.slice(0, -1);
    return equal(`the start of ${what}`, `${found}`.slice(0, start.length), start);
  }
  return equal(what, found, expected);
}
