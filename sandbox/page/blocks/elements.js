// Draws interactive elements: a table from the type of an element to the function that draws it.

import { button, overflow, workflowButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { dateInput, textInput } from "./inputs.js";
import { fileInput } from "./file_input.js";
import { picture } from "./pictures.js";
import { richInput } from "./rich_input.js";
import { unknown } from "./raw.js";
import { multiSelect, select } from "./selects.js";

/**
 * @typedef {import("../types.js").Block} Block
 * @typedef {import("../types.js").Element} Element
 * @typedef {import("../types.js").Surface} Surface
 * @typedef {{id?: string, label?: string, labelledBy?: string, describedBy?: string}} Naming how the element is called
 * @typedef {{block: Block, element: Element, surface: Surface, naming: Naming, immediate: boolean}} Drawing
 */

/** @type {Record<string, (drawing: Drawing) => Node>} */
const ELEMENTS = {
  button,
  workflow_button: workflowButton,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  static_select: select,
  external_select: select,
  users_select: select,
  channels_select: select,
  conversations_select: select,
  multi_static_select: multiSelect,
  multi_external_select: multiSelect,
  multi_users_select: multiSelect,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: richInput,
  file_input: fileInput,
  datepicker: dateInput,
  timepicker: dateInput,
  datetimepicker: dateInput,
  image: ({ element }) => picture(element, "thumbnail"),
};

/**
 * @param {Block} block
 * @param {Element} element
 * @param {Surface} surface
 * @param {Naming} [naming]
 * @param {boolean} [immediate] whether a change is delivered at once; in an input block only if it asks for it
 */
export function drawElement(block, element, surface, naming = {}, immediate = true) {
  const draw = Object.hasOwn(ELEMENTS, element?.type) ? ELEMENTS[element.type] : null;
  if (!draw) return unknown(element, "element");
  const node = /** @type {HTMLElement} */ (draw({ block, element, surface, naming, immediate }));
  node.dataset.actionId = element.action_id ?? "";
  return node;
}

/**
 * The attributes that give an element its name.
 *
 * @param {Naming} naming
 * @param {string} [otherwise]
 */
export function named(naming, otherwise = "") {
  return {
    id: naming.id,
    "aria-labelledby": naming.labelledBy,
    "aria-label": naming.labelledBy ? undefined : otherwise || naming.label || undefined,
    "aria-describedby": naming.describedBy,
  };
}
