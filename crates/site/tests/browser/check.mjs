// Checks the site in a browser, from disk and from a web server. tests/browser.rs of the package runs it:
//
//     node check.mjs CHROMIUM FOLDER REGISTRY
//
// FOLDER contains the site, REGISTRY is the registry as JSON.

import { readFileSync, readdirSync } from "node:fs";
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { anchors } from "./anchors.mjs";
import { filters } from "./filters.mjs";
import { keyboard } from "./keyboard.mjs";
import { looks } from "./looks.mjs";
import { reading } from "./reading.mjs";
import { search } from "./search.mjs";
import { serve } from "./server.mjs";
import { Session, isAt } from "./session.mjs";

const [chromium, folder, registryFile] = process.argv.slice(2);
const registry = JSON.parse(readFileSync(registryFile, "utf8"));
const files = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll("\\", "/"));

const { server, address } = await serve(folder);
const browser = await Session.browser(chromium);
after(async () => {
  await browser.close();
  server.close();
});

const disk = new Session(browser, "disk", pathToFileURL(folder).href.replace(/\/$/, ""));
const web = new Session(browser, "web", address);
for (const session of [disk, web]) {
  search(session, registry.codes.length);
  filters(session, registry);
  anchors(session, registry);
  keyboard(session, registry.codes.length);
  reading(session, registry);
}
looks(web, files);

test("web: the ref of an error works if the index is served without a trailing slash", async () => {
  const page = await browser.newPage();
  await page.goto(`${address}?system=filesystem#fs-001`);
  assert.equal(page.url(), `${address}/?system=filesystem#fs-001`);
  assert.ok(await page.locator("#fs-001 .hint").isVisible());
  await page.click("#fs-001 .open");
  await isAt(page, "fs-001.html");
  await page.close();
});
