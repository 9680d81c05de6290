// The blocks that arrange text and elements: section, header, context, actions, divider, markdown.

import { h } from "../dom.js";
import { markdown } from "../text/markdown.js";
import { plainText, textNodes } from "../text/text_object.js";
import { drawElement } from "./elements.js";
import { picture } from "./pictures.js";
import { unknown } from "./raw.js";

/** @typedef {import("../types.js").Block} Block @typedef {import("../types.js").Surface} Surface */

/** @param {Block} block @param {Surface} surface */
export function section(block, surface) {
  const fields = block.fields?.map(
    (/** @type {any} */ field) => h("div", { class: "field text" }, ...textNodes(field)),
  );
  const words = h(
    "div",
    { class: "section-words" },
    block.text && h("div", { class: "text" }, ...textNodes(block.text)),
    fields && h("div", { class: "fields" }, ...fields),
  );
  const naming = { label: plainText(block.text) };
  const accessory = block.accessory && h(
    "div",
    { class: "accessory" },
    drawElement(block, block.accessory, surface, naming),
  );
  return h("div", { class: "block section" }, words, accessory);
}

/** @param {Block} block */
export function header(block) {
  return h(
    "div",
    { class: "block header", role: "heading", "aria-level": "3" },
    ...textNodes(block.text),
  );
}

/** @param {Block} block */
export function context(block) {
  return h("div", { class: "block context" }, ...block.elements.map(noted));
}

/** @param {Record<string, any>} part */
function noted(part) {
  if (part?.type === "image") return picture(part, "context-image");
  if (part?.type !== "mrkdwn" && part?.type !== "plain_text") return unknown(/** @type {any} */ (part), "element");
  return h("div", { class: "text" }, ...textNodes(/** @type {any} */ (part)));
}

/** @param {Block} block @param {Surface} surface */
export function actions(block, surface) {
  return h(
    "div",
    { class: "block actions" },
    ...block.elements.map((/** @type {any} */ one) => drawElement(block, one, surface)),
  );
}

export function divider() {
  return h("hr", { class: "block divider" });
}

/** @param {Block} block */
export function markdownBlock(block) {
  return h("div", { class: "block markdown text" }, ...markdown(block.text));
}
