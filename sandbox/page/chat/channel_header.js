// The head of a channel: its name, topic, people, pins, bookmarks, and what one can do with it.

import { act } from "../api.js";
import { appTabs } from "../app_tabs.js";
import { h, icon, iconButton, present } from "../dom.js";
import { perform, refreshMessages, refreshWorkspace } from "../load.js";
import { openForm } from "../overlays/form_dialog.js";
import { menu } from "../overlays/popup.js";
import { avatar, channelName, isApp, isMember, partner } from "../people.js";
import { store } from "../store.js";
import { inline } from "../text/mrkdwn.js";
import { askForBookmark, bookmarksBar } from "./bookmarks.js";
import { canvasButtons } from "./canvases.js";
import { peopleButton } from "./people_list.js";
import { pinsButton } from "./pins_list.js";
import { readable } from "./typed_text.js";

/** @typedef {import("../types.js").Channel} Channel */

const NOTE_LENGTH = 250;

/** @param {Channel} channel @returns {Node[]} */
export function channelHeader(channel) {
  const direct = channel.is_im || channel.is_mpim;
  const sign = channel.is_im ? avatar(partner(channel), "tiny") : icon(
    channel.is_private ? "lock" : "hash",
  );
  const called = channelName(channel.id);
  const name = h(
    "h1",
    { class: "channel-name", title: called, data: { testid: "channel-title" } },
    sign,
    h("span", { class: "channel-called" }, called),
  );
  const tools = h(
    "div",
    { class: "channel-tools" },
    !direct && peopleButton(channel),
    pinsButton(channel),
    canvasButtons(channel),
    !direct && moreButton(channel),
  );
  const words = h("div", { class: "channel-words" }, name, !direct && topic(channel));
  const head = h("header", { class: "channel-head" }, words, tools);
  const talk = channel.is_im && isApp(partner(channel));
  return present([head, talk && appTabs("messages"), bookmarksBar(channel)]);
}

/** @param {Channel} channel */
const canWrite = (channel) => isMember(channel) && !channel.is_archived;

/** @param {Channel} channel */
function topic(channel) {
  if (!canWrite(channel)) return channel.topic && h(
    "div",
    { class: "topic", title: channel.topic, data: { testid: "topic" } },
    ...inline(channel.topic),
  );
  const words = channel.topic ? readable(channel.topic) : "Add a topic";
  return h(
    "button",
    {
      type: "button",
      class: "topic-button",
      title: channel.topic ? `${words} (press to edit)` : words,
      "aria-label": channel.topic ? `Topic: ${words}. Edit` : words,
      data: { testid: "topic", focusKey: "topic" },
      on: { click: () => askForNote(channel, "topic") },
    },
    words,
  );
}

/** @param {Channel} channel @param {"topic"|"purpose"} what */
function askForNote(channel, what) {
  const title = what === "topic" ? "Edit the topic" : "Edit the description";
  openForm({
    title,
    submit: "Save",
    testid: `edit-${what}`,
    fields: [
      {
        name: what,
        label: what === "topic" ? "Topic" : "Description",
        value: readable(channel[what]),
        kind: "area",
        most: NOTE_LENGTH,
        optional: true,
      },
    ],
    send: async (filled) => {
      const place = { user: store.me, channel: channel.id };
      await act(`act/set_${what}`, { ...place, [what]: filled[what] });
      await Promise.all([refreshWorkspace(), refreshMessages()]);
    },
  });
}

/** @param {Channel} channel */
function moreButton(channel) {
  const button = iconButton(
    "more",
    "Channel actions",
    () => menu(button, actionsOn(channel), "Channel actions"),
    { "aria-haspopup": "menu", data: { testid: "channel-more", focusKey: "more" } },
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
  if (channel.is_archived) return [{ label: "Unarchive channel", choose: does("unarchive") }];
  if (!isMember(channel)) return [{ label: "Join channel", choose: does("join") }];
  return [
    { label: "Edit the topic", choose: () => askForNote(channel, "topic") },
    { label: "Edit the description", choose: () => askForNote(channel, "purpose") },
    { label: "Add a bookmark", choose: () => askForBookmark(channel) },
    { label: "Rename channel", choose: () => askForName(channel) },
    { label: "Leave channel", choose: does("leave") },
    { label: "Archive channel", choose: does("archive") },
  ];
}

/** @param {Channel} channel */
function askForName(channel) {
  openForm({
    title: "Rename the channel",
    submit: "Rename",
    testid: "rename",
    fields: [{ name: "name", label: "Name", value: channel.name, most: 80 }],
    send: async ({ name }) => {
      await act("act/rename", { user: store.me, channel: channel.id, name });
      await Promise.all([refreshWorkspace(), refreshMessages()]);
    },
  });
}
