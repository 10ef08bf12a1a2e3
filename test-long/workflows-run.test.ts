import { table } from "../components/workflows/kit/actions-table.ts";
import { stage, TOKEN } from "./act/stage.ts";
import type { Stage } from "./act/stage.ts";

/** A repository with one hand-written workflow; its steps are all that the test is about. */
async function staged(jobs: string, files: Record<string, string> = {}): Promise<Stage> {
  const uses = jobs.replace(/uses: ([\w-]+\/[\w-]+)$/gm, (_, action: keyof typeof table) => `uses: ${action}@${table[action].sha}`);
  return await stage({ workflows: {}, files: { ".github/workflows/try.yml": `name: Try\non: workflow_dispatch\njobs:\n${uses}`, ...files } });
}

const job = (id: string, steps: string, more = "") => `  ${id}:\n    name: ${id}\n    runs-on: ubuntu-24.04\n${more}    steps:\n${steps}`;
const curl = (method: string, path: string, body: string, token = "$T") =>
  `      - name: Ask\n        env: {T: "\${{ secrets.GITHUB_TOKEN }}"}\n        run: >-\n          curl -s -X ${method} -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '${body}' "$GITHUB_API_URL${path}"\n`;

describe("a workflow that is run on this machine", () => {
  it("begins in an empty folder; a checkout brings what it was asked for, and what one job keeps another gets", async () => {
    const { run, artifact } = await staged(
      job("one", '      - {name: Look, run: "test -z \\"$(ls -A)\\""}\n      - name: Check out\n        uses: actions/checkout\n        with: {sparse-checkout: part}\n      - {name: Look again, run: test -f part/a && test ! -e other/b && cp part/a kept}\n      - name: Keep\n        uses: actions/upload-artifact\n        with: {name: it, path: kept}\n') +
        job("two", "      - name: Get\n        uses: actions/download-artifact\n        with: {name: it, path: got}\n      - {name: Read, run: grep -q hello got/kept}\n", "    needs: [one]\n"),
      { "part/a": "hello\n", "other/b": "no\n" },
    );
    const ran = await run("try.yml");
    expect(ran.jobs).toEqual({ one: "success", two: "success" });
    expect(artifact("it")).toEqual(["kept"]);
    expect(ran.used.map(({ uses, job: of }) => `${of}: ${uses}`)).toEqual(["one: actions/checkout", "one: actions/upload-artifact", "two: actions/download-artifact"]);
  });

  it("fails where a step fails, and what waits for it does not run", async () => {
    const { run } = await staged(job("one", "      - {name: Fail, run: exit 3}\n      - {name: After, run: touch after}\n") + job("two", "      - {name: Run, run: 'true'}\n", "    needs: [one]\n") + job("three", "      - {name: Run, run: 'true'}\n", "    needs: [one]\n    if: always()\n"));
    const ran = await run("try.yml");
    expect(ran.code).toBe(1);
    expect(ran.jobs).toEqual({ one: "failure", three: "success" });
    expect(ran.steps["one / Fail"]).toBe("failure");
    expect(ran.steps["one / After"]).not.toBe("success");
  });

  it("asks recorders, which answer and fail as the test says", async () => {
    const { run } = await staged(job("one", '      - name: Push\n        id: push\n        uses: docker/build-push-action\n        with: {push: true}\n      - {name: Say, run: \'echo "x=${{ steps.push.outputs.digest }}" >> "$GITHUB_OUTPUT"\'}\n      - name: Sign in\n        uses: docker/login-action\n'));
    const ran = await run("try.yml", { actions: { "docker/build-push-action": { outputs: { digest: "sha256:1" } }, "docker/login-action": { fails: "no such user" } } });
    expect(ran.outputs).toContain("x=sha256:1");
    expect(ran.used[0]).toEqual({ uses: "docker/build-push-action", job: "one", with: { push: "true" } });
    expect(ran.jobs).toEqual({ one: "failure" });
    expect(ran.log).toContain("no such user");
  });
});

describe("the GitHub of this machine", () => {
  it("takes what GitHub takes: issues in memory, tags in git", async () => {
    const { run, github, origin } = await staged(job("one", curl("POST", "/repos/acme/shop/issues", '{"title":"It is\\nbroken","labels":["bug"]}') + curl("POST", "/repos/acme/shop/git/refs", '{"ref":"refs/tags/v1","sha":"SHA"}').replace("SHA", `'"$GITHUB_SHA"'`)));
    const ran = await run("try.yml");
    expect(ran.code).toBe(0);
    expect(github.issues.map(({ title, labels }) => [title, labels])).toEqual([["It is\nbroken", [{ name: "bug" }]]]);
    expect(origin.git("rev-parse", "v1")).toBe(origin.git("rev-parse", "main"));
  });

  it.each([
    ["a body that GitHub refuses", curl("POST", "/repos/acme/shop/issues", '{"titel":"x"}'), /must have required property 'title'/],
    ["an operation that it has not", curl("POST", "/repos/acme/shop/nonsense", "{}"), /no such operation here/],
    ["a call with another token", curl("GET", "/repos/acme/shop/issues", "", "someone"), /without the job's token/],
  ])("ends the test at %s", async (_, step, problem) => {
    const { run } = await staged(job("one", step));
    await expect(run("try.yml")).rejects.toThrow(problem);
    expect(TOKEN).not.toBe("someone");
  });
});
