import { secretKeyOf } from "../secret-key.ts";
import type { Adopted, NeededSecret, Unmanaged } from "../types.ts";
import type { Declared } from "./core.ts";
import type { LiveAutolink, LiveHook } from "./live.ts";

/** A webhook as it is told: whether the configuration knows its events is for the schema to say. */
interface WebhookDraft extends Omit<Declared["webhooks"][string], "events"> {
  events: string[];
}

type Webhooks = Record<string, WebhookDraft>;

/** Each webhook under a name made from its host; its signing secret is the people's to give, and so is an address that says nothing by itself. */
export function webhookSettings(repository: string, hooks: readonly LiveHook[]): Adopted<Webhooks> {
  const webhooks: Webhooks = {};
  const secrets: NeededSecret[] = [];
  const unmanaged: Unmanaged[] = [];
  for (const hook of hooks) {
    const { config: { url } } = hook;
    if (url === undefined || !URL.canParse(url)) {
      unmanaged.push({ path: `webhooks.${hook.id}`, what: "has no web address", todo: "it stays as it is" });
      continue;
    }
    const name = freeName(nameOf(url), webhooks);
    const key = secretKeyOf(repository, "webhook", name, "secret");
    const problem = hookProblem(`webhooks.${name}`, hook);
    if (problem !== undefined) unmanaged.push(problem);
    webhooks[name] = {
      url, secret: { secret: key }, contentType: hook.config.content_type === "json" ? "json" : "form",
      events: hook.events, active: hook.active,
    };
    secrets.push({ key, path: `webhooks.${name}.secret` });
  }
  return { settings: webhooks, secrets, unmanaged };
}

/** The name under which the configuration knows a webhook: its host's, with its path's last word where a host has several. */
export function nameOf(url: string): string {
  return new URL(url).hostname.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 50) || "webhook";
}

function freeName(wanted: string, taken: Readonly<Record<string, unknown>>): string {
  for (let at = 1; ; at++) {
    const name = at === 1 ? wanted : `${wanted}-${at}`;
    if (!Object.hasOwn(taken, name)) return name;
  }
}

function hookProblem(path: string, { config }: LiveHook): Unmanaged | undefined {
  if (config.secret === undefined) return { path, what: "is not signed", todo: "the first update signs it: tell its receiver the secret" };
  if (String(config.insecure_ssl) === "1") return { path, what: "does not check its receiver's certificate", todo: "the first update checks it: renew the certificate before" };
  return undefined;
}

/** References that become links, by prefix. */
export function autolinkSettings(autolinks: readonly LiveAutolink[]): Declared["autolinks"] {
  return Object.fromEntries(autolinks.map(({ is_alphanumeric: alphanumeric, key_prefix: prefix, url_template: url }) => [prefix, { url, alphanumeric }]));
}
