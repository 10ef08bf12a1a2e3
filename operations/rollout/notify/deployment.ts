import * as z from "zod";
import type { DeploymentNotify } from "../../../components/delivery/notify-settings.ts";
import type { RolloutEvent } from "../events.ts";
import { clipped, oneLine } from "./escape.ts";
import { github, runUrl } from "./github.ts";
import type { GitHub } from "./github.ts";
import { sentence } from "./story.ts";
import type { Context, Environment, Notify } from "./types.ts";

const payload = z.object({ service: z.string(), stack: z.string(), revision: z.string(), started: z.string() });
const deployment = z.object({ id: z.int(), payload: z.unknown() });
const status = z.object({ state: z.string() });

/** Characters of a description; GitHub refuses more. */
const LONGEST = 140;

/** Deployments before this one that are looked at: one that serves is the newest, or a few back where those after it failed. */
const MOST_OTHERS = 10;

/** State of a deployment that an event means; undefined where it changes none. */
export function stateOf(event: RolloutEvent): "in_progress" | "success" | "failure" | "error" | undefined {
  switch (event.event) {
    case "started":
    case "stage":
    case "baking":
    case "held":
      return "in_progress";
    case "done":
      return "success";
    case "rolled-back":
      return "failure";
    case "failed":
      return "error";
    case "gate":
      return undefined;
    default:
      return event satisfies never;
  }
}

/** A deployment a rollout, with a status a step. Deployments of this service before it become inactive when it is done. */
export function deploymentNotifier({ environment: place, ref, token }: DeploymentNotify, environment: Environment): Notify {
  let id: number | undefined;
  return async (event, { signal, story, subject }) => {
    const state = stateOf(event);
    const { revision, started } = story;
    if (state === undefined || revision === undefined) return;
    const api = github({ environment, token, permission: "deployments: write", repository: subject.repository, signal });
    const task = `deploy:${subject.service}`;
    let newest: readonly z.infer<typeof deployment>[] = [];
    if (id === undefined || state === "success") newest = await api.ask(z.array(deployment), "GET", `/deployments?${new URLSearchParams({ environment: place, task, per_page: "100" })}`);
    id ??= newest.find((each) => isOf(each.payload, subject, { revision, started }))?.id;
    if (id === undefined) {
      if (started === undefined) return; // nothing was begun that could be shown
      const made = { service: subject.service, stack: subject.stack, revision, image: story.image, started: started.at };
      ({ id } = await api.ask(deployment, "POST", "/deployments", {
        ref: commitOf(environment, subject.repository) ?? ref, task, environment: place, auto_merge: false, required_contexts: [], payload: made, description: described(`${subject.service} ${revision}: ${story.image ?? ""}`),
      }));
    }
    // After a driver that died, or one that asks again for what is done, the last word may have been said.
    if (started === undefined && (await latest(api, id)) === state) return;
    await tell(api, id, { state, description: described(sentence(event)), log_url: runUrl(environment) });
    if (state !== "success") return;
    for (const { id: other } of newest.filter((each) => each.id !== id && isOf(each.payload, subject)).slice(0, MOST_OTHERS)) {
      if ((await latest(api, other)) === "success") await tell(api, other, { state: "inactive", description: described(`${revision} serves instead`) });
    }
  };
}

async function tell(api: GitHub, id: number, body: object): Promise<void> {
  await api.ask(status, "POST", `/deployments/${id}/statuses`, { ...body, auto_inactive: false });
}

async function latest(api: GitHub, id: number): Promise<string | undefined> {
  const [newest] = await api.ask(z.array(status), "GET", `/deployments/${id}/statuses?per_page=1`);
  return newest?.state;
}

/** Of this service; of one rollout where that is given. GitHub gives a payload back as it was, or as a text. */
function isOf(value: unknown, { service, stack }: Context["subject"], rollout?: Pick<Context["story"], "revision" | "started">): boolean {
  const read = payload.safeParse(typeof value === "string" ? parsed(value) : value);
  if (!read.success || read.data.service !== service || read.data.stack !== stack) return false;
  if (rollout === undefined) return true;
  const { revision, started } = rollout;
  return read.data.revision === revision && (started === undefined || started.resumed || read.data.started === started.at);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a payload of somebody else's deployment
  }
}

/** The commit that the driver's job runs for, where that job belongs to the service's repository. */
function commitOf({ GITHUB_REPOSITORY: repository, GITHUB_SHA: commit }: Environment, own: string): string | undefined {
  return repository?.toLowerCase() === own.toLowerCase() && commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
}

function described(text: string): string {
  return clipped(oneLine(text), LONGEST);
}
