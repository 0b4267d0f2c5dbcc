// Compares the text of a search with codes. This file does not use the page.
"use strict";

globalThis.matching = (() => {
  // ---- Spelling, as in `find` of the library: case and separators are ignored, except for a minus before a number.

  const spell = (text) =>
    text.trim().toUpperCase().replace(/(^|:)\s*-(?=\d)/g, "$1\u0000").replace(/[-_\s]/g, "").replaceAll("\u0000", "-");
  const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  /**
   * Returns how well a code matches a query: 0 if it does not match, 1 if the query is empty.
   *
   * `codes`, `names` and `others` are spellings, which are compared as a whole. `first`, `second` and `third` are words with
   * decreasing weight.
   */
  function score(code, query) {
    if (query === "") {
      return 1;
    }
    const wanted = spell(query);
    const groups = [code.codes, code.names, code.others];
    const best = (fits, points) => points[groups.findIndex((keys) => keys.some(fits))] ?? 0;
    const state = code.isDeprecated ? 1 : 2;
    const asName =
      best((key) => key === wanted, [1000, 950, 900]) ||
      best((key) => wanted !== "" && key.startsWith(wanted), [800, 750, 700]) ||
      best((key) => wanted.length > 2 && key.includes(wanted), [600, 550, 500]);
    if (asName > 0) {
      return asName + state;
    }
    const words = wordsOf(query);
    let points = 0;
    for (const word of words) {
      const begins = (known) => known.startsWith(word);
      const contains = (known) => word.length > 2 && known.includes(word);
      const found = code.first.some(begins) ? 40 : code.second.some(begins) ? 12 : code.first.some(contains) ? 10 : code.third.some(begins) ? 4 : 0;
      if (found === 0) {
        return 0;
      }
      points += found;
    }
    return points === 0 ? 0 : points / words.length + state / 10;
  }

  /** Returns whether a text is in a reserved range: the same prefix, the same number of digits and a number in the range. */
  function isReserved(text, first, last) {
    const split = (code) => /^(.*?)(\d+)$/.exec(spell(code)) ?? [];
    const [[, prefix, from], [, , to], [, own, number]] = [first, last, text].map(split);
    return number !== undefined && own === prefix && number.length === from.length && from <= number && number <= to;
  }

  /** Returns the number of letters to change, add, remove or swap with a neighbour. */
  function distance(a, b) {
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
    for (let i = 0; i < a.length; i += 1) {
      const current = [i + 1];
      for (let j = 0; j < b.length; j += 1) {
        const isSwapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
        const swapped = isSwapped ? before[j - 1] + 1 : Infinity;
        current.push(Math.min(last[j] + (a[i] !== b[j]), last[j + 1] + 1, current[j] + 1, swapped));
      }
      [before, last] = [last, current];
    }
    return last[b.length];
  }

  return { distance, isReserved, score, spell, wordsOf };
})();
