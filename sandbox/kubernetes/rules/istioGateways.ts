import { fields, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { hostProblem, isLabel, portProblem } from "./istioSyntax.ts";
import { denied } from "./istioWebhook.ts";
import type { Check, Rule } from "./rule.ts";

const SERVED = new Set(["HTTP", "HTTP2", "HTTPS", "GRPC", "GRPC-WEB", "MONGO", "REDIS", "MYSQL", "TCP", "TLS"]);
const SECURED = new Set(["HTTPS", "TLS"]);
const PLAIN_HTTP = new Set(["HTTP", "HTTP2", "GRPC", "GRPC-WEB"]);
const PRESENTS_CERTIFICATE: Record<string, string> = { SIMPLE: "SIMPLE TLS", MUTUAL: "MUTUAL TLS", OPTIONAL_MUTUAL: "MUTUAL TLS" };

const servers: Check = (value, report) => {
  const { servers: given } = fields(value);
  if (list(given).length === 0 && !hasUnknown(given)) denied(report)("gateway must have at least one server", "servers");
  const seen = new Set<string>();
  list(given).forEach((each, index) => {
    const name = text(fields(fields(each)["port"])["name"]);
    if (name !== undefined && seen.has(name)) denied(report)(`port names in servers must be unique: duplicate name ${name}`, `servers[${index}].port.name`);
    if (name !== undefined) seen.add(name);
  });
};

const server: Check = (value, report) => {
  const { hosts, port, tls } = fields(value);
  const say = denied(report);
  if (Array.isArray(hosts) && hosts.length === 0) say("server config must contain at least one host", "hosts");
  list(hosts).forEach((each, index) => {
    const name = text(each)?.replace(/^[^/]*\//, "");
    const wrongName = name === undefined ? undefined : hostProblem(name);
    if (wrongName !== undefined) say(wrongName, `hosts[${index}]`);
    else if (name !== undefined && name !== "*" && !name.includes(".")) say("short names (non FQDN) are not allowed", `hosts[${index}]`);
  });
  const { number: number_, protocol } = fields(port);
  const wrong = portProblem(number_);
  if (wrong !== undefined) say(wrong, "port.number");
  const known = text(protocol)?.toUpperCase();
  if (known === undefined) return;
  if (!SERVED.has(known)) return say(`invalid protocol ${JSON.stringify(protocol)}, supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP`, "port.protocol");
  if (SECURED.has(known) && tls === undefined) say("server must have TLS settings for HTTPS/TLS protocols", "tls");
  const redirectsOnly = hasUnknown(tls) || fields(tls)["mode"] === undefined || fields(tls)["mode"] === "PASSTHROUGH";
  if (!SECURED.has(known) && tls !== undefined && !(PLAIN_HTTP.has(known) && redirectsOnly)) {
    say(PLAIN_HTTP.has(known) ? "server cannot have TLS settings for plain text HTTP ports" : "server cannot have TLS settings for non HTTPS/TLS ports", "tls");
  }
};

const tls: Check = (value, report) => {
  const { mode, credentialName, credentialNames, serverCertificate, privateKey, caCertificates, tlsCertificates } = fields(value);
  const prefix = PRESENTS_CERTIFICATE[String(mode)];
  if (mode === "ISTIO_MUTUAL" && !isEmpty(credentialName)) denied(report)("ISTIO_MUTUAL TLS cannot have associated credentialName", "credentialName");
  if (prefix === undefined || !isEmpty(credentialName) || list(credentialNames).length > 0 || list(tlsCertificates).length > 0) return;
  if (prefix === "MUTUAL TLS" && isEmpty(caCertificates)) denied(report)(`${prefix} requires a client CA bundle`);
  if (isEmpty(serverCertificate)) denied(report)(`${prefix} requires a server certificate`);
  if (isEmpty(privateKey)) denied(report)(`${prefix} requires a private key`);
};

const gatewayName: Check = (value, report) => {
  const known = text(value);
  if (known !== undefined && !isLabel(known)) denied(report)(`invalid gateway name: ${JSON.stringify(known)}`);
};

export const gatewayRules: readonly Rule[] = [
  ["metadata.name", gatewayName],
  ["spec", servers],
  ["spec.servers[*]", server],
  ["spec.servers[*].tls", tls],
];
