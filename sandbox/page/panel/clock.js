// The sandbox's clock in the top bar; where it is virtual, a way to move it on.

import { act } from "../api.js";
import { h, icon } from "../dom.js";
import { refreshWorkspace } from "../load.js";
import { openPopup } from "../overlays/popup.js";
import { complain } from "../overlays/toast.js";
import { on, store } from "../store.js";
import { clockSeconds, clockTime, fullTime, now } from "../time.js";

/** The stops of the slider: how far, and how it is called. */
const STOPS = /** @type {const} */ ([
  [1, "1 second"],
  [5, "5 seconds"],
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
const TICK = 1000;

const face = h("span", { class: "clock-face" });
const mode = h("span", { class: "clock-mode" }, "virtual");
const button = /** @type {HTMLButtonElement} */ (
  h(
    "button",
    { type: "button", class: "clock", data: { testid: "clock" }, on: { click: () => open() } },
    icon("clock"),
    face,
    mode,
  )
);

export function clockView() {
  on(["workspace"], tick);
  setInterval(tick, TICK);
  return button;
}

function tick() {
  if (!store.workspace) return;
  const virtual = store.workspace.clock.mode === "virtual";
  face.textContent = virtual ? clockSeconds(now()) : clockTime(now());
  mode.hidden = !virtual;
  button.disabled = !virtual;
  button.title = virtual ? "The clock stands still until it is moved" : fullTime(now());
  button.setAttribute("aria-label", `The sandbox’s clock: ${fullTime(now())}`);
}

function open() {
  const range = { type: "range", min: "0", max: STOPS.length - 1, step: "1" };
  const slider = /** @type {HTMLInputElement} */ (
    h("input", { ...range, "aria-label": "How far to move the clock" })
  );
  slider.value = "3";
  const word = h("output", { class: "clock-step" });
  const show = () => {
    word.textContent = STOPS[Number(slider.value)][1];
    slider.setAttribute("aria-valuetext", word.textContent);
  };
  slider.addEventListener("input", show);
  const press = () => advance(STOPS[Number(slider.value)][0]);
  const go = h(
    "button",
    {
      type: "button",
      class: "button primary",
      data: { testid: "clock-advance" },
      on: { click: press },
    },
    "Move on",
  );
  show();
  openPopup(
    button,
    h("div", { class: "clock-popup" }, h("h2", {}, "Move the clock"), slider, word, go),
  );
  slider.focus();
}

/** @param {number} seconds */
async function advance(seconds) {
  try {
    await act("clock/advance", { seconds });
  } catch (refusal) {
    complain(refusal);
  }
  await refreshWorkspace();
}
