// Checkboxes and radio buttons.

import { freshId, h } from "../dom.js";
import { confirmed } from "../overlays/confirm.js";
import { textNodes } from "../text/text_object.js";
import { named } from "./elements.js";

/**
 * @typedef {import("./elements.js").Drawing} Drawing
 * @typedef {import("../types.js").Option} Option
 */

/** @param {Drawing} drawing */
export function checkboxes(drawing) {
  const { block, element, surface } = drawing;
  /** @type {Option[]} */
  const chosen = surface.form.open(block, element);
  const values = new Set(chosen.map((option) => option.value));
  const inputs = group(drawing, "checkbox", (option) => values.has(option.value));
  return box(drawing, "group", inputs, () => {
    const selected = element.options.filter((_, /** @type {number} */ at) => inputs[at].checked);
    return { selected_options: selected };
  });
}

/** @param {Drawing} drawing */
export function radioButtons(drawing) {
  const { block, element, surface } = drawing;
  /** @type {Option|null} */
  const chosen = surface.form.open(block, element);
  const inputs = group(drawing, "radio", (option) => option.value === chosen?.value);
  return box(drawing, "radiogroup", inputs, () => {
    return { selected_option: element.options[inputs.findIndex((input) => input.checked)] ?? null };
  });
}

/**
 * @param {Drawing} drawing
 * @param {string} type
 * @param {(option: Option) => boolean} isChosen
 */
function group({ element }, type, isChosen) {
  const name = freshId("choice");
  return element.options.map((/** @type {Option} */ option) => {
    const set = { checked: isChosen(option) };
    return /** @type {HTMLInputElement} */ (h("input", { type, name, id: freshId(type), set }));
  });
}

/**
 * @param {Drawing} drawing
 * @param {string} role
 * @param {HTMLInputElement[]} inputs
 * @param {() => Record<string, any>} read
 */
function box({ block, element, surface, naming, immediate }, role, inputs, read) {
  let before = inputs.map((input) => input.checked);
  const changed = async () => {
    if (immediate && !(await confirmed(element.confirm))) {
      inputs.forEach((input, at) => { input.checked = before[at]; });
      return;
    }
    before = inputs.map((input) => input.checked);
    const change = read();
    surface.form.set(block, element, Object.values(change)[0]);
    if (immediate) await surface.act(block, element, change);
  };
  const rows = inputs.map((input, at) => row(input, element.options[at]));
  return h("div", { ...named(naming), role, class: "choices", on: { change: changed } }, ...rows);
}

/** @param {HTMLInputElement} input @param {Option} option */
function row(input, option) {
  const detail = option.description && h(
    "span",
    { class: "muted text" },
    ...textNodes(option.description),
  );
  return h(
    "label",
    { class: "choice", for: input.id },
    input,
    h("span", { class: "text" }, ...textNodes(option.text), detail),
  );
}
