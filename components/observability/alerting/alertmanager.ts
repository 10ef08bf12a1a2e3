/** The fields of an AlertmanagerConfig (monitoring.coreos.com/v1alpha1) that are sent, closed: the API server drops a misspelt one silently. */
export interface AlertmanagerConfigSpec {
  route: Route;
  receivers: Receiver[];
  inhibitRules: InhibitRule[];
}

export interface Route {
  receiver: string;
  matchers: Matcher[];
  groupBy?: string[];
  groupWait: string;
  groupInterval: string;
  repeatInterval: string;
  routes?: Route[];
}

export interface Matcher {
  name: string;
  matchType: "=" | "!=" | "=~";
  value: string;
}

export interface InhibitRule {
  sourceMatch: Matcher[];
  targetMatch: Matcher[];
  equal: string[];
}

/** Each of its parts is told of the same alerts. */
export interface Receiver {
  name: string;
  slackConfigs?: SlackConfig[];
  emailConfigs?: EmailConfig[];
  webhookConfigs?: WebhookConfig[];
}

/** A key of a Secret in the same namespace. */
export interface SecretKey {
  name: string;
  key: string;
}

export interface SlackConfig {
  sendResolved: boolean;
  apiURL: SecretKey;
  channel?: string;
  httpConfig?: HttpConfig;
  title: string;
  titleLink: string;
  text: string;
  fallback: string;
}

export interface EmailConfig {
  sendResolved: boolean;
  to: string;
  from: string;
  smarthost: string;
  authUsername: string;
  authPassword: SecretKey;
  requireTLS: boolean;
  headers: { key: string; value: string }[];
  text: string;
  /** Alertmanager sends its own page beside the text unless this is empty. */
  html: "";
}

export interface WebhookConfig {
  sendResolved: boolean;
  urlSecret: SecretKey;
  httpConfig?: HttpConfig;
}

export interface HttpConfig {
  authorization: { type: "Bearer"; credentials: SecretKey };
}
