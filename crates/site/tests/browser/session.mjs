// A browser, and helpers that read a page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The site at an address, in a browser. */
export class Session {
  constructor(browser, name, root) {
    Object.assign(this, { browser, name, root });
  }

  static async browser(executablePath) {
    return chromium.launch({ executablePath });
  }

  /** Runs a test with a function that opens pages, and fails it for whatever the browser complains of. */
  test(claim, body) {
    return test(`${this.name}: ${claim}`, async () => {
      const contexts = [];
      const complaints = [];
      const open = async (path, options = {}) => {
        const { prepare, ...rest } = options;
        const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...rest });
        contexts.push(context);
        context.setDefaultTimeout(10_000);
        const page = await context.newPage();
        this.listen(page, complaints);
        await prepare?.(page);
        await page.goto(this.url(path));
        return page;
      };
      try {
        await body(open);
      } finally {
        await Promise.all(contexts.map((context) => context.close()));
      }
      assert.deepEqual(complaints, []);
    });
  }

  url(path) {
    return `${this.root}/${path}`;
  }

  listen(page, complaints) {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("requestfailed", (request) => {
      // The browser aborts the request for the icon if the next page is requested at once.
      const reason = request.failure()?.errorText;
      reason === "net::ERR_ABORTED" || complaints.push(`${request.url()} ${reason}`);
    });
    page.on("request", (request) => request.url().startsWith(this.root) || complaints.push(`${request.url()} is elsewhere`));
    page.on("response", (response) => response.status() >= 400 && complaints.push(`${response.url()} ${response.status()}`));
  }
}

/** Returns the codes that are shown, in their order. */
export function codes(page) {
  return page.$$eval(".row", (rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.querySelector(".code").textContent));
}

export function text(page, selector) {
  return page.$eval(selector, (element) => element.innerText.trim());
}

/** Returns the address behind the folder of the site, as the browser last told it. */
export function place(page) {
  return behind(new URL(page.url()));
}

/** Asserts where a page is. The browser tells of an address that a script sets a moment later. */
export async function isAt(page, expected) {
  await page.waitForURL((url) => behind(url) === expected, { waitUntil: "commit" }).catch(() => {});
  assert.equal(place(page), expected);
}

function behind({ pathname, search, hash }) {
  return pathname.split("/").pop() + search + hash;
}

export const PHONE = { viewport: { width: 360, height: 740 } };
export const LIGHT = "rgb(252, 252, 253)";
export const DARK = "rgb(16, 18, 22)";

export function background(page) {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

/** Returns what axe finds wrong: WCAG 2.2 AA and what axe holds for good practice. */
export async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    // Collapsed parts are checked too.
    document.querySelectorAll("details").forEach((details) => (details.open = true));
    return (await axe.run({ runOnly: tags })).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`);
}
