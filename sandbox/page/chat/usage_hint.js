// How a slash command wants to be used, shown above the box while one types its text.

import { h } from "../dom.js";
import { store } from "../store.js";

export class UsageHint {
  constructor() {
    this.node = h("div", {
      class: "usage-hint",
      role: "status",
      hidden: true,
      data: { testid: "usage-hint" },
    });
  }

  /** @param {string} typed what stands in the box */
  show(typed) {
    const [word, ...rest] = typed.split(/\s/);
    const command = rest.length ? store.workspace?.app.commands.find((one) => one.command === word) : undefined;
    this.node.hidden = !command;
    if (!command || this.node.dataset.command === word) return;
    this.node.dataset.command = word;
    this.node.replaceChildren(
      h("strong", {}, command.command),
      h("code", {}, command.usage_hint || "no text needed"),
      h("span", { class: "muted" }, command.description ?? ""),
    );
  }
}
