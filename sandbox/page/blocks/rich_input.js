// The rich_text_input: written with Slack's marks (*bold*, _italic_, ~strike~, `code`), sent as rich text.

import { h } from "../dom.js";
import { plainText } from "../text/text_object.js";
import { named } from "./elements.js";
import { deliverTyping } from "./inputs.js";

/** @typedef {Record<string, any>} Piece */

const LINES = { least: 3, most: 8 };
const MARKED = /`([^`\n]+)`|\*([^*\n]+)\*|(?<![\p{L}\p{N}])_([^_\n]+)_(?![\p{L}\p{N}])|~([^~\n]+)~|(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])/giu;
/** @type {[string, string][]} style and its mark */
const MARKS = [["code", "`"], ["bold", "*"], ["italic", "_"], ["strike", "~"]];

/** @param {import("./elements.js").Drawing} drawing */
export function richInput(drawing) {
  const { block, element, surface, naming } = drawing;
  const placeholder = plainText(element.placeholder);
  const field = /** @type {HTMLTextAreaElement} */ (h("textarea", {
    ...named(naming, placeholder),
    class: "text-field rich-field",
    placeholder: placeholder || null,
    rows: Math.min(element.min_lines ?? LINES.least, element.max_lines ?? LINES.most),
  }));
  field.value = writtenOut(surface.form.open(block, element));
  field.addEventListener("input", () => surface.form.set(block, element, readRich(field.value)));
  deliverTyping(drawing, field, () => ({ rich_text_value: readRich(field.value) }));
  const marks = h(
    "span",
    { class: "muted rich-marks" },
    h("strong", {}, "*bold*"),
    " ",
    h("em", {}, "_italic_"),
    " ",
    h("s", {}, "~strike~"),
    " ",
    h("code", {}, "`code`"),
  );
  return h("div", { class: "rich-input" }, field, marks);
}

/**
 * What was typed, as a rich_text block; nothing typed is nothing.
 *
 * @param {string} text
 */
export function readRich(text) {
  if (!text.trim()) return null;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: pieces(text) }] };
}

/** @param {string} text @returns {Piece[]} */
function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let from = 0;
  const plain = (/** @type {number} */ to) => {
    if (to > from) found.push({ type: "text", text: text.slice(from, to) });
  };
  for (const match of text.matchAll(MARKED)) {
    plain(match.index);
    found.push(marked(match));
    from = match.index + match[0].length;
  }
  plain(text.length);
  return found;
}

/** @param {RegExpMatchArray} match @returns {Piece} */
function marked([, code, bold, italic, strike, url]) {
  if (url !== undefined) return { type: "link", url };
  const words = [code, bold, italic, strike];
  const at = words.findIndex((one) => one !== undefined);
  return { type: "text", text: words[at], style: { [MARKS[at][0]]: true } };
}

/** A rich_text block as one would type it. @param {Piece|null} block */
function writtenOut(block) {
  return (block?.elements ?? []).map((/** @type {Piece} */ part) => {
    const lines = part.type === "rich_text_list" ? part.elements : [part];
    return lines.map((/** @type {Piece} */ line) => (line.elements ?? []).map(asTyped).join("")).join("\n");
  }).join("\n");
}

/** @param {Piece} piece */
function asTyped(piece) {
  const [, mark] = MARKS.find(([style]) => piece.style?.[style]) ?? ["", ""];
  return `${mark}${piece.text ?? piece.url ?? piece.user_id ?? (piece.name ? `:${piece.name}:` : "")}${mark}`;
}
