// The file_input: files are handed to the sandbox at once, and named in the form when it is submitted.

import { h, iconButton } from "../dom.js";
import { complain } from "../overlays/toast.js";
import { named } from "./elements.js";

const MOST = 10;

/** @param {import("./elements.js").Drawing} drawing */
export function fileInput({ block, element, surface, naming }) {
  const most = element.max_files ?? MOST;
  const types = (element.filetypes ?? []).map((/** @type {string} */ type) => `.${type}`).join(",");
  /** @type {Record<string, any>[]} */
  let files = surface.form.open(block, element) ?? [];
  const list = h("ul", { class: "chosen-files" });
  const field = /** @type {HTMLInputElement} */ (
    h("input", { ...named(naming), type: "file", class: "file-field", accept: types || null, multiple: most > 1 })
  );
  const keep = (/** @type {Record<string, any>[]} */ now) => {
    files = now;
    surface.form.set(block, element, files);
    list.replaceChildren(...files.map(row));
  };
  const row = (/** @type {Record<string, any>} */ file) => h(
    "li",
    {},
    h("span", {}, String(file.name)),
    iconButton("close", `Remove ${file.name}`, () => keep(files.filter((one) => one.id !== file.id))),
  );
  field.addEventListener("change", async () => {
    const picked = [...(field.files ?? [])];
    field.value = "";
    if (files.length + picked.length > most) return complain(tooMany(most));
    for (const file of picked) {
      const attached = await surface.attach(block, element, file);
      if (attached) keep([...files, attached]);
    }
  });
  list.replaceChildren(...files.map(row));
  const limit = h("span", { class: "muted" }, most === 1 ? "One file." : `Up to ${most} files.`);
  return h("div", { class: "file-input" }, field, limit, list);
}

/** @param {number} most */
function tooMany(most) {
  const words = most === 1 ? "Only one file fits here." : `No more than ${most} files fit here.`;
  return Object.assign(new Error(words), { code: "too_many_files" });
}
