// The container block: a titled group of blocks, which may be folded away.

import { freshId, h, icon } from "../dom.js";
import { textNodes } from "../text/text_object.js";
import { picture } from "./pictures.js";
import { renderBlock } from "./render.js";
import { richText } from "./rich_text.js";

const WIDTHS = new Set(["narrow", "standard", "wide", "full"]);

/** @param {import("../types.js").Block} block @param {import("../types.js").Surface} surface */
export function container(block, surface) {
  const width = WIDTHS.has(block.width) ? block.width : "standard";
  const inside = h(
    "div",
    { class: "container-blocks" },
    ...block.child_blocks.map((/** @type {any} */ child) => renderBlock(child, surface)),
  );
  const name = freshId("container");
  const head = heading(block, name);
  const line = block.has_header_divider && !block.is_collapsible ? "lined" : "";
  if (!block.is_collapsible) {
    const attributes = { role: "group", "aria-labelledby": name };
    return h("section", { class: `block container width-${width} ${line}`, ...attributes }, head, inside);
  }
  return h(
    "details",
    { class: `block container width-${width}`, open: !block.default_collapsed },
    h("summary", {}, head, icon("chevron")),
    inside,
  );
}

/** @param {import("../types.js").Block} block @param {string} name */
function heading(block, name) {
  const title = block.rich_text_title ? [richText(block.rich_text_title)] : textNodes(block.title);
  const subtitle = block.subtitle && h("div", { class: "muted text" }, ...textNodes(block.subtitle));
  return h(
    "div",
    { class: "card-head" },
    block.icon && picture(block.icon, "card-icon"),
    h("div", { class: "card-words" }, h("div", { class: "card-title", id: name }, ...title), subtitle),
  );
}
