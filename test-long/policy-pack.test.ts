import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OneService } from "./one-service.ts";

const PREVIEW = ["sandbox", "preview", "--policy-pack", "policy", "--color", "never"];
const PLAIN = "data.DB_PASSWORD holds a value under a secret's name; replace the secret where it was issued, and put it into a Secret";
const PROBE = "spec.template.spec.containers.0.livenessProbe is missing, and so is a startupProbe; add one that fails when only a restart helps";

/** The service with a password in its plain settings, and what the stack says to the policies. */
function configured(policy = "{}"): OneService {
  const service = new OneService();
  service.configure("a");
  const file = join(service.folder, "Pulumi.sandbox.yaml");
  const text = readFileSync(file, "utf8").replace("      secrets:", "      environment: { DB_PASSWORD: canary-hunter2 }\n      secrets:");
  writeFileSync(file, text.replace("  slipway:services:", `  slipway:policy: ${policy}\n  slipway:services:`));
  return service;
}

function exempt(until: string): string {
  return `{ exemptions: [{ policy: secrets-not-plain, resource: "shop-*", reason: a rehearsal, until: "${until}" }] }`;
}

describe("the pack in the real engine", () => {
  it("stops a preview at a mandatory finding, and tells an advisory one; slipway policy says the same, and neither shows the value", async () => {
    const service = configured();
    const previewed = await service.slipway(PREVIEW);
    expect(previewed.code).not.toBe(0);
    expect(previewed.output).toContain(PLAIN);
    expect(previewed.output).toContain("[mandatory]  secrets-not-plain  (kubernetes:core/v1:ConfigMap: shop-");
    expect(previewed.output).toContain(PROBE);
    expect(previewed.output).toContain("[advisory]  probes-set  (kubernetes:apps/v1:Deployment: shop-");
    const judged = await service.slipway(["policy", "--stack", "sandbox", "--sandbox", "--json"]);
    expect(judged.code).toBe(2);
    const { findings }: { findings: { message: string; policy: string; severity: string }[] } = JSON.parse(judged.output.slice(judged.output.indexOf("{\n")));
    expect(findings.map(({ message, policy, severity }) => [severity, policy, message]).sort()).toEqual([["advisory", "probes-set", PROBE], ["mandatory", "secrets-not-plain", PLAIN]]);
    expect(JSON.stringify(findings)).not.toContain("canary-hunter2");
    service.leave();
  });

  it("lets an exempt one pass until its last day, and says when that is over", async () => {
    const service = configured(exempt("2999-12-31"));
    expect(await service.slipway(PREVIEW)).toMatchObject({ code: 0, output: expect.not.stringContaining(PLAIN) });
    service.leave();
    const late = configured(exempt("2020-01-31"));
    const previewed = await late.slipway(PREVIEW);
    expect(previewed.code).not.toBe(0);
    expect(previewed.output).toContain(`${PLAIN}; its exemption (a rehearsal) expired on 2020-01-31`);
    late.leave();
  });
});
