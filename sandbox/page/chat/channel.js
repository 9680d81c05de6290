// The middle of the page while a channel is open: head, messages, and the box below them.

import { act } from "../api.js";
import { byId, h } from "../dom.js";
import { firstSteps, noticed } from "../first_steps.js";
import {
  keepNewest,
  loadEarlier,
  perform,
  refreshMessages,
  refreshViews,
  refreshWorkspace,
} from "../load.js";
import { complain, toast } from "../overlays/toast.js";
import { channelName, isMember } from "../people.js";
import { currentChannel, on, store } from "../store.js";
import { seen, takeUnread } from "../unread.js";
import { channelHeader } from "./channel_header.js";
import { Composer } from "./composer.js";
import { startEditing } from "./edit_message.js";
import { watchKeys } from "./message_keys.js";
import { isNearEnd, keepingPlace, MessageList, messageNode } from "./message_list.js";
import { isOwn } from "./message_tools.js";
import { shortcutsButton } from "./shortcuts.js";
import { readable } from "./typed_text.js";
import { takeFiles } from "./upload.js";

const head = h("div", { class: "channel-top" });
const beginning = h("div", { class: "beginning" });
const earlier = h(
  "button",
  {
    type: "button",
    class: "button earlier",
    hidden: true,
    data: { testid: "earlier" },
    on: { click: showEarlier },
  },
  "Earlier messages",
);
const node = h("div", { class: "messages", data: { testid: "messages" } });
const scroller = h(
  "div",
  { class: "scroller", tabindex: "0", role: "log", "aria-live": "off", "aria-label": "Messages" },
  beginning,
  earlier,
  node,
);
const below = h("div", { class: "below" });
const jump = h(
  "button",
  { type: "button", class: "jump", hidden: true, on: { click: () => toEnd() } },
  "New messages ↓",
);
const composer = new Composer({ id: "composer", testid: "main", send, editLast });
const list = new MessageList(node, false);
let shown = "";
composer.foot.prepend(shortcutsButton());
takeFiles(composer, () => ({ channel: store.place.id }), refreshMessages);
let firstNew = "";
let atEnd = true;

export function drawChannel() {
  const steps = firstSteps((text) => composer.suggest(text));
  byId("main").append(
    h(
      "div",
      { id: "channel-view", class: "view" },
      head,
      steps,
      h("div", { class: "scroll-frame" }, scroller, jump),
      below,
    ),
  );
  scroller.addEventListener("scroll", scrolled);
  watchKeys(scroller, () => ({ messages: store.messages, channel: store.place.id }));
  // Whoever reads the end keeps reading it when a panel or the keyboard takes some of the room.
  new ResizeObserver(() => atEnd && toEnd()).observe(scroller);
  on(["place", "me"], arrive);
  on(["workspace", "place", "me"], refreshFrame);
  on(["messages"], refreshMessagesView);
}

function scrolled() {
  atEnd = isNearEnd(scroller);
  if (atEnd) jump.hidden = true;
}

function arrive() {
  const channel = currentChannel();
  byId("channel-view").hidden = !channel;
  const key = `${store.me} ${channel?.id}`;
  if (!channel || key === shown) return;
  shown = key;
  store.messages = [];
  store.since = "";
  store.hasEarlier = false;
  earlier.hidden = true;
  list.clear();
  node.append(h("p", { class: "loading muted" }, "Loading messages…"));
  firstNew = takeUnread(channel.id);
  scroller.setAttribute("aria-busy", "true");
}

function refreshFrame() {
  const channel = currentChannel();
  if (!channel) return;
  redrawHead(channel);
  beginning.replaceChildren(...introduction(channel));
  const state = channel.is_archived ? "archived" : isMember(channel) ? "open" : "outside";
  if (below.dataset.state !== state) below.replaceChildren(footer(state));
  below.dataset.state = state;
  const direct = channel.is_im || channel.is_mpim;
  composer.label(direct ? `Message ${channelName(channel.id)}` : `Message #${channel.name}`);
}

