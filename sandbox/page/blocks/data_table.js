// The data table: rows page by page, sorted by any column, narrowed by a word.

import { freshId, h } from "../dom.js";
import { content } from "./table.js";

/** @typedef {Record<string, any>} Cell @typedef {{column: number, down: boolean}|null} Order */

const PAGE = 5;

/** @param {Record<string, any>} block */
export function dataTable(block) {
  const [head = [], ...rows] = block.rows;
  const size = block.page_size ?? PAGE;
  const named = block.row_header_column_index ?? 0;
  const caption = freshId("caption");
  /** @type {{word: string, order: Order, page: number}} */
  const look = { word: "", order: null, page: 0 };
  const body = h("tbody");
  const titles = head.map((/** @type {Cell} */ cell, /** @type {number} */ at) => title(cell, () => sort(at)));
  const search = h(
    "input",
    { class: "text-field table-search", type: "search", placeholder: "Filter", "aria-label": "Filter the rows" },
  );
  const where = h("span", { class: "muted", "aria-live": "polite" });
  const back = pager("Previous", () => turn(-1));
  const on = pager("Next", () => turn(1));
  const turn = (/** @type {number} */ by) => {
    look.page += by;
    draw();
  };
  const sort = (/** @type {number} */ column) => {
    look.order = { column, down: look.order?.column === column && !look.order.down };
    draw();
  };
  const draw = () => {
    const found = ordered(rows.filter((row) => says(row, look.word)), look.order);
    const last = Math.max(0, Math.ceil(found.length / size) - 1);
    look.page = Math.min(Math.max(0, look.page), last);
    const from = look.page * size;
    const shown = found.slice(from, from + size);
    body.replaceChildren(...shown.map((row) => line(row, named)));
    where.textContent = found.length ? `${from + 1}–${from + shown.length} of ${found.length}` : "No row has that.";
    back.toggleAttribute("disabled", look.page === 0);
    on.toggleAttribute("disabled", look.page === last);
    titles.forEach((/** @type {HTMLElement} */ one, /** @type {number} */ at) => mark(one, at, look.order));
  };
  search.addEventListener("input", () => {
    look.word = /** @type {HTMLInputElement} */ (search).value.trim().toLowerCase();
    draw();
  });
  draw();
  const drawn = h(
    "table",
    {},
    h("caption", { id: caption }, String(block.caption)),
    h("thead", {}, h("tr", {}, ...titles)),
    body,
  );
  const several = rows.length > size;
  return h(
    "div",
    { class: "block data-table" },
    several && search,
    h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-labelledby": caption }, drawn),
    several && h("div", { class: "table-pages" }, back, where, on),
  );
}

/** @param {Cell} cell @param {() => void} sort */
function title(cell, sort) {
  const button = h("button", { type: "button", class: "sort", on: { click: sort } }, content(cell));
  return h("th", { scope: "col" }, button);
}

/** @param {HTMLElement} node @param {number} at @param {Order} order */
function mark(node, at, order) {
  const way = order?.column === at ? (order.down ? "descending" : "ascending") : "none";
  node.setAttribute("aria-sort", way);
}

/** @param {string} words @param {() => void} press */
function pager(words, press) {
  return h("button", { type: "button", class: "button", on: { click: press } }, words);
}

/** @param {Cell[]} row @param {number} named the column that tells rows apart */
function line(row, named) {
  return h("tr", {}, ...row.map((cell, at) => {
    const side = cell?.type === "raw_number" ? "align-right" : null;
    return at === named
      ? h("th", { scope: "row", class: side }, content(cell))
      : h("td", { class: side }, content(cell));
  }));
}

/** @param {Cell} cell the words of a cell, of rich text too */
function words(cell) {
  const drawn = content(cell);
  return typeof drawn === "string" ? drawn : drawn.textContent ?? "";
}

/** @param {Cell[]} row @param {string} word */
function says(row, word) {
  return !word || row.some((cell) => words(cell).toLowerCase().includes(word));
}

/** @param {Cell[][]} rows @param {Order} order */
function ordered(rows, order) {
  if (!order) return rows;
  const { column, down } = order;
  const by = (/** @type {Cell[]} */ one, /** @type {Cell[]} */ other) => compare(one[column], other[column]);
  return [...rows].sort((one, other) => (down ? by(other, one) : by(one, other)));
}

/** @param {Cell} one @param {Cell} other */
function compare(one, other) {
  if (one?.type === "raw_number" && other?.type === "raw_number") return one.value - other.value;
  return words(one).localeCompare(words(other), "en", { numeric: true });
}
