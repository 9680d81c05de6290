// One line of the log, and behind it everything the sandbox knows about it.

import { h } from "../dom.js";
import { complain, toast } from "../overlays/toast.js";
import { clockSeconds, toMillis } from "../time.js";
import { detail, duration, headline, isSlow, kindName, trouble } from "./entries.js";

/** @typedef {import("./entries.js").Entry} Entry */

/** @type {Map<number, HTMLElement>} rows are kept, so that what a person has unfolded stays unfolded */
const rows = new Map();

/** @param {Entry} entry @returns {HTMLElement} */
export function entryRow(entry) {
  const known = rows.get(entry.n);
  if (known) return known;
  const row = draw(entry);
  rows.set(entry.n, row);
  return row;
}

/** @param {number} kept */
export function forgetRows(kept) {
  for (const n of rows.keys()) {
    if (rows.size <= kept) return;
    if (!rows.get(n)?.isConnected) rows.delete(n);
  }
}

/** @param {Entry} entry */
function draw(entry) {
  const wrong = trouble(entry);
  const summary = h(
    "summary",
    {},
    h("span", { class: `kind kind-${entry.kind}` }, kindName(entry)),
    h(
      "span",
      { class: "what" },
      headline(entry),
      detail(entry) && h("span", { class: "muted detail" }, detail(entry)),
    ),
    wrong && h("span", { class: "wrong-word" }, wrong),
    h("span", { class: isSlow(entry) ? "ms slow" : "ms" }, duration(entry)),
  );
  const details = h(
    "details",
    { class: wrong || entry.kind === "finding" ? "entry wrong" : "entry" },
    summary,
  );
  details.addEventListener("toggle", () => unfold(details, entry), { once: true });
  return h("li", {}, details);
}

/** @param {HTMLElement} details @param {Entry} entry */
function unfold(details, entry) {
  const json = JSON.stringify(entry, null, 2);
  const copy = h(
    "button",
    { type: "button", class: "row-button", data: { testid: "copy-json" }, on: { click: () => copied(json) } },
    "Copy JSON",
  );
  const at = h("p", { class: "muted entry-head" }, `No. ${entry.n} at ${clockSeconds(toMillis(entry.at))}`, copy);
  const code = h("pre", { tabindex: "0", "aria-label": "The entry as JSON" }, h("code", {}, json));
  details.append(at, code);
}

/** @param {string} json */
async function copied(json) {
  try {
    await navigator.clipboard.writeText(json);
    toast("Copied.");
  } catch {
    complain(Object.assign(new Error("The browser does not let the page copy."), { code: "copy" }));
  }
}