/** What has the focus keeps it. @param {import("../types.js").Channel} channel */
function redrawHead(channel) {
  const drawn = JSON.stringify([channel, store.me, store.workspace?.users.length, store.messagesOf]);
  if (head.dataset.drawn === drawn) return;
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  const key = focused && head.contains(focused) ? focused.dataset.focusKey : "";
  head.dataset.drawn = drawn;
  head.replaceChildren(...channelHeader(channel));
  if (key) /** @type {HTMLElement|null} */ (head.querySelector(`[data-focus-key="${key}"]`))?.focus();
}

/** @param {import("../types.js").Channel} channel */
function introduction(channel) {
  const direct = channel.is_im || channel.is_mpim;
  const name = direct ? channelName(channel.id) : `#${channel.name}`;
  const beginning = channel.purpose ? readable(channel.purpose) : `This is the very beginning of ${name}.`;
  const words = direct ? "Only those in this conversation can read it." : beginning;
  return [h("h2", {}, name), h("p", { class: "muted" }, words)];
}

/** @param {string} state */
function footer(state) {
  if (state === "open") return composer.node;
  if (state === "archived") return h(
    "p",
    { class: "notice", data: { testid: "archived-notice" } },
    "This channel is archived. It can be read, not written to.",
  );
  const join = async () => {
    await perform("join", { channel: store.place.id });
    await refreshWorkspace();
    await refreshMessages();
  };
  return h(
    "div",
    { class: "notice" },
    h("span", {}, "You are looking at a channel you are not in."),
    h("button", { type: "button", class: "button primary", on: { click: join } }, "Join channel"),
  );
}

function refreshMessagesView() {
  if (store.messagesOf !== store.place.id) return;
  const fresh = scroller.getAttribute("aria-busy") === "true";
  const widened = (store.messages[0]?.ts ?? "") < list.oldest;
  const arrived = (store.messages.at(-1)?.ts ?? "") > list.newest;
  const follow = fresh || (isNearEnd(scroller) && !widened);
  if (follow && arrived) keepNewest();
  keepingPlace(scroller, () => {
    beginning.hidden = store.hasEarlier;
    earlier.hidden = !store.hasEarlier;
    list.show(store.messages, store.place.id, firstNew);
  });
  seen(store.place.id, store.messages.at(-1)?.ts ?? "");
  scroller.removeAttribute("aria-busy");
  if (follow) toEnd();
  else if (arrived) jump.hidden = false;
}

/** The focus stays on the button, or goes to the message it stood above when it is not needed any more. */
async function showEarlier() {
  const below = list.oldest;
  try {
    await loadEarlier();
  } catch (refusal) {
    complain(refusal);
  }
  if (earlier.hidden) messageNode(node, below)?.focus({ preventScroll: true });
}

function toEnd() {
  atEnd = true;
  scroller.scrollTop = scroller.scrollHeight;
  jump.hidden = true;
}

/** As in Slack, the arrow up in an empty box leads to one's last message. */
function editLast() {
  const last = store.messages.findLast(isOwn);
  if (last) startEditing(last.ts);
}

/** @param {string} typed */
async function send(typed) {
  const channel = store.place.id;
  firstNew = "";
  const taken = typed.startsWith("/") ? await command(channel, typed) : await perform(
    "post",
    { channel, text: typed.trim() },
  );
  if (taken && !typed.startsWith("/")) noticed("message", typed);
  await refreshMessages();
  toEnd();
  return Boolean(taken);
}

/** What the workspace itself answers. */
const BUILT_IN = new Set(["/me", "/shrug"]);

/** @param {string} channel @param {string} typed */
async function command(channel, typed) {
  const [word] = typed.split(/\s/);
  const known = store.workspace?.app.commands.some((one) => one.command === word);
  if (!known && !BUILT_IN.has(word)) {
    toast(`${word} is not a valid command. To send it as a message, begin with a space.`, "error");
    return false;
  }
  try {
    await act("act/command", { user: store.me, channel, text: typed });
    noticed("command", typed);
    await refreshViews();
    return true;
  } catch (refusal) {
    complain(refusal);
    return true;
  }
}
