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
 * @property {Option[]} [options] of a select
 * @property {string[]} [suggestions] of a text, which may be another one all the same
 * @property {boolean} [decides] the other fields depend on it
 * @property {boolean} [rare] folded away with the others of its kind, and never required
 * @property {number} [most] characters
 * @property {boolean} [optional]
 * @property {string} [at] the refusals' code that belongs to this field
 */
/** @typedef {string|{value: string, label: string, disabled?: boolean}} Option */
/** @typedef {Record<string, string|boolean>} Filled */
/**
 * @typedef {Field[]|((filled: Filled) => Field[])} Fields
 * @typedef {{title: string, submit: string, fields: Fields, rare?: string, testid?: string, send: (filled: Filled) => Promise<unknown>}} Form `send` throws what is refused
 */

/** @param {Form} form */
export function openForm({ title, submit, fields, rare = "More", testid = "form-dialog", send }) {
  const opener = /** @type {HTMLElement|null} */ (document.activeElement);
  const heading = freshId("form-title");
  const drawn = (/** @type {Filled} */ filled) => (
    (typeof fields === "function" ? fields(filled) : fields).map(drawField)
  );
  let rows = drawn({});
  const filled = () => Object.fromEntries(rows.map((row) => [row.field.name, row.value()]));
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const close = () => {
    closeDialog(dialog);
    opener?.focus?.();
  };
  const button = /** @type {HTMLButtonElement} */ (
    h("button", { type: "submit", class: "button primary", data: { testid: `${testid}-submit` } }, submit)
  );
  const folded = h("details", { class: "rare-fields" }, h("summary", {}, rare));
  const body = h("div", { class: "dialog-body form-rows" });
  const place = () => {
    const [often, seldom] = [false, true].map((wanted) => (
      rows.filter((row) => Boolean(row.field.rare) === wanted).map((row) => row.node)
    ));
    folded.replaceChildren(folded.children[0], ...seldom);
    body.replaceChildren(...often, ...(seldom.length ? [folded] : []), error);
  };
  place();
  body.addEventListener("change", (event) => {
    const decisive = rows.find(({ field, input }) => field.decides && input === event.target);
    if (!decisive) return;
    rows = drawn(filled());
    place();
    rows.find(({ field }) => field.name === decisive.field.name)?.input.focus();
  });
  const node = h(
    "form",
    { class: "modal-form", novalidate: true, method: "dialog" },
    h(
      "header",
      { class: "modal-head" },
      h("h2", { id: heading, class: "dialog-title" }, title),
      iconButton("close", "Close this dialog", close),
    ),
    body,
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
      await send(filled());
      close();
    } catch (refusal) {
      if (!(refusal instanceof Error && "code" in refusal)) throw refusal;
      error.textContent = refusal.message;
      error.hidden = false;
      rows[0].input.focus();
      error.scrollIntoView({ block: "nearest" });
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
  const wrong = rows.filter((row) => row.blame(complaint(row)));
  wrong[0]?.input.closest("details")?.setAttribute("open", "");
  wrong[0]?.input.focus();
  return !wrong.length;
}

/** @param {ReturnType<typeof drawField>} row */
function complaint({ field, input, value }) {
  if (input.validity?.badInput) return "Please write a number.";
  return field.optional || field.rare || value() !== "" ? "" : "Please fill in this field.";
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
    return Boolean(words);
  };
  const offered = suggested(field, input);
  const parts = box ? [h("span", { class: "choice" }, input, label), hint] : [label, input, offered, hint, wrong];
  return { field, input, value, blame, node: h("div", { class: "form-row" }, ...parts) };
}

/** @param {Field} field @param {HTMLInputElement} input */
function suggested({ suggestions }, input) {
  if (!suggestions) return "";
  const list = h("datalist", { id: `${input.id}-list` }, ...suggestions.map(drawOption));
  input.setAttribute("list", list.id);
  return list;
}

/** @param {Option} option */
function drawOption(option) {
  const { value, label, disabled } = typeof option === "string" ? { value: option, label: option } : option;
  return h("option", { value, disabled }, label);
}

/** @param {Field} field @param {string} id @returns {HTMLInputElement} */
function control(field, id) {
  const plain = { id, class: "text-field", name: field.name, maxlength: field.most, autocomplete: "off" };
  if (field.kind === "select") {
    const options = (field.options ?? []).map(drawOption);
    return /** @type {any} */ (h("select", { ...plain, set: { value: field.value ?? "" } }, ...options));
  }
  if (field.kind === "checkbox") return /** @type {any} */ (h("input", { id, type: "checkbox" }));
  if (field.kind === "area") return /** @type {any} */ (
    h("textarea", { ...plain, rows: "3", set: { value: field.value ?? "" } })
  );
  const type = field.kind ?? "text";
  const step = type === "number" ? "any" : undefined;
  return /** @type {any} */ (h("input", { ...plain, type, step, set: { value: field.value ?? "" } }));
}
