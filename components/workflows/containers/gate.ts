import { checkout, runScript } from "../kit/index.ts";
import type { Step, StepsJob } from "../kit/index.ts";
import { jsonLines } from "./words.ts";

interface Area {
  name: string;
  /** Patterns of paths; a change to one of them touches the area. */
  paths: readonly string[];
  [more: string]: unknown;
}

const BASE = "${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha || github.event.before }}";

/** Which areas a change touches, as outputs `selected`, `names` and `any`; wants the whole history. */
export function selectChanged(id: string, name: string, areas: readonly Area[]): Step {
  return runScript("select-changed.mjs", { name, id, env: { AREAS: jsonLines(areas), BASE } });
}

/** One job whose name a ruleset asks for: it passes when the others passed or had nothing to do. */
export function gate(name: string, needs: readonly string[]): StepsJob {
  return {
    name,
    needs,
    if: "${{ always() }}",
    timeoutMinutes: 5,
    steps: [checkout({ scriptsOnly: true }), runScript("check-results.mjs", { name: "Check the results", env: { NEEDS: "${{ toJSON(needs) }}" } })],
  };
}
