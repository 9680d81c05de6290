// The sandbox's clock: its face in the top bar, and the ways to move it on, there and in the side panel.

import { act } from "../api.js";
import { h, icon } from "../dom.js";
import { refreshMessages, refreshWorkspace } from "../load.js";
import { openPopup } from "../overlays/popup.js";
import { complain } from "../overlays/toast.js";
import { on, store } from "../store.js";
import { clockSeconds, clockTime, fullTime, isAhead, now } from "../time.js";

/** The stops of the slider: how far, and how it is called. */
const STOPS = /** @type {const} */ ([
  [1, "1 second"],
  [3, "3 seconds"],
  [10, "10 seconds"],
  [30, "30 seconds"],
  [60, "1 minute"],
  [300, "5 minutes"],
  [900, "15 minutes"],
  [1800, "30 minutes"],
  [3600, "1 hour"],
  [14_400, "4 hours"],
  [43_200, "12 hours"],
  [86_400, "1 day"],
  [604_800, "1 week"],
]);
/** What Slack's own deadlines are made of: acks and triggers, event retries, response URLs. */
const BUTTONS = [3, 60, 300, 1800, 3600];
const TICK = 1000;

const face = h("span", { class: "clock-face" });
const mode = h("span", { class: "clock-mode" }, "virtual");
const button = h(
  "button",
  {
    type: "button",
    class: "clock",
    "aria-haspopup": "dialog",
    data: { testid: "clock" },
    on: { click: () => open() },
  },
  icon("clock"),
  face,
  mode,
);
const bigFace = h("p", { class: "big-clock", data: { testid: "big-clock" } });
const explanation = h("p", { class: "muted" });

export function clockView() {
  on(["workspace"], tick);
  setInterval(tick, TICK);
  return button;
}

const isVirtual = () => store.workspace?.clock.mode === "virtual";

function tick() {
  if (!store.workspace) return;
  face.textContent = isVirtual() ? clockSeconds(now()) : clockTime(now());
  mode.hidden = !isVirtual();
  button.title = fullTime(now());
  button.setAttribute("aria-label", `The sandbox’s clock: ${fullTime(now())}`);
  bigFace.textContent = fullTime(now());
  explanation.textContent = describe();
}

function describe() {
  if (isVirtual()) return "A virtual clock: it stands still until it is moved on.";
  if (isAhead()) return "It is ahead of this machine’s clock, and of the app’s; a reset leaves it so.";
  return "It runs with this machine’s clock, and can be moved ahead of it.";
}

export function clockTab() {
  return h("div", { class: "tab-body" }, bigFace, explanation, ...controls());
}

/** A slider with many stops, and buttons for those that matter most. */
function controls() {
  const range = { type: "range", min: "0", max: STOPS.length - 1, step: "1" };
  const slider = /** @type {HTMLInputElement} */ (
    h("input", { ...range, "aria-label": "How far to move the clock", set: { value: "4" } })
  );
  const word = h("output", { class: "clock-step" });
  const show = () => {
    word.textContent = STOPS[Number(slider.value)][1];
    slider.setAttribute("aria-valuetext", word.textContent);
  };
  slider.addEventListener("input", show);
  show();
  const go = h(
    "button",
    {
      type: "button",
      class: "button primary",
      data: { testid: "clock-advance" },
      on: { click: () => advance(STOPS[Number(slider.value)][0]) },
    },
    "Move on",
  );
  const quick = STOPS.filter(([seconds]) => BUTTONS.includes(seconds)).map(([seconds, label]) => h(
    "button",
    { type: "button", class: "row-button", on: { click: () => advance(seconds) } },
    `+ ${label}`,
  ));
  return [
    h("div", { class: "quick-steps", role: "group", "aria-label": "Move the clock by" }, ...quick),
    h("div", { class: "clock-slider" }, slider, word, go),
  ];
}

function open() {
  const label = "Move the clock";
  const popup = h(
    "div",
    { class: "clock-popup", role: "dialog", "aria-label": label, data: { testid: "clock-popup" } },
    h("h2", {}, label),
    ...controls(),
  );
  openPopup(button, popup);
  popup.querySelector("button")?.focus();
}

/** @param {number} seconds */
async function advance(seconds) {
  try {
    await act("clock/advance", { seconds });
  } catch (refusal) {
    complain(refusal);
  }
  await Promise.all([refreshWorkspace(), refreshMessages()]);
}
