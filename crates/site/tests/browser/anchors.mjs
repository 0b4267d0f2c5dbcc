// The `ref` of an error leads to its code.

import assert from "node:assert/strict";
import { codes, isAt, text } from "./session.mjs";

const isInView = (page, id) =>
  page.$eval(`[id="${id}"]`, (row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return row.checkVisibility() && top >= 0 && bottom <= innerHeight;
  });

export function anchors(session, registry) {
  session.test("the ref of an error shows the code, what to do, and the link to its page", async (open) => {
    for (const id of ["fs-001", "super-mcp:-32602", "-32602", "database_connection_failed", "c004"]) {
      const page = await open(`index.html#${id}`);
      assert.ok(await isInView(page, id), id);
      assert.ok(await page.locator(`[id="${id}"] .hint`).isVisible(), id);
      await isAt(page, `index.html#${id}`);
    }
    const page = await open("index.html#super-mcp:-32602");
    await page.click('[id="super-mcp:-32602"] .open');
    assert.equal(await text(page, "h1 .code"), "-32602");
    assert.ok(page.url().endsWith("/super-mcp/-32602.html"));
  });

  session.test("a ref removes filters that hide its code, and keeps the others", async (open) => {
    const hidden = await open("index.html?severity=FATAL#fs-001");
    assert.ok(await isInView(hidden, "fs-001"));
    await isAt(hidden, "index.html#fs-001");
    const kept = await open("index.html?q=fs&system=filesystem#fs-001");
    assert.ok(await isInView(kept, "fs-001"));
    await isAt(kept, "index.html?q=fs&system=filesystem#fs-001");
    assert.ok((await codes(kept)).length < registry.codes.length);
  });

  session.test("a filter that hides the code drops the ref", async (open) => {
    const page = await open("index.html#fs-001");
    await page.check('input[value="FATAL"]');
    await isAt(page, "index.html?severity=FATAL");
  });

  session.test("a new ref on the open page moves to its code", async (open) => {
    const page = await open("index.html?severity=FATAL");
    await page.evaluate(() => (location.hash = "#c004"));
    await page.waitForSelector("#c004.aimed");
    assert.ok(await isInView(page, "c004"));
    assert.equal(await page.locator(".aimed").count(), 1);
  });

  session.test("a ref in upper case works, and a ref without a code becomes a search", async (open) => {
    const large = await open("index.html#FS-001");
    assert.ok(await isInView(large, "fs-001"));
    const unknown = await open("index.html#nx-mcp-999");
    assert.equal(await unknown.inputValue("#search"), "nx-mcp-999");
    assert.equal(await text(unknown, "#nothing .what"), "No code matches nx-mcp-999.");
  });

  session.test("the back button returns to the previous view", async (open) => {
    const page = await open("index.html?q=disk&system=filesystem");
    const before = await codes(page);
    await page.click(".row:not([hidden]) .open");
    await page.waitForSelector("article.code-page");
    await page.goBack();
    await page.waitForSelector("#results:not([hidden])");
    assert.deepEqual(await codes(page), before);
  });
}
