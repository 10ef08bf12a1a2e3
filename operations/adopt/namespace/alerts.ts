import * as z from "zod";
import type { NamespaceSettings } from "../../../settings/schema/namespace.ts";
import { secretKeyOf } from "../secret-key.ts";
import type { NeededSecret, Unmanaged } from "../types.ts";
import { find } from "./objects.ts";
import type { LiveNamespace } from "./objects.ts";

type Alerts = NonNullable<NamespaceSettings["alerts"]>;
type Receiver = Alerts["receivers"][string];

const key = z.object({ key: z.string() });
const http = z.object({ authorization: z.object({ credentials: key }) }).optional();
const receiver = z.object({
  name: z.string(),
  slackConfigs: z.array(z.object({ apiURL: key, channel: z.string().optional(), httpConfig: http })).default([]),
  emailConfigs: z.array(z.object({ to: z.string(), from: z.string(), smarthost: z.string(), authUsername: z.string(), authPassword: key })).default([]),
  webhookConfigs: z.array(z.object({ urlSecret: key, httpConfig: http })).default([]),
});
const timing = { receiver: z.string(), groupWait: z.string(), groupInterval: z.string(), repeatInterval: z.string() };
const config = z.object({ spec: z.object({
  route: z.object({ ...timing, groupBy: z.array(z.enum(["service", "alertname", "revision"])).min(1), routes: z.tuple([z.object(timing), z.object(timing)]) }),
  receivers: z.array(receiver),
}) });

type Config = z.infer<typeof config>["spec"];

/** Who is told of a namespace's alerts, where the AlertmanagerConfig has the form that the program gives it. */
export function alertSettings(live: LiveNamespace): { settings?: Alerts; secrets: NeededSecret[]; unmanaged: Unmanaged[] } {
  const found = find(live, "AlertmanagerConfig", "slipway");
  if (found === undefined) return { secrets: [], unmanaged: [] };
  const parsed = config.safeParse(found);
  const namespace = live.namespace.metadata.name;
  const read = parsed.success ? readAlerts(namespace, parsed.data.spec) : undefined;
  if (read === undefined) return { secrets: [], unmanaged: [{ path: "alerts", what: "AlertmanagerConfig/slipway has another form than the program's", todo: "it stays as it is: declare alerts to have it made anew" }] };
  return { ...read, unmanaged: [] };
}

function readAlerts(namespace: string, spec: Config): { settings: Alerts; secrets: NeededSecret[] } | undefined {
  const told = spec.receivers.map((each) => [each.name, receiversOf(namespace, each)] as const);
  const all = new Map(told.flatMap(([, receivers]) => receivers.map((each) => [each.name, each] as const)));
  const { route: { groupBy, routes: [page, info], ...ticket } } = spec;
  const routeOf = (route: z.infer<z.ZodObject<typeof timing>>) => ({
    to: told.filter(([name]) => name === route.receiver).flatMap(([, receivers]) => receivers.map(({ name }) => name)),
    waitSeconds: seconds(route.groupWait), intervalSeconds: seconds(route.groupInterval), repeatMinutes: seconds(route.repeatInterval) / 60,
  });
  const secrets = [...all.values()].flatMap((each) => each.secrets);
  return {
    settings: {
      receivers: Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, { settings }]) => [name, settings])),
      routes: { page: routeOf(page), ticket: routeOf(ticket), info: routeOf(info) },
      groupBy: groupBy.map((label) => (label === "alertname" ? "alert" : label)),
    },
    secrets,
  };
}

interface Told {
  name: string;
  settings: Receiver;
  secrets: NeededSecret[];
}

function receiversOf(namespace: string, { emailConfigs, slackConfigs, webhookConfigs }: z.infer<typeof receiver>): Told[] {
  const slack = slackConfigs.map(({ apiURL, channel, httpConfig }) => told(namespace, apiURL.key, (secretOf) => (httpConfig === undefined
    ? { kind: "slack-webhook", address: secretOf("address"), ...(channel !== undefined && { channel }) }
    : { kind: "slack-bot", token: secretOf("token"), channel: channel ?? "" })));
  const email = emailConfigs.map(({ authPassword, authUsername: username, from, smarthost, to }) => told(namespace, authPassword.key, (secretOf) => (
    { kind: "email", to: to.split(", "), from, smarthost, username, password: secretOf("password") })));
  const webhook = webhookConfigs.map(({ httpConfig, urlSecret }) => told(namespace, urlSecret.key, (secretOf) => (
    { kind: "webhook", address: secretOf("address"), ...(httpConfig && { token: secretOf("token") }) })));
  return [...slack, ...email, ...webhook];
}

/** A receiver by the name that its keys in the Secret begin with. */
function told(namespace: string, secretKey: string, make: (secretOf: (part: string) => { secret: string }) => Receiver): Told {
  const name = secretKey.replace(/-(address|token|password)$/, "");
  const secrets: NeededSecret[] = [];
  const settings = make((part) => {
    const given = secretKeyOf(namespace, "alerts", name, part);
    secrets.push({ key: given, path: `alerts.receivers.${name}.${part}` });
    return { secret: given };
  });
  return { name, settings, secrets };
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `4h`, `1h30m` in seconds. */
export function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)].reduce((sum, [, count, unit = "s"]) => sum + Number(count) * (UNITS[unit] ?? 1), 0);
}
