import type { ConfiguredSecret } from "../../secrets.ts";
import type { Email, ReceiverSettings, SlackBot, SlackWebhook, Webhook } from "./alert-settings.ts";
import type { EmailConfig, HttpConfig, Receiver, SecretKey, SlackConfig, WebhookConfig } from "./alertmanager.ts";
import { LINK, MAIL_TEXT, SLACK_TEXT, TITLE } from "./messages.ts";

/** Name of the Secret with what receivers keep to themselves. */
export const ALERTS_SECRET = "slipway-alerts";

/** Slack's method for an app's messages; not a secret, but the AlertmanagerConfig takes an address from a Secret only. */
const SLACK_API = "https://slack.com/api/chat.postMessage";

/** A value of the Secret: what a config key holds, or what everybody may know. */
export type SecretEntry = ConfiguredSecret | { plain: string };

/** One receiver of the AlertmanagerConfig for several of the settings: all are told of the same groups. */
export function receiverOf(name: string, receivers: readonly (readonly [string, ReceiverSettings])[]): Receiver {
  const configs = receivers.map(([key, settings]) => configOf(key, settings));
  const slack = configs.flatMap((config) => config.slack ?? []);
  const email = configs.flatMap((config) => config.email ?? []);
  const webhook = configs.flatMap((config) => config.webhook ?? []);
  return {
    name,
    ...(slack.length > 0 && { slackConfigs: slack }),
    ...(email.length > 0 && { emailConfigs: email }),
    ...(webhook.length > 0 && { webhookConfigs: webhook }),
  };
}

/** What the Secret has to hold for a receiver, by key. */
export function secretEntries(name: string, settings: ReceiverSettings): Record<string, SecretEntry> {
  switch (settings.kind) {
    case "slack-webhook": return { [`${name}-address`]: settings.address };
    case "slack-bot": return { [`${name}-address`]: { plain: SLACK_API }, [`${name}-token`]: settings.token };
    case "email": return { [`${name}-password`]: settings.password };
    case "webhook": return { [`${name}-address`]: settings.address, ...(settings.token && { [`${name}-token`]: settings.token }) };
    default: return unknownKind(settings);
  }
}

interface Config {
  slack?: SlackConfig;
  email?: EmailConfig;
  webhook?: WebhookConfig;
}

function configOf(name: string, settings: ReceiverSettings): Config {
  switch (settings.kind) {
    case "slack-webhook": return { slack: slackConfig(name, settings) };
    case "slack-bot": return { slack: { ...slackConfig(name, settings), httpConfig: bearer(name) } };
    case "email": return { email: emailConfig(name, settings) };
    case "webhook": return { webhook: webhookConfig(name, settings) };
    default: return unknownKind(settings);
  }
}

function slackConfig(name: string, { channel }: SlackWebhook | SlackBot): SlackConfig {
  return {
    sendResolved: true,
    apiURL: key(name, "address"),
    ...(channel !== undefined && { channel }),
    title: TITLE,
    titleLink: LINK,
    text: SLACK_TEXT,
    fallback: TITLE,
  };
}

function emailConfig(name: string, { from, smarthost, to, username }: Email): EmailConfig {
  return {
    sendResolved: true,
    to: to.join(", "),
    from,
    smarthost,
    authUsername: username,
    authPassword: key(name, "password"),
    requireTLS: true,
    headers: [{ key: "Subject", value: TITLE }],
    text: MAIL_TEXT,
    html: "",
  };
}

function webhookConfig(name: string, { token }: Webhook): WebhookConfig {
  return { sendResolved: true, urlSecret: key(name, "address"), ...(token && { httpConfig: bearer(name) }) };
}

function bearer(name: string): HttpConfig {
  return { authorization: { type: "Bearer", credentials: key(name, "token") } };
}

function key(receiver: string, part: "address" | "token" | "password"): SecretKey {
  return { name: ALERTS_SECRET, key: `${receiver}-${part}` };
}

function unknownKind(settings: never): never {
  throw new RangeError(`a receiver of no known kind, got ${JSON.stringify(settings)}`);
}
