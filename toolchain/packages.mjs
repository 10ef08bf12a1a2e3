/** Are the installed packages those of package-lock.json? By content, since a checkout moves the times of files. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

function packages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** What is wrong with `node_modules` under `root`, in words; undefined when it is as the lock file says. */
export function outdated(root) {
  const installed = packages(join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return existsSync(join(root, "node_modules")) ? "node_modules is incomplete" : "node_modules is missing";
  const wanted = packages(join(root, "package-lock.json")) ?? {};
  const names = new Set([...Object.keys(wanted), ...Object.keys(installed)]);
  for (const name of names) {
    if (name === "" || (wanted[name]?.optional && !installed[name])) continue;
    if (wanted[name]?.version !== installed[name]?.version) return `node_modules is older than package-lock.json (${name.slice(name.lastIndexOf("node_modules/") + 13)})`;
  }
  return existsSync(join(root, "node_modules", ".bin", "node")) ? undefined : "node_modules lacks Node 24";
}
