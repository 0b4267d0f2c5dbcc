// How the pages look: themes, copied blocks, without scripts, printed, on a phone.

import assert from "node:assert/strict";
import { DARK, LIGHT, PHONE, background, codes, isAt } from "./session.mjs";


export function reading(session, registry) {
  session.test("the theme is the system's until another is chosen, and the choice is kept", async (open) => {
    const page = await open("index.html", { colorScheme: "light" });
    const button = page.getByRole("switch", { name: "Dark theme" });
    assert.equal(await background(page), LIGHT);
    assert.equal(await button.getAttribute("aria-checked"), "false");
    await button.click();
    assert.equal(await background(page), DARK);
    assert.equal(await button.getAttribute("aria-checked"), "true");

    await page.goto(session.url("filesystem/fs-001.html"));
    assert.equal(await background(page), DARK);
    await button.click();
    assert.equal(await background(page), LIGHT);
    // The reader has chosen the system's theme again, so the page follows it.
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await background(page), DARK);
    await page.waitForSelector('button.theme[aria-checked="true"]');
  });

  session.test("the theme can be changed without browser storage", async (open) => {
    const prepare = (page) =>
      page.addInitScript(() => {
        Object.defineProperty(globalThis, "localStorage", {
          get() {
            throw new DOMException("denied", "SecurityError");
          },
        });
      });
    const page = await open("filesystem/fs-001.html", { prepare });
    await page.click("button.theme");
    assert.equal(await background(page), DARK);
  });

  session.test("a block is copied unchanged", async (open) => {
    const page = await open("mcp/-32602.html", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator(".form[open] .copy").click();
    await page.waitForSelector('[role="status"]:has-text("Copied")', { state: "attached" });
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    assert.equal(copied.error.code, -32602);
    assert.equal(copied.error.data.code, "-32602");
  });

  session.test("without the clipboard a block is selected", async (open) => {
    const prepare = (page) =>
      page.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
        document.execCommand = () => false;
      });
    const page = await open("task-orchestrator/e001.html", { prepare });
    await page.click(".command .copy >> nth=0");
    await page.waitForSelector('.copy:has-text("Press Ctrl+C")');
    assert.equal(await page.evaluate(() => String(getSelection())), "python scripts/diagnostics/check_permissions.py");
  });

  session.test("everything can be read without a script", async (open) => {
    const page = await open("index.html#fs-001", { javaScriptEnabled: false });
    const shown = await page.locator(".row:visible .code").allTextContents();
    assert.equal(shown.length, registry.codes.length);
    assert.ok(await page.locator("#fs-001 .hint").isVisible());
    for (const dead of ["#controls", ".state", "button.theme", "#results", "#nothing"]) {
      assert.ok(!(await page.locator(dead).isVisible()), dead);
    }
    await page.locator("nav.contents a").first().click();
    await isAt(page, `index.html#system-${registry.systems[0].name}`);
    await page.locator("#fs-001 .open").click();
    assert.equal(await page.locator("h1").innerText(), "FS-001\nFile Not Found");
    assert.ok(!(await page.locator(".copy").first().isVisible()));
  });

  session.test("a page is printed without its controls, in black on white", async (open) => {
    for (const path of ["index.html", "filesystem/fs-001.html"]) {
      const page = await open(path, { colorScheme: "dark" });
      await page.emulateMedia({ media: "print" });
      for (const control of [".top", "#search", ".copy", ".facets"]) {
        assert.equal(await page.locator(`${control}:visible`).count(), 0, control);
      }
      assert.equal(await background(page), "rgb(255, 255, 255)");
    }
  });

  session.test("the filters are beside the list if there is room, and folded otherwise", async (open) => {
    const wide = await open("index.html");
    assert.ok(await wide.locator('input[name="system"]').first().isVisible());
    const phone = await open("index.html", PHONE);
    assert.ok(!(await phone.locator('input[name="system"]').first().isVisible()));
    await phone.click(".filters > summary");
    await phone.check('input[value="FATAL"]');
    const fatal = registry.codes.filter((code) => code.severity === "FATAL").map((code) => code.code);
    assert.deepEqual((await codes(phone)).sort(), fatal.sort());
  });
}
