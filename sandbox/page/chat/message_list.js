// The messages of a channel: grouped by author and day, and drawn anew only where they changed.

import { byId, h } from "../dom.js";
import { loadSince } from "../load.js";
import { displayName } from "../people.js";
import { currentChannel, store } from "../store.js";
import { dayKey, dayName, messageTime } from "../time.js";
import { isEdited } from "./edit_message.js";
import { drawMessage, isSystem } from "./message.js";
import { readable } from "./typed_text.js";

/** @typedef {import("../types.js").Message} Message */

const TOGETHER = 300_000;
const NEAR = 120;

/** A list that remembers what it has drawn. */
export class MessageList {
  /** @param {HTMLElement} node @param {boolean} inThread */
  constructor(node, inThread) {
    this.node = node;
    this.inThread = inThread;
    /** @type {Map<string, {drawn: string, node: HTMLElement}>} */
    this.known = new Map();
    /** @type {Map<string, HTMLElement>} the lines between messages */
    this.lines = new Map();
    this.names = "";
    /** The first and the last message drawn. */
    this.oldest = "";
    this.newest = "";
    /** Whether messages that arrive now are news. */
    this.began = false;
  }

  /**
   * @param {Message[]} messages
   * @param {string} channel
   * @param {string} [firstNew] the ts above which the "New" line stands
   */
  show(messages, channel, firstNew = "") {
    const focus = focusedElement(this.node);
    const fresh = messages.filter((message) => message.ts > this.newest);
    this.began = this.known.size > 0;
    this.forgetNames();
    const nodes = messages.flatMap(
      (message, at) => this.withLines(message, messages[at - 1], channel, firstNew),
    );
    reconcile(this.node, nodes);
    this.drop(messages);
    this.oldest = messages[0]?.ts ?? "";
    this.newest = messages.at(-1)?.ts ?? "";
    restoreFocus(this.node, focus);
    if (this.began) announce(fresh);
  }

  /**
   * @param {Message} message
   * @param {Message|undefined} before
   * @param {string} channel
   * @param {string} firstNew
   */
  withLines(message, before, channel, firstNew) {
    const at = messageTime(message.ts);
    const newDay = !before || dayKey(messageTime(before.ts)) !== dayKey(at);
    const isNew = Boolean(firstNew) && message.ts >= firstNew && (!before || before.ts < firstNew);
    const day = newDay && this.line("day", message, dayName(at));
    const fresh = isNew && this.line("new", message, "New");
    const follows = !newDay && !isNew && continues(message, before);
    return [day, fresh, this.draw(message, channel, follows)].filter(
      (node) => node instanceof HTMLElement,
    );
  }

  /** @param {"day"|"new"} kind @param {Message} below @param {string} words */
  line(kind, below, words) {
    const key = `${kind} ${below.ts} ${words}`;
    const data = { testid: `${kind}-line` };
    const node = this.lines.get(key) ?? h("div", { class: `line ${kind}`, data }, h("span", {}, words));
    this.lines.set(key, node);
    return node;
  }

  /** @param {Message} message @param {string} channel @param {boolean} follows */
  draw(message, channel, follows) {
    const drawn = JSON.stringify([message, channel, follows, store.me, isEdited(message.ts)]);
    const known = this.known.get(message.ts);
    if (known?.drawn === drawn) return known.node;
    const node = drawMessage(message, { channel, follows, inThread: this.inThread });
    if (this.began && message.ts > this.newest) node.classList.add("arriving");
    this.known.set(message.ts, { drawn, node });
    return node;
  }

  /** @param {Message[]} messages */
  drop(messages) {
    const kept = new Set(messages.map((message) => message.ts));
    for (const ts of this.known.keys()) if (!kept.has(ts)) this.known.delete(ts);
  }

  /** A person or channel renamed changes how old messages read. */
  forgetNames() {
    const { users = [], channels = [] } = store.workspace ?? {};
    const names = JSON.stringify(
      [
        users.map((user) => [user.id, user.real_name]),
        channels.map((channel) => [channel.id, channel.name]),
      ],
    );
    if (names !== this.names) for (const known of this.known.values()) known.drawn = "";
    this.names = names;
  }

  clear() {
    this.known.clear();
    this.lines.clear();
    this.oldest = this.newest = "";
    this.node.replaceChildren();
  }
}

/** @param {Message} message @param {Message|undefined} before */
function continues(message, before) {
  if (!before || isSystem(message) || isSystem(before)) return false;
  const same = before.user === message.user && Boolean(before.ephemeral) === Boolean(
    message.ephemeral,
  );
  return same && !message.pinned && messageTime(message.ts) - messageTime(before.ts) < TOGETHER;
}

/**
 * Puts the nodes in order, touching only those that are not in place already.
 *
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} nodes
 */
function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove();
  let next = parent.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
}

/** @param {HTMLElement} node */
function focusedElement(node) {
  const active = /** @type {HTMLElement} */ (document.activeElement);
  if (!node.contains(active)) return null;
  const ts = /** @type {HTMLElement|null} */ (active.closest("[data-ts]"))?.dataset.ts;
  return ts ? { active, ts, action: active.dataset.actionId } : null;
}

/**
 * Focus lost with a redrawn message goes to the same element, or else to the message.
 *
 * @param {HTMLElement} node
 * @param {ReturnType<typeof focusedElement>} focus
 */
function restoreFocus(node, focus) {
  if (!focus || focus.active.isConnected) return;
  const message = /** @type {HTMLElement|null} */ (node.querySelector(`[data-ts="${CSS.escape(focus.ts)}"]`));
  const same = focus.action && message?.querySelector(
    `[data-action-id="${CSS.escape(focus.action)}"]`,
  );
  /** @type {HTMLElement|null} */ (same || message)?.focus();
}

/** Reads new messages to those who cannot see them arrive. @param {Message[]} messages */
function announce(messages) {
  const others = messages.filter((message) => message.user !== store.me);
  if (others.length) byId("announcer").textContent = others.map(
    (one) => `${displayName(one.user)}: ${readable(one.text)}`,
  ).join(". ");
}

/** @param {HTMLElement} scroller */
export function isNearEnd(scroller) {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
}

/** @param {ParentNode} parent @param {string} ts */
export const messageNode = (parent, ts) => (
  /** @type {HTMLElement|null} */ (parent.querySelector(`[data-ts="${CSS.escape(ts)}"]`))
);

/**
 * Whatever comes or goes above, the message at the top of the window stays where it is.
 *
 * @param {HTMLElement} scroller
 * @param {() => void} change
 */
export function keepingPlace(scroller, change) {
  const edge = scroller.getBoundingClientRect().top;
  const all = /** @type {HTMLElement[]} */ ([...scroller.querySelectorAll("[data-ts]")]);
  const first = all.find((node) => node.getBoundingClientRect().bottom > edge);
  const { ts = "" } = first?.dataset ?? {};
  const before = first?.getBoundingClientRect().top ?? 0;
  change();
  const same = messageNode(scroller, ts);
  if (same) scroller.scrollTop += same.getBoundingClientRect().top - before;
}

/**
 * Scrolls to a message of the open channel and shows which one was meant, however old it is.
 *
 * @param {string} ts
 */
export async function revealMessage(ts) {
  if (!currentChannel()) return;
  if (store.hasEarlier && ts < store.since) await loadSince(ts);
  const node = messageNode(byId("channel-view"), ts);
  node?.scrollIntoView({ block: "center" });
  node?.focus({ preventScroll: true });
}
