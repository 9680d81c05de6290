// Slack's own markup: *bold*, _italic_, ~strike~, `code`, fences, quotes, lists, <links> and mentions.

import { h } from "../dom.js";
import { decode } from "./entities.js";
import { dateNode } from "./dates.js";
import { broadcast, channelMention, emoji, groupMention, link, userMention } from "./inline.js";

/** @typedef {{verbatim?: boolean}} Reading with `verbatim`, bare addresses stay text */

// Inside an emphasis either a whole <…> or any other character: the two never overlap, so a hostile
// text cannot make the expression backtrack for long.
const between = (/** @type {string} */ mark) =>
  `(?<![\\p{L}\\p{N}${mark}])${mark}(?=[^\\s${mark}])` +
  `((?:<[^<>\\n]+>|\`[^\`\\n]+\`|[^${mark}\\n<\`])+)` +
  `(?<!\\s)${mark}(?![\\p{L}\\p{N}${mark}])`;

const TOKEN = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    ":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):",
    between("\\*"),
    between("_"),
    between("~"),
    "(https?://[^\\s<>|]*[^\\s<>|.,;:!?)\\]'\"])",
  ].join("|"),
  "giu",
);

/**
 * @param {string} text
 * @param {Reading} [reading]
 * @returns {Node[]}
 */
export function mrkdwn(text, reading = {}) {
  return text.split(/```([\s\S]*?)```/).flatMap((part, index) => {
    if (index % 2) return [h("pre", {}, h("code", {}, decode(part.replace(/^\n|\n$/g, ""))))];
    return blocks(part, reading);
  });
}

const QUOTE = /^(?:&gt;|>) ?/;
const BULLET = /^(\s*)(?:[•◦▪‣]|-)\s+/;
const NUMBER = /^(\s*)(\d{1,3})\.\s+/;

/** @param {string} text @param {Reading} reading @returns {Node[]} */
function blocks(text, reading) {
  const lines = text.split("\n");
  /** @type {Node[]} */
  const nodes = [];
  for (let at = 0; at < lines.length; ) {
    const kind = kindOf(lines[at]);
    let end = at + 1;
    if (lines[at].startsWith("&gt;&gt;&gt;")) end = lines.length;
    else while (end < lines.length && kindOf(lines[end]) === kind) end += 1;
    nodes.push(...make(kind, lines.slice(at, end), reading));
    at = end;
  }
  return nodes;
}

/** @param {string} line */
function kindOf(line) {
  if (QUOTE.test(line)) return "quote";
  if (BULLET.test(line)) return "bullet";
  return NUMBER.test(line) ? "number" : "text";
}

/** @param {string} kind @param {string[]} lines @param {Reading} reading @returns {Node[]} */
function make(kind, lines, reading) {
  if (kind === "quote") {
    const inner = lines.map(
      (line) => line.replace(/^(?:&gt;){3} ?/, "").replace(QUOTE, ""),
    ).join("\n");
    return [h("blockquote", {}, ...inline(inner, reading))];
  }
  if (kind === "bullet") {
    return [h("ul", {}, ...lines.map((line) => h("li", {}, ...inline(line.replace(BULLET, ""), reading))))];
  }
  if (kind === "number") {
    const start = lines[0].match(NUMBER)?.[2];
    return [h("ol", { start }, ...lines.map((line) => h("li", {}, ...inline(line.replace(NUMBER, ""), reading))))];
  }
  const text = lines.join("\n");
  return text.trim() ? [h("p", {}, ...inline(text.replace(/^\n|\n$/g, ""), reading))] : [];
}

/**
 * @param {string} text
 * @param {Reading} [reading]
 * @returns {Node[]}
 */
export function inline(text, reading = {}) {
  /** @type {Node[]} */
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) nodes.push(
      document.createTextNode(decode(text.slice(from, match.index))),
    );
    nodes.push(token(match, reading));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(document.createTextNode(decode(text.slice(from))));
  return nodes;
}

/** @param {RegExpMatchArray} match @param {Reading} reading @returns {Node} */
function token(match, reading) {
  const [whole, code, angle, name, bold, italic, strike, url] = match;
  if (code !== undefined) return h("code", {}, decode(code));
  if (angle !== undefined) return angled(angle);
  if (name !== undefined) return emoji(name);
  if (bold !== undefined) return h("strong", {}, ...inline(bold, reading));
  if (italic !== undefined) return h("em", {}, ...inline(italic, reading));
  if (strike !== undefined) return h("s", {}, ...inline(strike, reading));
  return reading.verbatim ? document.createTextNode(decode(whole)) : link(decode(url));
}

/** What stands between < and >. @param {string} inside @returns {Node} */
function angled(inside) {
  const [target, ...rest] = inside.split("|");
  const label = decode(rest.join("|"));
  if (/^@[UW]/.test(target)) return userMention(target.slice(1), label);
  if (/^#[CGD]/.test(target)) return channelMention(target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return link(decode(target), label || decode(target));
  return document.createTextNode(decode(`<${inside}>`));
}

/**
 * `!here`, `!subteam^S1`, `!date^…`.
 *
 * @param {string} target
 * @param {string} label
 * @returns {Node}
 */
function special(target, label) {
  if (/^(?:here|channel|everyone)$/.test(target)) return broadcast(target);
  const [kind, first, ...rest] = target.split("^");
  if (kind === "subteam") return groupMention(label || first);
  if (kind === "date") return dateNode(
    Number(first),
    decode(rest[0] ?? ""),
    decode(rest[1] ?? ""),
    label,
  );
  return document.createTextNode(label ? `<${label}>` : `<!${target}>`);
}
