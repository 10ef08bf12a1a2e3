import { describe, expect, test } from "@jest/globals";
import { announcer, announcing } from "../../../../operations/rollout/notify/announcer.ts";
import { slack } from "../../../../operations/rollout/notify/slack.ts";
import { Refused } from "../../../../operations/rollout/notify/types.ts";
import type { Notify } from "../../../../operations/rollout/notify/types.ts";
import { serve } from "../../../workflows/serve.ts";
import { eventsOf, SAID, subject } from "./events.ts";

interface Room {
  lines: string[];
  pauses: number[];
  say(...occurrences: Parameters<typeof eventsOf>[0]): Promise<void>;
}

function room(...places: Notify[]): Room {
  const lines: string[] = [];
  const pauses: number[] = [];
  const told = announcing(places.map((notify) => ({ subject: subject(), notifier: { name: "slack", notify } })), {
    complain: (line) => lines.push(line),
    pause: async (seconds) => void pauses.push(seconds),
  });
  return {
    lines,
    pauses,
    async say(...occurrences) {
      for (const event of eventsOf(occurrences)) told.tell(event);
      await told.settled();
    },
  };
}

describe("an announcer", () => {
  test("tells each place of each event, in their order, with what was told before", async () => {
    const heard: [string, string | undefined, number][] = [];
    await room(async ({ event }, { story: { history, revision } }) => void heard.push([event, revision, history.length])).say(SAID.started, SAID.stage, SAID.rolledBack);
    expect(heard).toEqual([["started", "r1", 1], ["stage", "r1", 2], ["rolled-back", "r1", 3]]);
  });

  test("tries an event again once where that may help, after the time that was asked for", async () => {
    let tries = 0;
    const { lines, pauses, say } = room(async () => {
      if ((tries += 1) === 1) throw new Refused("too many requests; wait", 7);
    });
    await say(SAID.started);
    expect([tries, pauses, lines]).toEqual([2, [7], []]);
  });

  test("shows a failure that lasts once, and goes on telling", async () => {
    let tries = 0;
    const { lines, pauses, say } = room(async () => {
      tries += 1;
      throw new Refused("Slack is gone; make another");
    });
    await say(SAID.started, SAID.stage, SAID.done);
    expect([tries, pauses, lines]).toEqual([3, [], ["services.shop.rollout.notify.slack: Slack is gone; make another"]]);
  });

  test("shows a mistake of a notifier and never throws", async () => {
    const { lines, say } = room(() => { throw new TypeError("x is not a function"); });
    await say(SAID.started);
    expect(lines).toEqual(["services.shop.rollout.notify.slack: it failed, got TypeError: x is not a function; report it"]);
  });

  test("leaves out looks of the gate for a place that is behind, and nothing else", async () => {
    const heard: string[] = [];
    await room(async ({ event }) => void heard.push(event)).say(SAID.started, SAID.pass, SAID.pass, SAID.stage);
    expect(heard).toEqual(["started", "stage"]);
  });

  test("a place that never answers holds up neither the driver nor the other places, and is left at the end", async () => {
    const heard: string[] = [];
    const lines: string[] = [];
    const hangs: Notify = (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Refused("it hangs; wait"))));
    const told = announcing(
      [hangs, async ({ event }: { event: string }) => void heard.push(event)].map((notify) => ({ subject: subject(), notifier: { name: "grafana", notify } })),
      { complain: (line) => lines.push(line) },
    );
    for (const event of eventsOf([SAID.started, SAID.stage, SAID.done])) told.tell(event);
    await told.settled(0.05);
    expect(heard).toEqual(["started", "stage", "done"]);
    expect(lines).toEqual([
      "services.shop.rollout.notify.grafana: it hangs; wait",
      "services.shop.rollout.notify.grafana: the driver ended before everything was told; read the rest in its audit log",
    ]);
  });

  test("ends a request that is under way when the driver ends", async () => {
    const { calls, url } = await serve(() => new Promise(() => undefined));
    const lines: string[] = [];
    const told = announcing([{ subject: subject(), notifier: { name: "slack", notify: slack({ webhook: "HOOK", when: "all" }, { HOOK: `${url}/hidden` }) } }], { complain: (line) => lines.push(line) });
    for (const event of eventsOf([SAID.started, SAID.stage])) told.tell(event);
    await told.settled(0.5);
    expect(calls()).toEqual(["POST /hidden"]);
    expect(lines).toEqual(["services.shop.rollout.notify.slack: the driver ended before everything was told; read the rest in its audit log"]);
  });

  test("waits no longer for a second try when the driver ends", async () => {
    const lines: string[] = [];
    const told = announcing([{ subject: subject(), notifier: { name: "slack", notify: async () => { throw new Refused("later; wait", 30); } } }], { complain: (line) => lines.push(line) });
    for (const event of eventsOf([SAID.started])) told.tell(event);
    await told.settled(0.05);
    expect(lines).toEqual(["services.shop.rollout.notify.slack: later; wait"]);
  });

  test("tells the places of the service that the event is about", async () => {
    const { requests, url } = await serve(() => ({ body: "ok" }));
    const lines: string[] = [];
    const rollout = (notify: object): object => ({ repository: "shop", namespace: "shop", rollout: { notify } });
    const services = JSON.parse(JSON.stringify({ shop: rollout({ slack: { webhook: "SHOP", when: "all" } }), cart: rollout({ slack: { webhook: "CART", when: "all" } }), quiet: { repository: "shop", namespace: "shop", rollout: {} } }));
    const told = announcer(["shop", "cart", "quiet"], { owner: "acme", services }, "production", { environment: { SHOP: `${url}/shop` }, complain: (line) => lines.push(line) });
    for (const event of [...eventsOf([SAID.started], "shop"), ...eventsOf([SAID.started], "cart"), ...eventsOf([SAID.started], "quiet")]) told.tell(event);
    await told.settled();
    expect(requests.map(({ path }) => path)).toEqual(["/shop"]);
    expect(lines).toEqual(["services.cart.rollout.notify.slack: CART is not set in the driver's environment; set it there, or remove the setting"]);
  });
});
