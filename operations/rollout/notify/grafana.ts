import * as z from "zod";
import type { GrafanaNotify } from "../../../components/delivery/notify-settings.ts";
import { askFor, credential } from "./ask.ts";
import { clipped, html, oneLine } from "./escape.ts";
import { sentence } from "./story.ts";
import type { Context, Environment, Notify } from "./types.ts";

const made = z.object({ id: z.int() });
const listed = z.array(made);
const patched = z.object({ message: z.string() });

/** Characters of an annotation's text. */
const LONGEST = 1000;

/** Tags of everything that is marked of one rollout; a panel asks for some of them. */
export function tagsOf({ namespace, service, stack }: Context["subject"], revision: string): string[] {
  return ["slipway", `service:${service}`, `namespace:${namespace}`, `stack:${stack}`, `revision:${revision}`];
}

/** The rollout as a region that grows with each step, and the steps as points in it. */
export function grafanaNotifier({ token, url }: GrafanaNotify, environment: Environment): Notify {
  let region: number | undefined;
  return async (event, { signal, story, subject }) => {
    const { revision, started } = story;
    if (event.event === "gate" || revision === undefined) return;
    const secret = credential(environment, token);
    const may = `give the service account of ${token} the permission to write annotations`;
    const api = <T>(schema: z.ZodType<T>, method: string, path: string, body?: object): Promise<T> => askFor(schema, {
      method, url: `${url}/api/annotations${path}`, headers: { authorization: `Bearer ${secret}`, accept: "application/json" }, body,
      who: "Grafana", advice: { 401: `set ${token} to a token that is still good`, 403: may }, secrets: [secret], signal,
    });
    const tags = tagsOf(subject, revision);
    const time = Date.parse(event.at);
    const text = html(clipped(oneLine(sentence(event)), LONGEST));
    if (region === undefined) {
      const query = new URLSearchParams([...[...tags, "rollout"].map((tag): [string, string] => ["tags", tag]), ["type", "annotation"], ["limit", "1"]]);
      // One that was begun at another moment is another rollout of the same revision, unless this one goes on with it.
      if (started !== undefined && !started.resumed) for (const name of ["from", "to"]) query.set(name, String(Date.parse(started.at)));
      const [found] = await api(listed, "GET", `?${query}`);
      if (found === undefined && started === undefined) return;
      region = found?.id ?? (await api(made, "POST", "", { time: Date.parse(started?.at ?? event.at), tags: [...tags, "rollout"], text: html(clipped(oneLine(`Rollout of ${subject.service} ${revision}: ${story.image ?? ""}`), LONGEST)) })).id;
    }
    await api(patched, "PATCH", `/${region}`, { timeEnd: time });
    await api(made, "POST", "", { time, tags: [...tags, event.event], text });
  };
}
