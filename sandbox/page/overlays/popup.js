// Things that open next to a button and close by themselves: menus and lists, on the browser's own popovers.

import { h } from "../dom.js";

const GAP = 4;

/**
 * @param {HTMLElement} anchor
 * @param {HTMLElement} popup
 * @param {() => void} [closed]
 */
export function openPopup(anchor, popup, closed = () => {}) {
  popup.setAttribute("popover", "auto");
  popup.classList.add("popup");
  (anchor.closest("dialog") ?? document.body).append(popup);
  anchor.setAttribute("aria-expanded", "true");
  const focusBack = () => popup.contains(
    document.activeElement,
  ) || document.activeElement === document.body;
  popup.addEventListener("beforetoggle", (event) => {
    if (event.newState === "closed" && focusBack()) anchor.focus();
  });
  popup.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    popup.remove();
    closed();
  });
  popup.showPopover();
  place(anchor, popup);
}

/**
 * Below the anchor, or above it where there is no room.
 *
 * @param {HTMLElement} anchor
 * @param {HTMLElement} popup
 */
export function place(anchor, popup) {
  const edge = anchor.getBoundingClientRect();
  const below = window.innerHeight - edge.bottom - GAP;
  const upwards = below < popup.offsetHeight && edge.top > below;
  const left = Math.min(edge.left, window.innerWidth - popup.offsetWidth - GAP);
  popup.style.left = `${Math.max(GAP, left)}px`;
  popup.style.top = upwards ? "auto" : `${edge.bottom + GAP}px`;
  popup.style.bottom = upwards ? `${window.innerHeight - edge.top + GAP}px` : "auto";
  popup.style.maxHeight = `${Math.max(120, (upwards ? edge.top : below) - 2 * GAP)}px`;
}

/**
 * A menu of things to do.
 *
 * @param {HTMLElement} anchor
 * @param {{label: string, detail?: string, choose: () => void}[]} items
 * @param {string} label
 */
export function menu(anchor, items, label) {
  const list = h("div", { role: "menu", "aria-label": label, class: "menu" });
  for (const item of items) {
    const press = () => {
      list.hidePopover();
      item.choose();
    };
    const detail = item.detail && h("span", { class: "muted" }, item.detail);
    list.append(
      h(
        "button",
        { type: "button", role: "menuitem", class: "menu-item", on: { click: press } },
        h("span", {}, item.label),
        detail,
      ),
    );
  }
  list.addEventListener("keydown", (event) => moveFocus(list, event));
  openPopup(anchor, list);
  /** @type {HTMLElement|null} */ (list.firstElementChild)?.focus();
}

/**
 * Arrow keys walk through the buttons of a list.
 *
 * @param {HTMLElement} list
 * @param {KeyboardEvent} event
 */
export function moveFocus(list, event) {
  const buttons = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("button, a")]);
  const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[(to + buttons.length) % buttons.length]?.focus();
}
