import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { readKubeconfig } from "../../sandbox/cluster/kubeconfig.ts";
import { notReady } from "../../sandbox/cluster/readiness.ts";
import { kubeconfig } from "./fake-cluster.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "slipway-kubeconfig-"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

test.each([
  ["a status of the generation before", { generation: 2 }, {}, { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }, false],
  ["pods of the template before are still there", { generation: 2 }, {}, { observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2 }, false],
  ["nothing but pods of this template", { generation: 2 }, {}, { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }, true],
  ["no pods are asked for", { generation: 1 }, { replicas: 0 }, { observedGeneration: 1 }, true],
  ["it is paused", { generation: 1 }, { paused: true }, { observedGeneration: 1 }, true],
])("a Deployment of which %s", (_, metadata, spec, status, ready) => {
  expect(notReady({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "api", ...metadata }, spec, status }).length === 0).toBe(ready);
});

describe("a kubeconfig", () => {
  const problemsOf = (content: unknown): string => {
    const file = join(home, "kubeconfig");
    writeFileSync(file, stringify(content));
    try {
      readKubeconfig(file);
    } catch (error) {
      return String(error).replaceAll(file, "FILE");
    }
    return "";
  };

  test("names every problem", () => {
    expect(problemsOf({ ...kubeconfig("http://127.0.0.1:1"), "current-context": "other" })).toBe('Error: FILE: current-context: names no context, got "other"; choose one of contexts');
    expect(problemsOf({ ...kubeconfig("nowhere"), users: [{ name: "admin", user: {} }] })).toBe(
      'Error: FILE: the cluster\'s server: must be a web address, got "nowhere"; give e.g. https://127.0.0.1:6443\n'
      + "FILE: the user's token: is missing, got another way to log in or none; the sandbox speaks to a cluster with a token alone",
    );
    expect(problemsOf(kubeconfig("http://127.0.0.1:1"))).toBe("");
  });

  test("brings the authority of the API server along, from a file beside it or in itself", () => {
    writeFileSync(join(home, "authority.pem"), "PEM");
    const withAuthority = (authority: object): object => {
      const { clusters: [first], ...rest }: { clusters: { cluster: object }[] } = JSON.parse(JSON.stringify(kubeconfig("https://127.0.0.1:1/base")));
      return { ...rest, clusters: [{ ...first, cluster: { ...first?.cluster, ...authority } }] };
    };
    const read = (authority: object) => {
      writeFileSync(join(home, "kubeconfig"), stringify(withAuthority(authority)));
      const { authority: found, server, token } = readKubeconfig(join(home, "kubeconfig"));
      return { found, server: server.href, token };
    };
    const rest = { server: "https://127.0.0.1:1/base", token: "open-sesame" };
    expect(read({ "certificate-authority": "authority.pem" })).toEqual({ found: "PEM", ...rest });
    expect(read({ "certificate-authority-data": Buffer.from("DATA").toString("base64") })).toEqual({ found: "DATA", ...rest });
    expect(read({})).toEqual({ found: undefined, ...rest });
    expect(problemsOf(withAuthority({ "certificate-authority": "none.pem" }))).toMatch(/^Error: FILE: the cluster's certificate-authority: cannot be read, got "ENOENT.*"; name its PEM file$/);
  });
});
