// What each person has not read: the page remembers what was looked at, the sandbox counts the rest.

import { act } from "./api.js";
import { complain } from "./overlays/toast.js";
import { channelById, emit, store, userById } from "./store.js";
import { now } from "./time.js";

/** @typedef {{first: string, count: number, mentions: number}} Unread */
/** @typedef {{since: string, read: Record<string, Record<string, string>>}} Memory per person and channel the last message seen */

const REMEMBERED = "sandbox.read";

/** @type {Memory|null} */
let memory = null;
/** @type {Record<string, Unread>} */
let counted = {};
let running = false;
let again = false;

/** Before its first visit a page has nothing to catch up with. @returns {Memory} */
function remembered() {
  if (memory) return memory;
  const present = now() / 1000;
  const known = /** @type {Memory|null} */ (JSON.parse(localStorage.getItem(REMEMBERED) ?? "null"));
  const usable = known && Number(known.since) <= present;
  memory = usable ? known : { since: present.toFixed(6), read: {} };
  keep();
  return memory;
}

function keep() {
  localStorage.setItem(REMEMBERED, JSON.stringify(memory));
}

/** The name is kept, not the id: a reset workspace has the same people with other ids. */
const person = () => userById(store.me)?.name ?? store.me;

/** @param {string} channel */
function isWatching(channel) {
  return store.place.kind === "channel" && store.place.id === channel && !document.hidden;
}

/** Asks for the counts of the person the page acts as. */
export async function countUnread() {
  const me = store.me;
  const { since, read } = remembered();
  try {
    const answer = await act("unread", { user: me, since, read: read[person()] ?? {} });
    if (store.me === me) counted = answer.channels;
  } catch (refusal) {
    complain(refusal);
  }
}

/** Counts anew; what is asked for while a count runs is counted once more afterwards. */
export async function refreshUnread() {
  again = running;
  if (running || !store.me) return;
  running = true;
  await countUnread();
  running = false;
  forgetWatched();
  emit("unread");
  if (again) await refreshUnread();
}

function forgetWatched() {
  for (const channel of Object.keys(counted)) if (isWatching(channel)) delete counted[channel];
}

/** @param {string} channel @returns {Unread} */
export function unreadOf(channel) {
  return counted[channel] ?? { first: "", count: 0, mentions: 0 };
}

/**
 * Marks a channel as read and returns the first message that was not, for the "New" line.
 *
 * @param {string} channel
 */
export function takeUnread(channel) {
  const first = counted[channel]?.first ?? "";
  const { read } = remembered();
  read[person()] = { ...read[person()], [channel]: (now() / 1000).toFixed(6) };
  keep();
  delete counted[channel];
  if (first && channelById(channel)) emit("unread");
  return first;
}

/** Keeps a channel read while somebody looks at it. @param {string} channel @param {string} ts */
export function seen(channel, ts) {
  if (!ts || !isWatching(channel)) return;
  const { read } = remembered();
  const mine = read[person()] ?? {};
  if (Number(mine[channel] ?? 0) >= Number(ts)) return;
  read[person()] = { ...mine, [channel]: ts };
  keep();
}
