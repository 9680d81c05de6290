// Things going wrong on purpose: the rules in force, and a form for another one.

import { act, remove } from "../api.js";
import { h, iconButton } from "../dom.js";
import { refreshPanel } from "../load.js";
import { complain } from "../overlays/toast.js";
import { openForm } from "../overlays/form_dialog.js";
import { on, store } from "../store.js";

/** What a rule can strike, with the kinds that fit it. */
const TARGETS = ["chat.*", "chat.postMessage", "views.open", "delivery:*", "delivery:event", "socket:envelope"];
const KINDS = [
  "error", "rate_limited", "status", "timeout_before", "timeout_after", "lost_reply", "reset", "slow",
  "truncated_json", "html", "duplicate", "delay", "reorder", "retry_despite_success", "undelivered",
  "same_envelope", "bad_signature", "clock_skew", "old_trigger", "stale_view", "unknown_fields",
  "missing_fields", "giant_text", "hostile_text", "drop_before_ack", "drop_after_ack", "disconnect",
];

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
    { type: "button", class: "button primary", data: { testid: "add-fault" }, on: { click: askForRule } },
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
  const words = [
    nth > 1 && `skips ${nth - 1}`,
    times === 0 ? "strikes every time" : times === 1 ? "strikes once" : `strikes ${times} times`,
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

function askForRule() {
  openForm({
    title: "Add a fault",
    submit: "Add",
    testid: "fault",
    fields: [
      {
        name: "target",
        label: "Where",
        value: TARGETS[0],
        hint: `A method, a pattern or a delivery: ${TARGETS.join(", ")}.`,
      },
      { name: "kind", label: "What", kind: "select", options: KINDS, value: "error" },
      { name: "error", label: "Error", optional: true, hint: "For errors and disconnections, such as fatal_error." },
      { name: "seconds", label: "Seconds", kind: "number", optional: true, hint: "For slow and delayed ones." },
      { name: "times", label: "How often", kind: "number", value: "1", hint: "0 means every time." },
    ],
    send: async ({ target, kind, error, seconds, times }) => {
      const rule = { target, kind, times: Number(times) };
      const more = { ...(error ? { error } : {}), ...(seconds ? { seconds: Number(seconds) } : {}) };
      await act("faults", [{ ...rule, ...more }]);
      await refreshPanel();
    },
  });
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
