import { expect, test } from "@jest/globals";
import { ConfigurationError, environmentOf } from "../../lab/agent/environment.ts";
import type { Container } from "../../lab/agent/pod.ts";

const objects: Record<string, Record<string, string>> = { "configmaps/shop": { LAB_ERROR_SHARE: "0.1", MODE: "a" }, "secrets/shop": { KEY: "word" } };
const read = (kind: string, name: string) => Promise.resolve(objects[`${kind}/${name}`]);
const container = (of: Partial<Container>): Container => ({ name: "shop", image: "shop", ...of });

test("a container gets its ConfigMap, its Secret's keys and its own values, which win", async () => {
  const environment = await environmentOf(container({
    envFrom: [{ configMapRef: { name: "shop" } }, { prefix: "S_", secretRef: { name: "shop" } }],
    env: [{ name: "MODE", value: "b" }, { name: "TOKEN", valueFrom: { secretKeyRef: { name: "shop", key: "KEY" } } }],
  }), read);
  expect(environment).toEqual({ LAB_ERROR_SHARE: "0.1", MODE: "b", S_KEY: "word", TOKEN: "word" });
});

test("a container whose ConfigMap, Secret or key is missing cannot start, unless it is optional", async () => {
  const wrong: [Partial<Container>, string][] = [
    [{ envFrom: [{ configMapRef: { name: "other" } }] }, 'configmap "other" not found'],
    [{ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "other", key: "KEY" } } }] }, 'secret "other" not found'],
    [{ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "shop", key: "LOST" } } }] }, "couldn't find key LOST in secret shop"],
  ];
  for (const [of, message] of wrong) await expect(environmentOf(container(of), read)).rejects.toThrow(new ConfigurationError(message));
  expect(await environmentOf(container({ envFrom: [{ configMapRef: { name: "other", optional: true } }] }), read)).toEqual({});
});
