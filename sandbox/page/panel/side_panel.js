// The side panel: the log of what the sandbox saw, faults, the clock and the settings, one tab each.

import { byId, freshId, h, iconButton } from "../dom.js";
import { refreshJournal, refreshPanel } from "../load.js";
import { clockTab } from "./clock.js";
import { faultsTab } from "./faults.js";
import { drawLog, logTab } from "./log.js";
import { settingsTab } from "./settings.js";

const REMEMBERED = "sandbox.side-panel";
const LAST_TAB = "sandbox.side-panel-tab";
const WIDE = 1100;

/** @type {[string, string, () => HTMLElement][]} */
const TABS = [
  ["log", "Log", logTab],
  ["faults", "Faults", faultsTab],
  ["clock", "Clock", clockTab],
  ["settings", "Settings", settingsTab],
];

/** @type {{name: string, tab: HTMLElement, sheet: HTMLElement}[]} */
let drawn = [];

export function drawSidePanel() {
  const close = iconButton("close", "Close the side panel", toggleSidePanel);
  drawn = TABS.map(([name, label, make]) => draw(name, label, make));
  const tabs = h(
    "div",
    { class: "tabs", role: "tablist", "aria-label": "The sandbox", on: { keydown: walk } },
    ...drawn.map((one) => one.tab),
  );
  byId("side-panel").append(
    h(
      "header",
      { class: "panel-head" },
      h("div", { class: "panel-title" }, h("h2", {}, "What the sandbox saw")),
      close,
    ),
    tabs,
    ...drawn.map((one) => one.sheet),
  );
  byId("side-panel").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) toggleSidePanel();
  });
  choose(localStorage.getItem(LAST_TAB) ?? "log");
  show(localStorage.getItem(REMEMBERED) === "open" && window.innerWidth > WIDE);
}

/** @param {string} name @param {string} label @param {() => HTMLElement} make */
function draw(name, label, make) {
  const id = freshId("tab");
  const tab = h(
    "button",
    {
      type: "button",
      id,
      class: "tab",
      role: "tab",
      "aria-controls": `${id}-sheet`,
      data: { testid: `tab-${name}` },
      on: { click: () => choose(name) },
    },
    label,
  );
  const attributes = { id: `${id}-sheet`, class: "sheet", role: "tabpanel", "aria-labelledby": id };
  return { name, tab, sheet: h("div", attributes, make()) };
}

/** @param {string} wanted */
function choose(wanted) {
  const chosen = drawn.find((one) => one.name === wanted) ?? drawn[0];
  for (const one of drawn) {
    one.sheet.hidden = one !== chosen;
    one.tab.setAttribute("aria-selected", String(one === chosen));
    one.tab.tabIndex = one === chosen ? 0 : -1;
  }
  localStorage.setItem(LAST_TAB, chosen.name);
  if (!byId("side-panel").hidden) fetchWhatIsShown();
}

function fetchWhatIsShown() {
  refreshJournal();
  refreshPanel();
  drawLog();
}

/** @param {KeyboardEvent} event */
function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = drawn.findIndex((one) => one.tab === document.activeElement);
  const next = drawn[(at + step + drawn.length) % drawn.length];
  event.preventDefault();
  choose(next.name);
  next.tab.focus();
}

export function toggleSidePanel() {
  const shown = Boolean(byId("side-panel").hidden);
  localStorage.setItem(REMEMBERED, shown ? "open" : "closed");
  show(shown);
  if (shown) drawn.find((one) => !one.sheet.hidden)?.tab.focus();
  else /** @type {HTMLElement|null} */ (document.querySelector(".panel-toggle"))?.focus();
}

/** @param {boolean} shown */
function show(shown) {
  byId("side-panel").hidden = !shown;
  byId("frame").classList.toggle("with-journal", shown);
  document.querySelector(".panel-toggle")?.setAttribute("aria-expanded", String(shown));
  if (shown) fetchWhatIsShown();
}
