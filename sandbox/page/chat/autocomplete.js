// Suggestions while one types: the app's commands after a slash, people after @, channels after #.

import { freshId, h } from "../dom.js";
import { choosable } from "../people.js";
import { store } from "../store.js";

/** @typedef {{text: string, label: string, detail: string}} Suggestion */

const MOST = 8;

/**
 * @param {string} before the text left of the caret
 * @returns {{start: number, found: Suggestion[]}}
 */
function suggestions(before) {
  const command = before.match(/^\/\S*$/);
  if (command) return { start: 0, found: commands(command[0]) };
  const mention = before.match(/(?<![\p{L}\p{N}_])([@#])([\p{L}\p{N}._-]*)$/u);
  if (!mention) return { start: 0, found: [] };
  const names = mention[1] === "@" ? peopleNames() : channelNames();
  const wanted = mention[2].toLowerCase();
  const found = names.filter(
    ({ text, label }) => text.slice(1).startsWith(wanted) || label.toLowerCase().startsWith(wanted),
  );
  return { start: before.length - mention[0].length, found };
}

/** @param {string} typed @returns {Suggestion[]} */
function commands(typed) {
  return (store.workspace?.app.commands ?? [])
    .filter(({ command }) => command.startsWith(typed))
    .map(
      ({ command, usage_hint: hint = "", description = "" }) => ({
        text: command,
        label: `${command} ${hint}`.trim(),
        detail: description,
      }),
    );
}

/** @returns {Suggestion[]} */
function peopleNames() {
  return choosable().map(
    (user) => ({ text: `@${user.name}`, label: user.real_name, detail: user.title ?? "" }),
  );
}

/** @returns {Suggestion[]} */
function channelNames() {
  const channels = (store.workspace?.channels ?? []).filter((channel) => !channel.is_im);
  return channels.map(
    (channel) => ({ text: `#${channel.name}`, label: channel.name, detail: channel.purpose ?? "" }),
  );
}

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
