// A text object, plain or mrkdwn, as nodes.

import { withEmoji } from "./inline.js";
import { mrkdwn } from "./mrkdwn.js";

/**
 * @param {import("../types.js").TextObject|undefined} object
 * @returns {(Node|string)[]}
 */
export function textNodes(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim });
  return object.emoji === false ? [object.text] : withEmoji(object.text);
}

/**
 * The same as a string, for labels and names.
 *
 * @param {import("../types.js").TextObject|undefined} object
 */
export function plainText(object) {
  return textNodes(object)
    .map((node) => (typeof node === "string" ? node : node.textContent ?? ""))
    .join("");
}
