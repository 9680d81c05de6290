// Words for the journal's entries: what happened, how long it took, whether it went well.

/** @typedef {import("../types.js").Entry & Record<string, any>} Entry */

const KINDS = /** @type {Record<string, string>} */ ({
  delivery: "Delivery",
  ack: "Answer",
  api_call: "API call",
  finding: "Finding",
});

/** @param {Entry} entry */
export const kindName = (entry) => KINDS[entry.kind] ?? entry.kind;

/** @param {Entry} entry */
export function headline(entry) {
  const what = entry.message ?? entry.method ?? entry.summary ?? entry.type ?? entry.code ?? entry.what;
  return String(what ?? kindName(entry));
}

/** What a person should see at once besides: an error code, or a status that is not 200. @param {Entry} entry */
export function trouble(entry) {
  if (entry.kind === "finding") return "";
  const error = entry.error ?? entry.response?.error;
  if (error) return String(error);
  return entry.status && entry.status >= 300 ? `HTTP ${entry.status}` : "";
}

/** @param {Entry} entry */
export function duration(entry) {
  if (typeof entry.ms !== "number") return "";
  return entry.ms < 10 ? `${entry.ms.toFixed(1)} ms` : `${Math.round(entry.ms)} ms`;
}

/** Slow enough that Slack's three seconds are worth a thought. @param {Entry} entry */
export const isSlow = (entry) => typeof entry.ms === "number" && entry.ms > 1000;
