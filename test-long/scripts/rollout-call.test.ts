import { called, done, fakeSlipway, IMAGE, runRollout } from "../../test/workflows/rollout/fake-slipway.ts";

describe("the command line of rollout.mjs", () => {
  it("promotes at once or stage by stage", async () => {
    const room = fakeSlipway([done]);
    await runRollout(room, { COMMAND: "promote", NOW: "true", DURATION_HOURS: "0.5", LEAVE_AFTER_MINUTES: "300" });
    expect(called(room).args).toEqual(["promote", "shop", "--stack", "production", "--image", IMAGE, "--now", "--duration", "0.5h", "--leave-after", "300m", "--json"]);
    await runRollout(room, { COMMAND: "promote", NOW: "false" });
    expect(called(room).args).not.toContain("--now");
  });

  it.each([
    ["SERVICE", "shop; touch pwned"],
    ["STACK", "$(touch pwned)"],
    ["VERSION", "1.0\n::error::x"],
    ["IMAGE", "ghcr.io/acme/shop"],
    ["IMAGE", "--help:v1"],
    ["FIRST_STAGE", "4"],
    ["FIRST_STAGE", "51"],
    ["FIRST_STAGE", "-1"],
    ["DURATION_HOURS", "0"],
    ["DURATION_HOURS", "1e9"],
    ["AUTO_PROMOTE", "yes"],
    ["STRATEGY", "big-bang"],
  ])("refuses %s=%j before anything is called", async (name, value) => {
    const room = fakeSlipway([done]);
    const { code, stderr } = await runRollout(room, { [name]: value });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^::error::${name}: is not `));
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(room.exists("stack/called.json")).toBe(false);
  });
});
