import type { AlertmanagerConfigSpec, HttpConfig, Matcher, Receiver, Route, SecretKey } from "../../components/observability/alerting/alertmanager.ts";

/** An AlertmanagerConfig with the Secret that it refers to, its values by key. */
export interface Routed {
  namespace: string;
  name: string;
  spec: AlertmanagerConfigSpec;
  secret: { name: string; values: Record<string, string> };
}

type Yaml = Record<string, unknown>;

/**
 * What the Prometheus operator makes of AlertmanagerConfigs for Alertmanager (`matcherStrategy: OnNamespace`): routes and inhibitions are
 * bound to the namespace, receivers get its name before theirs, Secrets are read, each top route continues. `recorded.json` has what the
 * operator itself made of the same; a value of a Secret that it would refuse is an error here too.
 */
export function alertmanagerYaml(configs: readonly Routed[], others: Route | undefined = undefined): Yaml {
  const sorted = [...configs].sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
  return {
    route: { receiver: "cluster", routes: [...sorted.map((config) => ({ ...route(config, config.spec.route), continue: true })), ...(others === undefined ? [] : [others])] },
    inhibit_rules: sorted.flatMap((config) => config.spec.inhibitRules.map((rule) => ({
      target_matchers: [...rule.targetMatch.map(text), own(config)],
      source_matchers: [...rule.sourceMatch.map(text), own(config)],
      equal: rule.equal,
    }))),
    receivers: [{ name: "cluster" }, ...sorted.flatMap((config) => config.spec.receivers.map((receiver) => receiverYaml(config, receiver)))],
    templates: [],
  };
}

function route(config: Routed, { groupBy, groupInterval, groupWait, matchers, receiver, repeatInterval, routes, ...unknown }: Route, top = true): Yaml {
  refuseUnknown(unknown);
  return {
    receiver: named(config, receiver),
    ...(groupBy && { group_by: groupBy }),
    matchers: [...matchers.map(text), ...(top ? [own(config)] : [])],
    ...(routes && { routes: routes.map((child) => route(config, child, false)) }),
    group_wait: groupWait,
    group_interval: groupInterval,
    repeat_interval: repeatInterval,
  };
}

function receiverYaml(config: Routed, { emailConfigs, name, slackConfigs, webhookConfigs, ...unknown }: Receiver): Yaml {
  refuseUnknown(unknown);
  return {
    name: named(config, name),
    ...(slackConfigs && {
      slack_configs: slackConfigs.map(({ apiURL, channel, fallback, httpConfig, sendResolved, text: body, title, titleLink, ...more }) => {
        refuseUnknown(more);
        return {
          send_resolved: sendResolved, ...http(config, httpConfig), api_url: address(config, apiURL), ...(channel !== undefined && { channel }),
          title, title_link: titleLink, text: body, fallback,
        };
      }),
    }),
    ...(emailConfigs && {
      email_configs: emailConfigs.map(({ authPassword, authUsername, from, headers, html, requireTLS, sendResolved, smarthost, text: body, to, ...more }) => {
        refuseUnknown(more);
        return {
          send_resolved: sendResolved, to, from, smarthost, auth_username: authUsername, auth_password: valueOf(config, authPassword),
          headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])), html, text: body, require_tls: requireTLS,
        };
      }),
    }),
    ...(webhookConfigs && {
      webhook_configs: webhookConfigs.map(({ httpConfig, sendResolved, urlSecret, ...more }) => {
        refuseUnknown(more);
        return { send_resolved: sendResolved, url: address(config, urlSecret), ...http(config, httpConfig) };
      }),
    }),
  };
}

function http(config: Routed, given: HttpConfig | undefined): Yaml {
  if (given === undefined) return {};
  const { authorization: { credentials, type } } = given;
  return { http_config: { authorization: { type, credentials: valueOf(config, credentials) } } };
}

function address(config: Routed, key: SecretKey): string {
  const value = valueOf(config, key).trim();
  if (!/^https?:\/\/[^/]/.test(value)) throw new Error(`${config.namespace}/${config.name}: ${key.key} is no address`);
  return value;
}

function valueOf({ namespace, name, secret }: Routed, { key, name: of }: SecretKey): string {
  const value = secret.name === of ? secret.values[key] : undefined;
  if (value === undefined) throw new Error(`${namespace}/${name}: Secret ${of} has no key ${key}`);
  return value;
}

function text({ matchType, name, value }: Matcher): string {
  return `${name}${matchType}${JSON.stringify(value)}`;
}

function own({ namespace }: Routed): string {
  return text({ name: "namespace", matchType: "=", value: namespace });
}

function named({ name, namespace }: Routed, receiver: string): string {
  return `${namespace}/${name}/${receiver}`;
}

function refuseUnknown(fields: Record<string, unknown>): void {
  if (Object.keys(fields).length > 0) throw new Error(`${Object.keys(fields).join(", ")}: is not translated here`);
}
