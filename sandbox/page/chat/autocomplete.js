// Suggestions while one types: the app's commands after a slash, people after @, channels after #, emoji after :.

import { freshId, h } from "../dom.js";
import { suggestions } from "./suggestions.js";

/** @typedef {import("./suggestions.js").Suggestion} Suggestion */

const MOST = 8;

export class Autocomplete {
  /** @param {HTMLTextAreaElement} field @param {() => void} changed */
  constructor(field, changed) {
    this.field = field;
    this.changed = changed;
    this.at = 0;
    this.start = 0;
    /** @type {Suggestion[]} */
    this.found = [];
    this.list = h(
      "div",
      {
        role: "listbox",
        id: freshId("suggestions"),
        class: "suggestions",
        "aria-label": "Suggestions",
        data: { testid: "suggestions" },
      },
    );
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.refresh());
    field.addEventListener("blur", () => this.close());
  }

  refresh() {
    const { start, found } = suggestions(this.field.value.slice(0, this.field.selectionStart));
    this.start = start;
    this.found = found.slice(0, MOST);
    this.at = 0;
    this.draw();
  }

  draw() {
    if (!this.found.length) return this.close();
    this.list.replaceChildren(...this.found.map((one, at) => this.row(one, at)));
    if (!this.list.isConnected) this.field.before(this.list);
    this.field.setAttribute("aria-expanded", "true");
    this.field.setAttribute("aria-activedescendant", this.list.children[this.at].id);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  }

  /** @param {Suggestion} suggestion @param {number} at */
  row(suggestion, at) {
    const take = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.take(suggestion);
    };
    return h(
      "div",
      {
        role: "option",
        id: freshId("suggestion"),
        class: at === this.at ? "suggestion pointed" : "suggestion",
        "aria-selected": String(at === this.at),
        on: { mousedown: take },
      },
      suggestion.sign && h("span", { class: "emoji", "aria-hidden": "true" }, suggestion.sign),
      h("strong", {}, suggestion.label),
      h("span", { class: "muted" }, suggestion.detail),
    );
  }

  /** @param {Suggestion} suggestion */
  take(suggestion) {
    const caret = this.field.selectionStart;
    const head = `${this.field.value.slice(0, this.start)}${suggestion.text} `;
    this.field.value = head + this.field.value.slice(caret).trimStart();
    this.field.setSelectionRange(head.length, head.length);
    this.close();
    this.changed();
  }

  close() {
    this.found = [];
    this.list.remove();
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Whether the key was meant for the list. @param {KeyboardEvent} event */
  pressed(event) {
    if (!this.found.length) return false;
    const suggestion = this.found[this.at];
    const whole = this.field.value.slice(this.start, this.field.selectionStart) === suggestion.text;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.found.length) % this.found.length;
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !whole)) this.take(suggestion);
    else if (event.key === "Escape") this.close();
    else return false;
    if (step) this.draw();
    event.preventDefault();
    return true;
  }
}
