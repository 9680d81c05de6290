// Editing one's own message where it stands: Enter saves, Escape leaves it as it was.

import { h } from "../dom.js";
import { perform, refreshMessages, refreshThread } from "../load.js";
import { emit } from "../store.js";
import { readable } from "./typed_text.js";

/** @typedef {import("../types.js").Message} Message */

let edited = "";

/** @param {string} ts */
export const isEdited = (ts) => ts === edited;

/** @param {string} ts */
export function startEditing(ts) {
  edited = ts;
  redraw();
  const field = /** @type {HTMLTextAreaElement|null} */ (document.querySelector(".edit-field"));
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

/** @param {string} ts whose message gets the focus back */
function stop(ts) {
  edited = "";
  redraw();
  /** @type {HTMLElement|null} */ (document.querySelector(`[data-ts="${CSS.escape(ts)}"]`))?.focus();
}

function redraw() {
  emit("messages");
  emit("thread");
}

/** @param {Message} message @param {string} channel */
export function editor(message, channel) {
  const field = /** @type {HTMLTextAreaElement} */ (
    h("textarea", {
      class: "text-field edit-field",
      "aria-label": "Edit message",
      rows: "2",
      data: { testid: "edit-field" },
      set: { value: readable(message.text) },
    })
  );
  const save = async () => {
    const text = field.value.trim();
    if (!text) return;
    const changed = text !== readable(message.text);
    if (changed && !(await perform("edit", { channel, ts: message.ts, text }))) return;
    await Promise.all([refreshMessages(), refreshThread()]);
    stop(message.ts);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop(message.ts);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const button = (/** @type {string} */ word, /** @type {string} */ kind, /** @type {() => void} */ press) => h(
    "button",
    { type: "button", class: `button ${kind}`, on: { click: press } },
    word,
  );
  return h(
    "div",
    { class: "editor" },
    field,
    h(
      "div",
      { class: "editor-foot" },
      button("Cancel", "", () => stop(message.ts)),
      button("Save", "primary", save),
    ),
  );
}
