// Pure: the enums of the built-in kinds. The published OpenAPI leaves them out; k8s.io/api marks their Go types with "+enum".
const ENUM_TYPE = /\/\/ \+enum\n(?:\/\/.*\n)*type (\w+) string/g;
const CONSTANT = /^\s+\w+\s+(\w+)\s*=\s*"([^"]*)"/gm;
const STRUCT = /^type (\w+) struct \{\n([\s\S]*?)^\}/gm;
const FIELD = /^\s+\w+\s+(?:\[\]|\*)?(\w+)\s+`json:"(\w+)/gm;

/** Keys are "<package>.<struct>.<json field>", e.g. "api.core.v1.Container.imagePullPolicy". */
export function goEnums(goPackage: string, source: string): Map<string, string[]> {
  const types = new Map<string, string[]>();
  for (const [, type] of source.matchAll(ENUM_TYPE)) types.set(type ?? "", []);
  for (const [, type, value] of source.matchAll(CONSTANT)) types.get(type ?? "")?.push(value ?? "");
  const fields = new Map<string, string[]>();
  for (const [, struct, body] of source.matchAll(STRUCT)) {
    for (const [, type, field] of (body ?? "").matchAll(FIELD)) {
      const values = types.get(type ?? "");
      if (values !== undefined) fields.set(`${goPackage}.${struct}.${field}`, [...new Set(values)].sort());
    }
  }
  return fields;
}
