import { Problem } from "../../toolchain/problem.ts";
import type { Progress } from "../../toolchain/progress.ts";
import type { GitHubClient } from "../github/client.ts";
import type { OpenStack } from "../stacks/open.ts";
import { engineJson, engineWords } from "./engine-words.ts";
import { list, text } from "../unknown.ts";
import type { Plan } from "./reconcile-plan.ts";

/** Puts back what a plan names. @throws Problem where the program wants something else than the state holds, or something fails on the way */
export async function reconcile(stack: OpenStack, { calls, targets }: Plan, client: (() => GitHubClient) | undefined, progress: Progress): Promise<void> {
  if (targets.length > 0) await programAgrees(stack);
  for (const { route, parameters } of calls) {
    if (client === undefined) throw new Problem("--no-github: leaves GitHub's API alone, got something that only the API can put back; leave the option out");
    progress(`${route.split(" ")[0] ?? ""} ${Object.values(parameters).filter((value) => typeof value === "string" || typeof value === "number").join(" ")}`);
    await client().request(route, { ...parameters });
  }
  if (targets.length === 0) return;
  progress(`stack ${stack.name}: putting back ${targets.length} ${targets.length === 1 ? "object" : "objects"}`);
  const finished = await stack.run(["up", "--refresh", "--yes", "--skip-preview", "--non-interactive", "--stack", stack.name, ...targets.flatMap((urn) => ["--target", urn])]);
  if (finished.code === 0) return;
  throw new Problem(`stack ${stack.name}: could not be put back whole, got ${engineWords(finished)}; run pulumi up --refresh --stack ${stack.name}, because the state now holds the live values of what is left`);
}

/** An update runs the program: one that wants more than the state holds would roll that out on the way. */
async function programAgrees(stack: OpenStack): Promise<void> {
  const finished = await stack.run(["preview", "--json", "--non-interactive", "--stack", stack.name]);
  const told = engineJson(finished.stdout);
  if (finished.code !== 0 || told === undefined) throw new Problem(`stack ${stack.name}: its program cannot be previewed, got ${engineWords(finished)}; run pulumi preview --stack ${stack.name}`);
  const wanted = list(told, "steps").filter((step) => !["same", "read", "refresh"].includes(text(step, "op")));
  if (wanted.length === 0) return;
  const names = wanted.slice(0, 3).map((step) => `${text(step, "op")} ${text(step, "urn").split("::").at(-1) ?? ""}`);
  throw new Problem(`stack ${stack.name}: its program wants what is not applied yet, got ${wanted.length} ${wanted.length === 1 ? "change" : "changes"} (${names.join(", ")}${wanted.length > 3 ? ", …" : ""}); apply them by pulumi up first, or check out what was applied`);
}
