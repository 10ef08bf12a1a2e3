import { describe, expect, test } from "@jest/globals";
import { parseSettings } from "../../settings/parse.ts";
import { problemText } from "../../settings/problem.ts";
import { namespaceSettings } from "../../settings/schema/namespace.ts";
import { problems } from "./problems.ts";

const RECEIVERS = {
  room: { kind: "slack-webhook", address: { secret: "roomAddress" } },
  issues: { kind: "webhook", address: { secret: "issuesAddress" }, token: { secret: "issuesToken" } },
};
const ROUTES = { page: { to: ["room"] }, ticket: { to: ["issues"] } };
const AT = "namespaces.shop.alerts";
const LABEL = "use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last";

/** What the whole reader says about the alerts of one namespace. */
function refused(alerts: unknown, ...secrets: string[]): string[] {
  const parsed = parseSettings({ "github:owner": "acme", "slipway:namespaces": JSON.stringify({ shop: { alerts } }) }, new Set(secrets.map((key) => `slipway:${key}`)));
  return "problems" in parsed ? parsed.problems.map(problemText) : [];
}

function mail(more: object): object {
  return { receivers: { mail: { kind: "email", to: ["a@example.com"], from: "b@example.com", smarthost: "smtp.example.com:587", username: "b", password: { secret: "p" }, ...more } }, routes: { page: { to: ["mail"] }, ticket: { to: ["mail"] } } };
}

