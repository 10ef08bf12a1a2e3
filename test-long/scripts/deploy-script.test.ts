import {  } from "@jest/globals";
import { readdirSync } from "node:fs";
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Ran, ScriptRoom } from "../../test/workflows/script-room.ts";
import { fakeCluster } from "../../test/workflows/continuous/fake-cluster.ts";
import type { FakeCluster } from "../../test/workflows/continuous/fake-cluster.ts";
import { digestOf, imageOf } from "../../test/workflows/continuous/images.ts";


const limits = { ROLLOUT_SECONDS: "60", HEALTH_SECONDS: "20", INTERVAL_SECONDS: "0.05" };
const health = { HEALTH_PATH: "/api/v1/namespaces/shop/services/shop:80/proxy/healthz" };
const kubectl = { KIND: "kubectl", NAMESPACE: "shop", WORKLOAD: "shop", CONTAINER: "web" };
const helm = { KIND: "helm", NAMESPACE: "shop", RELEASE: "shop", CHART: "chart", TAG: "v2.0.0", TAG_VALUE: "image.tag", DIGEST_VALUE: "image.digest", VALUES: JSON.stringify({ replicas: 3, "labels.team": "a,b=c" }) };

/** Deploys as the workflow does: where the first step fails after it began, the second one runs. */
async function deployed(room: ScriptRoom, cluster: FakeCluster, env: Record<string, string>): Promise<{ deploy: Ran; back?: Ran }> {
  const all = { ...limits, ...cluster.env, ...env };
  const deploy = await room.run("deploy.mjs", all);
  if (deploy.code === 0 || deploy.outputs["began"] !== "true") return { deploy };
  return { deploy, back: await room.run("roll-back.mjs", { ...all, PREVIOUS: deploy.outputs["previous"] ?? "" }) };
}

function runnerFiles(room: ScriptRoom): string[] {
  return readdirSync(`${dirname(room.folder)}/runner`).filter((name) => name.startsWith("kubeconfig"));
}

describe("deploy.mjs with kubectl", () => {
  it("changes the image, waits for the rollout, asks three times, and says what ran before", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, imageOf("old"));
    const { deploy, back } = await deployed(room, cluster, { ...kubectl, ...health, IMAGE: imageOf("new") });
    expect(deploy).toMatchObject({ code: 0, outputs: { previous: "1", began: "true" } });
    expect(back).toBeUndefined();
    expect(cluster.running()).toBe(imageOf("new"));
    expect(cluster.calls().slice(1)).toEqual([
      `kubectl --namespace shop set image deployment/shop web=${imageOf("new")}`,
      "kubectl --namespace shop rollout status deployment/shop --timeout=60s",
      ...Array(3).fill(`kubectl --namespace shop get --raw ${health.HEALTH_PATH}`),
    ]);
    expect(deploy.summary).toContain(digestOf("new"));
  });

  it("takes nothing that the cluster says for a command of the runner", async () => {
    const room = scriptRoom();
    const { deploy } = await deployed(room, fakeCluster(room, imageOf("old")), { ...kubectl, ...health, IMAGE: imageOf("new") });
    const lines = deploy.stdout.split("\n");
    const token = /^::stop-commands::(.+)$/.exec(lines[lines.indexOf("::error::forged by a pod") - 1] ?? "")?.[1];
    expect(lines[lines.indexOf("::error::forged by a pod") + 1]).toBe(`::${token}::`);
  });

  it("goes back where the new pods do not become ready, and the deployment stays failed", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, imageOf("old"));
    const { deploy, back } = await deployed(room, cluster, { ...kubectl, ...health, IMAGE: imageOf("broken") });
    expect(deploy.code).toBe(1);
    expect(deploy.stderr).toContain("::error::kubectl rollout status failed with exit code 1; see what it said above");
    expect(back).toMatchObject({ code: 0 });
    expect(back?.summary).toMatch(/^The deployment failed\. deployment\/shop is back at revision 1 after \d+ s\.\n$/);
    expect(cluster.running()).toBe(imageOf("old"));
  });

  it("goes back where the pods are ready and do not answer well", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, imageOf("old"));
    const { deploy, back } = await deployed(room, cluster, { ...kubectl, ...health, HEALTH_SECONDS: "1", IMAGE: imageOf("sick") });
    expect(deploy.code).toBe(1);
    expect(deploy.stderr).toContain("it is not well after 1 s: kubectl get --raw failed");
    expect(back?.code).toBe(0);
    expect(cluster.running()).toBe(imageOf("old"));
  });

  it("asks an address as people reach it, and an answer that is not steady does not count", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, imageOf("old"));
    let asked = 0;
    const server = await serve(() => ({ status: [200, 200, 503, 200, 200, 200][asked++] ?? 500 }));
    const { deploy } = await deployed(room, cluster, { ...kubectl, HEALTH_URL: `${server.url}/ready`, IMAGE: imageOf("new") });
    expect(deploy.code).toBe(0);
    expect(server.calls()).toEqual(Array(6).fill("GET /ready"));
  });

  it("gives the tool a kubeconfig that only its owner reads, and takes it away in success and in failure", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, imageOf("old"));
    await deployed(room, cluster, { ...kubectl, ...health, IMAGE: imageOf("new"), GITHUB_TOKEN: "not for tools" });
    await deployed(room, cluster, { ...kubectl, ...health, IMAGE: imageOf("broken") });
    expect(new Set(cluster.kubeConfigs())).toEqual(new Set(["600 apiVersion: v1 kind: Config"]));
    expect(runnerFiles(room)).toEqual([]);
  });

  it("takes the kubeconfig away when a cancelled run ends it in the middle", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, imageOf("old"));
    const runner = `${dirname(room.folder)}/runner`;
    const script = fileURLToPath(new URL("../../components/workflows/scripts/deploy.mjs", import.meta.url));
    const env = { PATH: `${dirname(room.folder)}/bin:${process.env["PATH"]}`, RUNNER_TEMP: runner, SLOW: "1", ...limits, ...cluster.env, ...kubectl, ...health, IMAGE: imageOf("new") };
    const child = spawn(process.execPath, [script], { cwd: room.folder, env, stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("close", resolve));
    while (!room.exists("cluster/waiting")) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(runnerFiles(room)).toHaveLength(1);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(runnerFiles(room)).toEqual([]);
  });

  it("touches nothing where the workload is not there, and has then nothing to take back", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room);
    const { deploy } = await deployed(room, cluster, { ...kubectl, ...health, IMAGE: imageOf("new") });
    expect(deploy).toMatchObject({ code: 1, outputs: {} });
    expect(cluster.calls()).toHaveLength(1);
  });

  it.each([
    ["IMAGE", "ghcr.io/acme/shop:latest", "is not an image with its digest"],
    ["IMAGE", `$(touch pwned)@${digestOf("x")}`, "is not an image with its digest"],
    ["NAMESPACE", "--all-namespaces", "is not a namespace"],
    ["WORKLOAD", "shop; touch pwned", "is not the name of a Deployment"],
    ["CONTAINER", "a`touch pwned`", "is not the name of a container"],
    ["KUBE_CONFIG", " ", "is empty"],
    ["HEALTH_URL", "https://shop.example.com", "exactly one of them"],
  ])("refuses %s=%s before anything changes", async (name, value, message) => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, imageOf("old"));
    const { deploy } = await deployed(room, cluster, { ...kubectl, ...health, IMAGE: imageOf("new"), [name]: value });
    expect(deploy.code).toBe(1);
    expect(deploy.stderr).toContain(message);
    expect(cluster.running()).toBe(imageOf("old"));
    expect(room.exists("pwned")).toBe(false);
    expect(runnerFiles(room)).toEqual([]);
  });
});

