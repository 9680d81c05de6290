// Short notes at the edge of the page: timeouts and refusals, as Slack shows them.

import { byId, h, iconButton } from "../dom.js";

const SHOWN = 8000;

/** @param {string} text @param {"error"|"note"} [kind] */
export function toast(text, kind = "note") {
  const close = iconButton("close", "Dismiss", () => node.remove());
  const node = h(
    "div",
    { class: `toast ${kind}`, data: { testid: "toast" } },
    h("span", {}, text),
    close,
  );
  byId("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN);
}

/**
 * Tells the person about a refusal; anything else is a fault of the page and belongs in the browser's log.
 *
 * @param {unknown} fault
 */
export function complain(fault) {
  if (!(fault instanceof Error && "code" in fault)) throw fault;
  toast(fault.message, "error");
}

/**
 * Notes must be inside the topmost dialog, or nobody could see or dismiss them.
 *
 * @param {HTMLElement} host
 */
export function hostChanged(host) {
  host.append(byId("toasts"));
}
