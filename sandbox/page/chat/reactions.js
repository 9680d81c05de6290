// Reactions: the chips below a message and the small board to choose one from.

import { h } from "../dom.js";
import { perform, refreshMessages, refreshThread } from "../load.js";
import { openPopup, place } from "../overlays/popup.js";
import { displayName } from "../people.js";
import { store } from "../store.js";
import { EMOJI } from "../text/emoji.js";
import { emoji } from "../text/inline.js";

const USUAL = [
  "eyes",
  "white_check_mark",
  "raised_hands",
  "+1",
  "fire",
  "tada",
  "pushpin",
  "thinking_face",
  "rotating_light",
  "heart",
];
const SHOWN = 40;

/** @param {import("../types.js").Message} message @param {string} channel */
export function reactionsBar(message, channel) {
  if (!message.reactions?.length) return "";
  const chips = message.reactions.map(({ name, users }) => {
    const mine = users.includes(store.me);
    const who = users.map(displayName).join(", ");
    const label = `${name.replaceAll("_", " ")}, ${users.length}: ${who}`;
    const press = () => toggle(mine, name, message, channel);
    return h(
      "button",
      {
        type: "button",
        class: "reaction",
        "aria-pressed": String(mine),
        "aria-label": label,
        title: label,
        on: { click: press },
      },
      emoji(name),
      h("span", {}, String(users.length)),
    );
  });
  return h("div", { class: "reactions", data: { testid: "reactions" } }, ...chips);
}

/**
 * @param {boolean} mine
 * @param {string} name
 * @param {import("../types.js").Message} message
 * @param {string} channel
 */
async function toggle(mine, name, message, channel) {
  await perform(mine ? "unreact" : "react", { channel, ts: message.ts, name });
  await Promise.all([refreshMessages(), refreshThread()]);
}

/**
 * @param {HTMLElement} anchor
 * @param {import("../types.js").Message} message
 * @param {string} channel
 */
export function chooseReaction(anchor, message, channel) {
  const board = h("div", { class: "emoji-board" });
  const label = "Search reactions";
  const search = /** @type {HTMLInputElement} */ (
    h("input", { type: "text", class: "text-field", placeholder: label, "aria-label": label })
  );
  search.addEventListener("input", () => fill());
  const popup = h(
    "div",
    { class: "emoji-popup", role: "dialog", "aria-label": "Add a reaction" },
    search,
    board,
  );
  const fill = () => {
    const wanted = search.value.trim().toLowerCase().replaceAll(" ", "_");
    const names = wanted ? Object.keys(EMOJI).filter(
      (name) => name.includes(wanted),
    ).slice(0, SHOWN) : USUAL;
    board.replaceChildren(...names.map(choice));
  };
  const choice = (/** @type {string} */ name) => {
    const press = () => {
      popup.hidePopover();
      const mine = message.reactions?.some(
        (one) => one.name === name && one.users.includes(store.me),
      );
      if (!mine) toggle(false, name, message, channel);
    };
    return h(
      "button",
      {
        type: "button",
        class: "emoji-choice",
        "aria-label": name.replaceAll("_", " "),
        title: `:${name}:`,
        on: { click: press },
      },
      EMOJI[name],
    );
  };
  fill();
  openPopup(anchor, popup);
  place(anchor, popup);
  search.focus();
}
