// The links at the top of a channel: followed, added and taken away.

import { act } from "../api.js";
import { h, icon, iconButton } from "../dom.js";
import { perform, refreshWorkspace } from "../load.js";
import { openForm } from "../overlays/form_dialog.js";
import { isMember } from "../people.js";
import { store } from "../store.js";
import { emoji, link } from "../text/inline.js";

/** @typedef {import("../types.js").Channel} Channel */

/** @param {Channel} channel */
export function bookmarksBar(channel) {
  if (!channel.bookmarks?.length) return "";
  const mayChange = isMember(channel) && !channel.is_archived;
  const items = channel.bookmarks.map((mark) => {
    const sign = mark.emoji ? emoji(mark.emoji.replaceAll(":", "")) : icon("link");
    const target = link(mark.link, h("span", { class: "bookmark-sign" }, sign), mark.title);
    const remove = async () => {
      await perform("remove_bookmark", { channel: channel.id, bookmark: mark.id });
      await refreshWorkspace();
    };
    const cross = mayChange && iconButton("close", `Remove the bookmark ${mark.title}`, remove);
    return h("li", { class: "bookmark" }, target, cross);
  });
  const add = mayChange && h(
    "button",
    {
      type: "button",
      class: "add-bookmark",
      data: { testid: "add-bookmark", focusKey: "add-bookmark" },
      on: { click: () => askForBookmark(channel) },
    },
    icon("plus"),
    "Add a bookmark",
  );
  return h(
    "nav",
    { class: "bookmarks", "aria-label": "Bookmarks", data: { testid: "bookmarks" } },
    h("ul", { role: "list" }, ...items, add && h("li", {}, add)),
  );
}

/** @param {Channel} channel */
export function askForBookmark(channel) {
  openForm({
    title: "Add a bookmark",
    submit: "Add",
    testid: "bookmark",
    fields: [
      { name: "link", label: "Link", kind: "url", value: "https://", most: 2048 },
      { name: "title", label: "Name", most: 256 },
    ],
    send: async ({ link: address, title }) => {
      await act("act/add_bookmark", { user: store.me, channel: channel.id, link: address, title });
      await refreshWorkspace();
    },
  });
}
