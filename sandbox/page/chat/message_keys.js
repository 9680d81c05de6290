// Reading and answering without a mouse: arrows go from message to message, letters do what the toolbar does.

import { isOwn, remove } from "./message_tools.js";
import { startEditing } from "./edit_message.js";

/** @typedef {import("../types.js").Message} Message */

/** What a letter means for the message that has the focus; Slack uses the same ones. */
const TOOLS = /** @type {Record<string, string>} */ ({ r: "react", t: "reply", p: "pin", m: "more" });

/**
 * @param {HTMLElement} scroller
 * @param {() => {messages: Message[], channel: string}} shown
 */
export function watchKeys(scroller, shown) {
  scroller.addEventListener("keydown", (event) => {
    const focused = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (focused !== scroller && !focused.matches("[data-ts]")) return back(event, focused);
    const handled = move(event.key, focused, scroller) || use(event.key, focused, shown());
    if (handled) event.preventDefault();
  });
}

/** Escape inside a message leads back to the message. @param {KeyboardEvent} event @param {HTMLElement} focused */
function back(event, focused) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const message = /** @type {HTMLElement|null} */ (focused.closest("[data-ts]"));
  if (!message) return;
  event.preventDefault();
  message.focus();
}

/** @param {string} key @param {HTMLElement} focused @param {HTMLElement} scroller */
function move(key, focused, scroller) {
  const all = /** @type {HTMLElement[]} */ ([...scroller.querySelectorAll("[data-ts]")]);
  const at = all.indexOf(focused);
  const last = all.length - 1;
  const to = { ArrowDown: at < 0 ? last : at + 1, ArrowUp: at < 0 ? last : at - 1, Home: 0, End: last }[key];
  if (to === undefined || !all.length) return false;
  const next = all[Math.min(Math.max(to, 0), last)];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

/** @param {string} key @param {HTMLElement} focused @param {{messages: Message[], channel: string}} shown */
function use(key, focused, { messages, channel }) {
  const message = messages.find((one) => one.ts === focused.dataset.ts);
  if (!message) return false;
  if (key === "e" && isOwn(message)) startEditing(message.ts);
  else if (key === "Delete" && isOwn(message)) remove(message, channel);
  else {
    const tool = TOOLS[key] ?? (key === "ArrowRight" ? "reply" : "");
    const button = tool && focused.querySelector(`[data-tool="${tool}"]`);
    if (!button) return false;
    /** @type {HTMLElement} */ (button).click();
  }
  return true;
}
