// One message: who, when, what, and everything that hangs on it.

import { renderBlocks } from "../blocks/render.js";
import { raw } from "../blocks/raw.js";
import { h, icon } from "../dom.js";
import { avatar, displayName, isApp } from "../people.js";
import { messageSurface } from "../surfaces.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { clockTime, fullTime, messageTime } from "../time.js";
import { openThread } from "./thread.js";
import { reactionsBar } from "./reactions.js";
import { toolbar } from "./message_tools.js";

/** @typedef {import("../types.js").Message} Message */
/**
 * @typedef {{channel: string, follows: boolean, inThread: boolean}} Showing `follows`: the same author spoke just before
 */

const QUIET =
  /^(?:channel|group)_(?:join|leave|topic|purpose|name|archive|unarchive)$|^(?:un)?pinned_item$|^bookmark_/;

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
  ];
  const testid = showing.inThread ? "thread-message" : "message";
  return h(
    "article",
    {
      class: kinds.filter(Boolean).join(" "),
      tabindex: "-1",
      "aria-label": `${author(message)}, ${clockTime(messageTime(message.ts))}`,
      data: { testid, ts: message.ts, ephemeral: Boolean(message.ephemeral) },
    },
    marks(message),
    h("div", { class: "gutter" }, showing.follows ? time(message) : avatar(message.user)),
    h(
      "div",
      { class: "message-main" },
      showing.follows ? "" : byline(message),
      body(message, showing),
      footer(message, showing),
    ),
    message.ephemeral || isSystem(message) ? "" : toolbar(message, showing),
  );
}

/** @param {Message} message */
const author = (message) => message.username || displayName(message.user);

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

/** @param {Message} message */
function time(message) {
  const at = messageTime(message.ts);
  return h(
    "time",
    { class: "time", datetime: new Date(at).toISOString(), title: fullTime(at) },
    clockTime(at),
  );
}

/** @param {Message} message @param {Showing} showing */
function body(message, showing) {
  const nodes = [];
  if (message.blocks?.length) nodes.push(
    renderBlocks(message.blocks, messageSurface(showing.channel, message)),
  );
  else if (message.text) nodes.push(h("div", { class: "text" }, ...mrkdwn(withoutName(message))));
  for (const attachment of message.attachments ?? []) nodes.push(
    drawAttachment(attachment, message, showing),
  );
  if (message.edited) placeEdited(nodes);
  return h("div", { class: "body" }, ...nodes);
}

/**
 * At the end of the last words where there are some, else below everything.
 *
 * @param {HTMLElement[]} nodes
 */
function placeEdited(nodes) {
  const mark = h("span", { class: "muted edited" }, "(edited)");
  const last = nodes.at(-1)?.lastElementChild;
  if (last?.tagName === "P") last.append(" ", mark);
  else nodes.push(mark);
}

/** "<@U1> joined" under the name of U1 says the name twice. @param {Message} message */
function withoutName(message) {
  const start = `<@${message.user}>`;
  return isSystem(message) && message.text.startsWith(start) ? message.text.slice(start.length).trim() : message.text;
}

/** @param {any} attachment @param {Message} message @param {Showing} showing */
function drawAttachment(attachment, message, showing) {
  const content = attachment.blocks
    ? renderBlocks(attachment.blocks, messageSurface(showing.channel, message))
    : raw(attachment, "The sandbox draws only attachments made of blocks; this is what was sent.");
  const node = h("div", { class: "attachment" }, content);
  if (attachment.color) node.style.borderLeftColor = attachment.color.replace(
    /^(?=[0-9a-f]{6}$)/i,
    "#",
  );
  return node;
}

/** @param {Message} message @param {Showing} showing */
function footer(message, showing) {
  return [reactionsBar(message, showing.channel), showing.inThread ? "" : threadButton(message, showing.channel)];
}

/** @param {Message} message @param {string} channel */
function threadButton(message, channel) {
  if (!message.reply_count) return "";
  const label = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return h(
    "button",
    {
      type: "button",
      class: "thread-button",
      data: { testid: "thread-count" },
      on: { click: () => openThread(channel, message.ts) },
    },
    icon("reply"),
    label,
  );
}
