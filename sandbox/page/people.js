// Names, avatars and the act-as choice: who is who in the workspace.

import { h } from "./dom.js";
import { channelById, people, store, userById } from "./store.js";

const HUES = 8;
const REMEMBERED = "sandbox.act-as";

/** @param {string} id */
export function displayName(id) {
  const user = userById(id);
  if (user) return user.real_name || user.name;
  return id === store.workspace?.app.bot_user_id ? store.workspace.app.name : id || "Slackbot";
}

/** @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join("");
}

/** What an app that speaks under another name and picture shows. @typedef {{name?: string, sign?: string}} Mask */

/** @param {string} id @param {string} [size] "small" or nothing @param {Mask} [mask] */
export function avatar(id, size = "", mask = {}) {
  const name = mask.name || displayName(id);
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % HUES;
  const robot = isApp(id);
  const kind = robot ? "avatar app" : `avatar hue-${hue}`;
  return h("span", { class: `${kind} ${size}`, "aria-hidden": "true" }, mask.sign || initials(name) || "?");
}

/** @param {string} id */
export function isApp(id) {
  return Boolean(userById(id)?.is_bot) || id === store.workspace?.app.bot_user_id;
}

/** Slackbot speaks, but is nobody one invites or chooses. */
const SLACKBOT = "USLACKBOT";

/** Everybody who can be chosen or invited, apps included; not who has left. */
export function choosable() {
  return (store.workspace?.users ?? []).filter((user) => user.id !== SLACKBOT && !user.deleted);
}

/** How a channel is called by the person who looks at it. @param {string} id */
export function channelName(id) {
  const channel = channelById(id);
  if (!channel) return id;
  if (channel.is_mpim) return channel.members.filter((one) => one !== store.me).map(displayName).join(", ");
  return channel.is_im ? displayName(partner(channel)) : channel.name;
}

/** @param {import("./types.js").Channel} channel */
export function partner(channel) {
  const others = (channel.members ?? []).filter((id) => id !== store.me);
  const named = channel.user === store.me ? undefined : channel.user;
  return others[0] ?? named ?? store.workspace?.app.bot_user_id ?? "";
}

/** @param {import("./types.js").Channel} channel */
export function isMember(channel) {
  return (channel.members ?? []).includes(store.me) || (channel.is_im && channel.user === store.me);
}

/** The person of last time if still there, else the first one. */
export function rememberedPerson() {
  const last = localStorage.getItem(REMEMBERED);
  const all = people();
  return (all.find((user) => user.id === last || user.name === last) ?? all[0])?.id ?? "";
}

/**
 * The name is kept, not the id: a reset workspace has the same people with other ids.
 *
 * @param {string} id
 */
export function rememberPerson(id) {
  localStorage.setItem(REMEMBERED, userById(id)?.name ?? id);
}
