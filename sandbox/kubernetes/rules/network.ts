import { fields, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { forbidden, invalid, portRange, required } from "../reasons.ts";
import { dnsLabel, dnsSubdomain, isCidr, isIpAddress, portName, wildcardDomain } from "../syntax.ts";
import { shaped, within, type Check, type Leaf, type Rule } from "./rule.ts";
import { selector } from "./selectors.ts";

const CIDR_FORM = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

const peer: Check = (value, report) => {
  const given = ["podSelector", "namespaceSelector", "ipBlock"].filter((name) => fields(value)[name] !== undefined);
  if (given.length === 0) report(required("must specify a peer"));
  if (given.includes("ipBlock") && given.length > 1) report(forbidden("may not specify both ipBlock and another peer"));
};

const bits = (address: string): string => address.split(".").map((part) => Number(part).toString(2).padStart(8, "0")).join("");
/** Only IPv4 ranges are compared; an IPv6 exception passes as long as it is a range. */
function isWithin(inner: string, outer: string): boolean {
  const [[address = "", size = ""], [root = "", length = ""]] = [inner.split("/"), outer.split("/")];
  if (inner.includes(":") || outer.includes(":")) return true;
  return Number(size) > Number(length) && bits(address).slice(0, Number(length)) === bits(root).slice(0, Number(length));
}

const block: Check = (value, report) => {
  if (value === undefined) return;
  const { cidr, except } = fields(value);
  const outer = text(cidr);
  if (outer === undefined) return;
  if (!isCidr(outer)) return report(invalid(outer, CIDR_FORM), "cidr");
  list(except).forEach((each, index) => {
    const inner = text(each);
    if (inner === undefined) return;
    if (!isCidr(inner)) report(invalid(inner, CIDR_FORM), `except[${index}]`);
    else if (!isWithin(inner, outer)) report(invalid(inner, "must be a strict subset of `cidr`"), `except[${index}]`);
  });
};

const policyPort: Leaf = (value, report) => {
  const { port, endPort } = fields(value);
  if (typeof port === "number") within(1, 65535, portRange)(port, (reason) => report(reason, "port"));
  else shaped(portName)(port, (reason) => report(reason, "port"));
  if (typeof endPort !== "number") return;
  if (port === undefined) report(invalid(endPort, "may not be specified when `port` is not specified"), "endPort");
  else if (typeof port === "string" && !hasUnknown(port)) report(invalid(endPort, "may not be specified when `port` is non-numeric"), "endPort");
  else if (typeof port === "number" && endPort < port) report(invalid(port, "must be greater than or equal to `port`"), "endPort");
};

const policyTypes: Check = (value, report) => {
  if (list(value).length > 2) report(invalid(value, "may not specify more than two policyTypes"));
};

const ways = (part: string, peers: string): Rule[] => [
  [`spec.${part}[*].ports[*]`, policyPort],
  [`spec.${part}[*].${peers}[*]`, peer],
  [`spec.${part}[*].${peers}[*].podSelector`, selector],
  [`spec.${part}[*].${peers}[*].namespaceSelector`, selector],
  [`spec.${part}[*].${peers}[*].ipBlock`, block],
];

const backend: Check = (value, report) => {
  if (value === undefined || hasUnknown(value)) return;
  const { service, resource } = fields(value);
  if (service !== undefined && resource !== undefined) return report(invalid("", "cannot set both resource and service backends"));
  if (service === undefined && resource === undefined) return report(invalid("", "resource or service backend is required"));
  if (service === undefined) return;
  const { name, number } = fields(fields(service)["port"]);
  if (number !== 0) within(1, 65535, portRange)(number, (reason) => report(reason, "service.port.number"));
  if (isEmpty(fields(service)["name"])) report(required(), "service.name");
  else shaped(dnsLabel)(fields(service)["name"], (reason) => report(reason, "service.name"));
  if (!isEmpty(name) && number !== undefined && number !== 0) report(invalid("", "cannot set both port name & port number"), "service.port");
  else if (isEmpty(name) && (number === undefined || number === 0)) report(required("port name or number is required"), "service.port");
};

const ingress: Check = (value, report) => {
  const { defaultBackend, rules } = fields(value);
  if (defaultBackend === undefined && list(rules).length === 0 && !hasUnknown(rules)) report(invalid(null, "either `defaultBackend` or `rules` must be specified"));
};

const host: Leaf = (value, report) => {
  const known = text(value);
  if (known === undefined || known === "") return;
  if (isIpAddress(known)) report(invalid(known, "must be a DNS name, not an IP address"));
  else shaped(known.includes("*") ? wildcardDomain : dnsSubdomain)(known, report);
};

const path: Check = (value, report) => {
  const { path: given = "", pathType } = fields(value);
  const known = text(given);
  if (isEmpty(pathType)) return report(required("pathType must be specified"), "pathType");
  if (known === undefined || (pathType !== "Exact" && pathType !== "Prefix")) return;
  if (!known.startsWith("/")) report(invalid(known, "must be an absolute path"), "path");
  for (const part of ["//", "/./", "/../", "%2f", "%2F"]) if (known.includes(part)) report(invalid(known, `must not contain '${part}'`), "path");
};

export const networkRules: Record<string, readonly Rule[]> = {
  NetworkPolicy: [["spec.podSelector", selector], ...ways("ingress", "from"), ...ways("egress", "to"), ["spec.policyTypes", policyTypes]],
  Ingress: [
    ["spec", ingress],
    ["spec.defaultBackend", backend],
    ["spec.ingressClassName", shaped(dnsSubdomain)],
    ["spec.tls[*].hosts[*]", host],
    ["spec.rules[*].host", host],
    ["spec.rules[*].http.paths", (value, report) => Array.isArray(value) && value.length === 0 && report(required())],
    ["spec.rules[*].http.paths[*]", path],
    ["spec.rules[*].http.paths[*].backend", backend],
  ],
};
