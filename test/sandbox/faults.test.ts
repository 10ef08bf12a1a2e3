import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readFaults } from "../../sandbox/faults.ts";
import { FaultInjector } from "../../sandbox/injector.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "slipway-faults-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const read = (environment: Record<string, string>) => readFaults(join(home, "cloud"), environment);

describe("faults", () => {
  test("nothing fails unless asked", () => {
    expect(read({})).toEqual({ faults: {}, problems: [] });
  });

  test("the environment gives every fault", () => {
    expect(read({
      SLIPWAY_SANDBOX_LATENCY: "20", SLIPWAY_SANDBOX_FAILURE_RATE: "0.3", SLIPWAY_SANDBOX_SEED: "9", SLIPWAY_SANDBOX_FAIL_TYPE: "github:*",
      SLIPWAY_SANDBOX_DISCONNECT_AFTER: "5", SLIPWAY_SANDBOX_NEVER_READY: "api",
    })).toEqual({ faults: { latency: 20, failureRate: 0.3, seed: 9, failType: "github:*", disconnectAfter: 5, neverReady: "api" }, problems: [] });
  });

  test("the environment wins over the file", () => {
    writeFileSync(join(home, "faults.yaml"), "latency: 5\nneverReady: api\n");
    expect(read({ SLIPWAY_SANDBOX_LATENCY: "0" })).toEqual({ faults: { latency: 0, neverReady: "api" }, problems: [] });
  });

  test("all bad values are named at once", () => {
    writeFileSync(join(home, "faults.yaml"), "speed: 1\nseed: -1\n");
    expect(read({ SLIPWAY_SANDBOX_LATENCY: "soon", SLIPWAY_SANDBOX_FAILURE_RATE: "30", SLIPWAY_SANDBOX_DISCONNECT_AFTER: "0" }).problems).toEqual([
      `${home}/faults.yaml: speed is no fault, got 1; use one of latency, failureRate, seed, failType, disconnectAfter, neverReady`,
      `${home}/faults.yaml: seed: must be a whole number, got -1; give 0 or more`,
      'SLIPWAY_SANDBOX_LATENCY: must be a whole number of milliseconds, got "soon"; give 0 or more',
      "SLIPWAY_SANDBOX_FAILURE_RATE: must be a share, got 30; give 0 to 1",
      "SLIPWAY_SANDBOX_DISCONNECT_AFTER: must be a whole number of calls, got 0; give 1 or more",
    ]);
  });

  test("a file that is no mapping, or no YAML, is one problem", () => {
    writeFileSync(join(home, "faults.yaml"), "- 1\n");
    expect(read({}).problems).toEqual([`${home}/faults.yaml: must be a mapping, got [1]; give keys such as latency or failureRate`]);
    writeFileSync(join(home, "faults.yaml"), "a: [\n");
    expect(read({}).problems).toHaveLength(1);
  });
});

describe("the injector", () => {
  const outcomes = async (injector: FaultInjector, calls: number) => {
    const seen: string[] = [];
    let effects = 0;
    for (let index = 0; index < calls; index++) {
      seen.push(await injector.around("create", "t", () => `done ${++effects}`).catch((error: Error) => error.message.replace(/ \(.*/, "")));
    }
    return { seen, effects };
  };

  test("the same seed fails the same calls", async () => {
    const first = await outcomes(new FaultInjector({ failureRate: 0.3, seed: 4 }), 40);
    expect(await outcomes(new FaultInjector({ failureRate: 0.3, seed: 4 }), 40)).toEqual(first);
    expect((await outcomes(new FaultInjector({ failureRate: 0.3, seed: 5 }), 40)).seen).not.toEqual(first.seen);
  });

  test("a failure rate is kept to, and some failures come after the effect", async () => {
    const { seen, effects } = await outcomes(new FaultInjector({ failureRate: 0.3 }), 1_000);
    const failed = seen.filter((text) => text.startsWith("create")).length;
    expect(failed).toBeGreaterThan(250);
    expect(failed).toBeLessThan(350);
    expect(effects).toBeGreaterThan(1_000 - failed);
    expect(effects).toBeLessThan(1_000);
  });

  test("one type fails, the others do not", async () => {
    const injector = new FaultInjector({ failType: "github:*/repository:*" });
    await expect(injector.around("create", "github:index/repository:Repository", () => 1)).rejects.toThrow("create github:index/repository:Repository: 503 service unavailable (injected: every call about this type fails)");
    await expect(injector.around("create", "github:index/branch:Branch", () => 1)).resolves.toBe(1);
  });

  test("the connection is cut once, at the call that was named", async () => {
    let cuts = 0;
    const injector = new FaultInjector({ disconnectAfter: 2 }, () => {
      cuts += 1;
    });
    await outcomes(injector, 5);
    expect(cuts).toBe(1);
  });

  test("latency delays the call", async () => {
    const started = performance.now();
    await new FaultInjector({ latency: 15 }).around("read", "t", () => 1);
    expect(performance.now() - started).toBeGreaterThanOrEqual(14);
  });
});
