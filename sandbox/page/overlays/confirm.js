// The confirmation dialog that a button, a menu or a choice may ask for before it acts.

import { freshId, h } from "../dom.js";
import { plainText, textNodes } from "../text/text_object.js";
import { closeDialog, openDialog } from "./dialog.js";

/**
 * @param {Record<string, any>|undefined} confirm Slack's confirmation object; without one the answer is yes
 * @returns {Promise<boolean>}
 */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (/** @type {boolean} */ yes) => {
      closeDialog(dialog);
      resolve(yes);
    };
    const title = freshId("confirm");
    const deny = choice(
      "confirm-cancel",
      "",
      plainText(confirm.deny) || "Cancel",
      () => answer(false),
    );
    const accept = choice(
      "confirm-ok",
      confirm.style ?? "primary",
      plainText(confirm.confirm) || "Yes",
      () => answer(true),
    );
    const dialog = openDialog(
      {
        testid: "confirm",
        labelledBy: title,
        class: "dialog confirm",
        cancel: () => answer(false),
      },
      h(
        "h2",
        { id: title, class: "dialog-title" },
        ...textNodes(confirm.title ?? { type: "plain_text", text: "Are you sure?" }),
      ),
      h("div", { class: "dialog-body text" }, ...textNodes(confirm.text)),
      h("div", { class: "dialog-foot" }, deny, accept),
    );
    accept.focus();
  });
}

/** @param {string} testid @param {string} style @param {string} label @param {() => void} press */
function choice(testid, style, label, press) {
  return h(
    "button",
    { type: "button", class: `button ${style}`, data: { testid }, on: { click: press } },
    label,
  );
}
