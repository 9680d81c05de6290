// Draws Block Kit: a table from the type of a block to the function that draws it.

import { h } from "../dom.js";
import { actions, context, divider, header, image, markdownBlock, section } from "./layout.js";
import { inputBlock } from "./input_block.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";
import { raw, unknown } from "./raw.js";

/**
 * @typedef {(block: import("../types.js").Block, surface: import("../types.js").Surface) => Node} Draw
 */

/** @type {Record<string, Draw>} */
const BLOCKS = {
  section,
  header,
  context,
  actions,
  divider,
  image,
  markdown: markdownBlock,
  rich_text: (block) => richText(block),
  table: (block) => table(block),
  input: inputBlock,
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
function renderBlock(block, surface) {
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
