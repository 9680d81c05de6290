// Fields one types into: text, numbers, addresses, dates and times.

import { h } from "../dom.js";
import { confirmed } from "../overlays/confirm.js";
import { plainText } from "../text/text_object.js";
import { named } from "./elements.js";

/** @typedef {import("./elements.js").Drawing} Drawing */

const KINDS = /** @type {Record<string, string>} */ ({
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "text",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
});

const PAUSE = 400;

/** @param {Drawing} drawing */
export function textInput(drawing) {
  const { block, element, surface, naming } = drawing;
  const placeholder = plainText(element.placeholder);
  const attributes = {
    ...named(naming, placeholder),
    class: "text-field",
    placeholder: placeholder || null,
    minlength: element.min_length,
    maxlength: element.max_length,
    autocomplete: "off",
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
  };
  const field = /** @type {HTMLInputElement} */ (
    element.multiline ? h("textarea", { ...attributes, rows: "4" }) : h(
      "input",
      { ...attributes, type: KINDS[element.type] },
    )
  );
  field.value = surface.form.open(block, element) ?? "";
  field.addEventListener("input", () => surface.form.set(block, element, field.value || null));
  deliverTyping(drawing, field);
  return field;
}

/**
 * Text is delivered on Enter unless the app asked for every character.
 *
 * @param {Drawing} drawing
 * @param {HTMLInputElement|HTMLTextAreaElement} field
 * @param {() => Record<string, any>} [read]
 */
export function deliverTyping({ block, element, surface, immediate }, field, read) {
  if (!immediate) return;
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const change = read ?? (() => ({ value: field.value || null }));
  const deliver = () => surface.act(block, element, change());
  let timer = 0;
  if (when.includes("on_character_entered")) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(deliver, PAUSE);
    });
  }
  if (when.includes("on_enter_pressed")) {
    field.addEventListener("keydown", (event) => {
      const key = /** @type {KeyboardEvent} */ (event);
      if (key.key !== "Enter" || key.shiftKey) return;
      event.preventDefault();
      deliver();
    });
  }
}

/** @param {Drawing} drawing */
export function dateInput({ block, element, surface, naming, immediate }) {
  const label = plainText(element.placeholder) || naming.label;
  const field = /** @type {HTMLInputElement} */ (
    h(
      "input",
      { ...named(naming, label), class: "text-field date-field", type: KINDS[element.type] },
    )
  );
  field.value = shown(element.type, surface.form.open(block, element));
  if (element.timezone) field.title = `In the time zone ${element.timezone}`;
  let before = field.value;
  field.addEventListener("change", async () => {
    if (immediate && !(await confirmed(element.confirm))) {
      field.value = before;
      return;
    }
    before = field.value;
    const chosen = sent(element.type, field.value);
    surface.form.set(block, element, chosen);
    const key = {
      datepicker: "selected_date",
      timepicker: "selected_time",
    }[element.type] ?? "selected_date_time";
    if (immediate) surface.act(block, element, { [key]: chosen });
  });
  return field;
}

/** @param {string} type @param {any} chosen a moment in seconds for a datetimepicker, else text */
function shown(type, chosen) {
  if (type !== "datetimepicker" || chosen === null) return chosen ?? "";
  const offset = new Date(chosen * 1000).getTimezoneOffset() * 60_000;
  return new Date(chosen * 1000 - offset).toISOString().slice(0, 16);
}

/** @param {string} type @param {string} value */
function sent(type, value) {
  if (!value) return null;
  return type === "datetimepicker" ? Math.floor(new Date(value).getTime() / 1000) : value;
}
