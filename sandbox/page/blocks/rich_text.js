// The rich_text block: sections, lists, quotes and preformatted text, whose words are never parsed.

import { h } from "../dom.js";
import { dateNode } from "../text/dates.js";
import {
  broadcast,
  channelMention,
  emoji,
  groupMention,
  link,
  userMention,
} from "../text/inline.js";
import { unknown } from "./raw.js";

/** @param {Record<string, any>} block */
export function richText(block) {
  return h("div", { class: "block rich-text text" }, ...nest(block.elements));
}

/**
 * Lists of growing indent follow each other flat; here they are put inside one another by margin.
 *
 * @param {any[]} elements
 */
function nest(elements) {
  return elements.map((element) => {
    const node = part(element);
    if (element.border) node.classList.add("bordered");
    return node;
  });
}

/** @param {Record<string, any>} element @returns {HTMLElement} */
function part(element) {
  const words = () => element.elements.map(word);
  switch (element.type) {
    case "rich_text_section":
      return h("p", {}, ...words());
    case "rich_text_quote":
      return h("blockquote", {}, ...words());
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, ...words()));
    case "rich_text_list":
      return list(element);
    default:
      return unknown(/** @type {any} */ (element), "element");
  }
}

/** @param {Record<string, any>} element */
function list(element) {
  const ordered = element.style === "ordered";
  const items = element.elements.map(
    (/** @type {any} */ item) => h("li", {}, ...item.elements.map(word)),
  );
  const start = ordered && element.offset ? element.offset + 1 : null;
  return h(
    ordered ? "ol" : "ul",
    { start, class: `indent-${Math.min(element.indent ?? 0, 8)}` },
    ...items,
  );
}

/** @type {Record<string, (piece: Record<string, any>) => Node>} */
const WORDS = {
  text: (piece) => document.createTextNode(piece.text),
  link: (piece) => link(piece.url, piece.text || piece.url),
  user: (piece) => userMention(piece.user_id),
  channel: (piece) => channelMention(piece.channel_id),
  usergroup: (piece) => groupMention(piece.usergroup_id),
  team: (piece) => groupMention(piece.team_id),
  broadcast: (piece) => broadcast(piece.range),
  emoji: (piece) => emoji(piece.name),
  date: (piece) => dateNode(
    piece.timestamp,
    piece.format ?? "{date}",
    piece.url ?? "",
    piece.fallback ?? "",
  ),
  color: (piece) => colour(piece.value),
};

/** @param {Record<string, any>} piece @returns {Node} */
function word(piece) {
  if (!Object.hasOwn(WORDS, piece?.type)) return unknown(/** @type {any} */ (piece), "element");
  return styled(WORDS[piece.type](piece), piece.style ?? {});
}

const STYLES = /** @type {const} */ ([
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
  ["underline", "u"],
]);

/** @param {Node} node @param {Record<string, boolean>} style @returns {Node} */
function styled(node, style) {
  return STYLES.reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

/** @param {string} value such as #e0a846 */
function colour(value) {
  const swatch = h("span", { class: "swatch", "aria-hidden": "true" });
  swatch.style.backgroundColor = value;
  return h("span", {}, swatch, value);
}
