import { fields, isEmpty, list, text } from "../manifest.ts";
import { forbidden, invalid, notNegative, portRange, positive, required } from "../reasons.ts";
import { at } from "../select.ts";
import { portName } from "../syntax.ts";
import { within, type Check, type Leaf, type Rule } from "./rule.ts";

const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc"];
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const TIMINGS = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];
const HEADER = /^[-A-Za-z0-9]+$/;

const handler: Check = (value, report) => {
  if (value === undefined || value === null) return;
  const given = HANDLERS.filter((name) => fields(value)[name] !== undefined);
  if (given.length === 0) report(required("must specify a handler type"));
  given.slice(1).forEach((name) => report(forbidden("may not specify more than 1 handler type"), name));
  if (given.includes("exec") && list(at(value, "exec.command")).length === 0) report(required(), "exec.command");
};

/** A port by number or by the name of one of the container's ports. */
const port: Leaf = (value, report) => {
  if (typeof value === "string") for (const detail of text(value) === undefined ? [] : portName(value)) report(invalid(value, detail));
  else within(1, 65535, portRange)(value, report);
};

const once: Check = (value, report) => {
  if (typeof value === "number" && value !== 1 && value !== 0) report(invalid(value, "must be 1"));
};

const graceful: Check = (value, report) => {
  if (typeof value === "number" && value <= 0) report(invalid(value, positive));
};

const noGrace: Check = (value, report) => {
  if (!isEmpty(value)) report(invalid(value, "must not be set for readinessProbes"));
};

const header: Check = (value, report) => {
  const known = text(value);
  if (known !== undefined && !HEADER.test(known)) {
    report(invalid(known, "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"));
  }
};

const rulesOf = (probe: string): Rule[] => [
  [probe, handler],
  ...TIMINGS.map((name): Rule => [`${probe}.${name}`, within(0, Infinity, notNegative)]),
  [`${probe}.httpGet.port`, port],
  [`${probe}.httpGet.httpHeaders[*].name`, header],
  [`${probe}.tcpSocket.port`, port],
  [`${probe}.grpc.port`, port],
  ...(probe === "readinessProbe" ? [] : [[`${probe}.successThreshold`, once] satisfies Rule]),
  [`${probe}.terminationGracePeriodSeconds`, probe === "readinessProbe" ? noGrace : graceful],
];

export const probeRules: readonly Rule[] = PROBES.flatMap(rulesOf);
