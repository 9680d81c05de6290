// The box one writes in: Enter sends, Shift+Enter breaks the line, a slash begins a command.

import { h, icon } from "../dom.js";
import { Autocomplete } from "./autocomplete.js";
import { UsageHint } from "./usage_hint.js";

const TALLEST = 220;

export class Composer {
  /**
   * @param {{id: string, testid: string, send: (typed: string) => Promise<boolean>, editLast?: () => void}} options `send` says whether it was taken
   */
  constructor({ id, testid, send, editLast = () => {} }) {
    const prefix = testid === "main" ? "" : `${testid}-`;
    this.send = send;
    this.editLast = editLast;
    this.usage = new UsageHint();
    this.field = /** @type {HTMLTextAreaElement} */ (
      h(
        "textarea",
        {
          id,
          class: "composer-field",
          rows: "1",
          data: { testid: `${prefix}composer` },
          autocomplete: "off",
          spellcheck: "true",
        },
      )
    );
    this.button = /** @type {HTMLButtonElement} */ (
      h(
        "button",
        {
          type: "submit",
          class: "send",
          "aria-label": "Send",
          title: "Send",
          data: { testid: `${prefix}send` },
          disabled: true,
        },
        icon("send"),
      )
    );
    this.autocomplete = new Autocomplete(this.field, () => this.changed());
    const hint = h(
      "span",
      { class: "muted composer-hint", "aria-hidden": "true" },
      h("kbd", {}, "Enter"),
      " to send · ",
      h("kbd", {}, "Shift"),
      " ",
      h("kbd", {}, "Enter"),
      " for a new line",
    );
    this.foot = h("div", { class: "composer-foot" }, hint, this.button);
    this.node = h(
      "form",
      { class: "composer", on: { submit: (/** @type {Event} */ event) => this.submit(event) } },
      this.usage.node,
      this.field,
      this.foot,
    );
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** @param {string} label */
  label(label) {
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
  }

  /** Puts words in, as a suggestion a person still sends by hand. @param {string} text */
  suggest(text) {
    this.field.value = text;
    this.changed();
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
  }

  changed() {
    this.button.disabled = !this.field.value.trim();
    this.usage.show(this.field.value);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.autocomplete.pressed(event)) return;
    if (event.key === "ArrowUp" && !this.field.value) {
      event.preventDefault();
      return this.editLast();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.node.requestSubmit();
  }

  /** What was typed comes back when it was not taken. @param {Event} event */
  async submit(event) {
    event.preventDefault();
    const typed = this.field.value.trimEnd();
    if (!typed.trim()) return;
    this.field.value = "";
    this.autocomplete.close();
    this.changed();
    const taken = await this.send(typed);
    if (!taken && !this.field.value) this.suggest(typed);
  }
}
