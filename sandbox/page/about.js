// What the app's manifest announces: its commands and shortcuts.

import { h } from "./dom.js";

/** @param {import("./types.js").App} app */
export function about(app) {
  const commands = app.commands.map(({ command, usage_hint: hint = "", description = "" }) => [
    h("code", {}, `${command} ${hint}`.trim()),
    description,
  ]);
  const shortcuts = app.shortcuts.map(({ name, type, description = "" }) => [
    h("strong", {}, name),
    `${type === "global" ? "Everywhere" : "On messages"} · ${description}`,
  ]);
  return h(
    "div",
    { class: "about", data: { testid: "about" } },
    app.description && h("p", {}, app.description),
    list("Commands", commands),
    list("Shortcuts", shortcuts),
  );
}

/** @param {string} title @param {(Node|string)[][]} rows */
function list(title, rows) {
  if (!rows.length) return "";
  const items = rows.flatMap(([name, words]) => [h("dt", {}, name), h("dd", { class: "muted" }, words)]);
  return h("section", {}, h("h2", {}, title), h("dl", {}, ...items));
}
