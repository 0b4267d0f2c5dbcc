// The official TypeScript SDK, version 2: `@modelcontextprotocol/client`.

import { Client, ProtocolError, SdkHttpError, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

import { CLIENT_INFO, run } from "./conditions.mjs";
import { attempt } from "./session.mjs";

// The newest version with a handshake, and the newest version.
const MODES = new Map([
  ["2025-11-25", "legacy"],
  ["2026-07-28", { pin: "2026-07-28" }],
]);

await run(MODES.keys(), (server, condition, version) => {
  const client = new Client(CLIENT_INFO, { versionNegotiation: { mode: MODES.get(version) } });
  const transport = server.url
    ? new StreamableHTTPClientTransport(server.url, { requestInit: { headers: server.headers } })
    : new StdioClientTransport({ command: server.command, args: server.args, stderr: server.log });
  const versionOf = () => client.getNegotiatedProtocolVersion();
  return attempt({ client, transport, server, condition, version, versionOf, errorOf, refusalOf });
});

function errorOf(error) {
  return error instanceof ProtocolError
    ? { number: error.code, message: error.message, data: error.data }
    : undefined;
}

function refusalOf(error) {
  return error instanceof SdkHttpError ? { status: error.status, text: error.data.text } : undefined;
}
