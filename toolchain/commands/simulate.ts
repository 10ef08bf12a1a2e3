import type { Command } from "commander";
import type { SimulateOptions } from "../../operations/simulate/options.ts";

/** What a rollout would do, before there is one. */
export function addSimulate(program: Command): void {
  program
    .command("simulate")
    .description("run the rollout's gate over made-up or recorded traffic: how soon trouble is caught, how often nothing is")
    .option("--service <service>", "whose limits, stages and times to take (default: those that hold where nobody says otherwise)")
    .option("--stack <stack>", "the stack whose file declares it", "sandbox")
    .option("--policy <name>", "slipway, flagger, argo-rollouts, or all", "all")
    .option("--requests-per-second <n>", "of the whole service", "20")
    .option("--error-stable <percent>", "requests that the stable revision fails", "0.1")
    .option("--error-candidate <percent>", "requests that the candidate fails", "5.1")
    .option("--latency-stable <median,p95>", "milliseconds", "60,200")
    .option("--latency-candidate <median,p95>", "milliseconds", "60,200")
    .option("--onset <seconds>", "during which the candidate is as the stable revision", "0")
    .option("--session <n>", "requests that share one fate", "1")
    .option("--weather <share>", "deviation of the ups and downs of both revisions' errors, as a share of them", "0")
    .option("--stages <percents>", "such as 10,25,50,100 (default: the service's)")
    .option("--dwell <seconds>", "at each stage, at least (default: the service's)")
    .option("--look <seconds>", "between two looks of the gate (default: the service's)")
    .option("--lag <seconds>", "by which the metrics are late", "8")
    .option("--horizon <seconds>", "after which a rollout is left alone", "86400")
    .option("--runs <n>", "rollouts to simulate", "1000")
    .option("--seed <n>", "the same seed, the same runs", "1")
    .option("--recorded <file>", "counters over time as CSV or JSON, instead of made-up traffic; exit code 2 when the gate finds a breach")
    .option("--cases", "the standard cases as a Markdown table")
    .option("--json", "as JSON, for scripts")
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import("../../operations/simulate/simulate.ts");
      process.exitCode = simulate(options);
    });
}
