// What an agent does, step by step: task cards, and plans made of them.

import { h, icon } from "../dom.js";
import { link } from "../text/inline.js";
import { unknown } from "./raw.js";
import { richText } from "./rich_text.js";

/** @type {Record<string, {word: string, icon: string}>} */
const STATES = {
  pending: { word: "Pending", icon: "clock" },
  in_progress: { word: "In progress", icon: "more" },
  complete: { word: "Complete", icon: "check" },
  error: { word: "Failed", icon: "warning" },
};

/** @param {import("../types.js").Block} block */
export function taskCard(block) {
  const state = STATES[block.status] ?? { word: String(block.status), icon: "more" };
  const sources = block.sources?.map(
    (/** @type {any} */ source) => h("li", {}, link(String(source.url), String(source.text ?? source.url))),
  );
  const head = h(
    "div",
    { class: "task-head" },
    icon(state.icon),
    h("span", { class: "task-title" }, String(block.title)),
    h("span", { class: "task-state" }, state.word),
  );
  return h(
    "div",
    { class: `block task status-${block.status}`, role: "group", "aria-label": `${block.title}: ${state.word}` },
    head,
    block.details && richText(block.details),
    block.output && h("div", { class: "task-output" }, richText(block.output)),
    sources?.length && h("ul", { class: "task-sources", "aria-label": "Sources" }, ...sources),
  );
}

/** @param {import("../types.js").Block} block */
export function plan(block) {
  const tasks = (block.tasks ?? []).map((/** @type {any} */ task) => {
    if (task?.type !== "task_card") return h("li", {}, unknown(task, "block"));
    const node = taskCard(task);
    node.dataset.blockId = task.block_id ?? "";
    return h("li", {}, node);
  });
  const done = (block.tasks ?? []).filter((/** @type {any} */ task) => task?.status === "complete").length;
  return h(
    "section",
    { class: "block plan", "aria-label": `Plan: ${block.title}` },
    h(
      "div",
      { class: "task-head" },
      h("span", { class: "card-title" }, String(block.title)),
      h("span", { class: "task-state" }, `${done} of ${tasks.length} done`),
    ),
    h("ol", { class: "plan-tasks" }, ...tasks),
  );
}
