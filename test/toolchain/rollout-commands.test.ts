import { afterAll, describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { Clone } from "./clone.ts";
import { clearRooms, launch, node, room } from "./room.ts";
import type { Run } from "./room.ts";

const program = join(import.meta.dirname, "../../toolchain/cli.ts");
const IMAGE = `ghcr.io/acme/storefront@sha256:${"b".repeat(64)}`;
const PROMETHEUS = ["--prometheus", "http://127.0.0.1:9"];


afterAll(clearRooms);

function slipway(...args: string[]): Promise<Run> {
  return launch(node, [program, ...args], process.env).done;
}

describe("the rollout commands", () => {
  test.each([["rollout", "<services...>"], ["promote", "<services...>"], ["rollback", "<service>"], ["hold", "<service>"], ["resume", "<service>"], ["clear", "<service>"], ["status", "<service>"], ["history", "<service>"]])("%s has a --help", async (name, argument) => {
    const run = await slipway(name, "--help");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(new RegExp(`^Usage: slipway ${name} \\[options\\] ${argument.replaceAll(".", "\\.")}\n`));
    for (const option of ["--stack <stack>", "--sandbox", "--audit <file>", "--json"]) expect(run.stdout).toContain(option);
  });

  test("the options that workflows give are there", async () => {
    const [rollout, promote, rollback] = await Promise.all([slipway("rollout", "--help"), slipway("promote", "--help"), slipway("rollback", "--help")]);
    for (const option of ["--image", "--strategy", "--first-stage", "--duration", "--auto-promote", "--leave-after", "--prometheus"]) expect(rollout.stdout).toContain(option);
    for (const option of ["--image", "--now", "--duration", "--leave-after", "--prometheus"]) expect(promote.stdout).toContain(option);
    expect(rollback.stdout).toContain("--reason <text>");
  });

  test.each<[string, string[], string]>([
    ["a stack that is not named", ["rollout", "storefront"], "error: required option '--stack <stack>' not specified\nslipway --help lists the commands\n"],
    ["no service", ["rollout", "--stack", "production"], "error: missing required argument 'services'\nslipway --help lists the commands\n"],
    ["an unknown stack", ["rollout", "storefront", "--stack", "moon"], "--stack: there is no file of stack moon; write one of production, sandbox, staging\n"],
    ["an unknown service", ["rollout", "storefrnt", "--stack", "production"], "storefrnt: is no service of stack production; write storefront\n"],
    ["several unknown services", ["rollout", "storefrnt", "../x", "--stack", "production"], "storefrnt: is no service of stack production; write storefront\n../x: is no service of stack production; write storefront\n"],
    ["an unknown service to promote", ["promote", "cart", "--stack", "production"], "cart: is no service of stack production; write storefront\n"],
    ["an unknown service to roll back", ["rollback", "cart", "--stack", "production"], "cart: is no service of stack production; write storefront\n"],
    ["an unknown service to look at", ["status", "cart", "--stack", "production"], "cart: is no service of stack production; write storefront\n"],
    ["a stack that does not say where the evidence is", ["rollout", "storefront", "--stack", "production", "--image", IMAGE], "prometheus: nobody says where the evidence is; add slipway:prometheus with its url to Pulumi.production.yaml, or name it by --prometheus\n"],
    ["the same to promote", ["promote", "storefront", "--stack", "production"], "prometheus: nobody says where the evidence is; add slipway:prometheus with its url to Pulumi.production.yaml, or name it by --prometheus\n"],
    ["evidence that is nowhere", ["rollout", "storefront", "--stack", "production", "--image", IMAGE, "--prometheus", "localhost:9090"], '--prometheus: is no web address, got "localhost:9090"; write it as http://127.0.0.1:9090\n'],
    ["what is no image", ["rollout", "storefront", "--stack", "production", "--image", "nginx"], '--image: has no registry, got "nginx"; begin with its host, such as ghcr.io/\n'],
    ["one image for two services", ["rollout", "storefront", "cart", "--stack", "production", "--image", IMAGE], "--image: belongs to one service, got 2; name the images in the stack's file, or release one at a time\n"],
    ["a strategy without an image", ["rollout", "storefront", "--stack", "production", "--strategy", "direct", ...PROMETHEUS], "--strategy, --first-stage: need --image; write the strategy into the stack's file where a commit names the image\n"],
    ["a strategy that is none", ["rollout", "storefront", "--stack", "production", "--image", IMAGE, "--strategy", "rolling", ...PROMETHEUS], '--strategy: is none of direct, canary, blue-green, got "rolling"; write one of them\n'],
    ["a first stage that is none", ["rollout", "storefront", "--stack", "production", "--image", IMAGE, "--first-stage", "3", ...PROMETHEUS], '--first-stage: is not a whole number from 5 to 50, got "3"; write per cent without a sign\n'],
    ["a duration that is none", ["rollout", "storefront", "--stack", "production", "--image", IMAGE, "--duration", "2", ...PROMETHEUS], '--duration: is no length of time, got "2"; write it as 2h, 45m or 30s\n'],
    ["a time to leave that is none", ["rollout", "storefront", "--stack", "production", "--leave-after", "soon", ...PROMETHEUS], '--leave-after: is no length of time, got "soon"; write it as 2h, 45m or 30s\n'],
  ])("refuse %s in one message, and change nothing", async (_, args, stderr) => {
    expect(await slipway(...args)).toMatchObject({ code: 1, stdout: "", stderr });
  });

  test("history says where nothing was written yet", async () => {
    const file = join(room(), "audit.jsonl");
    expect(await slipway("history", "storefront", "--stack", "production", "--audit", file)).toMatchObject({ code: 0, stdout: "", stderr: `${file}: no driver has written anything yet\n` });
  });
});

test("a service whose weights are a controller's is refused before anything is opened", async () => {
  const stack = `config:
  github:owner: acme
  slipway:namespaces: { shop: {} }
  slipway:services:
    storefront:
      repository: { external: shop }
      namespace: shop
      image: { from: digest, reference: "${IMAGE}" }
      ports: [{ name: http, port: 8080 }]
      probes: { readiness: { kind: http, path: /health, port: http } }
      rollout: { engine: { kind: flagger, prometheus: "http://prometheus.istio-system:9090" }, approval: none, bakeSeconds: 0, dwellSeconds: 10 }
`;
  const clone = new Clone("", { production: stack }, ["toolchain", "operations", "settings", "components", "sandbox"]);
  const run = await clone.run("rollout", "storefront", "--stack", "production", "--image", IMAGE, ...PROMETHEUS);
  expect([run.code, run.stderr]).toEqual([1, 'services.storefront.rollout.engine: its weights are Flagger\'s, which no driver may move, got "flagger"; name its image in Pulumi.production.yaml and look at the Canary with slipway status storefront --stack production\n']);
});
