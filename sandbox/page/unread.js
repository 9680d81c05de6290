// Remembers, for each person, which channels hold something they have not looked at.

import { channelById, emit, people, store } from "./store.js";

/**
 * @type {Map<string, {ts: string, count: number}>} the first unread message, by person and channel
 */
const marks = new Map();

/** @param {string} person @param {string} channel */
const key = (person, channel) => `${person} ${channel}`;

/**
 * @param {{type: string, channel?: string, ts?: string, user?: string, text_user?: string}} change
 */
export function noteUnread(change) {
  const { channel, ts = "", user } = change;
  if (!channel) return;
  for (const person of people()) {
    const own = change.type === "message" && user === person.id;
    const elsewhere = change.type === "ephemeral" && user !== person.id;
    if (own || elsewhere || isWatching(person.id, channel)) continue;
    const mark = marks.get(key(person.id, channel));
    marks.set(key(person.id, channel), { ts: mark?.ts || ts, count: (mark?.count ?? 0) + 1 });
  }
  emit("unread");
}

/** @param {string} person @param {string} channel */
function isWatching(person, channel) {
  return store.me === person && store.place.kind === "channel" && store.place.id === channel && !document.hidden;
}

/** @param {string} channel */
export function unreadCount(channel) {
  return marks.get(key(store.me, channel))?.count ?? 0;
}

/**
 * Marks a channel as read and returns the first message that was not, for the "New" line.
 *
 * @param {string} channel
 */
export function takeUnread(channel) {
  const mark = marks.get(key(store.me, channel));
  marks.delete(key(store.me, channel));
  if (mark && channelById(channel)) emit("unread");
  return mark?.ts ?? "";
}
