// The API server's wording of what is wrong with a field (k8s.io/apimachinery/pkg/util/validation/field).
const shown = (value: unknown): string => (value === undefined ? "null" : JSON.stringify(value));

export const required = (detail?: string): string => (detail === undefined ? "Required value" : `Required value: ${detail}`);
export const invalid = (value: unknown, detail: string): string => `Invalid value: ${shown(value)}: ${detail}`;
export const forbidden = (detail: string): string => `Forbidden: ${detail}`;
export const duplicate = (value: unknown): string => `Duplicate value: ${shown(value)}`;
export const notFound = (value: unknown): string => `Not found: ${shown(value)}`;
export const unsupported = (value: unknown, supported: readonly string[]): string =>
  `Unsupported value: ${shown(value)}: supported values: ${supported.map((each) => JSON.stringify(each)).join(", ")}`;

export const notNegative = "must be greater than or equal to 0";
export const positive = "must be greater than 0";
export const portRange = "must be between 1 and 65535, inclusive";
