// Sharing a file: chosen with the button below the message box, or dropped and pasted onto it.

import { h, iconButton } from "../dom.js";
import { perform } from "../load.js";
import { toast } from "../overlays/toast.js";
import { inBase64 } from "../surfaces.js";

/** What the sandbox takes in one request, less the growth by Base64. */
const LARGEST = 5_000_000;

/**
 * @param {import("./composer.js").Composer} composer
 * @param {() => {channel: string, thread_ts?: string}} place
 * @param {() => Promise<unknown>} shared
 */
export function takeFiles(composer, place, shared) {
  const input = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": "Files to share",
      data: { testid: "file-input" },
    })
  );
  const send = async (/** @type {FileList|undefined} */ files) => {
    for (const file of files ?? []) await share(file, place());
    input.value = "";
    await shared();
  };
  input.addEventListener("change", () => send(input.files ?? undefined));
  composer.foot.prepend(iconButton("clip", "Share a file", () => input.click()), input);
  composer.field.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    send(event.clipboardData.files);
  });
  composer.node.addEventListener("dragover", (event) => event.preventDefault());
  composer.node.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    send(event.dataTransfer.files);
  });
}

/** @param {File} file @param {{channel: string, thread_ts?: string}} place */
async function share(file, place) {
  if (file.size > LARGEST) return toast(`${file.name} is too large for the sandbox.`, "error");
  await perform("upload", { ...place, name: file.name, content: await inBase64(file) });
}
