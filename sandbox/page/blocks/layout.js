// The blocks that arrange text and elements: section, header, context, actions, divider, image, markdown.

import { h, icon } from "../dom.js";
import { markdown } from "../text/markdown.js";
import { link } from "../text/inline.js";
import { plainText, textNodes } from "../text/text_object.js";
import { drawElement } from "./elements.js";

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
  const parts = block.elements.map((/** @type {any} */ part) =>
    part.type === "image" ? picture(part, "context-image") : h(
      "div",
      { class: "text" },
      ...textNodes(part),
    ),
  );
  return h("div", { class: "block context" }, ...parts);
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

/** @param {Block} block */
export function image(block) {
  const title = block.title && h("figcaption", {}, ...textNodes(block.title));
  return h("figure", { class: "block image" }, title, picture(block, "image-large"));
}

/**
 * The picture where it is ours, else its description: the page asks no other host for anything.
 *
 * @param {Record<string, any>} source
 * @param {string} kind
 */
export function picture(source, kind) {
  const alt = source.alt_text ?? "";
  const url = source.image_url ?? source.slack_file?.url ?? "";
  if (isOurs(url)) return h("img", { class: kind, src: url, alt });
  if (kind !== "image-large") {
    return h(
      "span",
      { class: `${kind} absent`, role: "img", "aria-label": alt, title: alt },
      icon("image"),
    );
  }
  const why = h("span", { class: "muted" }, "Pictures from other hosts are not fetched. ");
  return h(
    "span",
    { class: `${kind} absent` },
    icon("image"),
    h("span", {}, alt, " "),
    why,
    url && link(url, "Open it"),
  );
}

/** @param {string} url */
function isOurs(url) {
  try {
    return Boolean(url) && new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}
