// One connection of a client object of either SDK: both have the same methods, and errors of a class of their own.

import { equal, LONGEST_MS } from "./conditions.mjs";

// Both warn of every `format` that they do not know, on every connection; the Rust server writes `uint64`.
console.warn = () => {};

/**
 * Connects the client, asks for the condition's error, and returns the problems.
 *
 * `versionOf()` returns the protocol version of the connection. `errorOf(error)` returns number, message and data of the
 * SDK's error of a JSON-RPC error, and nothing of any other.
 */
export async function attempt({ client, transport, server, condition, version, versionOf, errorOf }) {
  await client.connect(transport, { timeout: LONGEST_MS });
  try {
    const problems = equal("the protocol version", versionOf(), version);
    const received = record(transport);
    // From here on the client knows the output schemas, and holds results against them.
    const { tools } = await client.listTools();
    problems.push(...server.checkTools(tools));
    for (const call of condition.first ?? []) {
      const result = await client.callTool({ name: call.tool, arguments: call.arguments });
      problems.push(...server.checkSuccess(result));
    }
    received.length = 0;
    problems.push(...(await ask(client, server, condition, errorOf)));
    problems.push(...equal("the number of messages received", received.length, 1));
    return [...problems, ...server.checkReceived(received.join("\n"))];
  } finally {
    await client.close();
  }
}

async function ask(client, server, condition, errorOf) {
  try {
    if (condition.resource) {
      return [`a resource arrived: ${JSON.stringify(await client.readResource({ uri: condition.resource }))}`];
    }
    return server.checkToolResult(await client.callTool({ name: condition.tool, arguments: condition.arguments }));
  } catch (error) {
    const found = errorOf(error);
    if (!found) {
      throw error;
    }
    return server.checkJsonRpcError(found.number, found.message, found.data);
  }
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
