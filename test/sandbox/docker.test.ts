import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { sha256 } from "../../sandbox/identity.ts";
import type { Properties } from "../../sandbox/values.ts";
import { parseReference } from "../../sandbox/docker/registry.ts";
import { loadSchema } from "../../sandbox/schema.ts";
import type { Client } from "./client.ts";
import { refusal, withProvider } from "./client.ts";
import { sample } from "./samples.ts";

const IMAGE = "docker-build:index:Image";
const INDEX = "docker-build:index:Index";
const TAG = "ghcr.io/acme/continuum:1.2.3";

async function withContext(run: (client: Client, folder: string, inputs: Properties) => Promise<void>): Promise<void> {
  await withProvider("docker-build", async (client, folder) => {
    const location = join(dirname(folder), "context");
    mkdirSync(join(location, "src"), { recursive: true });
    writeFileSync(join(location, "Dockerfile"), "FROM scratch\n");
    writeFileSync(join(location, "src/main.ts"), "1\n");
    await run(client, folder, {
      context: { location }, tags: [TAG, "ghcr.io/acme/continuum:latest"], push: true, labels: { "org.opencontainers.image.source": "https://github.com/acme/continuum" }, secrets: { npm: "CANARY" },
    });
  });
}

describe("docker-build", () => {
  test("an image gets a digest, a reference and a document that a person can read", async () => {
    await withContext(async (client, folder, inputs) => {
      const { outputs } = await client.create(IMAGE, inputs);
      expect(outputs.plain["digest"]).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(outputs.plain["ref"]).toBe(`${TAG}@${String(outputs.plain["digest"])}`);
      const text = readFileSync(join(folder, "registry/ghcr.io/acme/continuum/1.2.3.yaml"), "utf8");
      expect(parse(text)).toMatchObject({ tags: inputs["tags"], labels: inputs["labels"], digest: outputs.plain["digest"] });
      expect(text).not.toContain("CANARY");
    });
  });

  test("the digest follows what the build reads, and nothing else", async () => {
    await withContext(async (client, folder, inputs) => {
      const { id, outputs } = await client.create(IMAGE, inputs);
      const old = { inputs, outputs: outputs.plain };
      expect((await client.diff(IMAGE, id, old, inputs)).paths).toEqual([]);
      expect((await client.diff(IMAGE, id, old, { ...inputs, secrets: { npm: "other" } })).paths).toEqual(["secrets.npm"]);
      writeFileSync(join(dirname(folder), "context/src/main.ts"), "2\n");
      expect(await client.diff(IMAGE, id, old, inputs)).toEqual({ paths: ["contextHash", "digest"], replaces: [], deleteBeforeReplace: false });
      const updated = await client.update(IMAGE, id, old, inputs);
      expect(updated.plain["digest"]).not.toBe(outputs.plain["digest"]);
    });
  });

  test("a digest that someone changed in the registry is restored", async () => {
    await withContext(async (client, folder, inputs) => {
      const { id, outputs } = await client.create(IMAGE, inputs);
      const file = join(folder, "registry/ghcr.io/acme/continuum/1.2.3.yaml");
      writeFileSync(file, stringify({ ...parse(readFileSync(file, "utf8")), digest: "sha256:0" }));
      const read = await client.read(IMAGE, id, { inputs, outputs: outputs.plain });
      const drifted = { inputs: read.inputs.plain, outputs: read.outputs.plain };
      expect((await client.diff(IMAGE, id, drifted, inputs)).paths).toEqual(["digest"]);
      expect((await client.update(IMAGE, id, drifted, inputs)).plain["digest"]).toBe(outputs.plain["digest"]);
    });
  });

  test("what the builder would refuse is refused", async () => {
    await withContext(async (client, folder, inputs) => {
      const absent = join(dirname(folder), "absent");
      expect((await client.check(IMAGE, { ...inputs, context: { location: absent }, tags: ["Not/OK"] })).failures).toEqual([
        `context.location: must be a folder or an address that exists, got ${JSON.stringify(absent)}; correct the path; it is relative to the folder of Pulumi.yaml`,
        'tags[0]: must be an image reference in lower case, got "Not/OK"; give e.g. ghcr.io/owner/name:1.2.3',
      ]);
      expect((await client.check(IMAGE, { push: true, context: { location: "https://github.com/acme/continuum.git" } })).failures).toEqual(["tags: must name at least one tag to push, got nothing; give tags, or set push to false"]);
      expect((await client.check(IMAGE, { push: false, context: { location: folder } })).failures).toEqual([
        expect.stringMatching(/^context\.location: must be a folder|^dockerfile\.location: must be a file that exists/),
      ]);
    });
  });

  test("trap 15: attestations are refused, because the provider cannot attach them", async () => {
    await withContext(async (client, _folder, inputs) => {
      expect((await client.check(IMAGE, { ...inputs, attest: ["type=sbom"] })).failures).toEqual([expect.stringMatching(/^attest: is no property of Image, got a list of 1; remove it/)]);
    });
  });

  test("before the build the digest is not known", async () => {
    await withContext(async (client, _folder, inputs) => {
      const { outputs } = await client.create(IMAGE, inputs, { preview: true });
      expect(outputs.plain).toMatchObject({ digest: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", ref: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    });
  });

  test("an index needs its sources in the registry", async () => {
    await withContext(async (client, _folder, inputs) => {
      expect(await refusal(client.create(INDEX, { tag: "example.com/acme/all:1", sources: ["example.com/acme/none:1"] }))).toBe("example.com/acme/none:1: not found");
      await client.create(IMAGE, inputs);
      const { outputs } = await client.create(INDEX, { tag: "ghcr.io/acme/all:1", sources: [TAG] });
      expect(outputs.plain["ref"]).toMatch(/^ghcr\.io\/acme\/all:1@sha256:/);
    });
  });
});

describe("docker", () => {
  test("a tag resolves to what was pushed last, else to what the population publishes", async () => {
    await withProvider("docker", async (client, folder) => {
      const published = `sha256:${sha256("ghcr.io/acme/continuum:1.2.3")}`;
      expect(await client.invoke("docker:index/getRegistryImage:getRegistryImage", { name: TAG })).toMatchObject({ sha256Digest: published });
      mkdirSync(join(folder, "registry/ghcr.io/acme/continuum"), { recursive: true });
      writeFileSync(join(folder, "registry/ghcr.io/acme/continuum/1.2.3.yaml"), stringify({ tags: [TAG], digest: "sha256:pushed" }));
      expect(await client.invoke("docker:index/getRegistryImage:getRegistryImage", { name: TAG })).toMatchObject({ sha256Digest: "sha256:pushed" });
      expect(await client.invoke("docker:index/getRemoteImage:getRemoteImage", { name: TAG })).toMatchObject({ repoDigest: "ghcr.io/acme/continuum@sha256:pushed" });
    });
  });

  test("a function or an update that the sandbox does not have is refused", async () => {
    await withProvider("docker", async (client) => {
      expect(await refusal(client.invoke("docker:index/getNetwork:getNetwork", {}))).toBe("docker:index/getNetwork:getNetwork: is not served by the sandbox, got a call of it; leave the provider docker out of the sandbox to use the real one");
      expect(await refusal(client.update("docker:index/network:Network", "x", { inputs: {}, outputs: {} }, { name: "n" }))).toBe("Error response from daemon: No such object: x");
      expect((await client.check("docker:index/network:Network", {})).inputs.plain).toEqual({ name: "it-0123456" });
    });
  });

  test("an image that nobody published is refused as a registry does", async () => {
    await withProvider("docker", async (client) => {
      expect(await refusal(client.invoke("docker:index/getRegistryImage:getRegistryImage", { name: "example.com/a/b:1" })))
        .toBe("Got error when attempting to fetch image version example.com/a/b:1 from registry: bad response from registry: 404 Not Found");
      expect(await refusal(client.invoke("docker:index/getRegistryImage:getRegistryImage", { name: "Not/OK" })))
        .toBe('name: must be an image reference in lower case, got "Not/OK"; give e.g. ghcr.io/owner/name:1.2.3');
    });
  });

  test.each(Object.keys(loadSchema("docker").resources))("%s is kept as declared", async (type) => {
    await withProvider("docker", async (client) => {
      const inputs = sample(loadSchema("docker"), type);
      const { id, outputs } = await client.create(type, inputs);
      const old = { inputs, outputs: outputs.plain };
      expect((await client.read(type, id, old)).inputs.plain).toEqual(inputs);
      expect((await client.check(type, inputs)).failures).toEqual([]);
      expect(await refusal(client.create(type, inputs, { name: "other" }))).toContain("Conflict");
      expect((await client.diff(type, id, old, { ...inputs, addedByHand: 1 })).paths).toEqual(["addedByHand"]);
      expect((await client.create(type, inputs, { preview: true })).id).toBe("");
      await client.delete(type, id, old);
      expect((await client.read(type, id, old)).id).toBe("");
    });
  });

  test.each([
    ["alpine", { registry: "docker.io", repository: "library/alpine", tag: undefined, digest: undefined }],
    ["acme/app:1", { registry: "docker.io", repository: "acme/app", tag: "1", digest: undefined }],
    ["localhost:5000/a/b/c:v1", { registry: "localhost:5000", repository: "a/b/c", tag: "v1", digest: undefined }],
    ["ghcr.io/Acme/app", undefined],
  ])("the reference %s is taken apart", (text, parts) => {
    expect(parseReference(text)).toEqual(parts);
  });
});
