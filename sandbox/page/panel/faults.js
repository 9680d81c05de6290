// Things going wrong on purpose: the rules in force, and a form for another one.

import { remove } from "../api.js";
import { h, iconButton } from "../dom.js";
import { refreshPanel } from "../load.js";
import { complain } from "../overlays/toast.js";
import { on, store } from "../store.js";
import { askForFault } from "./fault_form.js";

const list = h("ul", { class: "faults", role: "list", data: { testid: "faults" } });
const clear = h(
  "button",
  { type: "button", class: "button", data: { testid: "clear-faults" }, on: { click: () => removed("faults") } },
  "Clear all",
);

export function faultsTab() {
  on(["panel"], draw);
  const add = h(
    "button",
    { type: "button", class: "button primary", data: { testid: "add-fault" }, on: { click: askForFault } },
    "Add a fault",
  );
  const words = h(
    "p",
    { class: "muted" },
    "A fault makes a call or a delivery go wrong, as it sometimes does with Slack.",
  );
  return h("div", { class: "tab-body" }, words, list, h("div", { class: "tab-buttons" }, add, clear));
}

function draw() {
  const rules = store.panel?.faults ?? [];
  clear.hidden = !rules.length;
  const none = h("li", { class: "muted" }, "No faults: everything works.");
  list.replaceChildren(...(rules.length ? rules.map(row) : [none]));
}

/** @param {Record<string, any>} rule */
function row(rule) {
  const { id, target, kind, seen = 0, fired = 0, nth = 1, times = 1 } = rule;
  const { probability = 1, from_second = 0, to_second = 0 } = rule;
  const words = [
    nth > 1 && `skips ${nth - 1}`,
    times === 0 ? "strikes every time" : times === 1 ? "strikes once" : `strikes ${times} times`,
    probability < 1 && `${Math.round(probability * 100)} % of the times`,
    (from_second || to_second) && `from second ${from_second} ${to_second ? `to ${to_second}` : "on"}`,
    `struck ${fired} of ${seen}`,
  ];
  const name = `${String(kind).replaceAll("_", " ")} at ${target}`;
  return h(
    "li",
    { class: "fault list-row" },
    h(
      "span",
      { class: "list-words" },
      h("strong", {}, String(kind).replaceAll("_", " ")),
      " ",
      h("code", {}, target),
      h("span", { class: "muted detail" }, words.filter(Boolean).join(" · ")),
    ),
    iconButton("close", `Remove the fault ${name}`, () => removed(`faults/${encodeURIComponent(id)}`)),
  );
}

/** @param {string} path */
async function removed(path) {
  try {
    await remove(path);
  } catch (refusal) {
    complain(refusal);
  }
  await refreshPanel();
}
