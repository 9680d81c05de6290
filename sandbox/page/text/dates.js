// Slack's date tokens: `{date_short} at {time}` with a moment becomes words in this device's time zone.

import { ago, clockSeconds, clockTime, dayName, fullTime } from "../time.js";
import { h } from "../dom.js";
import { link } from "./inline.js";

/** @param {Intl.DateTimeFormatOptions} options */
const date = (options) => (/** @type {number} */ millis) => new Intl.DateTimeFormat("en", options).format(millis);

const SHORT = date({ month: "short", day: "numeric", year: "numeric" });
const MIDDLE = date({ month: "long", day: "numeric", year: "numeric" });
const LONG = date({ weekday: "long", month: "long", day: "numeric", year: "numeric" });

/** @param {(millis: number) => string} otherwise */
const pretty = (otherwise) => (/** @type {number} */ millis) => {
  const name = dayName(millis);
  return ["Today", "Yesterday", "Tomorrow"].includes(name) ? name : otherwise(millis);
};

/** @type {Record<string, (millis: number) => string>} */
const TOKENS = {
  date_num: (millis) => new Date(
    millis - new Date(millis).getTimezoneOffset() * 60_000,
  ).toISOString().slice(0, 10),
  date: MIDDLE,
  date_short: SHORT,
  date_long: LONG,
  date_pretty: pretty(MIDDLE),
  date_short_pretty: pretty(SHORT),
  date_long_pretty: pretty(LONG),
  time: clockTime,
  time_secs: clockSeconds,
  ago,
};

/** @param {number} seconds @param {string} format */
export function formatDate(seconds, format) {
  return format.replace(/\{(\w+)\}/g, (token, name) => TOKENS[name]?.(seconds * 1000) ?? token);
}

/**
 * @param {number} seconds
 * @param {string} format
 * @param {string} url may be empty
 * @param {string} fallback shown when the moment makes no sense
 */
export function dateNode(seconds, format, url, fallback) {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8e12) return document.createTextNode(fallback);
  const time = h(
    "time",
    { class: "date", title: fullTime(seconds * 1000) },
    formatDate(seconds, format),
  );
  return url ? link(url, time) : time;
}
