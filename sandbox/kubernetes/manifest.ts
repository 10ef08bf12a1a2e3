/** A Kubernetes object as a program declares it or as the cloud stores it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name?: string; namespace?: string; [key: string]: unknown };
  [key: string]: unknown;
}

/** What the API server holds against a manifest. `path` is a field path, e.g. "spec.ports[0].name"; "" is the whole object. */
export interface Problem {
  path: string;
  reason: string;
}

export type Fields = Record<string, unknown>;

/** Pulumi's mark of a value that is not computed yet. It is accepted wherever a value is. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** Of an object that is not known no field is known either, so that no rule takes one for missing. */
const UNKNOWN_FIELDS: Fields = new Proxy({}, { get: () => UNKNOWN });

/** The value as an object; {} for what is none, so that rules read on where a part is missing. */
export const fields = (value: unknown): Fields => (isFields(value) ? value : value === UNKNOWN ? UNKNOWN_FIELDS : {});

/** The value as a list; [] for anything else. */
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The value as a known string; undefined when it is missing, unknown or of another type. */
export const text = (value: unknown): string | undefined => (typeof value === "string" && value !== UNKNOWN ? value : undefined);

/** The value as a known number. */
export const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Missing as the API server sees it: absent, null or the empty string. */
export const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

/** True when any part of the value is not computed yet. */
export const hasUnknown = (value: unknown): boolean =>
  value === UNKNOWN || (Array.isArray(value) && value.some(hasUnknown)) || (isFields(value) && Object.values(value).some(hasUnknown));

export const group = (apiVersion: string): string => (apiVersion.includes("/") ? apiVersion.replace(/\/.*$/, "") : "");
