// The filters, and the address of a filtered view.

import assert from "node:assert/strict";
import { codes, isAt, place, text } from "./session.mjs";

/** For each facet, an answer and how many codes have it, by the registry. */
const answers = (registry) => ({
  system: ["filesystem", (code) => code.system === "filesystem"],
  family: ["filesystem/VAL", (code) => code.system === "filesystem" && code.family === "VAL"],
  severity: ["FATAL", (code) => code.severity === "FATAL"],
  surface: ["protocol", (code) => code.surface === "protocol"],
  retry: ["re-auth-then-retry", (code) => code.retry.class === "re-auth-then-retry"],
  status: ["404", (code) => code.http_status === 404],
  recoverable: ["no", (code) => !code.recoverable],
  state: ["deprecated", (code) => code.deprecated_since !== undefined],
});

export function filters(session, registry) {
  const total = registry.codes.length;

  session.test("every facet filters, and its view has an address", async (open) => {
    const [page, linked] = [await open("index.html"), await open("index.html")];
    for (const [facet, [value, fits]] of Object.entries(answers(registry))) {
      await page.goto(session.url("index.html"));
      const box = page.locator(`input[name="${facet}"][value="${value}"]`);
      await box.evaluate((input) => (input.closest("details").open = true));
      await box.check();
      const expected = registry.codes.filter(fits).length;
      assert.ok(expected > 0 && expected < total);
      assert.equal((await codes(page)).length, expected, facet);
      assert.equal(await text(page, "#count"), `${expected} of ${total} codes`);
      await isAt(page, `index.html?${new URLSearchParams({ [facet]: value })}`);

      await linked.goto(page.url());
      assert.deepEqual(await codes(linked), await codes(page));
      assert.ok(await linked.locator(`input[name="${facet}"][value="${value}"]`).isChecked());
    }
  });

  session.test("options of one filter add results, filters narrow each other", async (open) => {
    const page = await open("index.html?system=filesystem&severity=FATAL&severity=ERROR");
    const fits = (code) => code.system === "filesystem" && ["ERROR", "FATAL"].includes(code.severity);
    assert.deepEqual((await codes(page)).sort(), registry.codes.filter(fits).map((code) => code.code).sort());

    await page.fill("#search", "file");
    await isAt(page, "index.html?q=file&system=filesystem&severity=FATAL&severity=ERROR");
    const linked = await open(place(page));
    assert.deepEqual(await codes(linked), await codes(page));
  });

  session.test("each option shows how many codes it would leave", async (open) => {
    const page = await open("index.html?severity=FATAL");
    const left = registry.codes.filter((code) => code.severity === "FATAL" && code.system === "hyper-bun").length;
    const label = page.locator('label:has(input[value="hyper-bun"])');
    assert.equal(await label.locator(".count").textContent(), `, ${left} ${left === 1 ? "code" : "codes"}`);
    // The other options of the same filter are counted without it.
    const warnings = registry.codes.filter((code) => code.severity === "WARN").length;
    assert.match(await page.locator('label:has(input[value="WARN"]) .count').textContent(), new RegExp(`, ${warnings} codes`));
  });

  session.test("an active filter is shown and can be removed", async (open) => {
    const page = await open("index.html?system=mcp&severity=WARN");
    const names = () => page.$$eval("#chosen button", (buttons) => buttons.map((button) => button.getAttribute("aria-label")));
    assert.deepEqual(await names(), ["Remove filter System: Model Context Protocol", "Remove filter Severity: Warning"]);
    await page.click("#chosen button >> nth=0");
    assert.deepEqual(await names(), ["Remove filter Severity: Warning"]);
    await isAt(page, "index.html?severity=WARN");
    await page.click("#clear");
    assert.deepEqual(await names(), []);
    await isAt(page, "index.html");
    assert.equal((await codes(page)).length, total);
  });

  session.test("filters that leave no results say so, and can be cleared for the search", async (open) => {
    const page = await open("index.html?q=nx-803&severity=FATAL");
    assert.equal(await text(page, "#nothing .what"), "No code matches nx-803 with these filters.");
    await page.click("text=Search without the filters (1)");
    assert.deepEqual(await codes(page), ["NX-803"]);
    await isAt(page, "index.html?q=nx-803");
  });

  session.test("groups without visible codes are hidden", async (open) => {
    const page = await open("index.html?family=filesystem%2FVAL");
    const headings = await page.$$eval("h2, h3", (all) => all.filter((heading) => heading.checkVisibility()).map((heading) => heading.textContent));
    assert.deepEqual(headings, ["MCP Filesystem Server", "VAL Validation Errors"]);
  });

  session.test("an address with nonsense shows everything", async (open) => {
    const page = await open("index.html?system=nowhere&status=1&other=2");
    assert.equal((await codes(page)).length, total);
    await isAt(page, "index.html");
  });
}
