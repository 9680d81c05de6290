// One message: who, when, what, and everything that hangs on it.

import { renderBlocks } from "../blocks/render.js";
import { h, icon } from "../dom.js";
import { avatar, displayName, isApp } from "../people.js";
import { messageSurface } from "../surfaces.js";
import { EMOJI } from "../text/emoji.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { clockTime, fullTime, messageTime, shortTime } from "../time.js";
import { drawAttachment } from "./attachments.js";
import { editor, isEdited } from "./edit_message.js";
import { drawFile } from "./files.js";
import { reactionsBar } from "./reactions.js";
import { threadSummary } from "./thread_summary.js";
import { toolbar } from "./message_tools.js";

/** @typedef {import("../types.js").Message} Message */
/**
 * @typedef {{channel: string, follows: boolean, inThread: boolean}} Showing `follows`: the same author spoke just before
 */

const QUIET =
  /^(?:channel|group)_(?:join|leave|topic|purpose|name|archive|unarchive)$|^(?:un)?pinned_item$|^bookmark_|^tombstone$/;

/** @param {Message} message */
export const isSystem = (message) => QUIET.test(message.subtype ?? "");

/** @param {Message} message @param {Showing} showing */
export function drawMessage(message, showing) {
  const kinds = [
    "message",
    showing.follows && "follows",
    isSystem(message) && "system",
    message.ephemeral && "ephemeral",
    message.pinned && "pinned",
    isEdited(message.ts) && "being-edited",
  ];
  const testid = showing.inThread ? "thread-message" : "message";
  return h(
    "article",
    {
      class: kinds.filter(Boolean).join(" "),
      tabindex: "-1",
      "aria-label": label(message),
      data: { testid, ts: message.ts, ephemeral: Boolean(message.ephemeral) },
    },
    marks(message),
    h("div", { class: "gutter" }, showing.follows ? time(message, shortTime) : face(message)),
    h(
      "div",
      { class: "message-main" },
      showing.follows ? "" : byline(message),
      isEdited(message.ts) ? editor(message, showing.channel) : body(message, showing),
      footer(message, showing),
    ),
    message.ephemeral || isSystem(message) ? "" : toolbar(message, showing),
  );
}

/** @param {Message} message */
const author = (message) => message.username || displayName(message.user);

/** @param {Message} message */
function face({ user, username, icons }) {
  const sign = EMOJI[(icons?.emoji ?? "").replaceAll(":", "")];
  return avatar(user, "", { name: username, sign });
}

/** @param {Message} message */
function label(message) {
  const states = [
    message.ephemeral && "only visible to you",
    message.pinned && "pinned",
    message.edited && "edited",
  ];
  return [author(message), clockTime(messageTime(message.ts)), ...states].filter(Boolean).join(", ");
}

/** @param {Message} message */
function marks(message) {
  if (message.ephemeral) return h("p", { class: "mark" }, icon("eye"), "Only visible to you");
  return message.pinned ? h("p", { class: "mark" }, icon("pin"), "Pinned") : "";
}

/** @param {Message} message */
function byline(message) {
  const app = message.bot_id || isApp(message.user);
  return h(
    "div",
    { class: "byline" },
    h("span", { class: "author" }, author(message)),
    app && h("span", { class: "app-badge" }, "APP"),
    time(message),
  );
}

/** @param {Message} message @param {(millis: number) => string} [words] */
function time(message, words = clockTime) {
  const at = messageTime(message.ts);
  return h(
    "time",
    { class: "time", datetime: new Date(at).toISOString(), title: fullTime(at) },
    words(at),
  );
}

/** @param {Message} message @param {Showing} showing */
function body(message, showing) {
  const nodes = [];
  if (message.blocks?.length) nodes.push(
    renderBlocks(message.blocks, messageSurface(showing.channel, message)),
  );
  else if (message.text) nodes.push(h("div", { class: "text" }, ...mrkdwn(withoutName(message))));
  if (message.edited) placeEdited(nodes);
  for (const attachment of message.attachments ?? []) nodes.push(
    drawAttachment(attachment, message, showing.channel),
  );
  for (const file of message.files ?? []) nodes.push(drawFile(file));
  const emphasis = message.subtype === "me_message" ? "body me-message" : "body";
  return h("div", { class: emphasis }, ...nodes);
}

/**
 * At the end of the last words where there are some, else below everything.
 *
 * @param {HTMLElement[]} nodes
 */
function placeEdited(nodes) {
  const mark = h("span", { class: "muted edited" }, "(edited)");
  const last = nodes.at(-1)?.querySelector(":scope > p:last-child, .rich-text:last-child > p:last-child");
  if (last) last.append(" ", mark);
  else nodes.push(mark);
}

/** "<@U1> joined" under the name of U1 says the name twice. @param {Message} message */
function withoutName(message) {
  const start = `<@${message.user}>`;
  return isSystem(message) && message.text.startsWith(start) ? message.text.slice(start.length).trim() : message.text;
}

/** @param {Message} message @param {Showing} showing */
function footer(message, showing) {
  return [
    reactionsBar(message, showing.channel),
    showing.inThread ? "" : threadSummary(message, showing.channel),
  ];
}
