// What axe finds on the pages in both themes, and whether they fit on a phone.

import assert from "node:assert/strict";
import { DARK, LIGHT, PHONE, background, violations } from "./session.mjs";

/** Pages that have each kind of part. */
const PAGES = [
  "filesystem/fs-001.html",
  "filesystem/sec-010.html",
  "hyper-bun/nx-mcp-001.html",
  "hyper-bun/nx-mcp-030.html",
  "hyper-bun/nx-800.html",
  "mcp/-32002.html",
  "scrum-mcp/conflict.html",
  "super-mcp/-32602.html",
  "task-orchestrator/e001.html",
];
const VIEWS = ["index.html", "index.html?q=file", "index.html?system=mcp&severity=WARN#-32602", "index.html?q=E010"];

export function looks(session, files) {
  const pages = files.filter((file) => file.endsWith(".html"));

  for (const colorScheme of ["light", "dark"]) {
    session.test(`axe finds nothing wrong in the ${colorScheme} theme`, async (open) => {
      const systems = pages.filter((page) => page.startsWith("system-"));
      for (const path of [...VIEWS, ...PAGES, ...systems]) {
        const page = await open(path, { colorScheme, reducedMotion: "reduce" });
        assert.equal(await background(page), colorScheme === "light" ? LIGHT : DARK);
        assert.deepEqual(await violations(page), [], path);
      }
      for (const path of [VIEWS[0], PAGES[3]]) {
        const page = await open(path, { colorScheme, reducedMotion: "reduce", ...PHONE });
        assert.deepEqual(await violations(page), [], `${path} on a phone`);
      }
    });
  }

  session.test("no page scrolls sideways on a phone", async (open) => {
    const page = await open("index.html", PHONE);
    for (const path of [...VIEWS, ...pages]) {
      await page.goto(session.url(path));
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, 360, path);
    }
  });
}
