// The small toolbar that appears over a message: react, reply, pin, and a menu with the rest.

import { h, iconButton } from "../dom.js";
import { noticed } from "../first_steps.js";
import { perform, refreshMessages, refreshThread, refreshWorkspace } from "../load.js";
import { linkTo } from "../navigation.js";
import { confirmed } from "../overlays/confirm.js";
import { menu } from "../overlays/popup.js";
import { complain, toast } from "../overlays/toast.js";
import { store } from "../store.js";
import { startEditing } from "./edit_message.js";
import { chooseReaction } from "./reactions.js";
import { openThread } from "./thread.js";

/** @typedef {import("../types.js").Message} Message */

/** @param {Message} message @param {import("./message.js").Showing} showing */
export function toolbar(message, { channel, inThread }) {
  const react = iconButton(
    "smile",
    "Add reaction",
    () => chooseReaction(react, message, channel),
    { "aria-haspopup": "dialog", data: { tool: "react", actionId: "tool-react" } },
  );
  const reply = iconButton(
    "reply",
    "Reply in thread",
    () => openThread(channel, message.thread_ts ?? message.ts),
    { data: { tool: "reply", actionId: "tool-reply" } },
  );
  const word = message.pinned ? "Unpin message" : "Pin message";
  const pin = iconButton(
    "pin",
    word,
    () => togglePin(message, channel),
    { data: { tool: "pin", actionId: "tool-pin" } },
  );
  const more = iconButton(
    "more",
    "More actions",
    () => menu(more, items(message, channel), "Message actions"),
    { "aria-haspopup": "menu", data: { testid: "message-more", tool: "more", actionId: "tool-more" } },
  );
  return h(
    "div",
    { class: "message-tools", role: "toolbar", "aria-label": "Message actions", on: { keydown: walk } },
    react,
    inThread ? "" : reply,
    pin,
    more,
  );
}

/** Arrow keys go along the toolbar. @param {KeyboardEvent} event */
function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = /** @type {HTMLElement[]} */ ([.../** @type {Element} */ (event.currentTarget).children]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  event.preventDefault();
  all[(at + step + all.length) % all.length].focus();
}

/** @param {Message} message @param {string} channel */
function items(message, channel) {
  const shortcuts = (store.workspace?.app.shortcuts ?? []).filter((one) => one.type === "message");
  return [
    ...shortcuts.map((shortcut) => ({
      label: shortcut.name,
      detail: shortcut.description,
      choose: () => use(shortcut, message, channel),
    })),
    { label: "Copy link", choose: () => copyLink(message, channel) },
    ...(isOwn(message) ? [
      { label: "Edit message", choose: () => startEditing(message.ts) },
      { label: "Delete message", choose: () => remove(message, channel) },
    ] : []),
  ];
}

/** @param {Message} message */
export const isOwn = (message) =>
  message.user === store.me && ["", "thread_broadcast", "me_message"].includes(message.subtype ?? "");

/**
 * @param {{name: string, callback_id: string}} shortcut
 * @param {Message} message
 * @param {string} channel
 */
async function use(shortcut, message, channel) {
  const what = { channel, message_ts: message.ts, callback_id: shortcut.callback_id };
  if (await perform("message_shortcut", what)) noticed("shortcut", shortcut.name);
}

/** @param {Message} message @param {string} channel */
async function copyLink(message, channel) {
  try {
    await navigator.clipboard.writeText(linkTo(channel, message.ts));
    toast("Link copied.");
  } catch {
    complain(Object.assign(new Error("The browser does not let the page copy."), { code: "copy" }));
  }
}

/** @param {Message} message @param {string} channel */
export async function remove(message, channel) {
  const text = (/** @type {string} */ words) => ({ type: "plain_text", text: words });
  const sure = await confirmed({
    title: text("Delete message"),
    text: text("Are you sure you want to delete this message? This cannot be undone."),
    confirm: text("Delete"),
    deny: text("Cancel"),
    style: "danger",
  });
  if (!sure) return;
  await perform("delete", { channel, ts: message.ts });
  await Promise.all([refreshMessages(), refreshThread()]);
}

/** @param {Message} message @param {string} channel */
async function togglePin(message, channel) {
  await perform(message.pinned ? "unpin" : "pin", { channel, ts: message.ts });
  await Promise.all(
    [refreshWorkspace(), store.place.id === channel ? refreshMessages() : undefined, refreshThread()],
  );
}
