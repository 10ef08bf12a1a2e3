import type { IgnoredDrift } from "../../settings/schema/drift.ts";
import { Problem } from "../../toolchain/problem.ts";
import type { OpenStack } from "../stacks/open.ts";
import { engineJson, engineWords } from "./engine-words.ts";
import { withoutIgnored } from "./ignores.ts";
import { nextSteps } from "./next.ts";
import type { Calling } from "./next.ts";
import { withoutOwned } from "./ownership.ts";
import { refreshed } from "./refreshed.ts";
import type { DriftReport, GitHubReads } from "./report.ts";
import { judged, worstFirst } from "./severity.ts";
import { declaredIn } from "./state.ts";
import type { Declared, Difference } from "./types.ts";

/** What only GitHub's API shows, and what it took to ask. */
export interface Look {
  differences: Difference[];
  /** Adds since when a difference is there, where GitHub tells. */
  dated: (difference: Difference) => Difference;
  reads: GitHubReads;
}

export interface InspectOptions {
  ignore: readonly IgnoredDrift[];
  calling: Calling;
  now: Date;
  /** Web address of GitHub. @default https://github.com */
  server?: string | undefined;
  /** @default GitHub's API is not asked */
  github?: ((declared: ReadonlyMap<string, Declared>) => Promise<Look>) | undefined;
}

export interface Inspected {
  report: DriftReport;
  declared: ReadonlyMap<string, Declared>;
}

/** Looks at a stack once, changing nothing. @throws Problem where the state or the cloud cannot be read */
export async function inspect(stack: OpenStack, { ignore, calling, now, server, github }: InspectOptions): Promise<Inspected> {
  const declared = declaredIn(await stack.exported());
  const today = now.toISOString().slice(0, 10);
  const seen = refreshed(await refreshPreview(stack), declared, server);
  const look = await github?.(declared);
  const { rest, owned } = withoutOwned(look === undefined ? seen : joined(seen, look).map(look.dated), declared.values());
  const { rest: left, ignored } = withoutIgnored(rest, ignore, today);
  const findings = worstFirst(left.map((difference) => ({ ...difference, ...judged(difference), next: nextSteps(difference, calling, today) })));
  return { report: { stack: lastPart(stack.name), checked: now.toISOString(), resources: declared.size, findings, ignored, owned, github: look?.reads }, declared };
}

/** `acme/slipway/production` → `production`, as its file and its metrics are called. */
export function lastPart(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

/** What the API shows of a field that the refresh shows as well is the same finding. */
function joined(seen: readonly Difference[], { differences }: Look): Difference[] {
  const top = ({ urn = "", what, field = "" }: Difference): string => `${urn === "" ? what : urn} ${/^\w*/.exec(field)?.[0] ?? ""}`;
  const known = new Set(seen.flatMap((difference) => [top(difference), ...(difference.change === "missing" ? [`${difference.urn ?? ""} missing`] : [])]));
  return [...seen, ...differences.filter((difference) => !known.has(top(difference)) && !known.has(`${difference.urn ?? ""} missing`))];
}

/** The engine compares the state with the cloud; the program does not run, so a change of it that is not applied yet is no drift. */
async function refreshPreview(stack: OpenStack): Promise<unknown> {
  const finished = await stack.run(["refresh", "--preview-only", "--json", "--non-interactive", "--stack", stack.name]);
  const told = engineJson(finished.stdout);
  if (finished.code === 0 && told !== undefined) return told;
  throw new Problem(`stack ${stack.name}: the cloud cannot be compared with the state, got ${engineWords(finished)}; run pulumi refresh --preview-only --stack ${stack.name}`);
}
