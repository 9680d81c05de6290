// Words for the journal's entries: what happened, how long it took, whether it went well.

/** @typedef {import("../types.js").Entry & Record<string, any>} Entry */

const KINDS = /** @type {Record<string, string>} */ ({
  delivery: "Delivery",
  ack: "Answer",
  api_call: "API call",
  finding: "Finding",
  notice: "Notice",
});

/** @param {Entry} entry */
export const kindName = (entry) => KINDS[entry.kind] ?? entry.kind;

/** @param {Entry} entry */
export function headline(entry) {
  return String(entry.message ?? entry.method ?? entry.label ?? kindName(entry));
}

/** What sort of delivery it was, and which try. @param {Entry} entry */
export function detail(entry) {
  const parts = [
    entry.delivery_kind,
    entry.attempt ? `try ${entry.attempt + 1}` : "",
    entry.fault ? `fault: ${entry.fault}` : "",
  ];
  return parts.filter(Boolean).join(" · ").replaceAll("_", " ");
}

/**
 * What a person should see at once besides: an error code, or a status that is not 200.
 *
 * @param {Entry} entry
 */
export function trouble(entry) {
  if (entry.kind === "finding") return "";
  if (entry.error) return String(entry.error);
  return entry.status >= 300 ? `HTTP ${entry.status}` : "";
}

/** A delivery takes no time by itself; its answer does. @param {Entry} entry */
export function duration(entry) {
  if (typeof entry.ms !== "number" || entry.kind === "delivery") return "";
  return entry.ms < 10 ? `${entry.ms.toFixed(1)} ms` : `${Math.round(entry.ms)} ms`;
}

/** Slow enough that Slack's three seconds are worth a thought. @param {Entry} entry */
export const isSlow = (entry) => typeof entry.ms === "number" && entry.ms > 1000;
