import { say, ticking } from "../../toolchain/progress.ts";
import { openPulumi } from "../stacks/open.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { inspect } from "./inspect.ts";
import { reportJson } from "./json.ts";
import { reportText } from "./text.ts";

export interface DriftOptions {
  stack: string;
  /** In the embedded cloud. @default false */
  sandbox?: boolean;
  /** The report as JSON on standard output. @default text */
  json?: boolean;
}

/** `slipway drift`: what is not as declared. Exit code 0 for none, 2 where something was found. */
export async function drift(options: DriftOptions): Promise<number> {
  const { stack: name, sandbox = false, json = false } = options;
  const { drift: settings } = stackSettings(name);
  const stack = await openPulumi(name, { sandbox });
  try {
    const { report } = await ticking(say, () => `stack ${name}: comparing the cloud with the state`, () => (
      inspect(stack, { ignore: settings?.ignore ?? [], calling: { stack: name, sandbox }, now: new Date() })
    ));
    process.stdout.write(json ? reportJson(report) : `${reportText(report, process.stdout.isTTY === true && !process.env["NO_COLOR"])}\n`);
    return report.findings.length === 0 ? 0 : 2;
  } finally {
    await stack.close();
  }
}
