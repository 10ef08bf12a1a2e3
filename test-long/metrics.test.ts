import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OneService } from "./one-service.ts";
import type { Finished } from "./one-service.ts";


const shop = new OneService();
const IN = { cwd: shop.folder, encoding: "utf8" } as const;

afterAll(() => shop.leave());

function succeeded({ code, output }: Finished): string {
  expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
  return output;
}

/** An update, from a commit of its own. */
async function up(environment: Record<string, string> = {}): Promise<void> {
  for (const args of [["add", "-A", "Pulumi.sandbox.yaml"], ["commit", "-q", "--allow-empty", "-m", "Change the shop"]]) {
    expect(spawnSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", ...args], IN)).toMatchObject({ status: 0 });
  }
  succeeded(await shop.up(environment));
}

function told(action: string, id: string, more: object): Record<string, string> {
  return { SLIPWAY_INSTRUCTIONS: JSON.stringify([{ service: "shop", id, action, ...more }]) };
}

/** The id of the revision that is tried beside the stable one. */
async function candidate(): Promise<string> {
  const found = (await shop.record())?.revisions.find(({ role }) => role === "candidate");
  if (found === undefined) throw new Error("no candidate");
  return found.id;
}

describe("the metrics of a stack that was deployed, released, rolled back and has a candidate", () => {
  const file = (): string => join(shop.folder, "textfile", "slipway.prom");

  /** Values of a metric by its labels, those of the stack and the service left out. */
  const values = (name: string): Record<string, number> => Object.fromEntries(readFileSync(file(), "utf8").split("\n").filter((line) => line.startsWith(`${name}{`)).map((line) => {
    const [, labels = "", value = ""] = /^\w+\{stack="sandbox"(?:,namespace="shop",service="shop")?,?(.*)\} (.*)$/.exec(line) ?? [];
    return [labels, Number(value)];
  }));

  beforeAll(async () => {
    expect(spawnSync("git", ["init", "-q"], IN)).toMatchObject({ status: 0 });
    shop.configure("a");
    await up();
    shop.configure("b");
    await up();
    await up(told("promote", await candidate(), {}));
    shop.configure("c");
    await up();
    await up(told("rollback", await candidate(), { reason: "error rate 7 %" }));
    await up();
    shop.configure("d");
    await up();
    succeeded(await shop.slipway(["metrics", "--stack", "sandbox", "--sandbox", "--out", file()]));
  });

  test("are what Prometheus reads, without a complaint of its linter", () => {
    expect(spawnSync("promtool", ["check", "metrics"], { input: readFileSync(file()), encoding: "utf8" })).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  test("count how the releases ended", () => {
    expect(values("slipway_releases_total")).toEqual({ 'result="completed"': 2, 'result="rolled_back"': 1, 'result="cancelled"': 0 });
    expect(values("slipway_delivery_deployments")).toEqual({ "": 2 });
    expect(values("slipway_delivery_change_failure_ratio")).toEqual({ "": 1 / 3 });
    expect(values("slipway_stack_updates_total")).toEqual({ 'kind="update",result="succeeded"': 7 });
  });

  test("know what is live, and since when", async () => {
    const id = await candidate();
    expect(Object.entries(values("slipway_release_weight_ratio")).filter(([labels]) => labels.includes(id))).toEqual([[`revision="${id}",role="candidate"`, 0.1]]);
    expect(values("slipway_release_stage")).toEqual({ 'stage="settled"': 0, 'stage="rollout"': 1, 'stage="held"': 0 });
    const [began = 0] = Object.values(values("slipway_release_candidate_start_timestamp_seconds"));
    expect(began).toBe(values("slipway_stack_last_update_timestamp_seconds")[""]);
  });

  test("time the way from the commit, and back from a rejection", () => {
    const written = values("slipway_stack_metrics_timestamp_seconds")[""] ?? 0;
    for (const name of ["slipway_delivery_lead_time_seconds", "slipway_delivery_restore_time_seconds", "slipway_stack_delivery_lead_time_seconds"]) {
      const { "": time = -1 } = values(name);
      expect(time).toBeGreaterThan(0);
      expect(time).toBeLessThan(600);
    }
    expect(Date.now() / 1000 - written).toBeLessThan(600);
  });

  test("are the same on the second run, which reads no old record again", async () => {
    const before = readFileSync(file(), "utf8");
    succeeded(await shop.slipway(["metrics", "--stack", "sandbox", "--sandbox", "--out", file()]));
    const timeless = (text: string): string => text.replace(/^slipway_stack_metrics_timestamp_seconds.*$/m, "");
    expect(timeless(readFileSync(file(), "utf8"))).toBe(timeless(before));
  });

  test("are refused under a name that the collector does not read", async () => {
    const { code, output } = await shop.slipway(["metrics", "--stack", "sandbox", "--sandbox", "--out", "slipway.txt"]);
    expect([code, output]).toEqual([1, '--out: the collector reads only files whose name ends in .prom, got "slipway.txt"; write slipway.txt.prom\n']);
  });
});
