// How a text that a reader types is compared with what there is. Nothing here knows of a page.
"use strict";

globalThis.matching = (() => {
  // ---- Spelling, as `find` of the library has it: case and the separators do not count, a minus before a number does.

  const spell = (text) =>
    text.trim().toUpperCase().replace(/(^|:)\s*-(?=\d)/g, "$1\u0000").replace(/[-_\s]/g, "").replaceAll("\u0000", "-");
  const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  /**
   * Tells how well a code fits a query: 0 where it does not, 1 without a query.
   *
   * `codes`, `names` and `others` are its spellings, which are compared as a whole; `first`, `second` and `third` are words, from
   * those that count most.
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
      const holds = (known) => word.length > 2 && known.includes(word);
      const found = code.first.some(begins) ? 40 : code.second.some(begins) ? 12 : code.first.some(holds) ? 10 : code.third.some(begins) ? 4 : 0;
      if (found === 0) {
        return 0;
      }
      points += found;
    }
    return points === 0 ? 0 : points / words.length + state / 10;
  }

  /** Tells whether a text lies in a reserved range: the same prefix, as many digits, a number between the ends. */
  function isReserved(text, first, last) {
    const split = (code) => /^(.*?)(\d+)$/.exec(spell(code)) ?? [];
    const [[, prefix, from], [, , to], [, own, number]] = [first, last, text].map(split);
    return number !== undefined && own === prefix && number.length === from.length && from <= number && number <= to;
  }

  /** Counts the letters to change, add, drop or swap with a neighbour. */
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
