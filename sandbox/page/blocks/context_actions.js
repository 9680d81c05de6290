// The context_actions block: thumbs up or down for an answer, and small buttons that are only an icon.

import { h, icon } from "../dom.js";
import { confirmed } from "../overlays/confirm.js";
import { store } from "../store.js";
import { plainText } from "../text/text_object.js";
import { busyWhile } from "./buttons.js";
import { unknown } from "./raw.js";

/** @typedef {import("../types.js").Block} Block @typedef {import("../types.js").Surface} Surface */

/** @param {Block} block @param {Surface} surface */
export function contextActions(block, surface) {
  const drawn = block.elements.map((/** @type {any} */ element) => {
    if (element?.type === "feedback_buttons") return feedback(block, element, surface);
    if (element?.type === "icon_button") return iconOnly(block, element, surface);
    return unknown(element, "element");
  });
  return h("div", { class: "block context-actions" }, ...drawn);
}

/** @param {Block} block @param {Record<string, any>} element @param {Surface} surface */
function feedback(block, element, surface) {
  const up = opinion(element.positive_button, "up");
  const down = opinion(element.negative_button, "down");
  for (const [node, meant] of /** @type {const} */ ([[up, element.positive_button], [down, element.negative_button]])) {
    node.addEventListener("click", () => busyWhile(node, async () => {
      if (!(await surface.act(block, /** @type {any} */ (element), { value: meant.value }))) return;
      up.setAttribute("aria-pressed", String(node === up));
      down.setAttribute("aria-pressed", String(node === down));
    }));
  }
  const group = h("span", { class: "feedback", role: "group", "aria-label": "Feedback" }, up, down);
  group.dataset.actionId = element.action_id ?? "";
  return group;
}

/** @param {Record<string, any>} meant @param {"up"|"down"} way */
function opinion(meant, way) {
  const words = plainText(meant.text);
  const label = meant.accessibility_label ?? words;
  const attributes = { type: "button", "aria-label": label, title: words, "aria-pressed": "false" };
  return h("button", { class: `icon-button thumb-${way}`, ...attributes }, icon("thumb"));
}

/**
 * Shown to nobody but the people it names, if it names any.
 *
 * @param {Block} block
 * @param {Record<string, any>} element
 * @param {Surface} surface
 */
function iconOnly(block, element, surface) {
  const viewers = element.visible_to_user_ids;
  if (viewers && !viewers.includes(store.me)) return null;
  const words = plainText(element.text);
  const node = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": element.accessibility_label ?? words,
      title: words,
      data: { actionId: element.action_id ?? "", testid: "icon-button" },
    },
    icon(element.icon === "trash" ? "trash" : "bolt"),
  );
  node.addEventListener("click", async () => {
    if (!(await confirmed(element.confirm))) return;
    await busyWhile(node, () => surface.act(block, /** @type {any} */ (element), {}));
  });
  return node;
}
