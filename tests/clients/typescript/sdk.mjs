// The official TypeScript SDK, version 1: `@modelcontextprotocol/sdk`.

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport, StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpError } from "@modelcontextprotocol/sdk/types.js";

import { CLIENT_INFO, run } from "./conditions.mjs";
import { attempt } from "./session.mjs";

// It supports the versions before 2026-07-28, and offers the newest of them.
await run(["2025-11-25"], (server, condition, version) => {
  const client = new Client(CLIENT_INFO);
  const transport = server.url
    ? new StreamableHTTPClientTransport(server.url, { requestInit: { headers: server.headers } })
    : new StdioClientTransport({ command: server.command, args: server.args, stderr: server.log });
  const { setProtocolVersion } = transport;
  let negotiated;
  transport.setProtocolVersion = (received) => {
    negotiated = received;
    setProtocolVersion?.call(transport, received);
  };
  return attempt({ client, transport, server, condition, version, versionOf: () => negotiated, errorOf, refusalOf });
});

function errorOf(error) {
  if (!(error instanceof McpError)) {
    return undefined;
  }
  // The class prepends this to the received message.
  const prefix = `MCP error ${error.code}: `;
  const message = error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
  return { number: error.code, message, data: error.data };
}

/** The SDK shows the body in its message. */
function refusalOf(error) {
  const [, text] = /^Streamable HTTP error: Error POSTing to endpoint: (.*)$/s.exec(error.message) ?? [];
  return error instanceof StreamableHTTPError && text ? { status: error.code, text } : undefined;
}