describe("the alerts of a namespace", () => {
  test("have times and groups of their own where the settings say none", () => {
    const { alerts } = namespaceSettings.parse({ alerts: { receivers: RECEIVERS, routes: ROUTES } });
    expect(alerts).toEqual({
      receivers: RECEIVERS,
      routes: {
        page: { to: ["room"], waitSeconds: 30, intervalSeconds: 300, repeatMinutes: 240 },
        ticket: { to: ["issues"], waitSeconds: 30, intervalSeconds: 300, repeatMinutes: 1440 },
        info: { to: [], waitSeconds: 30, intervalSeconds: 300, repeatMinutes: 1440 },
      },
      groupBy: ["service", "alert"],
    });
    expect(namespaceSettings.parse({}).alerts).toBeUndefined();
  });

  test("are whole with every secret that they name", () => {
    expect(refused({ receivers: RECEIVERS, routes: ROUTES }, "roomAddress", "issuesAddress", "issuesToken")).toEqual([]);
    expect(refused(mail({}), "p")).toEqual([]);
  });

  test("say which of them needs a secret that is not set", () => {
    const set = (key: string): string => `run pulumi config set --secret slipway:${key}`;
    expect(refused({ receivers: RECEIVERS, routes: ROUTES }, "issuesAddress")).toEqual([
      `secrets.roomAddress: is needed by ${AT}.receivers.room.address and is not set; ${set("roomAddress")}`,
      `secrets.issuesToken: is needed by ${AT}.receivers.issues.token and is not set; ${set("issuesToken")}`,
    ]);
  });

  test("never show an address that was typed out", () => {
    const texts = refused({ receivers: { ...RECEIVERS, room: { kind: "slack-webhook", address: "https://hooks.example.com/canary" } }, routes: ROUTES }, "issuesAddress", "issuesToken");
    expect(texts).toEqual([`${AT}.receivers.room.address: is not a reference to a secret; write { secret: <config key> }`]);
  });

  test.each<[string, unknown, string[]]>([
    ["nobody for a page", { receivers: RECEIVERS, routes: { ...ROUTES, page: { to: [] } } }, [`${AT}.routes.page.to: names nobody, got []; write at least one receiver`]],
    ["no ticket", { receivers: RECEIVERS, routes: { page: ROUTES.page } }, [`${AT}.routes.ticket: is missing; write one key and its value a line`]],
    ["one receiver twice", { receivers: RECEIVERS, routes: { ...ROUTES, info: { to: ["room", "room"] } } }, [`${AT}.routes.info.to: names one twice, got ["room","room"]; name each once`]],
    ["a receiver's name in capitals", { receivers: { Room: RECEIVERS.room }, routes: ROUTES }, [`${AT}.receivers.Room: is not a DNS label, got "Room"; ${LABEL}`]],
    ["a strange kind", { receivers: { ...RECEIVERS, room: { kind: "pager" } }, routes: ROUTES }, [`${AT}.receivers.room.kind: is none of slack-webhook, slack-bot, email, webhook, got "pager"; write one of them`]],
    ["a bot without a channel", { receivers: { ...RECEIVERS, room: { kind: "slack-bot", token: { secret: "t" } } }, routes: ROUTES }, [`${AT}.receivers.room.channel: is missing; write such a text, in quotes where it looks like a number`]],
    ["a key of another kind", { receivers: { ...RECEIVERS, room: { ...RECEIVERS.room, token: { secret: "t" } } }, routes: ROUTES }, [`${AT}.receivers.room.token: is not a setting; remove it, or use one of kind, address, channel`]],
    ["a repetition every second", { receivers: RECEIVERS, routes: { ...ROUTES, page: { to: ["room"], repeatMinutes: 0 } } }, [`${AT}.routes.page.repeatMinutes: is not a whole number from 1 to 10080, got 0; write minutes without quotes`]],
    ["no groups", { receivers: RECEIVERS, routes: ROUTES, groupBy: [] }, [`${AT}.groupBy: is empty, and every alert of the namespace would be one message, got []; name service or alert`]],
    ["groups by pod", { receivers: RECEIVERS, routes: ROUTES, groupBy: ["pod"] }, [`${AT}.groupBy[0]: is none of service, alert, revision, got "pod"; write one of them`]],
    ["a mail to nobody", mail({ to: [] }), [`${AT}.receivers.mail.to: names nobody, got []; write at least one address`]],
    ["a mail to a name", mail({ to: ["Ada <ada@example.com>"] }), [`${AT}.receivers.mail.to[0]: is not a mail address, got "Ada <ada@example.com>"; write it alone and its domain in lower case, such as on-call@example.com`]],
    ["a mail server without a port", mail({ smarthost: "smtp.example.com" }), [`${AT}.receivers.mail.smarthost: is not a mail server with its port, got "smtp.example.com"; write one such as smtp.example.com:587`]],
    ["a mail server with a strange port", mail({ smarthost: "smtp.example.com:65536" }), [`${AT}.receivers.mail.smarthost: is not a mail server with its port, got "smtp.example.com:65536"; write one such as smtp.example.com:587`]],
  ])("%s is refused", (_, alerts, texts) => {
    expect(refused(alerts, "roomAddress", "issuesAddress", "issuesToken", "p")).toEqual(expect.arrayContaining(texts));
    expect(refused(alerts, "roomAddress", "issuesAddress", "issuesToken", "p").filter((text) => text.startsWith("namespaces."))).toEqual(texts);
  });
});

describe("the rules of alerts", () => {
  test("have nothing to say about routes to receivers, nor about a namespace without alerts", () => {
    expect(problems({ shop: { alerts: { receivers: RECEIVERS, routes: ROUTES } }, store: {} })).toEqual([]);
  });

  test("refuse a route to nobody, and a receiver that is told of nothing", () => {
    const routes = { page: { to: ["room"] }, ticket: { to: ["room", "isues"] }, info: { to: ["chat"] } };
    expect(problems({ shop: { alerts: { receivers: RECEIVERS, routes } } })).toEqual([
      `${AT}.routes.ticket.to[1]: is no receiver of the namespace, got "isues"; use room or issues, or add it to ${AT}.receivers`,
      `${AT}.routes.info.to[0]: is no receiver of the namespace, got "chat"; use room or issues, or add it to ${AT}.receivers`,
      `${AT}.receivers.issues: is told of nothing; name it in ${AT}.routes, or remove it`,
    ]);
    expect(problems({ shop: { alerts: { receivers: {}, routes: { page: { to: ["a"] }, ticket: { to: ["a"] } } } } })[0]).toBe(
      `${AT}.routes.page.to[0]: is no receiver of the namespace, got "a"; use one, or add it to ${AT}.receivers`,
    );
  });
});
