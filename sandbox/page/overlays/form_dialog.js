// A small dialog of the workspace itself, such as the one that makes a channel; errors stand at its fields.

import { freshId, h, iconButton } from "../dom.js";
import { closeDialog, openDialog } from "./dialog.js";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {string} [value]
 * @property {string} [hint]
 * @property {"text"|"url"|"number"|"select"|"checkbox"|"area"} [kind]
 * @property {string[]} [options] of a select
 * @property {number} [most] characters
 * @property {boolean} [optional]
 * @property {string} [at] the refusals' code that belongs to this field
 */
/** @typedef {Record<string, string|boolean>} Filled */
/**
 * @typedef {{title: string, submit: string, fields: Field[], testid?: string, send: (filled: Filled) => Promise<unknown>}} Form `send` throws what is refused
 */

/** @param {Form} form */
export function openForm({ title, submit, fields, testid = "form-dialog", send }) {
  const opener = /** @type {HTMLElement|null} */ (document.activeElement);
  const heading = freshId("form-title");
  const rows = fields.map(drawField);
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const close = () => {
    closeDialog(dialog);
    opener?.focus?.();
  };
  const button = /** @type {HTMLButtonElement} */ (
    h("button", { type: "submit", class: "button primary", data: { testid: `${testid}-submit` } }, submit)
  );
  const node = h(
    "form",
    { class: "modal-form", novalidate: true, method: "dialog" },
    h(
      "header",
      { class: "modal-head" },
      h("h2", { id: heading, class: "dialog-title" }, title),
      iconButton("close", "Close this dialog", close),
    ),
    h("div", { class: "dialog-body form-rows" }, ...rows.map((row) => row.node), error),
    h(
      "footer",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button", on: { click: close } }, "Cancel"),
      button,
    ),
  );
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled || !complete(rows)) return;
    button.disabled = true;
    error.hidden = true;
    try {
      await send(Object.fromEntries(rows.map((row) => [row.field.name, row.value()])));
      close();
    } catch (refusal) {
      if (!(refusal instanceof Error && "code" in refusal)) throw refusal;
      error.textContent = refusal.message;
      error.hidden = false;
      rows[0].input.focus();
    } finally {
      button.disabled = false;
    }
  });
  const options = { testid, labelledBy: heading, class: "dialog", cancel: close };
  const dialog = openDialog(options, node);
  rows[0].input.focus();
}

/** @param {ReturnType<typeof drawField>[]} rows */
function complete(rows) {
  const empty = rows.filter((row) => !row.field.optional && row.value() === "");
  for (const row of rows) row.blame(empty.includes(row) ? "Please fill in this field." : "");
  empty[0]?.input.focus();
  return !empty.length;
}

/** @param {Field} field */
function drawField(field) {
  const id = freshId("field");
  const hint = h("p", { id: `${id}-hint`, class: "muted hint" }, field.hint ?? "");
  const wrong = h("p", { class: "field-error", hidden: true });
  const input = control(field, id);
  input.setAttribute("aria-describedby", hint.id);
  const label = h("label", { class: "input-label", for: id }, field.label);
  const box = field.kind === "checkbox";
  const value = () => (box ? /** @type {HTMLInputElement} */ (input).checked : input.value.trim());
  const blame = (/** @type {string} */ words) => {
    wrong.textContent = words;
    wrong.hidden = !words;
    input.setAttribute("aria-invalid", String(Boolean(words)));
  };
  const parts = box ? [h("span", { class: "choice" }, input, label), hint] : [label, input, hint, wrong];
  return { field, input, value, blame, node: h("div", { class: "form-row" }, ...parts) };
}

/** @param {Field} field @param {string} id @returns {HTMLInputElement} */
function control(field, id) {
  const plain = { id, class: "text-field", name: field.name, maxlength: field.most, autocomplete: "off" };
  if (field.kind === "select") {
    const options = (field.options ?? []).map((one) => h("option", { value: one }, one));
    return /** @type {any} */ (h("select", { ...plain, set: { value: field.value ?? "" } }, ...options));
  }
  if (field.kind === "checkbox") return /** @type {any} */ (h("input", { id, type: "checkbox" }));
  if (field.kind === "area") return /** @type {any} */ (
    h("textarea", { ...plain, rows: "3", set: { value: field.value ?? "" } })
  );
  const type = field.kind ?? "text";
  return /** @type {any} */ (h("input", { ...plain, type, set: { value: field.value ?? "" } }));
}
