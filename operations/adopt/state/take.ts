import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Release } from "../../../components/delivery/release-types.ts";
import type { Sections } from "../../../settings/index.ts";
import { PROJECT } from "../../../settings/section.ts";
import type { Finished } from "../../../toolchain/command.ts";
import { Problem } from "../../../toolchain/problem.ts";
import type { OpenStack } from "../../stacks/open.ts";
import { servicesIn } from "../service/objects.ts";
import { filledFile } from "./import-file.ts";
import { importIdOf, readLive } from "./live-ids.ts";
import type { Live, Sources } from "./live-ids.ts";
import { adoptedRelease } from "./record.ts";
import { recordedIn, withReleases } from "./state-text.ts";
import { changesIn, wantedIn } from "./wanted.ts";
import type { WantedResource } from "./wanted.ts";

export interface Taken {
  /** Resources that the state has now and had not before. */
  imported: number;
  /** What the next update would still change, one line each. */
  remaining: string[];
}

/** The engine writes the state after every resource; of an import, which changes nothing else, the last time is enough. */
const AT_ONCE = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** Takes into a stack's state whatever the configuration declares and is there already. Nothing changes but the state. @throws Problem */
export async function takeIn(stack: OpenStack, settings: Sections, sources: Sources, tell: (line: string) => void): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-adopt-"));
  try {
    const file = join(folder, "import.json");
    tell("looking for what the state lacks");
    const first = wantedIn(await preview(stack, file));
    if (first.length === 0) return { imported: 0, remaining: changesIn(await preview(stack, file)) };
    tell("reading what is there");
    const live = await readLive(first, sources);
    const wanted = await recordReleases(stack, settings, first, live, folder) ? wantedIn(await preview(stack, file)) : first;
    const byKey = new Map(wanted.map((each) => [each.key, each]));
    const filled = filledFile(readFileSync(file, "utf8"), (key) => { const of = byKey.get(key); return of && importIdOf(of, live); });
    writeFileSync(file, filled.text);
    tell(`taking ${filled.imported} resources into the state`);
    if (filled.imported > 0) await pulumi(stack, ["import", "--file", file, "--generate-code=false", "--protect=false", "--skip-preview", "--yes", "--non-interactive"], AT_ONCE);
    tell("looking whether anything would still change");
    return { imported: filled.imported, remaining: changesIn(await preview(stack, join(folder, "after.json"))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes into the state's record what the routes show of services that it does not know; tells whether there were any. */
async function recordReleases(stack: OpenStack, settings: Sections, wanted: readonly WantedResource[], live: Live, folder: string): Promise<boolean> {
  const exported = await stack.exported();
  const recorded = recordedIn(exported);
  const releases: Record<string, Release> = {};
  for (const [name, service] of Object.entries(settings.services)) {
    const found = live.namespaces.get(service.namespace);
    const there = found && servicesIn(found).find((each) => each.name === name);
    const configured = configuredId(name, wanted);
    if (there === undefined || configured === undefined || recorded.has(name)) continue;
    releases[name] = adoptedRelease(there, service, configured, new Date());
  }
  if (Object.keys(releases).length === 0) return false;
  const file = join(folder, "state.json");
  writeFileSync(file, withReleases(exported, { project: PROJECT, stack: stack.name }, releases), { mode: 0o600 });
  await pulumi(stack, ["stack", "import", "--file", file]);
  return true;
}

/** The id under which the program would create a service's pods. */
function configuredId(service: string, wanted: readonly WantedResource[]): string | undefined {
  const labels = wanted.filter(({ type }) => type.endsWith(":Deployment")).map(({ inputs: { metadata } }) => labelsOf(metadata));
  return labels.find((each) => each["app"] === service)?.["slipway.dev/revision"];
}

function labelsOf(metadata: unknown): Record<string, string> {
  if (typeof metadata !== "object" || metadata === null || !("labels" in metadata) || typeof metadata.labels !== "object" || metadata.labels === null) return {};
  return Object.fromEntries(Object.entries(metadata.labels).map(([key, value]) => [key, String(value)]));
}

async function preview(stack: OpenStack, file: string): Promise<string> {
  return (await pulumi(stack, ["preview", "--json", "--import-file", file, "--non-interactive"])).stdout;
}

async function pulumi(stack: OpenStack, args: string[], more: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const told = await stack.run([...args, "--stack", stack.name], more);
  if (told.code === 0) return told;
  const lines = `${told.stderr}\n${told.stdout}`.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const errors = lines.filter((line) => /error:|"message"/.test(line));
  throw new Problem(`stack ${stack.name}: pulumi ${args[0] ?? ""} failed, got "${[...new Set(errors.length > 0 ? errors : lines.slice(-1))].slice(0, 5).join("; ")}"; correct that and run this again: what was taken in stays`);
}
