// The site without a mouse.

import assert from "node:assert/strict";
import { codes, isAt, text } from "./session.mjs";

const focused = (page) => page.evaluate(() => document.activeElement.closest(".row")?.id ?? document.activeElement.id);

export function keyboard(session, total) {
  session.test("the keys find, move, open and clear", async (open) => {
    const page = await open("index.html");
    await page.keyboard.press("/");
    assert.equal(await focused(page), "search");
    await page.keyboard.type("fs-00");
    assert.equal(await page.inputValue("#search"), "fs-00");

    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "fs-001");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "fs-003");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(page), "fs-002");

    await page.keyboard.press("Escape");
    assert.equal(await focused(page), "search");
    assert.equal(await page.inputValue("#search"), "");
    assert.equal((await codes(page)).length, total);

    await page.keyboard.type("fs-002");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("article.code-page");
    assert.equal(await text(page, "h1 .code"), "FS-002");
  });

  session.test("the arrows stop at both ends", async (open) => {
    const page = await open("index.html?q=disk");
    const last = (await codes(page)).at(-1);
    await page.focus("#search");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(page), "search");
    for (const _ of [...(await codes(page)), "once more"]) {
      await page.keyboard.press("ArrowDown");
    }
    assert.equal(await focused(page), last.toLowerCase());
  });

  session.test("enter in the search opens the best match", async (open) => {
    const page = await open("index.html");
    await page.fill("#search", "tool not found");
    await page.press("#search", "Enter");
    await page.waitForSelector("article.code-page");
    assert.ok(page.url().endsWith("/hyper-bun/nx-mcp-010.html") || page.url().endsWith("/super-mcp/-32002.html"), page.url());
  });

  session.test("escape clears the search, then the filters, then leaves", async (open) => {
    const page = await open("index.html?q=fs&system=filesystem");
    await page.focus("#search");
    await page.keyboard.press("Escape");
    await isAt(page, "index.html?system=filesystem");
    await page.keyboard.press("Escape");
    await isAt(page, "index.html");
    await page.keyboard.press("Escape");
    assert.equal(await focused(page), "");
  });

  session.test("a slash in a text field is typed, and browser shortcuts still work", async (open) => {
    const page = await open("index.html");
    await page.focus("#search");
    await page.keyboard.type("a/b");
    assert.equal(await page.inputValue("#search"), "a/b");
    await page.fill("#search", "");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Control+/");
    assert.equal(await focused(page), "");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "");
  });

  session.test("the first tab stop skips to the content, and the focus can be seen", async (open) => {
    const page = await open("filesystem/fs-001.html");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
    assert.ok(await page.$eval(".skip", (link) => link.getBoundingClientRect().top >= 0));
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  });
}
