// Select menus, for one choice or several, as a button that opens a searchable list.

import { h, icon } from "../dom.js";
import { confirmed } from "../overlays/confirm.js";
import { plainText } from "../text/text_object.js";
import { named } from "./elements.js";
import { isEmpty, STATE_KEY } from "./form_state.js";
import { describe, startingConversation } from "./option_sources.js";
import { openPicker } from "./picker.js";

/** @typedef {import("./elements.js").Drawing} Drawing */

/** @param {Drawing} drawing */
export function select(drawing) {
  const menu = opener(drawing);
  let chosen = start(drawing);
  const show = () => fill(menu, drawing, chosen ? [chosen] : []);
  const choose = async (/** @type {any} */ picked) => {
    if (drawing.immediate && !(await confirmed(drawing.element.confirm))) return;
    chosen = picked;
    show();
    keep(drawing, chosen);
    await deliver(drawing, chosen);
  };
  menu.addEventListener("click", () => {
    openPicker(
      menu,
      drawing,
      { several: false, chosen: () => (chosen ? [chosen] : []), toggle: choose },
    );
  });
  show();
  return menu;
}

/** Several choices are delivered together, when the list is closed. @param {Drawing} drawing */
export function multiSelect(drawing) {
  const menu = opener(drawing);
  /** @type {any[]} */
  let chosen = start(drawing) ?? [];
  const show = () => fill(menu, drawing, chosen);
  const toggle = (/** @type {any} */ picked) => {
    const key = describe(picked).key;
    const without = chosen.filter((one) => describe(one).key !== key);
    const most = drawing.element.max_selected_items ?? Infinity;
    const added = without.length === chosen.length;
    chosen = added && chosen.length < most ? [...chosen, picked] : without;
    show();
    keep(drawing, chosen);
  };
  menu.addEventListener("click", () => {
    const before = JSON.stringify(chosen);
    const closed = () => (JSON.stringify(chosen) === before ? undefined : deliver(drawing, chosen));
    openPicker(menu, drawing, { several: true, chosen: () => chosen, toggle, closed });
  });
  show();
  return menu;
}

/** @param {Drawing} drawing */
function opener({ element, naming }) {
  const label = plainText(element.placeholder) || naming.label || "Choose";
  const attributes = {
    type: "button",
    class: "select",
    role: "combobox",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
  };
  return h("button", { ...attributes, ...named(naming, label), data: { testid: "select" } });
}

/** @param {Drawing} drawing */
function start(drawing) {
  const chosen = drawing.surface.form.open(drawing.block, drawing.element);
  if (!isEmpty(chosen)) return chosen;
  const here = startingConversation(drawing.element);
  if (here) keep(drawing, here);
  return here ?? chosen;
}

/** @param {Drawing} drawing @param {any} chosen */
function keep({ block, element, surface }, chosen) {
  surface.form.set(block, element, chosen);
}

/** @param {Drawing} drawing @param {any} chosen */
async function deliver({ block, element, surface, immediate }, chosen) {
  if (immediate) await surface.act(block, element, { [STATE_KEY[element.type]]: chosen });
}

/** @param {HTMLElement} menu @param {Drawing} drawing @param {any[]} chosen */
function fill(menu, { element }, chosen) {
  const several = element.type.startsWith("multi_");
  const words = chosen.map(
    (one) => h("span", { class: several ? "chip" : "chosen" }, describe(one).label),
  );
  const empty = h("span", { class: "placeholder" }, plainText(element.placeholder) || "Choose…");
  menu.replaceChildren(
    h("span", { class: "select-words" }, ...(words.length ? words : [empty])),
    icon("chevron"),
  );
}
