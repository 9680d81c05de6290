// What is pinned to a channel: a list that leads to each message.

import { ask } from "../api.js";
import { h, icon, present } from "../dom.js";
import { moveFocus, openPopup } from "../overlays/popup.js";
import { complain } from "../overlays/toast.js";
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
  const press = () => {
    close();
    revealMessage(ts);
  };
  const row = h("button", { type: "button", class: "menu-item pinned-row", on: { click: press } });
  if (message) row.append(...words(message));
  else fill(row, ts);
  return row;
}

/** @param {import("../types.js").Message} message */
function words({ user, text, thread_ts: thread, ts }) {
  const place = thread && thread !== ts && h("span", { class: "muted" }, "In a thread");
  return present([h("strong", {}, displayName(user)), h("span", {}, readable(text)), place]);
}

/** What is older than the messages shown, or in a thread, is asked for. @param {HTMLElement} row @param {string} ts */
async function fill(row, ts) {
  row.append("A message");
  try {
    const { messages } = await ask("messages", { channel: store.place.id, as: store.me, thread_ts: ts });
    const message = messages.find((/** @type {import("../types.js").Message} */ one) => one.ts === ts);
    if (message) row.replaceChildren(...words(message));
  } catch (refusal) {
    complain(refusal);
  }
}
