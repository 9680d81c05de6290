// The table block, and what tables of both kinds draw in their cells.

import { h } from "../dom.js";
import { unknown } from "./raw.js";
import { richText } from "./rich_text.js";

/** @typedef {Record<string, any>} Cell */

const ALIGNMENTS = new Set(["left", "center", "right"]);

/** @param {Record<string, any>} block */
export function table(block) {
  const [first = [], ...rest] = block.rows ?? [];
  const columns = block.column_settings ?? [];
  const row = (/** @type {Cell[]} */ cells, /** @type {string} */ tag) =>
    h("tr", {}, ...cells.map((cell, at) => h(tag, { class: looks(columns[at], cell) }, content(cell))));
  const body = rest.map((/** @type {Cell[]} */ cells) => row(cells, "td"));
  const drawn = h("table", {}, h("thead", {}, row(first, "th")), h("tbody", {}, ...body));
  return h(
    "div",
    { class: "block table table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    drawn,
  );
}

/** @param {Record<string, any>|undefined} column @param {Cell} cell */
function looks(column, cell) {
  const align = ALIGNMENTS.has(column?.align) ? `align-${column?.align}` : "";
  return [align || (cell?.type === "raw_number" ? "align-right" : ""), column?.is_wrapped ? "wrapped" : ""]
    .filter(Boolean)
    .join(" ") || null;
}

/** @param {Cell} cell */
export function content(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  if (cell?.type === "raw_text" || cell?.type === "raw_number") return String(cell.text ?? cell.value ?? "");
  return unknown(/** @type {any} */ (cell), "element");
}
