import { join } from "node:path";
import { command } from "../toolchain/command.ts";
import { Room, repository } from "./room.ts";

/** An exemption that is over is a matter for whoever runs the stack that day. */
const over = / expired on \d{4}-\d{2}-\d{2}$/;

describe("the stacks of this repository", () => {
  it.each([["sandbox", 700, ["continuum-actions-token"]], ["staging", 40, []], ["production", 60, []]])("%s keeps to every policy, but for what is exempt with a reason", async (stack, least, exempt) => {
    const room = new Room();
    const { NODE_OPTIONS: _options, ...environment } = process.env;
    const done = await command(process.execPath, [join(repository, "toolchain/cli.ts"), "policy", "--stack", stack, "--sandbox", "--json"], { folder: repository, environment: { ...environment, SLIPWAY_SANDBOX_DIR: room.folder } });
    room.leave();
    const { exempted, findings, resources, unused }: { exempted: { resource: string }[]; findings: { message: string; resource: string }[]; resources: number; unused: object[] } = JSON.parse(done.stdout);
    expect(findings.filter(({ message }) => !over.test(message))).toEqual([]);
    expect([...exempted, ...findings].map(({ resource }) => resource)).toEqual(exempt);
    expect(unused).toEqual([]);
    expect(resources).toBeGreaterThan(least);
  });
});
