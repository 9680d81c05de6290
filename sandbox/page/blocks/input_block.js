// The input block: a label, one element, a hint, and the place where its error appears.

import { freshId, h } from "../dom.js";
import { plainText, textNodes } from "../text/text_object.js";
import { drawElement } from "./elements.js";
import { isEmpty } from "./form_state.js";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const GROUPS = new Set(["checkboxes", "radio_buttons"]);

/** @param {import("../types.js").Block} block @param {import("../types.js").Surface} surface */
export function inputBlock(block, surface) {
  const ids = { field: freshId("field"), label: freshId("label"), notes: freshId("notes") };
  const naming = {
    id: ids.field,
    labelledBy: ids.label,
    describedBy: ids.notes,
    label: plainText(block.label),
  };
  const element = drawElement(
    block,
    block.element,
    surface,
    naming,
    Boolean(block.dispatch_action),
  );
  const optional = block.optional && h("span", { class: "muted optional" }, " (optional)");
  const tag = GROUPS.has(block.element.type) ? "span" : "label";
  const label = h(
    tag,
    { class: "input-label", for: tag === "label" ? ids.field : null },
    h("span", { id: ids.label }, ...textNodes(block.label)),
    optional,
  );
  const hint = block.hint && h("p", { class: "muted hint" }, ...textNodes(block.hint));
  const error = h("p", { class: "field-error", data: { testid: "field-error" }, hidden: true });
  const notes = h("div", { id: ids.notes, "aria-live": "polite" }, error, hint);
  return h("div", { class: "block input", data: { input: "true" } }, label, element, notes);
}

/**
 * Shows or clears the errors of a form, and returns whether there were any; the first is focused.
 *
 * @param {HTMLElement} form
 * @param {Record<string, string>} errors by block_id
 */
export function showErrors(form, errors) {
  let first = null;
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-input]"))) {
    const text = errors[block.dataset.blockId ?? ""];
    const place = /** @type {HTMLElement} */ (block.querySelector(".field-error"));
    place.textContent = text ?? "";
    place.hidden = !text;
    block.classList.toggle("wrong", Boolean(text));
    const field = /** @type {HTMLElement|null} */ (block.querySelector("[data-action-id]"));
    if (text) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
    if (text) first ??= field;
  }
  focusable(first)?.focus();
  return Boolean(first);
}

/** What of a field takes the focus: itself, or the first thing inside it. @param {HTMLElement|null} field */
function focusable(field) {
  const wanted = "input, textarea, button";
  return field?.matches(wanted) ? field : /** @type {HTMLElement|null|undefined} */ (field?.querySelector(wanted));
}

/**
 * What the page itself can see is wrong, before anything is sent.
 *
 * @param {import("../types.js").Block[]} blocks
 * @param {import("../types.js").Values} values
 * @returns {Record<string, string>}
 */
export function findErrors(blocks, values) {
  /** @type {Record<string, string>} */
  const errors = {};
  for (const block of blocks.filter((one) => one.type === "input")) {
    const state = values[block.block_id ?? ""]?.[block.element.action_id ?? ""];
    const { type, ...rest } = state ?? { type: "" };
    const complaint = complaintAbout(block, type, Object.values(rest)[0]);
    if (complaint) errors[block.block_id ?? ""] = complaint;
  }
  return errors;
}

/** @param {import("../types.js").Block} block @param {string} type @param {any} chosen */
function complaintAbout(block, type, chosen) {
  if (isEmpty(chosen)) return block.optional ? "" : "Please complete this required field.";
  const {
    min_length: least,
    min_value: low,
    max_value: high,
    is_decimal_allowed: decimals,
  } = block.element;
  if (least && String(chosen).length < least) return `Please write at least ${least} characters.`;
  if (type === "email_text_input" && !EMAIL.test(chosen)) return "Please enter a valid e-mail address.";
  if (type === "url_text_input" && !URL.canParse(chosen)) return "Please enter a valid URL.";
  if (type !== "number_input") return "";
  if (!/^-?\d+(\.\d+)?$/.test(chosen)) return "Please enter a number.";
  if (!decimals && chosen.includes(".")) return "Please enter a whole number.";
  if (low !== undefined && Number(chosen) < Number(low)) return `Please enter a number of at least ${low}.`;
  return high !== undefined && Number(chosen) > Number(high) ? `Please enter a number of at most ${high}.` : "";
}
