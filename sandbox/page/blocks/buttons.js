// Buttons and overflow menus: things one presses.

import { h, icon } from "../dom.js";
import { confirmed } from "../overlays/confirm.js";
import { menu } from "../overlays/popup.js";
import { complain } from "../overlays/toast.js";
import { safeUrl } from "../text/entities.js";
import { plainText, textNodes } from "../text/text_object.js";

/** @typedef {import("./elements.js").Drawing} Drawing */

/** @param {Drawing} drawing */
export function button({ block, element, surface }) {
  const node = h(
    "button",
    {
      type: "button",
      class: `button ${element.style ?? ""}`,
      "aria-label": element.accessibility_label,
      data: { testid: "block-button" },
      on: { click: () => press() },
    },
    ...textNodes(element.text),
  );
  const press = async () => {
    if (node.getAttribute("aria-busy") || !(await confirmed(element.confirm))) return;
    const url = element.url && safeUrl(element.url);
    if (url) window.open(url, "_blank", "noopener");
    await busyWhile(node, () => surface.act(block, element, {}));
  };
  return node;
}

/** Workflows are Slack's own: the app hears nothing of them. @param {Drawing} drawing */
export function workflowButton({ element }) {
  const why = "Workflows do not run in the sandbox, and the app hears nothing of this button.";
  const press = async () => {
    if (await confirmed(element.confirm)) complain(Object.assign(new Error(why), { code: "workflow" }));
  };
  const attributes = { type: "button", title: why, "aria-label": element.accessibility_label };
  return h(
    "button",
    { class: `button ${element.style ?? ""}`, ...attributes, on: { click: press } },
    icon("bolt"),
    ...textNodes(element.text),
  );
}

/**
 * Shows that something is under way, and refuses a second press meanwhile.
 *
 * @param {HTMLElement} node
 * @param {() => Promise<unknown>} work
 */
export async function busyWhile(node, work) {
  node.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

/** @param {Drawing} drawing */
export function overflow({ block, element, surface }) {
  const choose = async (/** @type {import("../types.js").Option} */ option) => {
    if (!(await confirmed(element.confirm))) return;
    const url = option.url && safeUrl(option.url);
    if (url) window.open(url, "_blank", "noopener");
    await surface.act(block, element, { selected_option: option });
  };
  const node = h(
    "button",
    {
      type: "button",
      class: "button overflow",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
    },
    icon("more"),
  );
  node.addEventListener("click", () => {
    const items = element.options.map((/** @type {any} */ option) => ({
      label: plainText(option.text),
      detail: plainText(option.description),
      choose: () => choose(option),
    }));
    menu(node, items, "More actions");
  });
  return node;
}
