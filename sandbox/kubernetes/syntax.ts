import { isIP } from "node:net";

// The forms of names, keys and values, with the API server's words for a breach. A check returns what is wrong, or nothing.
export type Syntax = (value: string) => string[];

const ALNUM_ENDS = "and must start and end with an alphanumeric character";
const form = (pattern: string, detail: string): Syntax => {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (value) => (whole.test(value) ? [] : [detail]);
};
const length = (most: number): Syntax => (value) => (value.length <= most ? [] : [`must be no more than ${most} characters`]);
const bytes = (most: number): Syntax => (value) => (value.length <= most ? [] : [`must be no more than ${most} bytes`]);
const both = (...checks: Syntax[]): Syntax => (value) => checks.flatMap((check) => check(value));

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const subdomainDetail =
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${ALNUM_ENDS} (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;

export const dnsLabel = both(length(63), form(LABEL,
  `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${ALNUM_ENDS} (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`));
export const dnsSubdomain = both(length(253), form(SUBDOMAIN, subdomainDetail));
export const dns1035 = both(length(63), form("[a-z]([-a-z0-9]*[a-z0-9])?",
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"));
export const wildcardDomain = both(length(253), form(`\\*\\.${SUBDOMAIN}`,
  `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.${SUBDOMAIN}')`));
export const labelValue = both(bytes(63), form(`(${QUALIFIED})?`,
  `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${ALNUM_ENDS} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`));
export const configKey: Syntax = (value) => {
  if (value === ".") return ["must not be '.'"];
  if (value === "..") return ["must not be '..'"];
  return both(length(253), form("[-._a-zA-Z0-9]+",
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"))(value);
};
export const environmentName = both(form("[\\x20-\\x3c\\x3e-\\x7e]+", "a valid environment variable name must consist only of printable ASCII characters other than '='"));

const namePart = both((value) => bytes(63)(value).map((detail) => `name part ${detail}`), form(QUALIFIED,
  `name part must consist of alphanumeric characters, '-', '_' or '.', ${ALNUM_ENDS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`));

/** "name" or "prefix/name": the key of a label or an annotation, a resource's name. */
export const qualifiedName: Syntax = (value) => {
  const parts = value.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.length > 2) {
    return [`a qualified name must consist of alphanumeric characters, '-', '_' or '.', ${ALNUM_ENDS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const prefix = parts.length === 2 ? parts[0] ?? "" : undefined;
  const prefixDetails = prefix === undefined ? [] : prefix === "" ? ["prefix part must be non-empty"] : dnsSubdomain(prefix).map((detail) => `prefix part ${detail}`);
  return [...prefixDetails, ...(name === "" ? ["name part must be non-empty"] : []), ...namePart(name)];
};

const PORT_NAME: [RegExp, string][] = [
  [/^[-a-z0-9]*$/, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"],
  [/[a-z]/, "must contain at least one letter (a-z)"],
  [/^(?!.*--)/, "must not contain consecutive hyphens"],
  [/^(?!-)(?!.*-$)/, "must not begin or end with a hyphen"],
];
/** The name of a container's port: an IANA service name. */
export const portName: Syntax = (value) =>
  [...length(15)(value), ...PORT_NAME.filter(([pattern]) => !pattern.test(value)).map(([, detail]) => detail)];

export const isIpAddress = (value: string): boolean => isIP(value) !== 0;
export const isCidr = (value: string): boolean => {
  const [address = "", bits = "", more] = value.split("/");
  return more === undefined && isIpAddress(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(":") ? 128 : 32);
};
