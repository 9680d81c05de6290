// The standard Markdown of a `markdown` block: headings, lists, tables, quotes, fences and what is inside a line.

import { h } from "../dom.js";
import { emoji, link } from "./inline.js";

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "!?\\[([^\\[\\]\\n]+)\\]\\(([^()\\s]+)(?:\\s+\"[^\"\\n]*\")?\\)",
    "\\*\\*(?=\\S)([^*\\n]+)\\*\\*|__(?=\\S)([^_\\n]+)__",
    "\\*(?=\\S)([^*\\n]+)\\*|(?<![\\p{L}\\p{N}])_(?=\\S)([^_\\n]+)_(?![\\p{L}\\p{N}])",
    "~~(?=\\S)([^~\\n]+)~~",
    ":([a-z0-9_+-]+):",
    "(https?://[^\\s<>()]*[^\\s<>().,;:!?])",
    "\\\\([!-/:-@[-`{-~])",
  ].join("|"),
  "giu",
);

/** @param {string} text @returns {Node[]} */
function inline(text) {
  /** @type {Node[]} */
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) nodes.push(document.createTextNode(text.slice(from, match.index)));
    nodes.push(token(match));
    from = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

/** @param {RegExpMatchArray} match @returns {Node} */
function token(match) {
  const [, code, label, target, bold, bold2, italic, italic2, strike, name, url, escaped] = match;
  if (escaped !== undefined) return document.createTextNode(escaped);
  if (code !== undefined) return h("code", {}, code);
  if (target !== undefined) return link(target, ...inline(label));
  if (bold ?? bold2) return h("strong", {}, ...inline(bold ?? bold2));
  if (italic ?? italic2) return h("em", {}, ...inline(italic ?? italic2));
  if (strike !== undefined) return h("s", {}, ...inline(strike));
  return name !== undefined ? emoji(name) : link(url);
}

/**
 * @typedef {{test: (line: string, next?: string) => boolean, goes: (line: string) => boolean, make: (lines: string[]) => Node}} Rule
 */

const FENCE = /^\s*```/;
const ITEM = /^(\s*)(?:[-*+]|\d+[.)])\s+/;
const ROW = /^\s*\|.*\|\s*$/;

/** @type {Rule[]} the first whose test holds takes the line and those after it that still belong */
const RULES = [
  { test: (line) => /^#{1,6}\s/.test(line), goes: () => false, make: ([line]) => heading(line) },
  {
    test: (line) => /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line),
    goes: () => false,
    make: () => h("hr"),
  },
  { test: (line) => line.startsWith(">"), goes: (line) => line.startsWith(">"), make: quote },
  {
    test: (line, next) => ROW.test(line) && /^[\s|:-]+$/.test(next ?? ""),
    goes: (line) => ROW.test(line),
    make: table,
  },
  { test: (line) => ITEM.test(line), goes: (line) => ITEM.test(line), make: list },
];

/** @param {string} text @returns {Node[]} */
export function markdown(text) {
  const lines = text.split("\n");
  /** @type {Node[]} */
  const nodes = [];
  for (let at = 0; at < lines.length; ) {
    const end = FENCE.test(lines[at]) ? fenceEnd(lines, at) : groupEnd(lines, at);
    const node = make(lines.slice(at, end));
    if (node) nodes.push(node);
    at = end;
  }
  return nodes;
}

/** @param {string[]} lines @param {number} at */
function fenceEnd(lines, at) {
  const close = lines.findIndex((line, index) => index > at && FENCE.test(line));
  return close === -1 ? lines.length : close + 1;
}

/** @param {string[]} lines @param {number} at */
function groupEnd(lines, at) {
  const rule = RULES.find((one) => one.test(lines[at], lines[at + 1]));
  const goes = (/** @type {number} */ index) => (rule ? rule.goes(lines[index]) : isPlain(lines, index));
  let end = at + 1;
  while (end < lines.length && lines[at].trim() && goes(end)) end += 1;
  return end;
}

/** Whether a line carries on the paragraph above it. @param {string[]} lines @param {number} at */
function isPlain(lines, at) {
  return Boolean(lines[at].trim()) && !FENCE.test(lines[at]) && !RULES.some(
    (one) => one.test(lines[at], lines[at + 1]),
  );
}

/** @param {string[]} lines @returns {Node|null} */
function make(lines) {
  if (FENCE.test(lines[0])) return h(
    "pre",
    {},
    h("code", {}, lines.slice(1).join("\n").replace(/\n?\s*```\s*$/, "")),
  );
  const rule = RULES.find((one) => one.test(lines[0], lines[1]));
  if (rule) return rule.make(lines);
  const text = lines.join("\n");
  return text.trim() ? h("p", {}, ...inline(text)) : null;
}

/** @param {string} line */
function heading(line) {
  const [, marks, text] = /** @type {RegExpMatchArray} */ (line.match(/^(#{1,6})\s+(.*?)\s*#*$/) ?? ["", "#", line]);
  return h(
    "p",
    {
      class: `markdown-heading level-${marks.length}`,
      role: "heading",
      "aria-level": marks.length + 2,
    },
    ...inline(text),
  );
}

/**
 * Quotes within quotes, but not thousands deep: those are hostile, and become one.
 *
 * @param {string[]} lines
 */
function quote(lines) {
  const inner = lines.map((line) => line.replace(/^(?:>\s?){8,}/, ">").replace(/^>\s?/, ""));
  return h("blockquote", {}, ...markdown(inner.join("\n")));
}

/**
 * Deeper indentation opens a list inside the item above it.
 *
 * @param {string[]} lines
 * @returns {Node}
 */
function list(lines) {
  const depth = lines[0].match(ITEM)?.[1].length ?? 0;
  const ordered = /^\s*\d/.test(lines[0]);
  const node = h(
    ordered ? "ol" : "ul",
    { start: ordered ? lines[0].trim().match(/^\d+/)?.[0] : null },
  );
  for (let at = 0; at < lines.length; ) {
    let end = at + 1;
    while (end < lines.length && (lines[end].match(ITEM)?.[1].length ?? 0) > depth) end += 1;
    const item = h("li", {}, ...task(lines[at].replace(ITEM, "")));
    if (end > at + 1) item.append(list(lines.slice(at + 1, end)));
    node.append(item);
    at = end;
  }
  return node;
}

/** @param {string} text */
function task(text) {
  const box = text.match(/^\[([ xX])\]\s+/);
  if (!box) return inline(text);
  return [box[1] === " " ? "☐ " : "☑ ", ...inline(text.slice(box[0].length))];
}

/** @param {string[]} lines */
function table(lines) {
  const cells = (/** @type {string} */ line) => line.trim().slice(1, -1).split("|").map(
    (cell) => cell.trim(),
  );
  const row = (/** @type {string} */ line, /** @type {string} */ tag) => h(
    "tr",
    {},
    ...cells(line).map((cell) => h(tag, {}, ...inline(cell))),
  );
  const body = lines.slice(2).map((line) => row(line, "td"));
  return h(
    "div",
    { class: "table-scroll" },
    h("table", {}, h("thead", {}, row(lines[0], "th")), h("tbody", {}, ...body)),
  );
}
