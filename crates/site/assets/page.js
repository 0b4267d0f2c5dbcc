// Runs on every page: the theme, the copy buttons and the key for the search. It loads nothing.
"use strict";

(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ---- Theme: that of the system, unless the reader chooses the other one.

  const THEME = "mcp-error-codes-theme";
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  // A browser may refuse storage, for example for a page that is opened from disk. The choice then only lasts for this page.
  function keptTheme() {
    try {
      const theme = localStorage.getItem(THEME);
      return theme === "dark" || theme === "light" ? theme : null;
    } catch {
      return null;
    }
  }

  function keepTheme(theme) {
    try {
      theme === null ? localStorage.removeItem(THEME) : localStorage.setItem(THEME, theme);
    } catch {
      // The browser may refuse this too.
    }
  }

  function showTheme(theme) {
    theme === null ? delete document.documentElement.dataset.theme : (document.documentElement.dataset.theme = theme);
    const isDark = theme === null ? systemIsDark.matches : theme === "dark";
    one("button.theme")?.setAttribute("aria-checked", String(isDark));
    return isDark;
  }

  function startTheme() {
    const button = one("button.theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      const isDark = button.getAttribute("aria-checked") !== "true";
      const theme = isDark === systemIsDark.matches ? null : isDark ? "dark" : "light";
      keepTheme(theme);
      showTheme(theme);
    });
    const again = () => showTheme(keptTheme());
    systemIsDark.addEventListener("change", again);
    // Another page of the site has changed the theme, or the reader has returned to this page.
    addEventListener("storage", again);
    addEventListener("pageshow", (event) => event.persisted && again());
    showTheme(document.documentElement.dataset.theme ?? null);
  }

  // ---- Copy buttons.

  function startCopying() {
    const blocks = all(".block");
    if (blocks.length === 0) {
      return;
    }
    const status = document.createElement("div");
    status.role = "status";
    status.className = "unseen";
    document.body.append(status);
    for (const block of blocks) {
      const [button, text] = [one("button", block), one("pre", block)];
      const label = one("[aria-hidden]", button);
      button.hidden = false;
      button.addEventListener("click", async () => {
        const isCopied = await copy(text);
        label.textContent = isCopied ? "Copied" : "Press Ctrl+C";
        status.textContent = isCopied ? "Copied" : "Selected. Press Ctrl+C to copy.";
        setTimeout(() => {
          label.textContent = "Copy";
          status.textContent = "";
        }, 2000);
      });
    }
  }

  /** Copies the text of an element. If the browser does not allow it, selects the text and returns false. */
  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(element);
      return document.execCommand("copy");
    }
  }

  // ---- Start.

  showTheme(keptTheme());
  document.addEventListener("DOMContentLoaded", () => {
    startTheme();
    startCopying();
    all("form.quick").forEach((quick) => (quick.hidden = false));
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping) {
        event.preventDefault();
        one("#search")?.focus();
        one("#search")?.select();
      }
    });
  });
})();
