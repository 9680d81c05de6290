// Shows what this page cannot draw as the JSON it is, so that nothing is ever silently dropped.

import { h, icon } from "../dom.js";

/** @param {unknown} thing @param {string} warning */
export function raw(thing, warning) {
  return h(
    "div",
    { class: "raw", data: { testid: "raw-block" } },
    h("p", { class: "raw-warning" }, icon("warning"), warning),
    h(
      "pre",
      { tabindex: "0", "aria-label": "The block as JSON" },
      h("code", {}, JSON.stringify(thing, null, 2)),
    ),
  );
}

/**
 * @param {import("../types.js").Block|import("../types.js").Element} thing
 * @param {"block"|"element"} kind
 */
export function unknown(thing, kind) {
  return raw(
    thing,
    `The sandbox cannot draw a ${kind} of type “${thing?.type ?? "none"}”; this is what was sent.`,
  );
}
