// The log: what the sandbox delivered, what the app called, how long it took, and what is wrong with it.

import { byId, h } from "../dom.js";
import { on, store } from "../store.js";
import { headline } from "./entries.js";
import { entryRow, forgetRows } from "./entry_row.js";

const FILTERS = /** @type {const} */ ([
  ["all", "All", () => true],
  [
    "deliveries",
    "Deliveries",
    (/** @type {string} */ kind) => kind === "delivery" || kind === "ack",
  ],
  ["calls", "API calls", (/** @type {string} */ kind) => kind === "api_call"],
  ["findings", "Findings", (/** @type {string} */ kind) => kind === "finding"],
]);
const SHOWN = 120;

/** @type {string} */
let filter = "all";
let due = false;
const chips = h("div", { class: "chips", role: "group", "aria-label": "Show" });
const list = h("ol", { class: "journal", role: "list", data: { testid: "log" } });
const search = /** @type {HTMLInputElement} */ (
  h("input", {
    type: "search",
    class: "text-field log-search",
    placeholder: "Search the log",
    "aria-label": "Search the log",
    data: { testid: "log-search" },
    on: { input: () => drawLog() },
  })
);

export function logTab() {
  on(["journal"], drawSoon);
  return h(
    "div",
    { class: "log" },
    h("div", { class: "log-tools" }, chips, search),
    h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "The log" }, list),
  );
}

/** Entries arrive in flurries; one drawing for each would be waste. */
function drawSoon() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    drawLog();
  });
}

export function drawLog() {
  if (byId("side-panel").hidden) return;
  const focused = chips.contains(document.activeElement);
  chips.replaceChildren(...FILTERS.map(([name, label]) => chip(name, label)));
  if (focused) /** @type {HTMLElement|null} */ (chips.querySelector("[aria-pressed=true]"))?.focus();
  const wanted = found();
  if (wanted.length) list.replaceChildren(...wanted.map(entryRow));
  else list.replaceChildren(h("li", { class: "empty muted" }, nothing()));
  forgetRows(2 * SHOWN);
}

function found() {
  const [, , matches] = FILTERS.find(([name]) => name === filter) ?? FILTERS[0];
  const source = filter === "findings" ? store.findings : store.journal ?? [];
  const words = search.value.trim().toLowerCase();
  const wanted = source.filter((entry) => matches(entry.kind) && speaksOf(entry, words));
  return wanted.slice(-SHOWN).reverse();
}

/** @param {import("../types.js").Entry} entry @param {string} words */
function speaksOf(entry, words) {
  if (!words) return true;
  return `${headline(entry)} ${JSON.stringify(entry)}`.toLowerCase().includes(words);
}

function nothing() {
  if (search.value.trim()) return "Nothing in the log speaks of that.";
  return filter === "findings" ? "No findings: everything was as Slack wants it." : "Nothing yet.";
}

/** @param {string} name @param {string} label */
function chip(name, label) {
  const count = name === "findings" ? store.findings.length : 0;
  const press = () => {
    filter = name;
    drawLog();
  };
  return h(
    "button",
    {
      type: "button",
      class: "log-chip",
      "aria-pressed": String(filter === name),
      data: { testid: `filter-${name}` },
      on: { click: press },
    },
    label,
    count > 0 && h("span", { class: "badge" }, String(count)),
  );
}
