// What hangs below a message: attachments of the older kind, unfurled links, and attachments made of blocks.

import { raw } from "../blocks/raw.js";
import { renderBlocks } from "../blocks/render.js";
import { h } from "../dom.js";
import { messageSurface } from "../surfaces.js";
import { link } from "../text/inline.js";
import { inline, mrkdwn } from "../text/mrkdwn.js";
import { dayName, messageTime } from "../time.js";

/** @typedef {import("../types.js").Message} Message */
/** @typedef {Record<string, any>} Attachment */

const COLORS = /** @type {Record<string, string>} */ ({
  good: "#2f9e6e",
  warning: "#d99a2b",
  danger: "#c22d45",
});
const DRAWN = [
  "author_name", "title", "text", "fields", "footer", "image_url", "thumb_url", "pretext", "fallback",
];

/** @param {Attachment} attachment @param {Message} message @param {string} channel */
export function drawAttachment(attachment, message, channel) {
  const content = attachment.blocks
    ? [renderBlocks(attachment.blocks, messageSurface(channel, message))]
    : classic(attachment);
  const node = h("div", { class: "attachment" }, ...content);
  const color = COLORS[attachment.color] ?? String(attachment.color ?? "").replace(/^(?=[0-9a-f]{6}$)/i, "#");
  if (color) node.style.borderLeftColor = color;
  if (!attachment.pretext) return node;
  return h("div", {}, h("div", { class: "text" }, ...mrkdwn(String(attachment.pretext))), node);
}

/** @param {Attachment} attachment */
function classic(attachment) {
  if (!DRAWN.some((name) => attachment[name])) {
    return [raw(attachment, "This attachment has nothing to show; this is what was sent.")];
  }
  const { title, title_link: target, text, fallback } = attachment;
  const heading = title && h("strong", {}, ...(target ? [link(String(target), String(title))] : inline(String(title))));
  const words = text ?? (title || attachment.fields ? "" : fallback);
  return [
    attachment.author_name && h("div", { class: "attachment-small" }, String(attachment.author_name)),
    heading && h("div", {}, heading),
    words && h("div", { class: "text" }, ...mrkdwn(String(words))),
    fields(attachment.fields),
    picture(attachment),
    attachment.actions && raw(attachment.actions, "Buttons of old attachments do not work here."),
    small(attachment),
  ].filter(Boolean);
}

/** @param {{title?: string, value?: string, short?: boolean}[]|undefined} rows */
function fields(rows) {
  if (!Array.isArray(rows) || !rows.length) return "";
  const cells = rows.map(({ title = "", value = "", short }) => h(
    "div",
    { class: short ? "" : "wide" },
    h("strong", {}, title),
    h("div", { class: "text" }, ...mrkdwn(String(value))),
  ));
  return h("div", { class: "attachment-fields" }, ...cells);
}

/** Nothing is fetched from other hosts, so a picture is a link to it. @param {Attachment} attachment */
function picture(attachment) {
  const url = attachment.image_url ?? attachment.thumb_url;
  return url && h("div", { class: "attachment-small" }, "Image: ", link(String(url)));
}

/** @param {Attachment} attachment */
function small(attachment) {
  const { footer, ts } = attachment;
  const words = [footer, ts && dayName(messageTime(String(ts)))].filter(Boolean).join(" · ");
  return words && h("div", { class: "attachment-small" }, words);
}
