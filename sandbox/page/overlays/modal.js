// The stack of modal views: the top one is shown, those below keep what was entered in them.

import { act } from "../api.js";
import { findErrors, showErrors } from "../blocks/input_block.js";
import { renderBlocks } from "../blocks/render.js";
import { freshId, h, iconButton } from "../dom.js";
import { refreshViews } from "../load.js";
import { on, store } from "../store.js";
import { viewSurface } from "../surfaces.js";
import { plainText, textNodes } from "../text/text_object.js";
import { noticed } from "../first_steps.js";
import { closeDialog, openDialog } from "./dialog.js";
import { complain } from "./toast.js";

/**
 * @typedef {{view: import("../types.js").View, drawn: string, surface: import("../types.js").Surface, node: HTMLElement}} Sheet
 */

/** @type {Map<string, Sheet>} by view id */
const sheets = new Map();
/** @type {HTMLDialogElement|null} */
let dialog = null;
/** @type {Element|null} where the focus goes back to */
let opener = null;
const title = freshId("modal-title");

export function watchModals() {
  on(["views"], draw);
}

function draw() {
  const stack = store.views.stack;
  for (const id of sheets.keys()) if (!stack.some((view) => view.id === id)) sheets.delete(id);
  const top = stack.at(-1);
  if (!top) return shut();
  const before = sheets.get(top.id);
  for (const view of stack) refresh(view);
  const sheet = /** @type {Sheet} */ (sheets.get(top.id));
  if (!dialog) show();
  else if (!dialog.open) dialog.showModal();
  if (dialog?.firstElementChild === sheet.node) return;
  dialog?.querySelector(":scope > form")?.remove();
  dialog?.prepend(sheet.node);
  focusFirst(sheet, before);
}

function show() {
  opener = document.activeElement;
  const options = {
    testid: "modal",
    labelledBy: title,
    class: "dialog modal",
    cancel: () => close(false),
  };
  dialog = openDialog(options);
}

function shut() {
  if (!dialog) return;
  closeDialog(dialog);
  dialog = null;
  /** @type {HTMLElement|null} */ (opener)?.focus?.();
}

/**
 * Draws a view anew where it changed, keeping what the person had entered.
 *
 * @param {import("../types.js").View} view
 */
function refresh(view) {
  const known = sheets.get(view.id);
  const { state, ...shape } = /** @type {any} */ (view);
  const drawn = JSON.stringify(shape);
  if (known?.drawn === drawn) return;
  const surface = viewSurface(view, known?.surface.form);
  sheets.set(view.id, { view, drawn, surface, node: form(view, surface) });
}

/** @param {import("../types.js").View} view @param {import("../types.js").Surface} surface */
function form(view, surface) {
  const submit = view.submit && h(
    "button",
    { type: "submit", class: "button primary", data: { testid: "modal-submit" } },
    ...textNodes(view.submit),
  );
  const back = h(
    "button",
    {
      type: "button",
      class: "button",
      data: { testid: "modal-close" },
      on: { click: () => close(false) },
    },
    plainText(view.close) || (view.submit ? "Cancel" : "Close"),
  );
  const node = h(
    "form",
    { class: "modal-form", novalidate: true, method: "dialog", data: { viewId: view.id } },
    h(
      "header",
      { class: "modal-head" },
      h("h2", { id: title, class: "dialog-title" }, ...textNodes(view.title)),
      iconButton("close", "Close this dialog", () => close(true)),
    ),
    h("div", { class: "dialog-body", tabindex: "-1" }, renderBlocks(view.blocks, surface)),
    h("footer", { class: "dialog-foot" }, back, submit),
  );
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send(view, surface, node, /** @type {HTMLButtonElement|null} */ (submit || null));
  });
  return node;
}

/**
 * @param {import("../types.js").View} view
 * @param {import("../types.js").Surface} surface
 * @param {HTMLElement} node
 * @param {HTMLButtonElement|null} button
 */
async function send(view, surface, node, button) {
  const values = surface.form.values();
  if (!button || button.disabled || showErrors(node, findErrors(view.blocks, values))) return;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await act("act/submit", { user: store.me, view_id: view.id, values });
    if (answer.response_action !== "errors") noticed("submit", plainText(view.title));
    else if (!showErrors(node, answer.errors ?? {})) complainAbout(answer.errors ?? {});
    await refreshViews();
  } catch (refusal) {
    complain(refusal);
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

/**
 * Errors that name no input of this view have no field to stand at.
 *
 * @param {Record<string, string>} errors
 */
function complainAbout(errors) {
  complain(
    Object.assign(
      new Error(Object.values(errors).join(" ") || "The app refused this form."),
      { code: "errors" },
    ),
  );
}

/** @param {boolean} all the cross closes the whole stack, the button below only the top */
async function close(all) {
  const top = store.views.stack.at(-1);
  try {
    if (top) await act("act/close", { user: store.me, view_id: top.id, ...(all ? { all } : {}) });
  } catch (refusal) {
    complain(refusal);
  }
  await refreshViews();
}

const FIELDS = "input, textarea, .select";

/** @param {Sheet} sheet @param {Sheet|undefined} before the same view as it was shown until now */
function focusFirst(sheet, before) {
  const loading = before && !before.node.querySelector(FIELDS);
  const wanted = sheet.view.blocks.find(
    (block) => [block.element, block.accessory, ...(block.elements ?? [])].some((one) => one?.focus_on_load),
  );
  const fields = wanted ? sheet.node.querySelector(
    `[data-block-id="${CSS.escape(wanted.block_id ?? "")}"]`,
  ) : sheet.node;
  const first = fields?.querySelector(FIELDS) ?? sheet.node.querySelector(".dialog-body");
  if (!before || loading || !dialog?.contains(document.activeElement)) /** @type {HTMLElement} */ (first)?.focus();
}
