import * as z from "zod";

/** One resource of an exported stack, as far as a report reads it. */
export interface StateResource {
  type: string;
  /** The last part of its URN. */
  name: string;
  outputs: Readonly<Record<string, unknown>>;
}

const document = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string(), type: z.string(), delete: z.boolean().optional(), outputs: z.record(z.string(), z.unknown()).optional() })).nullish(),
  }).nullish(),
});

/** The resources in what `pulumi stack export` prints; those that only wait for their deletion are left out. */
export function resourcesOf(exported: unknown): StateResource[] {
  const { deployment } = document.parse(exported);
  return (deployment?.resources ?? []).filter((resource) => resource.delete !== true)
    .map(({ outputs = {}, type, urn }) => ({ type, name: urn.split("::").at(-1) ?? "", outputs }));
}

/** The outputs of every resource of the type that have the fields; a secret is none of them, because it is no plain value. */
export function outputsOfType<T>(resources: readonly StateResource[], type: string, fields: z.ZodType<T>): T[] {
  return resources.filter((resource) => resource.type === type).flatMap(({ outputs }) => {
    const { data, success } = fields.safeParse(outputs);
    return success ? [data] : [];
  });
}
