// The small toolbar that appears over a message: react, reply, pin.

import { h, iconButton } from "../dom.js";
import { perform, refreshMessages, refreshWorkspace } from "../load.js";
import { menu } from "../overlays/popup.js";
import { store } from "../store.js";
import { openThread } from "./thread.js";
import { chooseReaction } from "./reactions.js";

/**
 * @param {import("../types.js").Message} message
 * @param {import("./message.js").Showing} showing
 */
export function toolbar(message, { channel, inThread }) {
  const react = iconButton(
    "smile",
    "Add reaction",
    () => chooseReaction(react, message, channel),
    { "aria-haspopup": "dialog" },
  );
  const reply = iconButton(
    "reply",
    "Reply in thread",
    () => openThread(channel, message.thread_ts ?? message.ts),
  );
  const word = message.pinned ? "Unpin message" : "Pin message";
  const pin = iconButton("pin", word, () => togglePin(message, channel));
  const more = shortcuts().length ? moreButton(message, channel) : "";
  return h(
    "div",
    { class: "message-tools", role: "toolbar", "aria-label": "Message actions" },
    react,
    inThread ? "" : reply,
    pin,
    more,
  );
}

const shortcuts = () => (store.workspace?.app.shortcuts ?? []).filter(
  (shortcut) => shortcut.type === "message",
);

/** @param {import("../types.js").Message} message @param {string} channel */
function moreButton(message, channel) {
  const items = () => shortcuts().map((shortcut) => ({
    label: shortcut.name,
    detail: shortcut.description,
    choose: () => perform(
      "message_shortcut",
      { channel, message_ts: message.ts, callback_id: shortcut.callback_id },
    ),
  }));
  const button = iconButton(
    "more",
    "More message shortcuts",
    () => menu(button, items(), "Message shortcuts"),
    { "aria-haspopup": "menu", data: { testid: "message-more" } },
  );
  return button;
}

/** @param {import("../types.js").Message} message @param {string} channel */
async function togglePin(message, channel) {
  await perform(message.pinned ? "unpin" : "pin", { channel, ts: message.ts });
  await Promise.all(
    [refreshWorkspace(), store.place.id === channel ? refreshMessages() : undefined],
  );
}
