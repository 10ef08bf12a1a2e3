import { fields, hasUnknown, list, type Fields } from "../manifest.ts";

/** One check of a Pod Security Standard: what it forbids in a pod's spec, or nothing. */
export interface Breach {
  reason: string;
  detail: string;
}
export type SecurityCheck = (spec: Fields) => Breach | undefined;

interface Container {
  name: string;
  own: Fields;
  security: Fields;
}

export const containersOf = (spec: Fields): Container[] =>
  ["initContainers", "containers"].flatMap((part) => list(spec[part])).map(fields)
    .map((own) => ({ name: String(own["name"]), own, security: fields(own["securityContext"]) }));

/** A value that is not known yet may still turn out well. */
export const isBad = (value: unknown, good: (value: unknown) => boolean): boolean => !hasUnknown(value) && !good(value);

export const quoted = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(", ");
export const sorted = (values: readonly unknown[]): unknown[] => [...new Set(values)].sort();
export const plural = (word: string, count: number): string => (count === 1 ? word : `${word}s`);
export const named = (names: readonly string[]): string => `${plural("container", names.length)} ${quoted(names)}`;

/** A breach that any container commits alone. */
export function eachContainer(reason: string, isBadContainer: (container: Container) => boolean, detail: (names: string) => string): SecurityCheck {
  return (spec) => {
    const names = containersOf(spec).filter(isBadContainer).map(({ name }) => name);
    return names.length === 0 ? undefined : { reason, detail: detail(named(names)) };
  };
}

/** A breach that the pod or its containers commit by setting a value: "pod and containers "a", "b"". */
export function setters(spec: Fields, isBadContext: (security: Fields) => boolean): string {
  const names = containersOf(spec).filter(({ security }) => isBadContext(security)).map(({ name }) => name);
  const pod = isBadContext(fields(spec["securityContext"])) ? ["pod"] : [];
  return [...pod, ...(names.length === 0 ? [] : [named(names)])].join(" and ");
}

/** All security contexts of a pod, its own first. */
export const contexts = (spec: Fields): Fields[] => [fields(spec["securityContext"]), ...containersOf(spec).map(({ security }) => security)];
export const inUserNamespace = (spec: Fields): boolean => spec["hostUsers"] === false;
