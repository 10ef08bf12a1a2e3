/** Results of jobs, as GitHub would come to them. */
export type Results = Record<string, "success" | "failure" | "cancelled" | "skipped">;

interface SimulatedJob {
  needs?: string[];
  if?: string;
  environment?: unknown;
}

interface Run {
  inputs?: Record<string, string>;
  /** Outputs of `validate`. */
  outputs: Record<string, string>;
  /** Jobs that do not succeed when they run. */
  fails?: Results;
}

/**
 * Goes through a workflow's jobs in their order as GitHub does: a job runs where its condition holds, or, without a word about the
 * status in it, where all that it needs succeeded. Covers the expressions that these workflows use and throws on others.
 */
export function simulate(jobs: Record<string, SimulatedJob>, { inputs = {}, outputs, fails = {} }: Run): Results {
  const results: Results = {};
  for (const [id, { needs = [], if: condition = "${{ success() }}" }] of Object.entries(jobs)) {
    const text = condition.replace(/^\$\{\{ | \}\}$/g, "");
    const succeeded = needs.every((need) => results[need] === "success");
    const holds = evaluate(text, results, outputs, inputs) && (succeeded || /\b(always|cancelled|failure)\(\)/.test(text));
    results[id] = holds ? (fails[id] ?? "success") : "skipped";
  }
  return results;
}

function evaluate(text: string, results: Results, outputs: Record<string, string>, inputs: Record<string, string>): boolean {
  const known = text
    .replace(/needs\.([\w-]+)\.result/g, (_, job: string) => JSON.stringify(results[job]))
    .replace(/needs\.validate\.outputs\.(\w+)/g, (_, name: string) => JSON.stringify(outputs[name]))
    .replace(/inputs\.(\w+)/g, (_, name: string) => JSON.stringify(inputs[name] ?? ""))
    .replace(/\b(always|success)\(\)/g, "true")
    .replace(/\bcancelled\(\)/g, "false")
    .replaceAll("'", '"');
  if (/[a-z]\(|\bneeds\b|\bgithub\b/.test(known.replace(/"[^"]*"/g, ""))) throw new Error(`not simulated: ${text}`);
  return Boolean(new Function(`return ${known};`)());
}
