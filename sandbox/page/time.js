// Reads the sandbox's clock and writes times the way a workspace shows them.

import { store } from "./store.js";

let ahead = 0;

/** @param {number|string} at seconds, or ISO 8601 */
export function toMillis(at) {
  if (typeof at === "number") return at * 1000;
  return /^\d+(\.\d+)?$/.test(at) ? Number(at) * 1000 : Date.parse(at);
}

/** Remembers how far the sandbox's clock is from this machine's. */
export function setClock() {
  const clock = store.workspace?.clock;
  if (clock) ahead = toMillis(clock.now) - Date.now();
}

/** Whether the sandbox's clock was moved on, and by more than a request takes. */
export function isAhead() {
  return ahead > 5000;
}

/** The sandbox's present, in milliseconds. */
export function now() {
  const clock = store.workspace?.clock;
  if (clock?.mode === "virtual") return toMillis(clock.now);
  return Date.now() + ahead;
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat(
  undefined,
  { hour: "2-digit", minute: "2-digit", second: "2-digit" },
);
const LONG = new Intl.DateTimeFormat("en", { weekday: "long", month: "long", day: "numeric" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** @param {number} millis */
export const clockTime = (millis) => TIME.format(millis);

/** Where there is little room. @param {number} millis */
export const shortTime = (millis) => TIME.format(millis).replace(/\s*[ap]\.?m\.?$/i, "");

/** @param {number} millis */
export const clockSeconds = (millis) => SECONDS.format(millis);

/** @param {number} millis */
export const fullTime = (millis) => FULL.format(millis);

/** @param {number} millis */
export const dayKey = (millis) => new Date(millis).toDateString();

/** "Today", "Yesterday" or the date. @param {number} millis */
export function dayName(millis) {
  const day = 86_400_000;
  if (dayKey(millis) === dayKey(now())) return "Today";
  if (dayKey(millis) === dayKey(now() - day)) return "Yesterday";
  if (dayKey(millis) === dayKey(now() + day)) return "Tomorrow";
  return LONG.format(millis);
}

/** The moment a message was posted. @param {string} ts */
export const messageTime = (ts) => Number(ts) * 1000;

/** "3 minutes ago". @param {number} millis */
export function ago(millis) {
  const seconds = Math.round((millis - now()) / 1000);
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const steps = /** @type {const} */ ([["second", 60], ["minute", 60], ["hour", 24], ["day", 30], ["month", 12]]);
  let value = seconds;
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size) return format.format(value, unit);
    value = Math.round(value / size);
  }
  return format.format(value, "year");
}
