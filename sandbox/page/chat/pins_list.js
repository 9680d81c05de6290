// What is pinned to a channel: a list that leads to each message.

import { h, icon } from "../dom.js";
import { moveFocus, openPopup } from "../overlays/popup.js";
import { displayName } from "../people.js";
import { store } from "../store.js";
import { revealMessage } from "./message_list.js";
import { readable } from "./typed_text.js";

/** @param {import("../types.js").Channel} channel */
export function pinsButton(channel) {
  if (!channel.pins?.length) return "";
  const label = `${channel.pins.length} pinned`;
  const show = () => {
    const list = h(
      "div",
      { class: "card-list", role: "dialog", "aria-label": "Pinned messages", data: { testid: "pins" } },
      h("h2", {}, "Pinned messages"),
      ...channel.pins.map((ts) => pinned(ts, () => list.hidePopover())),
    );
    list.addEventListener("keydown", (event) => moveFocus(list, event));
    openPopup(button, list);
    list.querySelector("button")?.focus();
  };
  const button = h(
    "button",
    {
      type: "button",
      class: "pins-button",
      "aria-haspopup": "dialog",
      data: { testid: "pins-button", focusKey: "pins" },
      on: { click: show },
    },
    icon("pin"),
    label,
  );
  return button;
}

/** @param {string} ts @param {() => void} close */
function pinned(ts, close) {
  const message = store.messages.find((one) => one.ts === ts);
  const words = message
    ? [h("strong", {}, displayName(message.user)), h("span", {}, readable(message.text))]
    : ["A message in a thread"];
  const press = () => {
    close();
    revealMessage(ts);
  };
  return h(
    "button",
    { type: "button", class: "menu-item pinned-row", on: { click: press } },
    ...words,
  );
}
