// A web server for the site, configured as an operator might: below a path, with a strict policy, and with a redirect for a folder
// without a trailing slash.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml" };
const POLICY = "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'";

/** Serves a folder, and returns the server and the address of the folder, without a slash at its end. */
export async function serve(folder) {
  const prefix = "/some/where/docs/errors";
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, "http://localhost");
    if (pathname === prefix) {
      response.writeHead(301, { location: `errors/${search}` }).end();
      return;
    }
    const path = normalize(decodeURIComponent(pathname.slice(prefix.length + 1))) || "index.html";
    const file = path === "." ? "index.html" : path;
    try {
      const contents = pathname.startsWith(`${prefix}/`) && !file.startsWith("..") && (await readFile(join(folder, file)));
      response.writeHead(200, { "content-type": `${TYPES[extname(file)]}; charset=utf-8`, "content-security-policy": POLICY });
      response.end(contents);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${server.address().port}${prefix}` };
}
