import type { ConfiguredSecret } from "../../secrets.ts";
import type { Severity } from "../alert.ts";

/** Somebody who is told. */
export type ReceiverSettings = SlackWebhook | SlackBot | Email | Webhook;

/** An incoming webhook of Slack; its address is the secret. */
export interface SlackWebhook {
  kind: "slack-webhook";
  address: ConfiguredSecret;
  /** With its # or @. @default the channel that the webhook was made for */
  channel?: string | undefined;
}

/** A Slack app with the scope `chat:write`, which is a member of the channel. */
export interface SlackBot {
  kind: "slack-bot";
  token: ConfiguredSecret;
  channel: string;
}

/** Sent over TLS, or not at all. */
export interface Email {
  kind: "email";
  to: string[];
  from: string;
  /** `host:port` of the server that takes the mail. */
  smarthost: string;
  username: string;
  password: ConfiguredSecret;
}

/** Alertmanager's own JSON document sent by POST: to a bridge that opens and closes GitHub issues, for one. */
export interface Webhook {
  kind: "webhook";
  address: ConfiguredSecret;
  /** Sent as `Authorization: Bearer`. @default none */
  token?: ConfiguredSecret | undefined;
}

/** Who is told of a severity, and how often. */
export interface RouteSettings {
  /** Names of receivers. */
  to: string[];
  /** Seconds for which the first alert of a group waits for others. */
  waitSeconds: number;
  /** Seconds after which alerts that joined a group are told, ≥ 1. */
  intervalSeconds: number;
  /** Minutes after which an alert that still holds is told again, ≥ 1. */
  repeatMinutes: number;
}

/** `alert` is the alert's name. */
export type Grouping = "service" | "alert" | "revision";

/** Who is told of a namespace's alerts. */
export interface AlertSettings {
  receivers: Record<string, ReceiverSettings>;
  routes: Record<Severity, RouteSettings>;
  /** Alerts that agree in these come as one message. At least one. */
  groupBy: Grouping[];
}
