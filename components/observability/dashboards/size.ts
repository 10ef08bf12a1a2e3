/** Kubernetes refuses a ConfigMap above 1 MiB; its metadata and the fields that others add need a little of it. */
export const LARGEST_BYTES = 1_000_000;

/** Why the dashboard's JSON does not fit into a ConfigMap; nothing where it does. */
export function sizeProblem(title: string, text: string): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= LARGEST_BYTES) return undefined;
  return `dashboard "${title}": is too large for a ConfigMap, got ${bytes} bytes; make it ${LARGEST_BYTES} at most, in two dashboards`;
}
