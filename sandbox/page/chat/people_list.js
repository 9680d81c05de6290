// Who is in a channel, and the ways to bring somebody in or out.

import { h } from "../dom.js";
import { perform, refreshMessages, refreshWorkspace } from "../load.js";
import { moveFocus, openPopup } from "../overlays/popup.js";
import { avatar, choosable, displayName, isApp, isMember } from "../people.js";
import { store } from "../store.js";
import { talkTo } from "./new_direct.js";

/** @typedef {import("../types.js").Channel} Channel */

/** @param {Channel} channel */
export function peopleButton(channel) {
  const faces = channel.members.slice(0, 3).map((id) => avatar(id, "tiny"));
  const label = channel.members.length === 1 ? "1 member" : `${channel.members.length} members`;
  const button = h(
    "button",
    {
      type: "button",
      class: "people-button",
      "aria-label": label,
      "aria-haspopup": "dialog",
      data: { testid: "people-button", focusKey: "people" },
      on: { click: () => open(button, channel, label) },
    },
    h("span", { class: "faces" }, ...faces),
    String(channel.members.length),
  );
  return button;
}

/** @param {HTMLElement} button @param {Channel} channel @param {string} label */
function open(button, channel, label) {
  const list = h("div", {
    class: "card-list",
    role: "dialog",
    "aria-label": label,
    tabindex: "-1",
    data: { testid: "people" },
  });
  const change = (/** @type {string} */ what, /** @type {object} */ more) => async () => {
    list.hidePopover();
    await perform(what, { channel: channel.id, ...more });
    await Promise.all([refreshWorkspace(), refreshMessages()]);
  };
  const mayChange = isMember(channel) && !channel.is_archived;
  const strangers = mayChange ? choosable().filter((user) => !channel.members.includes(user.id)) : [];
  const members = channel.members.map((id) => row(
    id,
    [
      id !== store.me && rowButton("Message", `Message ${displayName(id)}`, () => {
        list.hidePopover();
        talkTo(id);
      }),
      mayChange && id !== store.me && rowButton(
        "Remove",
        `Remove ${displayName(id)}`,
        change("kick", { who: id }),
      ),
    ],
  ));
  const others = strangers.map(({ id }) => row(
    id,
    [rowButton("Add", `Add ${displayName(id)}`, change("invite", { users: [id] }))],
  ));
  list.append(
    h("h2", {}, label),
    h("ul", { role: "list" }, ...members),
    ...(others.length ? [h("h2", {}, "Add people"), h("ul", { role: "list" }, ...others)] : []),
  );
  list.addEventListener("keydown", (event) => moveFocus(list, event));
  openPopup(button, list);
  (list.querySelector("button") ?? list).focus();
}

/** @param {string} id @param {(Node|false)[]} buttons */
function row(id, buttons) {
  const app = isApp(id) && h("span", { class: "app-badge" }, "APP");
  const words = h("span", { class: "list-words" }, displayName(id), " ", app);
  return h("li", {}, h("span", { class: "list-row" }, avatar(id, "small"), words, ...buttons));
}

/** @param {string} word @param {string} label @param {() => void} press */
function rowButton(word, label, press) {
  return h(
    "button",
    { type: "button", class: "row-button", "aria-label": label, on: { click: press } },
    word,
  );
}
