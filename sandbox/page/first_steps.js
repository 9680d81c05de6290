// A small box of things to try first, ticked off as they are done, put away for good when dismissed.

import { h, icon, iconButton } from "./dom.js";
import { on, store } from "./store.js";

/**
 * @typedef {"command"|"button"|"submit"} Deed what was done: a command typed, a button pressed, a modal submitted
 */
/**
 * @typedef {{title: string, how: string, type?: string, done: Partial<Record<Deed, RegExp>>}} Step
 */

/** Suggestions for apps that offer a command of this name. @type {Record<string, Step[]>} */
const BY_COMMAND = {
  "/incident": [
    {
      title: "Declare an incident",
      how: "Type the command, or press Try it.",
      type: "/incident declare Checkout is slow",
      done: { command: /^\/incident declare\b/, submit: /declare/i },
    },
    {
      title: "Acknowledge it",
      how: "Open its channel and press Acknowledge on the card.",
      done: { button: /^acknowledge/i, command: /^\/incident ack\b/ },
    },
    {
      title: "Post an update",
      how: "Press Update, or write it in the incident’s channel.",
      type: "/incident update We found the cause",
      done: { command: /^\/incident update \S/, submit: /update/i },
    },
    {
      title: "Resolve it",
      how: "Press Resolve and say what fixed it.",
      done: { button: /^resolve/i, submit: /resolve/i, command: /^\/incident resolve\b/ },
    },
    {
      title: "Look at its timeline",
      how: "Everything that happened, in order.",
      type: "/incident show",
      done: { command: /^\/incident (?:show|timeline)\b/ },
    },
  ],
};

/** For every other app. @type {Step[]} */
const ANY_APP = [
  {
    title: "Type a command",
    how: "A slash shows the app’s commands.",
    type: "/",
    done: { command: /./ },
  },
  {
    title: "Press a button",
    how: "Buttons the app sent work as they do in Slack.",
    done: { button: /./ },
  },
  {
    title: "Submit a form",
    how: "Modals show the app’s errors at their fields.",
    done: { submit: /./ },
  },
];

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
  on(["workspace"], draw);
  return box;
}

/** @param {Deed} deed @param {string} words */
export function noticed(deed, words) {
  const fresh = steps().filter(
    (step) => !progress.done.includes(step.title) && step.done[deed]?.test(words),
  );
  if (!fresh.length) return;
  progress.done.push(...fresh.map((step) => step.title));
  open = false;
  keep();
}

function steps() {
  const names = store.workspace?.app.commands.map((one) => one.command) ?? [];
  const known = names.find((name) => Object.hasOwn(BY_COMMAND, name));
  return known ? BY_COMMAND[known] : ANY_APP;
}

function keep() {
  localStorage.setItem(REMEMBERED, JSON.stringify(progress));
  draw();
}

function draw() {
  box.hidden = progress.dismissed;
  const all = steps();
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
