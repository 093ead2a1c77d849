// Files and folders that are dropped or chosen, as one flat list with the path of each.

/** @typedef {{path: string, file: File}} Found */

/**
 * All files among what was dropped, those in folders included.
 * @param {DataTransfer} dropped
 * @returns {Promise<Found[]>}
 */
export async function dropped(dropped) {
  // The list of a drop is empty as soon as one waits for anything: the entries are taken out first.
  const entries = [...dropped.items].filter((i) => i.kind === "file").map((i) => i.webkitGetAsEntry() ?? i.getAsFile());
  /** @type {Found[]} */
  const found = [];
  for (const e of entries) {
    if (e instanceof File) found.push({ path: e.name, file: e });
    else if (e) await walk(e, found);
  }
  return sorted(found);
}

/**
 * All files of a field of a form.
 * @param {HTMLInputElement} field
 * @returns {Found[]}
 */
export function picked(field) {
  return sorted([...(field.files ?? [])].filter((f) => !hidden(f.webkitRelativePath || f.name)).map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/**
 * @param {FileSystemEntry} entry
 * @param {Found[]} found
 */
async function walk(entry, found) {
  if (hidden(entry.name)) return;
  if (entry.isFile) {
    const file = await new Promise((ok, no) => /** @type {FileSystemFileEntry} */ (entry).file(ok, no)).catch(() => null);
    if (file instanceof File) found.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  // A folder is told in pieces; an empty piece is the end.
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const piece = await new Promise((ok, no) => reader.readEntries(ok, no)).catch(() => []);
    if (piece.length === 0) return;
    for (const e of piece) await walk(e, found);
  }
}

/** What the system keeps for itself in folders is no article. @param {string} path */
const hidden = (path) => path.split("/").some((step) => step.startsWith("."));

/** @param {Found[]} found */
const sorted = (found) => found.sort((a, b) => (a.path < b.path ? -1 : 1));

/**
 * Parts of a list that are sent at once: so many files, so many bytes.
 * @param {Found[]} found
 * @returns {Found[][]}
 */
export function parcels(found) {
  const FILES = 2000;
  const BYTES = 128 << 20;
  /** @type {Found[][]} */
  const out = [];
  let bytes = 0;
  for (const f of found) {
    const last = out.at(-1);
    if (!last || last.length >= FILES || bytes + f.file.size > BYTES) {
      out.push([f]);
      bytes = f.file.size;
    } else {
      last.push(f);
      bytes += f.file.size;
    }
  }
  return out;
}
