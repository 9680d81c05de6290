// The list a select menu opens: type to search, arrows to walk, Enter to choose.

import { freshId, h, icon } from "../dom.js";
import { openPopup, place } from "../overlays/popup.js";
import { describe, groupsOf } from "./option_sources.js";

/**
 * @typedef {object} Picking
 * @property {boolean} several
 * @property {() => any[]} chosen
 * @property {(picked: any) => void} toggle
 * @property {() => void} [closed]
 */

const PAUSE = 150;

/**
 * @param {HTMLElement} anchor
 * @param {import("./elements.js").Drawing} drawing
 * @param {Picking} picking
 */
export function openPicker(anchor, drawing, picking) {
  const list = h(
    "div",
    {
      role: "listbox",
      id: freshId("listbox"),
      class: "options",
      "aria-label": "Choices",
      "aria-multiselectable": picking.several ? "true" : null,
    },
  );
  const search = /** @type {HTMLInputElement} */ (
    h(
      "input",
      {
        class: "text-field picker-search",
        type: "text",
        placeholder: "Search",
        "aria-label": "Search the choices",
        "aria-controls": list.id,
        autocomplete: "off",
      },
    )
  );
  const popup = h("div", { class: "picker" }, search, list);
  let at = 0;
  const options = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=option]")]);
  const point = (/** @type {number} */ to) => {
    const all = options();
    at = all.length ? (to + all.length) % all.length : 0;
    all.forEach((one, index) => one.classList.toggle("pointed", index === at));
    all[at]?.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", all[at]?.id ?? "");
  };
  const pick = (/** @type {any} */ chosen) => {
    picking.toggle(chosen);
    if (!picking.several) return popup.hidePopover();
    markChosen(list, picking);
    search.focus();
  };
  const fill = async () => {
    list.replaceChildren(...(await rows(drawing, search.value, pick)));
    markChosen(list, picking);
    point(Math.max(0, options().findIndex((one) => one.getAttribute("aria-selected") === "true")));
    place(anchor, popup);
  };
  search.addEventListener("input", pausing(fill));
  search.addEventListener("keydown", (event) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined) point(to);
    else if (event.key === "Enter") options()[at]?.click();
    else return;
    event.preventDefault();
  });
  openPopup(anchor, popup, picking.closed);
  popup.style.minWidth = `${anchor.offsetWidth}px`;
  search.focus();
  fill();
}

/**
 * @param {import("./elements.js").Drawing} drawing
 * @param {string} typed
 * @param {(chosen: any) => void} pick
 */
async function rows(drawing, typed, pick) {
  const least = drawing.element.type.includes("external") ? drawing.element.min_query_length ?? 3 : 0;
  if (typed.length < least) return [h("p", { class: "muted nothing" }, `Type at least ${least} characters.`)];
  const groups = await groupsOf(drawing, typed);
  const found = groups.filter((group) => group.choices.length);
  if (!found.length) return [h("p", { class: "muted nothing" }, "Nothing matches.")];
  return found.flatMap((group) => [
    group.label && h("p", { class: "group-label", role: "presentation" }, group.label),
    ...group.choices.map((choice) => row(choice, pick)),
  ].filter((node) => typeof node !== "string"));
}

/** @param {import("./option_sources.js").Choice} choice @param {(chosen: any) => void} pick */
function row(choice, pick) {
  const detail = choice.detail && h("span", { class: "muted" }, choice.detail);
  return h(
    "div",
    {
      role: "option",
      id: freshId("option"),
      class: "option",
      data: { key: choice.key },
      on: { click: () => pick(choice.chosen) },
    },
    h("span", { class: "option-words" }, h("span", {}, choice.label), detail),
    icon("check"),
  );
}

/** @param {HTMLElement} list @param {Picking} picking */
function markChosen(list, picking) {
  const keys = new Set(picking.chosen().map((one) => describe(one).key));
  for (const option of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[role=option]"))) {
    option.setAttribute("aria-selected", String(keys.has(option.dataset.key ?? "")));
  }
}

/** Waits until the typing pauses. @param {() => void} work */
function pausing(work) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, PAUSE);
  };
}
