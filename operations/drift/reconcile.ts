import { Problem } from "../../toolchain/problem.ts";
import type { Progress } from "../../toolchain/progress.ts";
import type { GitHubClient } from "../github/client.ts";
import type { OpenStack } from "../stacks/open.ts";
import { list, record, text } from "./record.ts";
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
  const { code, stderr, stdout } = await stack.run(["up", "--refresh", "--yes", "--skip-preview", "--non-interactive", "--stack", stack.name, ...targets.flatMap((urn) => ["--target", urn])]);
  if (code === 0) return;
  const said = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim()).filter((line) => /^error:|error:/.test(line)).at(-1) ?? stderr.trim().split("\n").at(-1) ?? "";
  throw new Problem(`stack ${stack.name}: could not be put back whole, got ${JSON.stringify(said)}; run pulumi up --refresh --stack ${stack.name}, because the state now holds the live values of what is left`);
}

/** An update runs the program: one that wants more than the state holds would roll that out on the way. */
async function programAgrees(stack: OpenStack): Promise<void> {
  const { code, stderr, stdout } = await stack.run(["preview", "--json", "--non-interactive", "--stack", stack.name]);
  const start = stdout.indexOf("{");
  if (code !== 0 || start < 0) throw new Problem(`stack ${stack.name}: its program cannot be previewed, got ${JSON.stringify(stderr.trim().split("\n").at(-1) ?? "")}; run pulumi preview --stack ${stack.name}`);
  const wanted = list(record(JSON.parse(stdout.slice(start))), "steps").filter((step) => !["same", "read", "refresh"].includes(text(step, "op")));
  if (wanted.length === 0) return;
  const names = wanted.slice(0, 3).map((step) => `${text(step, "op")} ${text(step, "urn").split("::").at(-1) ?? ""}`);
  throw new Problem(`stack ${stack.name}: its program wants what is not applied yet, got ${wanted.length} changes (${names.join(", ")}${wanted.length > 3 ? ", …" : ""}); apply them by pulumi up first, or check out what was applied`);
}
