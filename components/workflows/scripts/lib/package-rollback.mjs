// Which release to go back to, and which ones are taken back for it.
import { comparePython } from "./pep440.mjs";
import { stable } from "./python-index.mjs";

/** `{ version, bad }` or `{ problem }`; `wanted` is a version, or "" for the one before the newest. */
export function planRollback(releases, wanted) {
  const good = stable(releases).map(({ version }) => version);
  const [newest, before] = good;
  if (newest === undefined) return { problem: "there is no release that people install by default" };
  if (wanted === "") return before === undefined ? { problem: `there is no stable release before ${newest}` } : { version: before, bad: [newest] };
  const found = releases.find(({ version }) => version === wanted);
  if (!found) return { problem: `${wanted} is not in the index` };
  if (found.yanked) return { problem: `${wanted} is yanked itself` };
  const bad = good.filter((version) => comparePython(version, wanted) > 0);
  return bad.length === 0 ? { problem: `${wanted} is already what people install, so there is nothing to take back` } : { version: wanted, bad };
}
