import type { SlackNotify } from "../../../components/delivery/notify-settings.ts";
import type { RolloutEvent } from "../events.ts";
import { ask, credential } from "./ask.ts";
import { clipped, oneLine, slackText } from "./escape.ts";
import { sentence } from "./story.ts";
import { isProblem, Refused } from "./types.ts";
import type { Context, Environment, Notify } from "./types.ts";

const COLOURS = { problem: "#e01e5a", done: "#2eb67d", step: "#1264a3" };

/** Characters of a block; Slack refuses more than 3000. */
const LONGEST = 2900;

/** The message about one event: what happened, and what the gate saw last. Texts of others stay texts. */
export function slackMessage(event: RolloutEvent, { story: { gate }, subject: { namespace, stack } }: Pick<Context, "subject" | "story">): object {
  const title = clipped(oneLine(`${stack}: ${sentence(event)}`), LONGEST);
  const details = [`namespace ${namespace}`, ...(gate === undefined ? [] : [`gate of ${gate.at}, ${gate.samples} requests: ${sentence(gate)}`])];
  const block = (text: string): object => ({ type: "section", text: { type: "plain_text", text: clipped(text, LONGEST), emoji: false } });
  return {
    text: slackText(title),
    attachments: [{ color: colourOf(event), fallback: slackText(title), blocks: [block(title), block(details.map(oneLine).join("\n"))] }],
  };
}

/** Tells a channel by its incoming webhook. The gate's looks are in the message of what they lead to. */
export function slack({ webhook, when }: SlackNotify, environment: Environment): Notify {
  return async (event, context) => {
    if (event.event === "gate" || (when === "problems" && !isProblem(event))) return;
    // Somebody asked again for what is done already: nothing happened.
    if (event.event === "done" && context.story.history.length === 1) return;
    const url = credential(environment, webhook);
    if (!/^(https:\/\/|http:\/\/127\.0\.0\.1:)[^\s/?#@]+\//.test(url) || !URL.canParse(url)) throw new Refused(`${webhook} is not the address of a webhook; copy it from Slack whole, from https:// on`);
    const todo = `make a new webhook in Slack and set ${webhook}`;
    const secrets = [url, new URL(url).pathname];
    await ask({ method: "POST", url, body: slackMessage(event, context), who: "Slack", advice: { 403: todo, 404: todo, 410: todo }, secrets, signal: context.signal });
  };
}

function colourOf(event: RolloutEvent): string {
  if (isProblem(event)) return COLOURS.problem;
  return event.event === "done" ? COLOURS.done : COLOURS.step;
}
