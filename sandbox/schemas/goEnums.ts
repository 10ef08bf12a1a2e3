// Pure: the enums of the built-in kinds. The published OpenAPI leaves them out; k8s.io/api marks their Go types with "+enum".
const ENUM_TYPE = /\/\/ \+enum\n(?:\/\/.*\n)*type (\w+) string/g;
const CONSTANT = /^\s+\w+\s+(\w+)\s*=\s*"([^"]*)"/gm;
const CONVERTED = /^\s+\w+\s*=\s*(\w+)\("([^"]*)"\)/gm;
/** Enums in all but the mark: the server refuses any other value of them. */
const UNMARKED = [
  "HPAScalingPolicyType", "ScalingPolicySelect", "MetricSourceType", "PathType", "ContainerRestartPolicy", "ResourceResizeRestartPolicy",
];
const STRUCT = /^type (\w+) struct \{\n([\s\S]*?)^\}/gm;
const FIELD = /^\s+\w+\s+(?:\[\]|\*)?(?:\w+\.)?(\w+)\s+`json:"(\w+)/gm;

/** The values of each enum type that a package declares. */
export function enumTypes(source: string): Map<string, string[]> {
  const types = new Map<string, string[]>(UNMARKED.map((type) => [type, []]));
  for (const [, type] of source.matchAll(ENUM_TYPE)) types.set(type ?? "", []);
  for (const form of [CONSTANT, CONVERTED]) {
    for (const [, type, value] of source.matchAll(form)) types.get(type ?? "")?.push(value ?? "");
  }
  return new Map([...types].filter(([, values]) => values.length > 0));
}

/** Keys are "<package>.<struct>.<json field>", e.g. "api.core.v1.Container.imagePullPolicy". */
export function enumFields(goPackage: string, source: string, types: ReadonlyMap<string, string[]>): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [, struct, body] of source.matchAll(STRUCT)) {
    for (const [, type, field] of (body ?? "").matchAll(FIELD)) {
      const values = types.get(type ?? "");
      if (values !== undefined) fields.set(`${goPackage}.${struct}.${field}`, [...new Set(values)].sort());
    }
  }
  return fields;
}
