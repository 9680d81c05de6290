// Fetches from the sandbox into the store; a fetch asked for while one runs is done once more afterwards.

import { act, ask } from "./api.js";
import { currentChannel, emit, store } from "./store.js";
import { setClock } from "./time.js";
import { complain } from "./overlays/toast.js";

/**
 * Runs `fetcher` one at a time: calls made meanwhile share a single second run.
 *
 * @param {() => Promise<void>} fetcher
 */
function oneAtATime(fetcher) {
  /** @type {Promise<void>|null} */
  let running = null;
  /** @type {Promise<void>|null} */
  let waiting = null;
  const run = () => {
    running = fetcher().catch(complain).finally(() => { running = null; });
    return running;
  };
  return () => {
    if (!running) return run();
    waiting ??= running.then(() => { waiting = null; return run(); });
    return waiting;
  };
}

export const refreshWorkspace = oneAtATime(async () => {
  store.workspace = await ask("state");
  setClock();
  emit("workspace");
});

export const refreshMessages = oneAtATime(async () => {
  const channel = currentChannel();
  const as = store.me;
  if (!channel) return;
  const since = store.since;
  const { messages, has_more: more } = await askMessages(channel.id, since);
  if (store.place.id !== channel.id || store.me !== as || store.since !== since) return;
  store.messages = messages.filter(showsInChannel);
  store.messagesOf = channel.id;
  store.since = store.messages[0]?.ts ?? "";
  store.hasEarlier = more;
  emit("messages");
});

/** How many messages are fetched at a time. */
export const PART = 100;

/**
 * What is known of the channel already, with what came since; the newest part where that is nothing.
 *
 * @param {string} channel
 * @param {string} since
 */
async function askMessages(channel, since) {
  const query = { channel, as: store.me };
  const known = since ? await ask("messages", { ...query, since }) : { messages: [] };
  return known.messages.length ? known : ask("messages", { ...query, limit: String(PART) });
}

/** The part of the channel before the one that is shown. */
export async function loadEarlier() {
  const { place, me, since } = store;
  const query = { channel: place.id, as: me, before: since, limit: String(PART) };
  const { messages } = await ask("messages", query);
  if (store.since === since && messages.length) await loadSince(messages[0].ts);
}

/** Everything from a message on. @param {string} ts */
export async function loadSince(ts) {
  store.since = ts;
  await refreshMessages();
}

/** Lets go of what is far above, for whoever reads the end. */
export function keepNewest() {
  if (store.messages.length <= 2 * PART) return;
  store.messages = store.messages.slice(-PART);
  store.since = store.messages[0].ts;
  store.hasEarlier = true;
}

export const refreshThread = oneAtATime(async () => {
  const thread = store.thread;
  if (!thread) return;
  const query = { channel: thread.channel, as: store.me, thread_ts: thread.ts };
  const { messages } = await ask("messages", query);
  if (store.thread?.ts !== thread.ts) return;
  store.thread = { ...thread, messages };
  emit("thread");
});

export const refreshViews = oneAtATime(async () => {
  const as = store.me;
  const views = await ask("views", { user: as });
  if (store.me !== as) return;
  store.views = { stack: views.stack ?? [], home: views.home ?? null };
  emit("views");
});

const KEPT = 300;
const limit = String(KEPT);

export const refreshFindings = oneAtATime(async () => {
  const { entries } = await ask("journal", { kind: "finding", limit });
  store.findings = entries.slice(-KEPT);
  emit("journal");
});

export const refreshJournal = oneAtATime(async () => {
  const after = String(store.journal?.at(-1)?.n ?? 0);
  const { entries } = await ask("journal", { after, limit });
  takeEntries(entries);
});

export const refreshTour = oneAtATime(async () => {
  const { steps } = await ask("tour");
  store.tour = steps;
  emit("tour");
});

export const refreshPanel = oneAtATime(async () => {
  store.panel = await ask("panel");
  emit("panel");
});

/** @param {import("./types.js").Entry[]} entries */
export function takeEntries(entries) {
  const known = store.journal ?? [];
  const last = known.at(-1)?.n ?? 0;
  store.journal = [...known, ...entries.filter((entry) => entry.n > last)].slice(-KEPT);
  emit("journal");
}

/** @param {import("./types.js").Entry} entry */
export function takeEntry(entry) {
  if (entry.kind === "finding") store.findings = [...store.findings, entry].slice(-KEPT);
  if (store.journal) takeEntries([entry]);
  else emit("journal");
}

/** Everything again: after a reconnection, or when another person is chosen. */
export async function refreshAll() {
  await refreshWorkspace();
  await Promise.all([refreshMessages(), refreshThread(), refreshViews(), refreshFindings()]);
  if (store.journal) await refreshJournal();
}

/**
 * Does something as the chosen person, and tells them when it is refused.
 *
 * @param {string} what the last part of the path, "post" for /_sandbox/act/post
 * @param {object} body
 * @returns {Promise<any|null>} the answer, or null when it was refused
 */
export async function perform(what, body) {
  try {
    return await act(`act/${what}`, { user: store.me, ...body });
  } catch (refusal) {
    complain(refusal);
    return null;
  }
}

/** @param {import("./types.js").Message} message */
function showsInChannel(message) {
  return !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
}
