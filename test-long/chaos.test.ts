import { expect, test } from "@jest/globals";
import { Room, type Outcome } from "./room.ts";

const up = ["up", "--yes", "--skip-preview", "--stack", "sandbox"];
/** 25 unless SLIPWAY_TEST_KILLS says otherwise. */
const kills = Number(process.env["SLIPWAY_TEST_KILLS"] ?? 25);

/** Random moments that a failing run can repeat: SLIPWAY_TEST_SEED is printed with the failure. */
const seed = Number(process.env["SLIPWAY_TEST_SEED"] ?? Date.now() % 100000);
function* random(state: number): Generator<number> {
  for (;;) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    yield state / 0x7fffffff;
  }
}

test(`an up killed at each of ${kills} random moments is ended by the next up, with nothing lost or doubled`, async () => {
  const reference = new Room();
  const began = Date.now();
  expect((await reference.run(up)).code).toBe(0);
  const whole = Date.now() - began;
  const wanted = [...reference.documents().keys()].sort();
  reference.leave();
  const moments = random(seed);
  let killed = 0;
  for (let kill = 0; kill < kills; kill++) {
    const room = new Room();
    const after = Math.round(whole * (0.1 + 0.85 * (moments.next().value ?? 0)));
    const outcome = await killAfter(room, after);
    if (outcome.signal === "SIGKILL") killed++;
    const next = await room.run(up);
    const at = { seed, kill, after };
    expect({ ...at, code: next.code, output: next.code === 0 ? "" : next.output }).toEqual({ ...at, code: 0, output: "" });
    expect({ ...at, documents: [...room.documents().keys()].sort() }).toEqual({ ...at, documents: wanted });
    if (kill % 5 === 4) {
      const preview = await room.run(["preview", "--refresh", "--expect-no-changes", "--stack", "sandbox"]);
      expect({ ...at, code: preview.code, output: preview.code === 0 ? "" : preview.output }).toEqual({ ...at, code: 0, output: "" });
    }
    room.leave();
  }
  expect(killed).toBeGreaterThan(kills / 2);
});

/** Kills the whole process group: the command, the engine, the language host, the program and the sandbox's server. */
async function killAfter(room: Room, milliseconds: number): Promise<Outcome> {
  const { child, outcome } = room.start(up);
  const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), milliseconds);
  const result = await outcome;
  clearTimeout(timer);
  return result;
}

test("with 30 % of the provider's calls failing, up says which and why, and re-runs converge", async () => {
  const room = new Room();
  const faults = { SLIPWAY_SANDBOX_FAILURE_RATE: "0.3", SLIPWAY_SANDBOX_SEED: "7" };
  const broken = await room.run(up, faults);
  expect(broken.code).not.toBe(0);
  expect(broken.output).toMatch(/injected/);
  const mended = await room.run(up);
  expect({ code: mended.code, output: mended.code === 0 ? "" : mended.output }).toEqual({ code: 0, output: "" });
  const preview = await room.run(["preview", "--refresh", "--expect-no-changes", "--stack", "sandbox"]);
  expect(preview.code).toBe(0);
  room.leave();
});

test("of two ups at once one waits or is refused with a clear message, and the stack is whole", async () => {
  const room = new Room();
  const outcomes = await Promise.all([room.run(up), room.run(up)]);
  expect(outcomes.filter(({ code }) => code === 0).length).toBeGreaterThanOrEqual(1);
  for (const { code, output } of outcomes) if (code !== 0) expect(output).toMatch(/currently locked/);
  const preview = await room.run(["preview", "--refresh", "--expect-no-changes", "--stack", "sandbox"]);
  expect(preview.code).toBe(0);
  room.leave();
});
