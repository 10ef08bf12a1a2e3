import { pullRequestRoom } from "./pull-request.ts";
import type { Pull } from "./pull-request.ts";

const { run } = pullRequestRoom();

describe("pr-report", () => {
  const finding = (check: string, level: string, text: string) => ({ result: level === "fail" ? "failure" : "success", outputs: { findings: JSON.stringify([{ check, level, text }]) } });
  const LABELS = JSON.stringify({ feat: "enhancement", fix: "bug" });
  const report = (checks: object, pull: Pull = {}, TITLE = "fix: lock") => run("pr-report.mjs", pull, { CHECKS: JSON.stringify(checks), LABELS, TITLE });

  it("sums the checks up in one comment and labels the pull request by its title", async () => {
    const { server, code } = await report({ conventions: finding("Title", "pass", "follows the convention"), coverage: finding("Coverage", "fail", "60.00 % is below 70 %"), changes: finding("Size", "warn", "900 lines"), benchmarks: { result: "skipped", outputs: {} } });
    expect(code).toBe(0);
    expect(server.calls()).toEqual(["POST /repos/acme/shop/issues/7/labels", "GET /repos/acme/shop/issues/7/comments?per_page=100", "POST /repos/acme/shop/issues/7/comments"]);
    expect(server.requests[0]?.body).toEqual({ labels: ["bug"] });
    expect(server.requests[2]?.body).toEqual({
      body: [
        "<!-- pr-checks -->",
        "**1 of 4 checks ask for a change.**",
        "",
        "| Check | Result |",
        "|---|---|",
        "| ✅ Title | follows the convention |",
        "| ❌ Coverage | 60.00 % is below 70 % |",
        "| ⚠️ Size | 900 lines |",
        "| ✅ Benchmarks | waits until the pull request is no draft |",
      ].join("\n"),
    });
  });

  it("replaces its own comment instead of adding another", async () => {
    const comments = [{ id: 41, body: "unrelated" }, { id: 42, body: "<!-- pr-checks -->\nold" }];
    const { server } = await report({ changes: finding("Size", "warn", "900 lines") }, { comments });
    expect(server.calls().at(-1)).toBe("PATCH /repos/acme/shop/issues/comments/42");
    expect(server.requests.at(-1)?.body).toMatchObject({ body: expect.stringContaining("**All checks pass; see the warnings.**") });
  });

  it("says that a job came to no result", async () => {
    const { server } = await report({ coverage: { result: "failure", outputs: {} } });
    expect(server.requests.at(-1)?.body).toMatchObject({ body: expect.stringContaining("| ❌ Coverage | did not come to a result; see the job's log |") });
  });

  it.each(["docs: explain", "nothing of the kind", "__proto__: x", "constructor: x"])("gives the title %p no label", async (title) => {
    const { server } = await report({ changes: finding("Size", "pass", "1 line") }, {}, title);
    expect(server.calls().filter((call) => call.endsWith("/labels"))).toEqual([]);
  });

  it("lets no text of others become markup, a mention or another row", async () => {
    const { server } = await report({ conventions: finding("Title", "fail", "<script>alert(1)</script> @everyone | x |\n| forged | row | <!-- pr-checks -->") });
    const { body } = server.requests.at(-1)?.body as { body: string };
    expect(body.split("\n")).toHaveLength(6);
    expect(body.slice("<!-- pr-checks -->".length)).not.toMatch(/<|@everyone|\| forged \|/);
  });
});
