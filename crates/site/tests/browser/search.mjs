// What the search finds, and in which order.

import assert from "node:assert/strict";
import { codes, isAt, text } from "./session.mjs";

/** What is found first, however it is written. */
const FIRST = {
  "fs-001": "FS-001",
  fs001: "FS-001",
  "  Fs 001 ": "FS-001",
  fs_001: "FS-001",
  "file not found": "FS-001",
  FILE_NOT_FOUND: "FS-001",
  filenotfound: "FS-001",
  33001: "FS-001",
  "filesystem:FS-001": "FS-001",
  "hyper-bun:tool-not-found": "NX-MCP-010",
  "-32602": "-32602",
  "super-mcp:-32602": "-32602",
  "workspace escape": "SEC-001",
  symlink: "SEC-009",
  "full disk": "FS-006",
  fs_search_files: "FS-001",
};

export function search(session, total) {
  session.test("a code is found in every spelling, and by the words of its page", async (open) => {
    const page = await open("index.html");
    for (const [query, first] of Object.entries(FIRST)) {
      await page.fill("#search", query);
      const found = await codes(page);
      assert.equal(found[0], first, query);
      assert.ok(found.length < total / 2, `${query} finds ${found.length}`);
    }
  });

  session.test("a code comes before a title, and a title before the text of a page", async (open) => {
    const page = await open("index.html");
    await page.fill("#search", "conflict");
    assert.equal((await codes(page))[0], "CONFLICT");
    await page.fill("#search", "permission denied");
    const found = await codes(page);
    assert.deepEqual(found.slice(0, 3).sort(), ["COMMON-PERMISSION-DENIED", "E001", "FS-003"]);
  });

  session.test("an active code comes before a deprecated one", async (open) => {
    const page = await open("index.html");
    await page.fill("#search", "MCP Tool Not Found");
    assert.deepEqual((await codes(page)).slice(0, 2), ["NX-MCP-010", "NX-801"]);
  });

  session.test("the number of results is shown", async (open) => {
    const page = await open("index.html");
    assert.equal(await page.getAttribute("#count", "role"), "status");
    assert.equal(await text(page, "#count"), `${total} codes`);
    await page.fill("#search", "nx-803");
    assert.equal(await text(page, "#count"), `1 of ${total} codes`);
    await page.fill("#search", "disk");
    assert.equal(await text(page, "#count"), `${(await codes(page)).length} of ${total} codes, best match first`);
    await page.fill("#search", "");
    assert.equal(await text(page, "#count"), `${total} codes`);
    assert.equal((await codes(page)).length, total);
  });

  session.test("a search that finds nothing says what to do", async (open) => {
    const page = await open("index.html");
    await page.fill("#search", "FS-O01");
    assert.equal(await text(page, "#nothing .what"), "No code matches FS-O01.");
    assert.deepEqual((await page.$$eval("#nothing a", (links) => links.map((link) => link.textContent)))[0], "FS-001 File Not Found");
    await page.fill("#search", "nx-mcp-015");
    assert.match(await text(page, "#nothing"), /Hyper-Bun MCP reserves NX-MCP-013 to NX-MCP-019 and has not assigned it\./);
    await page.fill("#search", "<img src=x onerror=alert(1)>");
    assert.equal(await text(page, "#nothing .what"), "No code matches <img src=x onerror=alert(1)>.");
    await page.click("#nothing button");
    assert.equal((await codes(page)).length, total);
    assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  });

  session.test("the search of a page leads to the index", async (open) => {
    const page = await open("filesystem/fs-001.html");
    await page.keyboard.press("/");
    await page.keyboard.type("disk full");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#results:not([hidden])");
    await isAt(page, "index.html?q=disk+full");
    assert.equal((await codes(page))[0], "FS-006");
  });
}
