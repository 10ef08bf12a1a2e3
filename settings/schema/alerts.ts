import * as z from "zod";
import type { AlertSettings } from "../../components/observability/alerting/alert-settings.ts";
import { dnsLabel, mailAddress, once, prose, smarthost, whole } from "./scalars.ts";
import { configuredSecret } from "./secret.ts";

const slackChannel = prose(80).describe("The channel with its #, or a person with @");

const receiver = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("slack-webhook").describe("An incoming webhook of Slack"),
    address: configuredSecret.describe("Its address, which is the secret"),
    channel: slackChannel.optional().describe("The channel with its #; absent means the one that the webhook was made for"),
  }),
  z.strictObject({
    kind: z.literal("slack-bot").describe("A Slack app with the scope chat:write, a member of the channel"),
    token: configuredSecret.describe("The app's bot token"),
    channel: slackChannel,
  }),
  z.strictObject({
    kind: z.literal("email").describe("A mail, over TLS or not at all"),
    to: z.array(mailAddress).min(1, "names nobody; write at least one address").describe("Who gets it"),
    from: mailAddress.describe("Who sends it"),
    smarthost: smarthost.describe("The server that takes it, with its port"),
    username: prose(254).describe("Name to log in with there"),
    password: configuredSecret.describe("Password to log in with there"),
  }),
  z.strictObject({
    kind: z.literal("webhook").describe("Alertmanager's JSON document, sent by POST: to a bridge that opens GitHub issues, for one"),
    address: configuredSecret.describe("Where to; an address that grants access is a secret"),
    token: configuredSecret.optional().describe("Sent as Authorization: Bearer; absent: nothing is sent"),
  }),
]);

const receiverNames = z.array(dnsLabel).refine(...once).describe("Names of receivers");

const somebody = z.array(dnsLabel).min(1, "names nobody; write at least one receiver").refine(...once).describe("Names of receivers");

function timing(repeatMinutes: number) {
  return {
    waitSeconds: whole(0, 3600, "seconds").default(30).describe("For which the first alert of a group waits for others"),
    intervalSeconds: whole(10, 86_400, "seconds").default(300).describe("After which alerts that joined a group are told"),
    repeatMinutes: whole(1, 10_080, "minutes").default(repeatMinutes).describe("After which an alert that still holds is told again"),
  };
}

/** `alerts` of a namespace. */
export const alerts = z.strictObject({
  receivers: z.record(dnsLabel, receiver).describe("Who can be told, by a name of your choice"),
  routes: z.strictObject({
    page: z.strictObject({ to: somebody, ...timing(240) }).describe("Wakes somebody; a canary's alert never does"),
    ticket: z.strictObject({ to: somebody, ...timing(1440) }).describe("Waits for the morning"),
    info: z.strictObject({ to: receiverNames.default([]), ...timing(1440) }).prefault({}).describe("Read beside another alert; absent: nobody is told"),
  }).describe("Who is told of which severity"),
  groupBy: z.array(z.enum(["service", "alert", "revision"])).min(1, "is empty, and every alert of the namespace would be one message; name service or alert").refine(...once)
    .default(["service", "alert"]).describe("Alerts that agree in these come as one message"),
}).meta({ id: "Alerts", description: "Who is told of a namespace's alerts" }) satisfies z.ZodType<AlertSettings>;
