// Modal dialogs on the browser's own <dialog>, which keeps the focus inside and the rest of the page out of reach.

import { h } from "../dom.js";
import { hostChanged } from "./toast.js";

/** @type {HTMLDialogElement[]} the open ones, topmost last */
const open = [];

/**
 * @param {{testid: string, labelledBy: string, class: string, cancel: () => void}} options `cancel` is what Escape means
 * @param {...Node} children
 * @returns {HTMLDialogElement}
 */
export function openDialog(options, ...children) {
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      "dialog",
      {
        class: options.class,
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": options.labelledBy,
        data: { testid: options.testid },
      },
      ...children,
    )
  );
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    options.cancel();
  });
  // A browser may close it without asking when Escape is pressed twice; that means the same.
  dialog.addEventListener("close", (event) => {
    if (event.target === dialog && open.includes(dialog)) options.cancel();
  });
  document.body.append(dialog);
  dialog.showModal();
  open.push(dialog);
  hostChanged(dialog);
  return dialog;
}

/** @param {HTMLDialogElement} dialog */
export function closeDialog(dialog) {
  open.splice(open.indexOf(dialog), 1);
  hostChanged(open.at(-1) ?? document.body);
  dialog.close();
  dialog.remove();
  focusAgain();
}

/**
 * A closing dialog gives the focus back, but where the caret stood in it Chromium leaves none behind:
 * what is typed next would be lost.
 */
function focusAgain() {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body) return;
  active.blur();
  active.focus({ preventScroll: true });
}
