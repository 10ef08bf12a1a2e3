/** A file of a revision: its key in the ConfigMap and the path at which the container sees it. */
export interface MountedFile {
  key: string;
  path: string;
  text: string;
}

/**
 * Keys for files by position and last part of the path, as ConfigMap keys may not hold a slash: "00-config.yaml". The order of
 * the paths, not of the settings, decides the position.
 */
export function mountedFiles(files: Readonly<Record<string, string>>): MountedFile[] {
  return Object.entries(files)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, text], index) => ({ key: `${String(index).padStart(2, "0")}-${lastPart(path)}`, path, text }));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9._-]/g, "_");
}
