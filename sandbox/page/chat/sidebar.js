// The sidebar: channels, conversations and the app, with what is unread in bold.

import { byId, h, icon } from "../dom.js";
import {
  appConversation,
  openChannel,
  openDirect,
  openHome,
  visibleChannels,
} from "../navigation.js";
import { avatar, displayName, isMember, partner } from "../people.js";
import { on, store } from "../store.js";
import { unreadCount } from "../unread.js";

/** @typedef {import("../types.js").Channel} Channel */

export function drawSidebar() {
  on(["workspace", "me", "place", "unread"], refresh);
}

function refresh() {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.place;
  const channels = visibleChannels().filter((channel) => !channel.is_im).sort(
    (a, b) => a.name.localeCompare(b.name),
  );
  const direct = visibleChannels().filter((channel) => channel.is_im);
  const open = channels.filter((channel) => !channel.is_archived);
  byId("sidebar").replaceChildren(
    group("Channels", open.filter(isMember).map(channelItem)),
    group("More channels", open.filter((channel) => !isMember(channel)).map(channelItem), "quiet"),
    group(
      "Direct messages",
      [...direct.map(directItem), ...(appConversation() ? [] : [newDirectItem()])],
    ),
    group("Apps", store.workspace?.app.home_tab === false ? [] : [homeItem()]),
    group("Archived", channels.filter((channel) => channel.is_archived).map(channelItem), "quiet"),
  );
  if (focused) /** @type {HTMLElement|null} */ (byId("sidebar").querySelector(`[data-place="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {string} label @param {HTMLElement[]} items @param {string} [kind] */
function group(label, items, kind = "") {
  if (!items.length) return "";
  return h(
    "section",
    { class: `nav-group ${kind}` },
    h("h2", {}, label),
    h("ul", { role: "list" }, ...items.map((item) => h("li", {}, item))),
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
  const unread = unreadCount(channel.id);
  const sign = channel.is_archived ? "archive" : channel.is_private ? "lock" : "hash";
  const states = [
    channel.is_private && "private",
    channel.is_archived && "archived",
    unread && `${unread} unread`,
  ].filter(Boolean);
  return item(
    channel.id,
    () => openChannel(channel.id),
    {
      class: unread ? "unread" : "",
      "aria-label": [channel.name, ...states].join(", "),
      data: { testid: "channel", channelName: channel.name, unread },
    },
    icon(sign),
    h("span", { class: "nav-name" }, channel.name),
  );
}

/** @param {Channel} channel */
function directItem(channel) {
  const unread = unreadCount(channel.id);
  const other = partner(channel);
  return item(
    channel.id,
    () => openChannel(channel.id),
    {
      class: unread ? "unread" : "",
      data: { testid: "direct", channelName: displayName(other), unread },
    },
    avatar(other, "tiny"),
    h("span", { class: "nav-name" }, displayName(other)),
    unread > 0 && h("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread)),
  );
}

function newDirectItem() {
  const app = store.workspace?.app;
  return item(
    "direct",
    openDirect,
    { data: { testid: "direct", channelName: app?.name ?? "" } },
    avatar(app?.bot_user_id ?? "", "tiny"),
    h("span", { class: "nav-name" }, app?.name ?? "App"),
  );
}

function homeItem() {
  return item(
    "home",
    openHome,
    { data: { testid: "app-home" } },
    icon("home"),
    h("span", { class: "nav-name" }, `${store.workspace?.app.name ?? "App"} home`),
  );
}
