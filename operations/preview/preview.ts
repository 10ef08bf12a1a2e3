import { isColourful } from "../../toolchain/terminal.ts";
import { openPulumi } from "../stacks/open.ts";
import { wholeMarkdown } from "./markdown.ts";
import { runPreview } from "./run.ts";
import type { PreviewOptions } from "./run.ts";
import { screenOf } from "./screen.ts";
import { changesOf } from "./summary.ts";
import type { Summary } from "./summary.ts";
import { teller } from "./tell.ts";
import type { TellOptions } from "./tell.ts";

export interface PreviewCommand extends PreviewOptions, TellOptions {
  json?: boolean | undefined;
  markdown?: boolean | undefined;
  expectNoChanges?: boolean | undefined;
}

/** `slipway preview`: 0 done, 1 failed, 2 where changes were found and none expected. */
export async function preview(options: PreviewCommand): Promise<number> {
  const stack = await openPulumi(options.stack, options);
  try {
    const tell = teller(options, stack.environment);
    const summary = await runPreview(stack, options, { plannedAt: new Date().toISOString() });
    process.stdout.write(rendered(summary, options));
    await tell(summary);
    if (summary.errors.length > 0) return 1;
    return options.expectNoChanges === true && changesOf(summary.counts) > 0 ? 2 : 0;
  } finally {
    await stack.close();
  }
}

function rendered(summary: Summary, { json, markdown }: PreviewCommand): string {
  if (json === true) return `${JSON.stringify(summary)}\n`;
  return markdown === true ? wholeMarkdown(summary) : screenOf(summary, isColourful());
}
