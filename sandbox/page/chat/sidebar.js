// The sidebar: channels, conversations and the app; what is unread is bold, what concerns one is counted.

import { byId, h, icon, iconButton } from "../dom.js";
import { openChannel, openDirect, openHome, openAbout, visibleChannels } from "../navigation.js";
import { menu } from "../overlays/popup.js";
import { avatar, channelName, displayName, isApp, isMember, partner } from "../people.js";
import { on, store } from "../store.js";
import { unreadOf } from "../unread.js";
import { browseChannels } from "./browse.js";
import { askForChannel } from "./create_channel.js";
import { chooseDirect } from "./new_direct.js";

/** @typedef {import("../types.js").Channel} Channel */

const REMEMBERED = "sandbox.folded";
/** @type {Set<string>} groups that show only what is unread */
const folded = new Set(JSON.parse(localStorage.getItem(REMEMBERED) ?? '["Archived"]'));

export function drawSidebar() {
  on(["workspace", "me", "place", "unread"], refresh);
  byId("sidebar").addEventListener("keydown", walk);
}

function refresh() {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.place;
  const channels = visibleChannels().filter((channel) => !isDirect(channel)).sort(
    (a, b) => a.name.localeCompare(b.name),
  );
  const direct = visibleChannels().filter((channel) => isDirect(channel) && !isAppTalk(channel));
  const open = channels.filter((channel) => !channel.is_archived);
  byId("sidebar").replaceChildren(
    group("Channels", open.filter(isMember).map(channelItem), channelTools()),
    group("More channels", open.filter((channel) => !isMember(channel)).map(channelItem)),
    group("Direct messages", direct.map(directItem), directTools()),
    group("Apps", [appItem()]),
    group("Archived", channels.filter((channel) => channel.is_archived).map(channelItem)),
  );
  if (focused) /** @type {HTMLElement|null} */ (byId("sidebar").querySelector(`[data-place="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {Channel} channel */
const isDirect = (channel) => channel.is_im || Boolean(channel.is_mpim);

/** @param {Channel} channel */
const isAppTalk = (channel) => channel.is_im && isApp(partner(channel));

function channelTools() {
  const button = iconButton("plus", "Add channels", () => menu(button, [
    { label: "Create a channel", choose: askForChannel },
    { label: "Browse channels", choose: browseChannels },
  ], "Add channels"), { "aria-haspopup": "menu", data: { testid: "add-channels", place: "add-channels" } });
  return button;
}

function directTools() {
  const button = iconButton(
    "plus",
    "New direct message",
    () => chooseDirect(button),
    { "aria-haspopup": "menu", data: { testid: "new-direct", place: "new-direct" } },
  );
  return button;
}

/** @param {string} label @param {HTMLElement[]} items @param {HTMLElement|string} [tools] */
function group(label, items, tools = "") {
  if (!items.length && !tools) return "";
  const isFolded = folded.has(label);
  const shown = items.filter((item) => !isFolded || item.matches(".unread, [aria-current]"));
  const fold = () => {
    if (!folded.delete(label)) folded.add(label);
    localStorage.setItem(REMEMBERED, JSON.stringify([...folded]));
    refresh();
  };
  const head = h(
    "button",
    {
      type: "button",
      class: "group-fold",
      "aria-expanded": String(!isFolded),
      data: { place: `group ${label}` },
      on: { click: fold },
    },
    icon("chevron"),
    label,
  );
  return h(
    "section",
    { class: "nav-group" },
    h("h2", {}, head, tools),
    h("ul", { role: "list" }, ...shown.map((item) => h("li", {}, item))),
  );
}

/**
 * @param {string} place
 * @param {() => void} go
 * @param {Record<string, any>} more
 * @param {...(Node|string|false)} children
 */
function item(place, go, more, ...children) {
  const here = store.place.id === place;
  const { class: kind = "", data = {}, ...rest } = more;
  return h(
    "button",
    {
      type: "button",
      class: `nav-item ${kind}`,
      "aria-current": here ? "page" : null,
      data: { place, ...data },
      on: { click: go },
      ...rest,
    },
    ...children,
  );
}

/** @param {Channel} channel */
function channelItem(channel) {
  const { count, mentions } = unreadOf(channel.id);
  const sign = channel.is_archived ? "archive" : channel.is_private ? "lock" : "hash";
  const states = [
    channel.is_private && "private",
    channel.is_archived && "archived",
    count && `${count} unread`,
    mentions && (mentions === 1 ? "1 mention" : `${mentions} mentions`),
  ].filter(Boolean);
  return item(
    channel.id,
    () => openChannel(channel.id),
    {
      class: count ? "unread" : "",
      "aria-label": [channel.name, ...states].join(", "),
      data: { testid: "channel", channelName: channel.name, unread: count },
    },
    icon(sign),
    h("span", { class: "nav-name" }, channel.name),
    badge(mentions),
  );
}

/** @param {number} count */
const badge = (count) => count > 0 && h("span", { class: "badge", "aria-hidden": "true" }, String(count));

/** @param {Channel} channel */
function directItem(channel) {
  const { count } = unreadOf(channel.id);
  const other = partner(channel);
  const name = other === store.me ? `${displayName(other)} (you)` : channelName(channel.id);
  return item(
    channel.id,
    () => openChannel(channel.id),
    {
      class: count ? "unread" : "",
      "aria-label": count ? `${name}, ${count} unread` : name,
      data: { testid: "direct", channelName: name, unread: count },
    },
    avatar(other, "tiny"),
    h("span", { class: "nav-name" }, name),
    badge(count),
  );
}

/** One entry for the app: its Home, or its messages where it has no Home. */
function appItem() {
  const { app } = /** @type {import("../types.js").Workspace} */ (store.workspace);
  const talk = visibleChannels().find(isAppTalk);
  const { count } = unreadOf(talk?.id ?? "");
  const go = () => {
    if (talk && (count || app.home_tab === false)) return openChannel(talk.id);
    if (app.home_tab !== false) return openHome();
    return app.messages_tab === false ? openAbout() : openDirect();
  };
  const here = ["home", "about", talk?.id].includes(store.place.id);
  return item(
    "home",
    go,
    {
      class: count ? "unread" : "",
      "aria-current": here ? "page" : null,
      "aria-label": count ? `${app.name}, ${count} unread` : app.name,
      data: { testid: "app-home", unread: count },
    },
    avatar(app.bot_user_id, "tiny"),
    h("span", { class: "nav-name" }, app.name),
    badge(count),
  );
}

/** Arrow keys go through the places. @param {KeyboardEvent} event */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = /** @type {HTMLElement[]} */ ([...byId("sidebar").querySelectorAll(".nav-item")]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  event.preventDefault();
  all[(at + step + all.length) % all.length]?.focus();
}
