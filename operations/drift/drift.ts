import { resolve } from "node:path";
import { Problem } from "../../toolchain/problem.ts";
import { say, ticking } from "../../toolchain/progress.ts";
import { isColourful } from "../../toolchain/terminal.ts";
import { exposition } from "../metrics/exposition.ts";
import { push } from "../metrics/push.ts";
import { writeWhole } from "../metrics/writeWhole.ts";
import { openPulumi } from "../stacks/open.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { inspect, lastPart } from "./inspect.ts";
import type { Inspected } from "./inspect.ts";
import { keepIssue } from "./issue.ts";
import { reportJson } from "./json.ts";
import { openGitHub } from "./live/open.ts";
import { reportMarkdown } from "./markdown.ts";
import { optionProblems, severitiesOf } from "./options.ts";
import type { DriftOptions } from "./options.ts";
import { reconcilePlan } from "./reconcile-plan.ts";
import { reconcile } from "./reconcile.ts";
import type { DriftReport } from "./report.ts";
import { driftSamples } from "./samples.ts";
import { reportText } from "./text.ts";

/** `slipway drift`: what is not as declared, and what puts it back. Exit code 0 for none, 2 where something is left. */
export async function drift(options: DriftOptions): Promise<number> {
  const { stack: name, sandbox = false, github = true } = options;
  const problems = optionProblems(options);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
  const { drift: settings } = stackSettings(lastPart(name));
  const stack = await openPulumi(name, { sandbox });
  try {
    let step = "";
    const opened = github ? openGitHub({ stack: name, environment: stack.environment, keep: !sandbox, wait: say, progress: (text) => (step = `, ${text}`) }) : undefined;
    const once = (): Promise<Inspected> => ticking(say, () => `stack ${name}: comparing the cloud with the state${step}`, () => (
      inspect(stack, { ignore: settings?.ignore ?? [], calling: { stack: name, sandbox }, now: new Date(), server: stack.environment["GITHUB_SERVER_URL"], github: opened && ((declared) => opened.look(declared)) })
    ));
    const first = await once();
    const wanted = { severities: severitiesOf(options.reconcile), only: options.only, remove: options.delete ?? [] };
    const plan = reconcilePlan(first.report.findings, first.declared, wanted);
    if (plan.about.length > 0) await reconcile(stack, plan, opened?.client, say);
    const { report } = plan.about.length > 0 ? await once() : first;
    await tell(report, options);
    if (options.issue !== undefined && opened !== undefined) {
      const { told, address = "" } = await keepIssue(opened.client(), options.issue, report);
      say(`issue of ${options.issue}: ${told}${address === "" ? "" : `, ${address}`}`);
    }
    return report.findings.length === 0 ? 0 : 2;
  } finally {
    await stack.close();
  }
}

async function tell(report: DriftReport, { json = false, markdown = false, out, push: gateway }: DriftOptions): Promise<void> {
  const metrics = exposition(driftSamples(report));
  if (out !== undefined) writeWhole(resolve(out), metrics);
  if (gateway !== undefined) await push(gateway, report.stack, metrics, { job: "slipway-drift" });
  process.stdout.write(json ? reportJson(report) : markdown ? reportMarkdown(report) : `${reportText(report, isColourful())}\n`);
}
