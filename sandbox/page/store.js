// What the page knows, in one place, and who wants to hear when it changes.

/** @typedef {{kind: "channel"|"home"|"about"|"nowhere", id: string}} Place */

export const store = {
  /** @type {import("./types.js").Workspace|null} */
  workspace: null,
  /** The person the page acts as. */
  me: "",
  /** @type {Place} */
  place: { kind: "nowhere", id: "" },
  /** @type {import("./types.js").Message[]} */
  messages: [],
  /** The channel `messages` belongs to, which lags behind `place` while they are fetched. */
  messagesOf: "",
  /** The ts from which on `messages` reaches to the present; nothing before the first fetch. */
  since: "",
  /** Whether the channel has messages older than that. */
  hasEarlier: false,
  /** @type {{channel: string, ts: string, messages: import("./types.js").Message[]}|null} */
  thread: null,
  /** @type {{stack: import("./types.js").View[], home: import("./types.js").View|null}} */
  views: { stack: [], home: null },
  /**
   * @type {import("./types.js").Entry[]|null} what the side panel shows; null until it is first opened
   */
  journal: null,
  /** @type {import("./types.js").Entry[]} */
  findings: [],
  /** @type {import("./first_steps.js").Step[]} */
  tour: [],
  /**
   * @type {{settings: Record<string, any>, faults: Record<string, any>[], fault_kinds: any[], fault_targets: Record<string, string[]>, fault_fields: any[]}|null}
   */
  panel: null,
};

/**
 * @typedef {"workspace"|"me"|"place"|"messages"|"thread"|"views"|"journal"|"unread"|"connection"|"panel"|"tour"} Topic
 */

/** @type {Map<Topic, ((detail?: any) => void)[]>} */
const listeners = new Map();

/** @param {Topic[]} topics @param {(detail?: any) => void} listener */
export function on(topics, listener) {
  for (const topic of topics) listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

/** @param {Topic} topic @param {any} [detail] */
export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** @param {string} id */
export function userById(id) {
  return store.workspace?.users.find((user) => user.id === id);
}

/** @param {string} id */
export function channelById(id) {
  return store.workspace?.channels.find((channel) => channel.id === id);
}

export function currentChannel() {
  return store.place.kind === "channel" ? channelById(store.place.id) : undefined;
}

/** The people one can act as: everybody who is not an app and has not left. */
export function people() {
  return (store.workspace?.users ?? []).filter((user) => !user.is_bot && !user.deleted);
}
