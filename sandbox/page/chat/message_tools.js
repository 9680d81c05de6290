// The small toolbar that appears over a message: react, reply, pin.

import { h, iconButton } from "../dom.js";
import { perform, refreshMessages, refreshWorkspace } from "../load.js";
import { store } from "../store.js";
import { openThread } from "./thread.js";
import { chooseReaction } from "./reactions.js";

/** @param {import("../types.js").Message} message @param {import("./message.js").Showing} showing */
export function toolbar(message, { channel, inThread }) {
  const react = iconButton("smile", "Add reaction", () => chooseReaction(react, message, channel), { "aria-haspopup": "dialog" });
  const reply = iconButton("reply", "Reply in thread", () => openThread(channel, message.thread_ts ?? message.ts));
  const word = message.pinned ? "Unpin message" : "Pin message";
  const pin = iconButton("pin", word, () => togglePin(message, channel));
  return h("div", { class: "message-tools", role: "toolbar", "aria-label": "Message actions" }, react, inThread ? "" : reply, pin);
}

/** @param {import("../types.js").Message} message @param {string} channel */
async function togglePin(message, channel) {
  await perform(message.pinned ? "unpin" : "pin", { channel, ts: message.ts });
  await Promise.all([refreshWorkspace(), store.place.id === channel ? refreshMessages() : undefined]);
}
