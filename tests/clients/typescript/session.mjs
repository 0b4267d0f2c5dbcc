// A connection of either SDK's client. Both have the same methods, and errors of their own class.

import { equal, LONGEST_MS } from "./conditions.mjs";

// On every connection, both warn about each `format` that they do not know; the Rust server sends `uint64`.
console.warn = () => {};

/**
 * Connects the client, asks for what the condition says, and returns the problems.
 *
 * `versionOf()` returns the protocol version of the connection. `errorOf(error)` returns number, message and data of the
 * SDK's error of a JSON-RPC error, and nothing of any other. `refusalOf(error)` returns the HTTP status and the body of what
 * the SDK throws when it is not let in.
 */
export async function attempt({ client, transport, server, condition, version, versionOf, errorOf, refusalOf }) {
  try {
    await client.connect(transport, { timeout: LONGEST_MS });
  } catch (error) {
    const { status, text } = (condition.status && refusalOf(error)) ?? {};
    if (!status) {
      throw error;
    }
    return [...server.checkRefusal(status, text), ...server.checkReceived(text)];
  }
  try {
    const problems = equal("the protocol version", versionOf(), version);
    const received = record(transport);
    // From here on, the client knows the output schemas and validates results against them.
    const { tools } = await client.listTools();
    problems.push(...server.checkTools(tools));
    for (const call of condition.first ?? []) {
      const result = await client.callTool({ name: call.tool, arguments: call.arguments });
      problems.push(...server.checkSuccess(result));
    }
    received.length = 0;
    if (condition.list) {
      problems.push(...(await list(client, server, condition)));
    } else {
      problems.push(...(await ask(client, server, condition, errorOf)));
      problems.push(...equal("the number of messages received", received.length, 1));
    }
    return [...problems, ...server.checkReceived(received.join("\n"))];
  } finally {
    await client.close();
  }
}

/** Lists what the condition names, page by page. The tools have been checked before. */
async function list(client, server, { list }) {
  switch (list) {
    case "tools":
      return [];
    case "resources":
      return server.checkResources(await everyPage((page) => client.listResources(page)));
    case "templates":
      return server.checkAnswer(await client.listResourceTemplates());
    case "prompts":
      return server.checkAnswer(await client.listPrompts());
  }
  throw new Error(`there is no list of ${list}`);
}

async function everyPage(ask) {
  const found = [];
  let cursor;
  do {
    const page = await ask(cursor && { cursor });
    found.push(...page.resources);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

async function ask(client, server, condition, errorOf) {
  const { expected } = condition;
  try {
    const answer = await request(client, condition);
    if (!expected && condition.tool) {
      return server.checkToolResult(answer);
    }
    return expected ? server.checkAnswer(answer) : [`no error arrived: ${JSON.stringify(answer)}`];
  } catch (error) {
    const found = errorOf(error);
    if (!found) {
      throw error;
    }
    return server.checkJsonRpcError(found.number, found.message, found.data);
  }
}

function request(client, { tool, resource, prompt, complete, arguments: given }) {
  if (resource) {
    return client.readResource({ uri: resource });
  }
  if (prompt) {
    return client.getPrompt({ name: prompt, arguments: given });
  }
  return complete ? client.complete(complete) : client.callTool({ name: tool, arguments: given });
}

/** Keeps every message that the client receives from here on. */
function record(transport) {
  const received = [];
  const { onmessage } = transport;
  transport.onmessage = (message, extra) => {
    received.push(JSON.stringify(message));
    onmessage(message, extra);
  };
  return received;
}
