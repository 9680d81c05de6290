// The side panel: what the sandbox delivered, what the app called, how long it took, and what is wrong with it.

import { byId, h, iconButton } from "../dom.js";
import { refreshJournal } from "../load.js";
import { on, store } from "../store.js";
import { clockSeconds, toMillis } from "../time.js";
import { detail, duration, headline, isSlow, kindName, trouble } from "./entries.js";

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
const REMEMBERED = "sandbox.side-panel";
const SHOWN = 120;

/** @type {string} */
let filter = "all";
const tabs = h("div", { class: "tabs", role: "group", "aria-label": "Show" });
const list = h("ol", { class: "journal", role: "list" });
const rows = new Map();

export function drawJournal() {
  const close = iconButton("close", "Close the side panel", toggleJournal);
  byId("side-panel").append(
    h(
      "header",
      { class: "panel-head" },
      h("div", { class: "panel-title" }, h("h2", {}, "What the sandbox saw")),
      close,
    ),
    tabs,
    h("div", { class: "scroller", tabindex: "0" }, list),
  );
  on(["journal"], refresh);
  show(localStorage.getItem(REMEMBERED) === "open" && window.innerWidth > 1100);
}

export function toggleJournal() {
  const shown = Boolean(byId("side-panel").hidden);
  localStorage.setItem(REMEMBERED, shown ? "open" : "closed");
  show(shown);
}

/** @param {boolean} shown */
function show(shown) {
  byId("side-panel").hidden = !shown;
  byId("frame").classList.toggle("with-journal", shown);
  document.querySelector(".panel-toggle")?.setAttribute("aria-expanded", String(shown));
  if (shown) refreshJournal();
}

function refresh() {
  if (byId("side-panel").hidden) return;
  tabs.replaceChildren(...FILTERS.map(([name, label]) => tab(name, label)));
  const [, , matches] = FILTERS.find(([name]) => name === filter) ?? FILTERS[0];
  const source = filter === "findings" ? store.findings : store.journal ?? [];
  const wanted = source.filter((entry) => matches(entry.kind)).slice(-SHOWN).reverse();
  if (wanted.length) list.replaceChildren(...wanted.map(row));
  else list.replaceChildren(
    h(
      "li",
      { class: "empty muted" },
      filter === "findings" ? "No findings: everything was as Slack wants it." : "Nothing yet.",
    ),
  );
}

/** @param {string} name @param {string} label */
function tab(name, label) {
  const count = name === "findings" ? store.findings.length : 0;
  const press = () => {
    filter = name;
    refresh();
    /** @type {HTMLElement|null} */ (tabs.querySelector("[aria-pressed=true]"))?.focus();
  };
  return h(
    "button",
    { type: "button", class: "tab", "aria-pressed": String(filter === name), on: { click: press } },
    label,
    count > 0 && h("span", { class: "badge" }, String(count)),
  );
}

/**
 * Rows are kept, so that what a person has unfolded stays unfolded.
 *
 * @param {import("./entries.js").Entry} entry
 */
function row(entry) {
  if (!rows.has(entry.n)) rows.set(entry.n, draw(entry));
  if (rows.size > 2 * SHOWN) rows.delete(rows.keys().next().value);
  return rows.get(entry.n);
}

/** @param {import("./entries.js").Entry} entry */
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

/** @param {HTMLElement} details @param {import("./entries.js").Entry} entry */
function unfold(details, entry) {
  const at = h("p", { class: "muted" }, `No. ${entry.n} at ${clockSeconds(toMillis(entry.at))}`);
  details.append(at, h("pre", { tabindex: "0" }, h("code", {}, JSON.stringify(entry, null, 2))));
}
