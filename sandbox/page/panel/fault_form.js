// The form for a fault, built from what the sandbox says of each kind: where it strikes and what it reads.

import { act } from "../api.js";
import { refreshPanel } from "../load.js";
import { openForm } from "../overlays/form_dialog.js";
import { store } from "../store.js";

/** @typedef {import("../overlays/form_dialog.js").Field} Field */
/** @typedef {import("../overlays/form_dialog.js").Filled} Filled */
/**
 * @typedef {object} Part one field of a rule
 * @property {string} name
 * @property {"text"|"whole"|"number"} type
 * @property {string} does
 * @property {string|number} default what applies when it is left out
 * @property {string[]} choices
 */
/**
 * @typedef {object} Kind
 * @property {string} kind
 * @property {string} does
 * @property {string[]} places
 * @property {string[]} only the targets, when there are no others in its places
 * @property {string} transport the one it needs, if it needs one
 * @property {Part[]} reads
 */

/** @type {Record<string, string>} */
const LABELS = {
  retry_after: "Retry after",
  nth: "First one to go wrong",
  times: "How often",
  from_second: "From second",
  to_second: "To second",
};
const FIRST = "error";

/** @returns {{kinds: Kind[], targets: Record<string, string[]>, always: Part[], socket: boolean}} */
function known() {
  const panel = store.panel;
  return {
    kinds: panel?.fault_kinds ?? [],
    targets: panel?.fault_targets ?? {},
    always: panel?.fault_fields ?? [],
    socket: Boolean(panel?.settings.socket_mode),
  };
}

export async function askForFault() {
  if (!store.panel) await refreshPanel();
  openForm({
    title: "Add a fault",
    submit: "Add",
    testid: "fault",
    rare: "When, and how often",
    fields: fieldsFor,
    send: async (filled) => {
      await act("faults", [ruleOf(filled)]);
      await refreshPanel();
    },
  });
}

/** @param {string|boolean|undefined} name */
const kindCalled = (name) => known().kinds.find((one) => one.kind === (name ?? FIRST)) ?? known().kinds[0];

/** @param {Filled} filled @returns {Field[]} */
function fieldsFor(filled) {
  const { kinds, always } = known();
  const chosen = kindCalled(filled.kind);
  if (!chosen) return [];
  const kept = always.map((part) => ({ ...drawPart(part), rare: true }));
  return [
    { name: "kind", label: "What", kind: "select", options: kinds.map(option), value: chosen.kind, hint: chosen.does, decides: true },
    whereField(chosen, filled.target),
    ...chosen.reads.map(drawPart),
    ...kept.map((field) => ({ ...field, value: String(filled[field.name] ?? field.value) })),
  ];
}

/** A kind of the other transport can strike nothing now. @param {Kind} kind */
function option({ kind, transport }) {
  const other = transport && (transport === "socket") !== known().socket;
  const needs = transport === "socket" ? "Socket Mode only" : "HTTP only";
  return { value: kind, label: other ? `${kind} (${needs})` : kind, disabled: Boolean(other) };
}

/** What was typed stays, unless another kind has other targets. @param {Kind} kind @param {string|boolean|undefined} typed @returns {Field} */
function whereField(kind, typed) {
  const { targets } = known();
  const fitting = kind.only.length ? kind.only : kind.places.flatMap((place) => targets[place] ?? []);
  const strange = Object.values(targets).flat().includes(String(typed)) && !fitting.includes(String(typed));
  return {
    name: "target",
    label: "Where",
    value: typed && !strange ? String(typed) : fitting[0],
    suggestions: fitting,
    hint: `Such as ${fitting.slice(0, 4).join(", ")}.`,
  };
}

/** @param {Part} part @returns {Field} */
function drawPart({ name, type, does, choices, default: value }) {
  const label = LABELS[name] ?? name[0].toUpperCase() + name.slice(1);
  const field = { name, label, hint: does, value: String(value), optional: true };
  if (choices.length) {
    const options = choices.map((one) => ({ value: one, label: one || "The sandbox picks one" }));
    return { ...field, kind: "select", options };
  }
  return { ...field, kind: type === "text" ? "text" : "number" };
}

/** Only what its kind reads, and only what was filled in. @param {Filled} filled */
function ruleOf(filled) {
  const { kind, target } = filled;
  const parts = [...(kindCalled(kind)?.reads ?? []), ...known().always];
  const given = parts.filter(({ name }) => filled[name] !== "" && filled[name] !== undefined);
  const rest = given.map(({ name, type }) => [name, type === "text" ? filled[name] : Number(filled[name])]);
  return { kind, target, ...Object.fromEntries(rest) };
}
