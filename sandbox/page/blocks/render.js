// Draws Block Kit: a table from the type of a block to the function that draws it.

import { h } from "../dom.js";
import { alert, card, carousel, remoteFile, video } from "./cards.js";
import { container } from "./container.js";
import { contextActions } from "./context_actions.js";
import { dataTable } from "./data_table.js";
import { inputBlock } from "./input_block.js";
import { actions, context, divider, header, markdownBlock, section } from "./layout.js";
import { imageBlock } from "./pictures.js";
import { raw, unknown } from "./raw.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";
import { plan, taskCard } from "./tasks.js";

/**
 * @typedef {(block: import("../types.js").Block, surface: import("../types.js").Surface) => Node} Draw
 */

/** @type {Record<string, Draw>} */
const BLOCKS = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: contextActions,
  data_table: (block) => dataTable(block),
  divider,
  file: remoteFile,
  header,
  image: imageBlock,
  input: inputBlock,
  markdown: markdownBlock,
  plan,
  rich_text: (block) => richText(block),
  section,
  table: (block) => table(block),
  task_card: taskCard,
  video,
};

/**
 * @param {import("../types.js").Block[]} blocks
 * @param {import("../types.js").Surface} surface
 */
export function renderBlocks(blocks, surface) {
  return h(
    "div",
    { class: `blocks on-${surface.kind}` },
    ...blocks.map((block) => renderBlock(block, surface)),
  );
}

/** @param {import("../types.js").Block} block @param {import("../types.js").Surface} surface */
export function renderBlock(block, surface) {
  const draw = Object.hasOwn(BLOCKS, block?.type) ? BLOCKS[block.type] : null;
  if (!draw) return unknown(block, "block");
  try {
    const node = /** @type {HTMLElement} */ (draw(block, surface));
    node.dataset.blockId = block.block_id ?? "";
    return node;
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    return raw(block, "This block lacks something it needs; this is what was sent.");
  }
}
