// The table block: rows of cells, each plain text, a number or rich text.

import { h } from "../dom.js";
import { richText } from "./rich_text.js";

/** @param {Record<string, any>} block */
export function table(block) {
  const [first = [], ...rest] = block.rows ?? [];
  const columns = block.column_settings ?? [];
  const row = (/** @type {any[]} */ cells, /** @type {string} */ tag) =>
    h(
      "tr",
      {},
      ...cells.map(
        (cell, at) => h(
          tag,
          { class: columns[at]?.align ? `align-${columns[at].align}` : null },
          content(cell),
        ),
      ),
    );
  const body = rest.map((/** @type {any[]} */ cells) => row(cells, "td"));
  const drawn = h("table", {}, h("thead", {}, row(first, "th")), h("tbody", {}, ...body));
  return h(
    "div",
    { class: "block table table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    drawn,
  );
}

/** @param {Record<string, any>} cell */
function content(cell) {
  return cell?.type === "rich_text" ? richText(cell) : String(cell?.text ?? cell?.value ?? "");
}
