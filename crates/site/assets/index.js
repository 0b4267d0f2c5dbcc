// The index: search, filters and keyboard. The search and the filters are kept in the address, so a view can be linked.
"use strict";

(() => {
  const { distance, isReserved, score, spell, wordsOf } = globalThis.matching;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  /** Returns an element with attributes and content: elements and text. */
  function make(tag, attributes, ...contents) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...contents);
    return element;
  }

  const form = one("#controls");
  const search = one("#search");
  const rows = all(".row").map(readRow);
  const facets = all("fieldset", form).map((field) => ({ name: field.dataset.facet, field, boxes: all("input", field) }));
  const results = one("#results");
  const nothing = one("#nothing");
  const reserved = globalThis.searchTexts?.reserved ?? [];
  let shown = rows;

  function readRow(element) {
    const text = (selector) => one(selector, element).textContent;
    const [code, title] = [text(".code"), text(".title")];
    const [full, name, ...others] = element.dataset.keys.split("\n");
    return {
      element,
      home: element.parentNode,
      link: one(".open", element),
      codes: [code, full].map(spell),
      names: [name, title].map(spell),
      others: others.map(spell),
      first: wordsOf(`${code} ${name} ${title} ${others.join(" ")}`),
      second: wordsOf(`${text(".summary")} ${text(".of-system")}`),
      third: globalThis.searchTexts?.words[element.id]?.split(" ") ?? [],
      isDeprecated: element.dataset.state === "deprecated",
    };
  }

  const chosen = (facet) => facet.boxes.filter((box) => box.checked).map((box) => box.value);
  const passes = (row, choices, except) =>
    choices.every(([name, values]) => name === except || values.length === 0 || values.includes(row.element.dataset[name]));

  /** Shows the result of the search and the filters, and updates the address. */
  function update() {
    show();
    keepAddress();
  }

  function show() {
    const query = search.value.trim();
    const choices = facets.map((facet) => [facet.name, chosen(facet)]);
    const found = rows.map((row) => [row, score(row, query)]).filter(([, points]) => points > 0);
    const isFiltered = choices.some(([, values]) => values.length > 0);
    shown = found.filter(([row]) => passes(row, choices));
    // The sort is stable, so equal rows stay in the order of the index.
    shown = shown.sort(([, a], [, b]) => b - a).map(([row]) => row);

    place(query !== "");
    for (const facet of facets) {
      count(facet, found.map(([row]) => row).filter((row) => passes(row, choices, facet.name)), choices);
    }
    const total = `${rows.length} code${rows.length === 1 ? "" : "s"}`;
    const isWhole = shown.length === rows.length;
    one("#count").textContent = isWhole ? total : `${shown.length} of ${total}${query && shown.length > 1 ? ", best match first" : ""}`;
    showChosen();
    one("#clear").hidden = !isFiltered;
    one(".filters > summary .chosen").textContent = isFiltered ? choices.flatMap(([, values]) => values).length : "";
    nothing.hidden = shown.length > 0;
    nothing.replaceChildren(...(shown.length > 0 ? [] : explainNothing(query, isFiltered, found.length)));
  }

  /** Moves the rows to their families, or to the results of a search. */
  function place(isSearch) {
    const visible = new Set(shown);
    rows.forEach((row) => (row.element.hidden = !visible.has(row)));
    if (isSearch) {
      one("ol", results).append(...shown.map((row) => row.element));
    } else {
      rows.forEach((row) => row.home.append(row.element));
    }
    results.hidden = !isSearch || shown.length === 0;
    for (const group of [...all("section.family"), ...all("section.system")]) {
      group.hidden = isSearch || !one(".row:not([hidden])", group);
    }
  }

  /** Shows how many codes each option of a filter would leave. */
  function count(facet, candidates, choices) {
    const systems = choices.find(([name]) => name === "system")[1];
    for (const box of facet.boxes) {
      const label = box.closest("label");
      const number = candidates.filter((row) => row.element.dataset[facet.name] === box.value).length;
      const isElsewhere = facet.name === "family" && systems.length > 0 && !systems.includes(box.value.split("/")[0]);
      label.hidden = isElsewhere && !box.checked;
      label.classList.toggle("none", number === 0);
      one(".count", label).childNodes[1].textContent = number;
      one(".count", label).lastChild.textContent = number === 1 ? " code" : " codes";
    }
    one(".chosen", facet.field.parentNode).textContent = chosen(facet).length || "";
  }

  function showChosen() {
    const list = one("#chosen");
    const chips = facets.flatMap((facet) => facet.boxes.filter((box) => box.checked).map((box) => chip(facet, box)));
    list.replaceChildren(...chips);
    list.parentNode.hidden = false;
  }

  function chip(facet, box) {
    const text = one(".label", box.closest("label")).firstChild.textContent.trim();
    const name = one("legend", facet.field).textContent;
    const button = make("button", { type: "button", "aria-label": `Remove filter ${name}: ${text}` }, text);
    button.addEventListener("click", () => {
      const place = all("#chosen button").indexOf(button);
      box.checked = false;
      update();
      const left = all("#chosen button");
      (left[Math.min(place, left.length - 1)] ?? search).focus();
    });
    return make("li", {}, button);
  }

  /** Explains why nothing is found, and what to do. */
  function explainNothing(query, isFiltered, without) {
    const quoted = make("strong", {}, query.length > 80 ? `${query.slice(0, 80)}…` : query);
    const parts = [query ? make("p", { class: "what" }, "No code matches ", quoted, isFiltered ? " with these filters." : ".")
      : make("p", { class: "what" }, "No code matches all of these filters.")];
    const range = reserved.find(([, first, last]) => isReserved(query, first, last));
    if (range) {
      parts.push(make("p", {}, `${range[0]} reserves ${range[1]} to ${range[2]} and has not assigned it.`));
    }
    const near = without === 0 && query ? nearest(query) : [];
    if (near.length > 0) {
      const links = near.map((row) => {
        const [code, title] = [one(".code", row.element).textContent, one(".title", row.element).textContent];
        return make("li", {}, make("a", { href: row.link.getAttribute("href") }, make("code", { class: "code" }, code), ` ${title}`));
      });
      parts.push(make("p", {}, "Did you mean"), make("ul", {}, ...links));
    }
    const button = (text, action) => {
      const element = make("button", { type: "button" }, text);
      element.addEventListener("click", () => {
        action();
        update();
        search.focus();
      });
      return element;
    };
    if (isFiltered) {
      parts.push(button(query && without > 0 ? `Search without the filters (${without})` : "Clear the filters", clearFilters));
    }
    if (query && !without) {
      parts.push(button("Clear the search", () => (search.value = "")));
      parts.push(make("p", { class: "note" }, "The search looks at codes, numbers, names and titles first, then at the text of the pages."));
    }
    return parts;
  }

  function nearest(query) {
    const wanted = spell(query);
    if (wanted.length < 2 || wanted.length > 80) {
      return [];
    }
    const farthest = Math.max(1, Math.floor(wanted.length / 4));
    const far = (row) => Math.min(...[...row.codes, ...row.names, ...row.others].map((key) => distance(wanted, key)));
    return rows.map((row) => [row, far(row)]).filter(([, d]) => d <= farthest).sort(([, a], [, b]) => a - b).slice(0, 3).map(([row]) => row);
  }

  function clearFilters() {
    facets.forEach((facet) => facet.boxes.forEach((box) => (box.checked = false)));
  }

  // ---- The address: `?q=..&system=..&severity=..` and `#fs-001`, which are independent of each other.

  function keepAddress() {
    const query = search.value.trim();
    const parameters = new URLSearchParams(query ? { q: query } : {});
    facets.forEach((facet) => chosen(facet).forEach((value) => parameters.append(facet.name, value)));
    const text = parameters.toString();
    const target = rowOfAddress();
    const hash = target && target.element.hidden ? "" : location.hash;
    const address = `${location.pathname}${text ? `?${text}` : ""}${hash}`;
    try {
      if (address !== location.pathname + location.search + location.hash) {
        history.replaceState(history.state, "", address);
      }
    } catch {
      // A browser may refuse to change the address of a page that is opened from disk, or if it changes too often. Only the link is
      // lost.
    }
  }

  function readAddress() {
    const parameters = new URLSearchParams(location.search);
    search.value = parameters.get("q") ?? "";
    for (const facet of facets) {
      const values = parameters.getAll(facet.name);
      facet.boxes.forEach((box) => (box.checked = values.includes(box.value)));
      facet.field.parentNode.open ||= values.length > 0;
    }
  }

  function textOfAddress() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return location.hash.slice(1);
    }
  }

  const rowOfAddress = () => rows.find((row) => row.element.id === textOfAddress().toLowerCase());

  /** Shows the code that the address names, even if it is filtered out. Searches for an unknown code. */
  function goToAddress() {
    const [text, row] = [textOfAddress(), rowOfAddress()];
    if (row?.element.hidden) {
      clearFilters();
      search.value = "";
      show();
    } else if (text && !row && !document.getElementById(text)) {
      clearFilters();
      search.value = text;
      show();
    }
    all(".aimed").forEach((element) => element.classList.remove("aimed"));
    row?.element.classList.add("aimed");
    row?.element.scrollIntoView({ block: "center" });
    keepAddress();
  }

  // ---- Keyboard.

  function move(event) {
    const at = shown.findIndex((row) => row.link === document.activeElement);
    if (at < 0 && document.activeElement !== search) {
      return;
    }
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    next < 0 ? search.focus() : shown[Math.min(next, shown.length - 1)]?.link.focus();
  }

  function clear(event) {
    const isSearching = document.activeElement === search;
    if (search.value !== "") {
      search.value = "";
    } else if (one("#chosen li")) {
      clearFilters();
    } else {
      isSearching && search.blur();
      return;
    }
    event.preventDefault();
    update();
    search.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(event);
    } else if (event.key === "Escape") {
      clear(event);
    }
  });

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (search.value.trim() !== "") {
      shown[0]?.link.click();
    }
  });
  one("#clear").addEventListener("click", () => {
    clearFilters();
    update();
    search.focus();
  });
  addEventListener("hashchange", goToAddress);
  addEventListener("popstate", () => {
    readAddress();
    show();
  });

  // There is space for the filters beside the list.
  const isWide = matchMedia("(min-width: 60rem)");
  const fold = () => (one(".filters").open = isWide.matches);
  isWide.addEventListener("change", fold);
  fold();

  form.hidden = false;
  readAddress();
  show();
  goToAddress();
})();
