import { notifySteps } from "../../../components/workflows/notify.ts";
import { scriptRoom, serve } from "../script-room.ts";
import type { Ran } from "../script-room.ts";
import { github } from "./github.ts";
import type { GitHub } from "./github.ts";

function notify(env: Record<string, string>, gitHub?: GitHub): Promise<Ran> {
  return scriptRoom().run("notify.mjs", { STATUS: "failure", WHAT: "Deployment", GITHUB_RUN_ID: "7", GITHUB_ACTOR: "ada", ...gitHub?.env, ...env });
}

interface Message {
  text: string;
  attachments: { color: string; blocks: { type: string; text?: { type: string; text: string } }[] }[];
}

describe("notifySteps", () => {
  const told = { what: "Deployment", version: "${{ inputs.version }}", environment: "production" };

  it("run however the job ended, and hold no secret that nobody asked for", () => {
    expect(notifySteps({}, told)).toEqual([
      { name: "Tell how it ended", id: "notify", if: "always()", run: "node .github/scripts/notify.mjs", env: { STATUS: "${{ job.status }}", WHAT: "Deployment", VERSION: "${{ inputs.version }}", ENVIRONMENT: "production" } },
    ]);
  });

  it("tell Slack, keep an issue and write letters where that is asked for", () => {
    const email = { server: "smtp.example.com", port: 465, from: "ci@example.com", to: ["ops@example.com"], username: "SMTP_USERNAME", password: "SMTP_PASSWORD" };
    expect(notifySteps({ slack: "HOOK", issueLabel: "bug", email }, told)).toMatchObject([
      { env: { SLACK_WEBHOOK_URL: "${{ secrets.HOOK }}", ISSUE_LABEL: "bug", GITHUB_TOKEN: "${{ github.token }}" }, grants: { issues: ["write", "keep the issue of a failure"] } },
      { if: "always() && steps.notify.outputs.critical == 'true'", continueOnError: true, with: { secure: true, password: "${{ secrets.SMTP_PASSWORD }}", to: "ops@example.com" } },
    ]);
  });
});

describe("notify.mjs", () => {
  it("leaves an audit line in the summary and in the log", async () => {
    const { code, stdout, summary } = await notify({ STATUS: "success", VERSION: "1.2.3", ENVIRONMENT: "production", GITHUB_RUN_ATTEMPT: "2" });
    expect(code).toBe(0);
    expect(JSON.parse(stdout.split("\n")[0] ?? "")).toEqual({
      audit: { at: expect.stringMatching(/^\d{4}-.*Z$/), status: "success", what: "Deployment", version: "1.2.3", environment: "production", actor: "ada", run: "https://github.com/acme/shop/actions/runs/7", attempt: "2" },
    });
    expect(summary).toContain("| Deployment | 1.2.3 | production | ada | succeeded |");
  });

  it("tells Slack of success and failure, with texts of others as plain text", async () => {
    const slack = await serve(() => ({ body: "ok" }));
    const hostile = "<!channel> *bold* <https://evil|click> & \n`x`";
    await notify({ SLACK_WEBHOOK_URL: `${slack.url}/hook`, VERSION: hostile });
    await notify({ SLACK_WEBHOOK_URL: `${slack.url}/hook`, STATUS: "success" });
    const [failure, success] = slack.requests.map(({ body }) => body as Message);
    expect(failure?.text).toBe("acme/shop: Deployment of &lt;!channel&gt; *bold* &lt;https://evil|click&gt; &amp; `x` failed");
    expect(failure?.attachments[0]?.color).toBe("#e01e5a");
    expect(failure?.attachments[0]?.blocks.filter(({ text }) => text !== undefined).every(({ text }) => text?.type === "plain_text")).toBe(true);
    expect([success?.text, success?.attachments[0]?.color]).toEqual(["acme/shop: Deployment succeeded", "#2eb67d"]);
  });

  it("warns where Slack refuses, without the webhook's address, and fails nothing", async () => {
    const slack = await serve(() => ({ status: 403, body: "invalid_token" }));
    const { code, stdout, stderr } = await notify({ SLACK_WEBHOOK_URL: `${slack.url}/services/SECRET` });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("::warning::Slack was not told: Slack answered 403: invalid_token");
    expect(stdout).not.toContain("SECRET");
  });

  it("warns where nobody answers or the address is none", async () => {
    expect((await notify({ SLACK_WEBHOOK_URL: "not an address SECRET" })).stdout).toContain("::warning::Slack was not told: Slack: its address is not a web address");
  });

  it("opens an issue on a failure, keeps one, and closes it on the next success", async () => {
    const gitHub = await github();
    const failing = { ISSUE_LABEL: "bug", ENVIRONMENT: "production", VERSION: "@ada <b>" };
    await notify(failing, gitHub);
    await notify({ ...failing, GITHUB_RUN_ID: "8" }, gitHub);
    expect(gitHub.issues).toMatchObject([{ title: "acme/shop: Deployment of @ada <b> to production failed", labels: ["bug"], state: "open", body: expect.stringContaining("actions/runs/8") }]);
    expect(gitHub.issues[0]?.body).not.toMatch(/@ada|<b>/);
    await notify({ ...failing, STATUS: "cancelled" }, gitHub);
    expect(gitHub.issues[0]?.state).toBe("open");
    await notify({ ...failing, STATUS: "success", ENVIRONMENT: "staging" }, gitHub);
    expect(gitHub.issues[0]?.state).toBe("open");
    await notify({ ...failing, STATUS: "success" }, gitHub);
    expect(gitHub.issues).toMatchObject([{ state: "closed", comments: [expect.stringContaining("Succeeded in")] }]);
  });

  it("prepares a letter on failures, one line for its subject", async () => {
    const { outputs } = await notify({ VERSION: "1.0\r\nBcc: all@example.com", ENVIRONMENT: "production" });
    expect(outputs).toMatchObject({ subject: "acme/shop: Deployment of 1.0 Bcc: all@example.com to production failed", critical: "true" });
    expect(outputs["body"]).toContain("Version: 1.0 Bcc: all@example.com");
    expect((await notify({ STATUS: "success" })).outputs["critical"]).toBe("false");
  });

  it.each(["fine", "", "success\n::error::x"])("refuses the status %j", async (status) => {
    expect(await notify({ STATUS: status })).toMatchObject({ code: 1, stderr: expect.stringContaining("STATUS: is not success, failure, cancelled or skipped") });
  });
});
