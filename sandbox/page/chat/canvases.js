// The canvases of a channel: a button for each, and what it says in a dialog.

import { ask } from "../api.js";
import { freshId, h } from "../dom.js";
import { closeDialog, openDialog } from "../overlays/dialog.js";
import { complain } from "../overlays/toast.js";
import { store } from "../store.js";
import { markdown } from "../text/markdown.js";

/** @typedef {import("../types.js").Channel} Channel */

/** @param {Channel} channel */
export function canvasButtons(channel) {
  return (channel.canvases ?? []).map(({ id, title, in_tab: inTab }) => {
    const label = title || "Untitled canvas";
    return h(
      "button",
      {
        type: "button",
        class: "pins-button",
        "aria-haspopup": "dialog",
        title: label,
        "aria-label": `Canvas: ${label}`,
        data: { testid: "canvas-button", focusKey: `canvas-${id}` },
        on: { click: () => show(channel, id) },
      },
      inTab ? "Canvas" : "Shared canvas",
    );
  });
}

/** @param {Channel} channel @param {string} id */
async function show(channel, id) {
  try {
    const canvas = await ask("canvas", { channel: channel.id, user: store.me, canvas: id });
    open(canvas.title || "Untitled canvas", canvas.markdown);
  } catch (refusal) {
    complain(refusal);
  }
}

/** @param {string} title @param {string} words */
function open(title, words) {
  const heading = freshId("canvas");
  const close = () => closeDialog(dialog);
  const button = h("button", { type: "button", class: "button", data: { testid: "canvas-close" }, on: { click: close } }, "Close");
  const dialog = openDialog(
    { testid: "canvas", labelledBy: heading, class: "dialog", cancel: close },
    h("div", { class: "modal-head" }, h("h2", { id: heading, class: "dialog-title" }, title)),
    h("div", { class: "dialog-body text" }, ...markdown(words)),
    h("div", { class: "dialog-foot" }, button),
  );
  button.focus();
}
