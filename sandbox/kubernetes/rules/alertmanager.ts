import { fields, isEmpty, isFields, list, text, UNKNOWN } from "../manifest.ts";
import { select } from "../select.ts";
import type { Check, Rule } from "./rule.ts";

type Say = (detail: string) => void;

const DURATION = /^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/;
const MATCH_TYPES = new Set(["=", "!=", "=~", "!~", ""]);

/** The Prometheus operator's webhook, which also says what the operator itself would leave out without a word. */
const config: Check = (value, report) => {
  const say: Say = (detail) => report(`admission webhook "alertmanagerconfigsvalidate.monitoring.coreos.com" denied the request: AlertmanagerConfig is invalid: ${detail}`);
  if (!isFields(value)) return;
  const names = list(value["receivers"]).map((receiver) => text(fields(receiver)["name"]));
  for (const twice of new Set(names.filter((name, at) => name !== undefined && names.indexOf(name) < at))) say(`${JSON.stringify(twice)} receiver is not unique`);
  for (const receiver of list(value["receivers"])) targets(fields(receiver), say);
  if (isFields(value["route"])) route(value["route"], new Set(names), value["receivers"] === UNKNOWN || names.includes(undefined), true, say);
};

function targets(receiver: Record<string, unknown>, say: Say): void {
  const failed = (kind: string, detail: string): void => say(`failed to validate '${kind}' - receiver ${String(receiver["name"])}: ${detail}`);
  for (const { value } of select(receiver, "webhookConfigs[*]")) {
    const { url, urlSecret } = fields(value);
    if (isEmpty(url) && isEmpty(urlSecret)) failed("webhookConfig", "one of 'url' or 'urlSecret' must be specified");
  }
  for (const { value } of select(receiver, "emailConfigs[*]")) {
    const { smarthost, to } = fields(value);
    if (isEmpty(to)) failed("emailConfig", "missing 'to' address");
    if (!/^$|^[^:]*:[^:]*$|^\[[^\]]*\]:[^:]*$/.test(text(smarthost) ?? "")) failed("emailConfig", `invalid 'smarthost' ${String(smarthost)}`);
  }
}

function route(own: Record<string, unknown>, receivers: ReadonlySet<string | undefined>, unknownReceivers: boolean, top: boolean, say: Say): void {
  const { receiver, groupBy, matchers, routes } = own;
  if (isEmpty(receiver) && top) say("root route must define a receiver");
  const name = text(receiver);
  if (name !== undefined && name !== "" && !unknownReceivers && !receivers.has(name)) say(`receiver ${JSON.stringify(name)} not found`);
  const labels = list(groupBy).filter((label) => label !== UNKNOWN);
  if (new Set(labels).size < labels.length) say(`duplicate values not permitted in route 'groupBy': [${labels.join(" ")}]`);
  if (labels.includes("...") && labels.length > 1) say(`'...' must be a sole value in route 'groupBy': [${labels.join(" ")}]`);
  for (const field of ["groupInterval", "groupWait", "repeatInterval"]) {
    const duration = text(own[field]);
    if (duration !== undefined && !DURATION.test(duration)) say(`${field} ${duration} does not match required regex: ${DURATION.source}`);
  }
  list(matchers).forEach((matcher, at) => {
    const type = fields(matcher)["matchType"] ?? "";
    if (type !== UNKNOWN && !MATCH_TYPES.has(String(type))) say(`matcher[${at}]: invalid 'matchType' ${JSON.stringify(type)} provided'`);
    else if (type !== "" && isEmpty(fields(matcher)["name"])) say(`matcher[${at}]: matcher 'name' is required`);
  });
  list(routes).forEach((child, at) => { if (isFields(child)) route(child, receivers, unknownReceivers, false, (detail) => say(`route[${at}]: ${detail}`)); });
}

export const alertmanagerRules: readonly Rule[] = [["spec", config]];
