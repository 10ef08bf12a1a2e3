import {  } from "@jest/globals";
import { called, done, fakeSlipway, gate, held, IMAGE, rolledBack, runRollout, stage, started } from "../../test/workflows/rollout/fake-slipway.ts";
import { github } from "../../test/workflows/rollout/github.ts";


describe("rollout.mjs", () => {
  it("calls the command as the contract says, and gives it the cluster's file but not the run's token", async () => {
    const room = fakeSlipway([started, stage(1, 10), held("approval", 10)], { npm: "real" });
    const kubeConfig = "apiVersion: v1\nkind: Config\n";
    const env = { FIRST_STAGE: "10", DURATION_HOURS: "24", AUTO_PROMOTE: "true", STRATEGY: "canary", KUBE_CONFIG: Buffer.from(kubeConfig).toString("base64"), PULUMI_CONFIG_PASSPHRASE: "p", GITHUB_TOKEN: "t", GITHUB_API_URL: "http://127.0.0.1:1" };
    const { code } = await runRollout(room, env);
    expect(code).toBe(0);
    const { args, KUBECONFIG, ...rest } = called(room);
    expect(args).toEqual(["rollout", "shop", "--stack", "production", "--image", IMAGE, "--strategy", "canary", "--first-stage", "10", "--duration", "24h", "--auto-promote", "--leave-after", "330m", "--json"]);
    expect(rest).toEqual({ kubeConfig, PULUMI_CONFIG_PASSPHRASE: "p" });
    expect(room.exists(KUBECONFIG ?? "")).toBe(false);
  });

  it("keeps one issue up to date and closes it when all traffic is there", async () => {
    const gitHub = await github();
    const room = fakeSlipway([started, stage(1, 10), gate("pass", 1200, 0.4), stage(2, 25), stage(3, 50), stage(4, 100), done]);
    const { code, outputs, summary } = await runRollout(room, { ISSUE_LABEL: "canary" }, gitHub);
    expect([code, outputs]).toEqual([0, { state: "done", reason: "", weight: "100", image: IMAGE }]);
    expect(gitHub.issues).toMatchObject([{ title: "Rollout of shop 1.2.3 (production)", state: "closed", labels: ["canary"], comments: ["Done ([run](https://github.com/acme/shop/actions/runs/7))"] }]);
    expect(summary).toContain("| shop | 1.2.3 | production | canary | 4 of 4 | 100 % |");
    expect(gitHub.issues[0]?.body).toContain("stage 3: 50 %");
  });

  it("ends with 2 on a breach, and says that the traffic is back", async () => {
    const gitHub = await github();
    const { code, outputs } = await runRollout(fakeSlipway([started, stage(1, 10), gate("breach", 431, 12.4), rolledBack], { exit: 2 }), {}, gitHub);
    expect([code, outputs["state"], outputs["weight"]]).toEqual([2, "rolled-back", "0"]);
    const [issue] = gitHub.issues;
    expect(issue?.state).toBe("open");
    expect(issue?.body).toContain("**Rolled back: all traffic goes to the stable version**");
    expect(issue?.body).toContain("Verdict **breach** after 431 requests");
    expect(issue?.body).toContain("| error rate | 12.4 % | 5 % |");
  });

  it("says held, and how to go on and back, where the driver is killed half-way", async () => {
    const gitHub = await github();
    const { code, outputs } = await runRollout(fakeSlipway([started, stage(1, 10), stage(2, 25)], { npm: "real", then: 'process.kill(process.pid, "SIGKILL");' }), { FIRST_STAGE: "10" }, gitHub);
    expect([code, outputs["state"], outputs["weight"]]).toEqual([1, "lost", "25"]);
    const [issue] = gitHub.issues;
    expect(issue?.body).toContain("**Held: the driver died**");
    expect(issue?.body).toContain("The weight stays at 25 % until somebody goes on.");
    expect(issue?.body).toContain(`npm run --silent slipway -- rollout shop --stack production --image ${IMAGE} --first-stage 10`);
    expect(issue?.body).toContain("npm run --silent slipway -- rollback shop --stack production");
    expect(issue?.comments).toEqual([expect.stringContaining("**lost** at 25 %")]);
  });

  it("takes the worse of the last event and the exit code", async () => {
    const ends = async (lines: object[], exit: number): Promise<unknown[]> => {
      const { code, outputs } = await runRollout(fakeSlipway(lines, { exit }));
      return [code, outputs["state"]];
    };
    const ended = await Promise.all([
      ends([started, done], 1),
      ends([started, stage(1, 10), rolledBack], 0),
      ends([started, stage(1, 10)], 0),
      ends([started, stage(1, 10)], 2),
      ends([started, held("no-answer", 10)], 1),
      ends([started, held("no-answer", 10)], 0),
      ends([started, held("time", 10)], 0),
    ]);
    expect(ended).toEqual([[1, "failed"], [2, "rolled-back"], [1, "lost"], [2, "lost"], [1, "held"], [1, "held"], [0, "held"]]);
  });

  it("skips lines that are no events, counts them, and lets none of them speak to the runner", async () => {
    const bad = ["::error::forged", "not json", "[]", '{"event":"stage"}', '{"at":"2026-11-21T12:00:00Z","event":"stage","stage":1,"weight":1000}', '{"at":"2026-11-21T12:00:00Z","event":"done","image":7}', '{"at":"x","event":"done","image":"i"}', '{"at":"2026-11-21T12:00:00Z","event":"invented"}'];
    const { code, stdout, outputs } = await runRollout(fakeSlipway([started, ...bad, stage(1, 10), held("approval", 10)]));
    expect([code, outputs["state"], outputs["weight"]]).toEqual([0, "held", "10"]);
    const [, token = ""] = /^::stop-commands::([0-9a-f-]{36})$/m.exec(stdout) ?? [];
    expect(stdout.indexOf("::error::forged")).toBeGreaterThan(stdout.indexOf("::stop-commands::"));
    expect(stdout.indexOf("::error::forged")).toBeLessThan(stdout.indexOf(`::${token}::`));
    expect(stdout).toContain("::warning::7 lines of the driver were no events");
  });

  it("shows what the driver says as text", async () => {
    const gitHub = await github();
    const reason = "@everyone <img src=x> [click](http://evil) `$(touch pwned)` | x";
    const room = fakeSlipway([started, { ...rolledBack, reason }], { exit: 2 });
    const { summary } = await runRollout(room, {}, gitHub);
    for (const text of [summary, gitHub.issues[0]?.body ?? "", ...(gitHub.issues[0]?.comments ?? [])]) {
      expect(text).not.toMatch(/@everyone|<img|\]\(http:\/\/evil/);
    }
    expect(room.exists("pwned") || room.exists("stack/pwned")).toBe(false);
  });

  it("passes a cancelled run on to the driver, whose last word still gets into the issue", async () => {
    const gitHub = await github();
    const room = fakeSlipway([started, stage(1, 10)], {
      npm: "real",
      then: `
        const above = (pid) => Number(readFileSync("/proc/" + pid + "/stat", "utf8").split(") ")[1].split(" ")[1]);
        let follower = process.ppid;
        while (!readFileSync("/proc/" + follower + "/cmdline", "utf8").includes("rollout.mjs")) follower = above(follower);
        const end = setTimeout(() => process.exit(9), 10000);
        process.on("SIGTERM", () => { clearTimeout(end); console.log(${JSON.stringify(JSON.stringify(held("operator", 10)))}); process.exitCode = 1; });
        process.kill(follower, "SIGTERM");
      `,
    });
    const { code, outputs } = await runRollout(room, {}, gitHub);
    expect([code, outputs["state"], outputs["reason"]]).toEqual([1, "held", "operator"]);
    expect(gitHub.issues[0]).toMatchObject({ state: "open", comments: [expect.stringContaining("**held** at 10 %: operator")] });
  });

  it("goes on without GitHub and says so once", async () => {
    const { code, stdout } = await runRollout(fakeSlipway([started, stage(1, 10), stage(2, 25), done]), { GITHUB_TOKEN: "t", GITHUB_API_URL: "http://127.0.0.1:1" });
    expect(code).toBe(0);
    expect(stdout.match(/::warning::the tracking issue was not written/g)).toHaveLength(1);
  });

  it("calls a rollback that is done rolled back", async () => {
    const room = fakeSlipway([done]);
    const { code, outputs } = await runRollout(room, { COMMAND: "rollback", REASON: "the smoke tests failed $(touch pwned)" });
    expect([code, outputs["state"], outputs["reason"]]).toEqual([0, "rolled-back", "the smoke tests failed $(touch pwned)"]);
    expect(called(room).args).toEqual(["rollback", "shop", "--stack", "production", "--reason", "the smoke tests failed $(touch pwned)", "--json"]);
    expect(room.exists("stack/pwned")).toBe(false);
  });
});
