/** Keys of a property path as the engine writes it: `spec.ports[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function pathKeys(path: string): (string | number)[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain = ""]) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1");
    return index === undefined ? plain : Number(index);
  });
}

/** The same, from its keys. */
export function pathText(keys: readonly (string | number)[]): string {
  return keys.map((key, place) => {
    if (typeof key === "number") return `[${key}]`;
    if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
    return place === 0 ? key : `.${key}`;
  }).join("");
}