describe("deploy.mjs with helm", () => {
  it("upgrades the chart with typed values, the tag and the digest", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, "first");
    const { deploy } = await deployed(room, cluster, { ...helm, ...health, IMAGE: imageOf("new") });
    expect(deploy).toMatchObject({ code: 0, outputs: { previous: "1" } });
    expect(cluster.running()).toBe(
      `upgrade --install shop ./chart --wait --timeout=60s --set-json replicas=3 --set-json labels.team="a,b=c" --set-json image.tag="v2.0.0" --set-json image.digest="${digestOf("new")}"`,
    );
  });

  it.each(["broken", "sick"])("goes back to the last revision that was deployed well after a %s one", async (word) => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, "first");
    const { deploy, back } = await deployed(room, cluster, { ...helm, ...health, HEALTH_SECONDS: "1", IMAGE: imageOf(word) });
    expect([deploy.code, back?.code]).toEqual([1, 0]);
    expect(cluster.calls().at(-1)).toBe("helm --namespace shop rollback shop 1 --wait --timeout=60s");
    expect(cluster.running()).toBe("first");
  });

  it("says that a first installation has nothing to go back to", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room);
    const { deploy, back } = await deployed(room, cluster, { ...helm, ...health, IMAGE: imageOf("broken") });
    expect(deploy).toMatchObject({ code: 1, outputs: { previous: "", began: "true" } });
    expect(back?.code).toBe(0);
    expect(back?.stdout).toContain("::warning::release shop ran nothing before");
  });

  it("refuses a chart outside the repository and a tag that is none", async () => {
    const room = scriptRoom();
    const cluster = fakeCluster(room, "first");
    for (const wrong of [{ CHART: "../chart" }, { TAG: "v1,other=1" }, { TAG_VALUE: "a=b" }]) {
      const { deploy } = await deployed(room, cluster, { ...helm, ...health, IMAGE: imageOf("new"), ...wrong });
      expect(deploy.code).toBe(1);
    }
    expect(cluster.running()).toBe("first");
  });
});
