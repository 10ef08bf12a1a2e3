import { channels } from "../../../components/workflows/channels/index.ts";
import { scriptFiles } from "../../../components/workflows/kit/index.ts";
import { channels as schemas } from "../../../settings/schema/workflows/channels.ts";
import { only, shop } from "./documents.ts";

describe("every channel workflow", () => {
  const files = [
    channels.publishCanary(schemas.publishCanary.parse({ package: "shop" }), shop),
    channels.promoteRelease(schemas.promoteRelease.parse({ package: "shop" }), shop),
    channels.rollbackRelease(schemas.rollbackRelease.parse({ package: "shop" }), shop),
    channels.releaseMetrics(schemas.releaseMetrics.parse({ package: "shop" }), shop),
    channels.benchmarkRegression(schemas.benchmarkRegression.parse({}), shop),
  ].map(only);

  it("has an expression in no command, a limit of time in every job, and its scripts beside it", () => {
    for (const { file, document } of files) {
      for (const job of Object.values<{ "timeout-minutes": number; steps: { run?: string }[] }>(document.jobs)) {
        expect(job["timeout-minutes"]).toBeGreaterThan(0);
        expect(job.steps.filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
      }
      expect(Object.keys(scriptFiles(file.document))).toContain(".github/scripts/lib/actions.mjs");
    }
  });

  it("refuses options that it cannot keep, with what to do instead", () => {
    const wrong = (result: { error?: { issues: { message: string }[] } | undefined }) => result.error?.issues.map(({ message }) => message);
    expect(wrong(schemas.promoteRelease.safeParse({ package: "Shop" }))).toEqual(["is not the name of an npm package; write it in lower case, such as shop or @acme/shop"]);
    expect(wrong(schemas.releaseMetrics.safeParse({ package: "shop", branch: "a..b" }))).toEqual(["is not the name of a branch for a history; use letters, digits, dots, dashes and slashes, such as metrics"]);
    expect(wrong(schemas.benchmarkRegression.safeParse({ rounds: 3 }))).toEqual(["is not a whole number from 5 to 50; write runs without quotes"]);
    expect(wrong(schemas.benchmarkRegression.safeParse({ run: "go test ${{ github.head_ref }}" }))).toHaveLength(1);
  });
});
