// The conditions, the folder that each of them gets, and what has to arrive: shared by the clients of this directory.

import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";

export const CLIENT_INFO = { name: "mcp-error-codes", version: "0.1.0" };
/** No answer takes longer, unless there is none. */
export const LONGEST_MS = 60_000;

const META_KEY = "io.github.mcp-error-codes/error";
const { workspace, tools_with_output_schema, never, conditions } = JSON.parse(
  readFileSync(new URL("../conditions.json", import.meta.url), "utf8"),
);

/**
 * Puts a client through every condition in every protocol version, prints what is wrong, and sets the exit code.
 *
 * `attempt(server, condition, version)` asks the server for the error and returns a list of problems, or a string that says
 * why this client cannot ask.
 */
export async function run(versions, attempt) {
  const [program, registry] = process.argv.slice(2);
  if (!registry) {
    console.error("usage: node CLIENT.mjs STDIO_SERVER REGISTRY.json");
    process.exit(2);
  }
  const { codes } = JSON.parse(readFileSync(registry, "utf8"));
  const records = new Map(codes.map((record) => [`${record.system}:${record.code}`, record]));

  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const version of versions) {
    for (const condition of conditions) {
      const server = new Server(program, condition, records);
      let problems;
      try {
        problems = await attempt(server, condition, version);
      } catch (error) {
        problems = [error.stack ?? `${error}`];
      }
      const log = server.end();
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
  constructor(program, condition, records) {
    this.condition = condition;
    this.records = records;
    this.outside = realpathSync(mkdtempSync(join(tmpdir(), "mcp-error-codes-")));
    for (const [path, text] of Object.entries(workspace.files)) {
      const file = join(this.outside, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    for (const [path, target] of Object.entries(workspace.links)) {
      symlinkSync(target, join(this.outside, path));
    }
    this.logFile = join(this.outside, "log");
    this.log = openSync(this.logFile, "w");
    this.command = program;
    this.args = [...(condition.options ?? []), condition.folder ?? join(this.outside, "workspace")];
  }

  /** Removes the folder, and returns what the server logged. */
  end() {
    closeSync(this.log);
    const log = readFileSync(this.logFile, "utf8");
    rmSync(this.outside, { recursive: true });
    return log;
  }

  /** Checks that the tools with an output schema are those that are meant to have one, so that a client has to hold errors
   *  against it. */
  checkTools(tools) {
    const found = tools.filter((tool) => tool.outputSchema).map((tool) => tool.name);
    return equal("the tools with an output schema", found.sort(), tools_with_output_schema);
  }

  checkSuccess(result) {
    return equal("isError of a call that should succeed", result.isError ?? false, false);
  }

  /** Checks an error on the tool surface. */
  checkToolResult(result) {
    const { condition } = this;
    const object = result._meta?.[META_KEY];
    const { code, hint } = this.record(condition);
    const text = `${code}: ${condition.message}\nHint: ${hint}`;
    return [
      ...equal("surface", "tool", condition.surface),
      ...equal("isError", result.isError, true),
      ...equal("content", result.content, [{ type: "text", text }]),
      ...equal("structuredContent", result.structuredContent, undefined),
      ...this.checkObject(object),
    ];
  }

  /** Checks an error on the protocol surface. */
  checkJsonRpcError(number, message, data) {
    const { condition } = this;
    return [
      ...equal("surface", "protocol", condition.surface),
      ...equal("number", number, condition.number),
      ...equal("message", message, condition.message),
      ...this.checkObject(data),
    ];
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
    const { system, code, name, hint, category, severity, recoverable, retry } = this.record(error);
    const details = { ...error.details };
    if (error.errors) {
      details.errors = error.errors.map((one) => this.object(one));
    }
    const ref = `/docs/errors#${code.toLowerCase()}`;
    const advice = { class: retry.class, ...(wait && { after_ms: wait }) };
    const { message } = error;
    const object = { system, code, name, message, hint, category, severity, recoverable, retry: advice, ref, details };
    return errorId ? { ...object, error_id: errorId } : object;
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
