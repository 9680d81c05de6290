// The head of a channel: its name, topic, people, pins, bookmarks, and what one can do with it.

import { h, icon, iconButton, present } from "../dom.js";
import { perform, refreshMessages, refreshWorkspace } from "../load.js";
import { menu, moveFocus, openPopup } from "../overlays/popup.js";
import { avatar, channelName, choosable, displayName, isMember } from "../people.js";
import { store } from "../store.js";
import { emoji, link } from "../text/inline.js";
import { inline } from "../text/mrkdwn.js";
import { revealMessage } from "./message_list.js";

/** @typedef {import("../types.js").Channel} Channel */

/** @param {Channel} channel @returns {Node[]} */
export function channelHeader(channel) {
  const sign = channel.is_im ? avatar(channel.user ?? "", "tiny") : icon(
    channel.is_private ? "lock" : "hash",
  );
  const name = h(
    "h1",
    { class: "channel-name", data: { testid: "channel-title" } },
    sign,
    channelName(channel.id),
  );
  const topic = channel.topic && h(
    "div",
    { class: "topic", title: channel.topic, data: { testid: "topic" } },
    ...inline(channel.topic),
  );
  const tools = h(
    "div",
    { class: "channel-tools" },
    ...(channel.is_im ? [] : [peopleButton(channel)]),
    pinsButton(channel),
    !channel.is_im && moreButton(channel),
  );
  const words = h("div", { class: "channel-words" }, name, topic);
  return present([h("header", { class: "channel-head" }, words, tools), bookmarks(channel)]);
}

/** @param {Channel} channel */
function bookmarks(channel) {
  if (!channel.bookmarks?.length) return "";
  const items = channel.bookmarks.map((mark) => {
    const sign = mark.emoji ? emoji(mark.emoji.replaceAll(":", "")) : icon("bolt");
    return h("li", {}, link(mark.link, h("span", { class: "bookmark-sign" }, sign), mark.title));
  });
  return h(
    "nav",
    { class: "bookmarks", "aria-label": "Bookmarks", data: { testid: "bookmarks" } },
    h("ul", { role: "list" }, ...items),
  );
}

/** @param {Channel} channel */
function peopleButton(channel) {
  const faces = channel.members.slice(0, 3).map((id) => avatar(id, "tiny"));
  const label = `${channel.members.length} members`;
  const show = () => {
    const rows = channel.members.map((id) => h("li", {}, avatar(id, "small"), displayName(id)));
    openPopup(
      button,
      h(
        "div",
        { class: "card-list", tabindex: "0" },
        h("h2", {}, label),
        h("ul", { role: "list" }, ...rows),
      ),
    );
  };
  const button = h(
    "button",
    { type: "button", class: "people-button", "aria-label": label, on: { click: show } },
    h("span", { class: "faces" }, ...faces),
    String(channel.members.length),
  );
  return button;
}

/** @param {Channel} channel */
function pinsButton(channel) {
  if (!channel.pins?.length) return "";
  const label = `${channel.pins.length} pinned`;
  const show = () => {
    const list = h(
      "div",
      { class: "card-list", data: { testid: "pins" } },
      h("h2", {}, label),
      ...channel.pins.map((ts) => pinned(ts, () => list.hidePopover())),
    );
    list.addEventListener("keydown", (event) => moveFocus(list, event));
    openPopup(button, list);
    list.querySelector("button")?.focus();
  };
  const button = h(
    "button",
    { type: "button", class: "pins-button", data: { testid: "pins-button" }, on: { click: show } },
    icon("pin"),
    label,
  );
  return button;
}

/** @param {string} ts @param {() => void} close */
function pinned(ts, close) {
  const message = store.messages.find((one) => one.ts === ts);
  const words = message ? [
    h("strong", {}, displayName(message.user)),
    h("span", {}, ...inline(message.text)),
  ] : ["A message in a thread"];
  const press = () => {
    close();
    revealMessage(ts);
  };
  return h(
    "button",
    { type: "button", class: "menu-item pinned-row", on: { click: press } },
    ...words,
  );
}

/** @param {Channel} channel */
function moreButton(channel) {
  const button = iconButton(
    "more",
    "Channel actions",
    () => menu(button, actionsOn(channel), "Channel actions"),
    { "aria-haspopup": "menu" },
  );
  return button;
}

/** @param {Channel} channel */
function actionsOn(channel) {
  const does = (/** @type {string} */ what, more = {}) => async () => {
    await perform(what, { channel: channel.id, ...more });
    await refreshWorkspace();
    await refreshMessages();
  };
  const strangers = choosable().filter((user) => !channel.members.includes(user.id));
  const invites = strangers.map(
    (user) => ({ label: `Add ${displayName(user.id)}`, choose: does("invite", { users: [user.id] }) }),
  );
  if (channel.is_archived) return [{ label: "Unarchive channel", choose: does("unarchive") }];
  if (!isMember(channel)) return [{ label: "Join channel", choose: does("join") }];
  return [...invites, { label: "Leave channel", choose: does("leave") }, { label: "Archive channel", choose: does("archive") }];
}
