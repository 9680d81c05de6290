// A small box of the steps the sandbox's host suggests, ticked off when done, put away for good when dismissed.

import { h, icon, iconButton } from "./dom.js";
import { on, store } from "./store.js";

/**
 * @typedef {"command"|"button"|"submit"|"shortcut"|"home"|"message"} Deed what was done: a command typed, a button pressed, …
 */
/**
 * @typedef {{title: string, how: string, type: string, done: Partial<Record<Deed, string>>}} Step `done` holds patterns
 */

const REMEMBERED = "sandbox.first-steps";

/** @type {{dismissed: boolean, done: string[]}} */
const progress = {
  dismissed: false,
  done: [],
  ...JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}"),
};

const box = h(
  "section",
  {
    class: "first-steps",
    "aria-label": "First steps",
    data: { testid: "first-steps" },
    hidden: true,
  },
);
/** Folded once the round has begun: from then on the conversation is what counts. */
let open = !matchMedia("(max-width: 760px)").matches && !progress.done.length;
/** @type {(text: string) => void} */
let suggest = () => {};

/** @param {(text: string) => void} writes puts words into the message box */
export function firstSteps(writes) {
  suggest = writes;
  on(["tour"], draw);
  return box;
}

/** @param {Deed} deed @param {string} words */
export function noticed(deed, words) {
  const fresh = store.tour.filter(
    (step) => !progress.done.includes(step.title) && fits(step.done[deed], words),
  );
  if (!fresh.length) return;
  progress.done.push(...fresh.map((step) => step.title));
  open = false;
  keep();
}

/** @param {string|undefined} pattern @param {string} words */
const fits = (pattern, words) => pattern !== undefined && new RegExp(pattern, "i").test(words);

function keep() {
  localStorage.setItem(REMEMBERED, JSON.stringify(progress));
  draw();
}

function draw() {
  const all = store.tour;
  box.hidden = progress.dismissed || !all.length;
  const count = all.filter((step) => progress.done.includes(step.title)).length;
  const word = count === all.length ? "That is the whole round. Well done." : `First steps · ${count} of ${all.length}`;
  const fold = h(
    "button",
    { type: "button", class: "steps-fold", "aria-expanded": String(open), on: { click: toggle } },
    icon("chevron"),
    word,
  );
  const dots = h(
    "span",
    { class: "dots", "aria-hidden": "true" },
    ...all.map((step) => h("i", { class: progress.done.includes(step.title) ? "done" : "" })),
  );
  const close = iconButton(
    "close",
    "Dismiss the first steps",
    dismiss,
    { data: { testid: "first-steps-dismiss" } },
  );
  const list = h("ol", { role: "list", hidden: !open }, ...all.map(row));
  box.replaceChildren(h("div", { class: "steps-head" }, fold, dots, close), list);
}

/** @param {Step} step @param {number} at */
function row(step, at) {
  const done = progress.done.includes(step.title);
  const { type } = step;
  const attempt = type && !done && h(
    "button",
    {
      type: "button",
      class: "try",
      "aria-label": `Try it: ${type}`,
      on: { click: () => suggest(type) },
    },
    "Try it",
  );
  return h(
    "li",
    { class: done ? "done" : "" },
    h(
      "span",
      { class: "step-number", "aria-hidden": "true" },
      done ? icon("check") : String(at + 1),
    ),
    h(
      "span",
      {},
      h("strong", {}, step.title, done && h("span", { class: "visually-hidden" }, " (done)")),
      h("span", { class: "muted" }, step.how),
    ),
    attempt,
  );
}

function toggle() {
  open = !open;
  draw();
  /** @type {HTMLElement|null} */ (box.querySelector(".steps-fold"))?.focus();
}

function dismiss() {
  progress.dismissed = true;
  keep();
}
