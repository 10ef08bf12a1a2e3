import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { cacheFrom, cacheTo } from "../../components/images/build-inputs.ts";
import { imageIdentity } from "../../components/images/identity.ts";
import { Image } from "../../components/images/image.ts";
import type { ImageBuild, ImageSettings } from "../../components/images/image-settings.ts";
import { resolveImages } from "../../components/images/registry.ts";
import { held, only, runProgram, secretMark } from "../delivery/program.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const COMMIT = "abcd123456789012345678901234567890123456";

const BUILD: ImageBuild = {
  from: "build",
  source: { kind: "git", url: "https://github.com/acme/shop.git", commit: COMMIT },
  dockerfile: "Dockerfile",
  platforms: ["linux/amd64", "linux/arm64"],
  args: { FLAVOUR: "plain" },
  secrets: { NPM_TOKEN: { secret: "npmToken" } },
  cache: { kind: "registry" },
  labels: { "org.example.team": "shop" },
  version: "1.4.0",
};

const noLookup = (reference: string): Promise<string> => Promise.reject(new Error(`unexpected look-up of ${reference}`));

function identity(settings: ImageSettings, lookup = noLookup): Promise<string> {
  return imageIdentity({ path: "services.shop.image", owner: "Acme", repository: "shop", settings }, lookup);
}

describe("what an image is", () => {
  test("is its reference where that is by digest; a tag beside it is dropped", async () => {
    expect(await identity({ from: "digest", reference: `ghcr.io/acme/shop:v1@${DIGEST}` })).toBe(`ghcr.io/acme/shop@${DIGEST}`);
    await expect(identity({ from: "digest", reference: "ghcr.io/acme/shop:v1" })).rejects.toThrow(
      'services.shop.image.reference: has no digest, got "ghcr.io/acme/shop:v1"; write @sha256:… behind it, or say from: tag',
    );
  });

  test("is the digest that its tag has now", async () => {
    const asked: string[] = [];
    const lookup = (reference: string): Promise<string> => {
      asked.push(reference);
      return Promise.resolve(DIGEST);
    };
    expect(await identity({ from: "tag", reference: "ghcr.io/acme/shop:v1" }, lookup)).toBe(`ghcr.io/acme/shop@${DIGEST}`);
    expect(asked).toEqual(["ghcr.io/acme/shop:v1"]);
  });

  test("is a tag that names the build's inputs", async () => {
    expect(await identity(BUILD)).toMatch(/^ghcr\.io\/acme\/shop:build-[0-9a-f]{12}$/);
    expect(await identity({ ...BUILD, name: "web" })).toMatch(/^ghcr\.io\/acme\/web:build-/);
  });

  test.each<[string, Partial<ImageBuild>]>([
    ["the commit", { source: { kind: "git", url: "https://github.com/acme/shop.git", commit: COMMIT.replace("a", "b") } }],
    ["the folder of the context", { source: { kind: "git", url: "https://github.com/acme/shop.git", commit: COMMIT, folder: "web" } }],
    ["the Dockerfile", { dockerfile: "docker/Dockerfile" }],
    ["the stage", { target: "debug" }],
    ["the platforms", { platforms: ["linux/amd64"] }],
    ["an argument", { args: { FLAVOUR: "spicy" } }],
    ["a label", { labels: {} }],
    ["the version", { version: "1.4.1" }],
    ["a secret's name", { secrets: {} }],
  ])("is another with %s", async (_, change) => {
    expect(await identity({ ...BUILD, ...change })).not.toBe(await identity(BUILD));
  });

  test.each<[string, Partial<ImageBuild>]>([
    ["the cache", { cache: { kind: "none" } }],
    ["the config key behind a secret", { secrets: { NPM_TOKEN: { secret: "otherToken" } } }],
  ])("is the same with another %s", async (_, change) => {
    expect(await identity({ ...BUILD, ...change })).toBe(await identity(BUILD));
  });
});

describe("a built image", () => {
  const args = { path: "services.shop.image", owner: "acme", repository: "shop", identity: "ghcr.io/acme/shop:build-0123456789ab", secretOf: () => pulumi.secret("canary-value") };
  const world = { outputs: { "docker-build:index:Image": { digest: DIGEST } } };

  test("trap 14: carries the label without which a package is tied to no repository, and trap 15: asks for no attestation", async () => {
    const { all, result } = await runProgram((opts) => new Image("shop-image", { ...args, settings: BUILD }, opts), world);
    const image = only(all, "Image shop-image-build");
    expect(image.inputs).toEqual({
      context: { location: `https://github.com/acme/shop.git#${COMMIT}` },
      dockerfile: { location: "Dockerfile" },
      platforms: ["linux/amd64", "linux/arm64"],
      buildArgs: { FLAVOUR: "plain" },
      secrets: secretMark({ NPM_TOKEN: "canary-value" }),
      labels: {
        "org.example.team": "shop",
        "org.opencontainers.image.source": "https://github.com/acme/shop",
        "org.opencontainers.image.title": "shop",
        "org.opencontainers.image.revision": COMMIT,
        "org.opencontainers.image.version": "1.4.0",
      },
      tags: ["ghcr.io/acme/shop:build-0123456789ab", "ghcr.io/acme/shop:1.4.0"],
      cacheFrom: [{ registry: { ref: "ghcr.io/acme/shop:buildcache" } }],
      cacheTo: [{ registry: { ref: "ghcr.io/acme/shop:buildcache", mode: "max", imageManifest: true, ociMediaTypes: true } }],
      push: true,
      buildOnPreview: false,
      network: "default",
    });
    expect(image.retainOnDelete).toBe(true);
    expect(await held(result.reference)).toEqual({ value: `ghcr.io/acme/shop@${DIGEST}`, known: true, secret: false });
  });

  test("trap 15: no build argument may be a secret, since provenance and history show it", async () => {
    const settings = { ...BUILD, args: { NPM_TOKEN: "canary-value" } };
    await expect(runProgram((opts) => new Image("shop-image", { ...args, settings }, opts), world)).rejects.toThrow(
      "services.shop.image.args.NPM_TOKEN: looks like a secret; name it under image.secrets and mount it with RUN --mount=type=secret",
    );
  });

  test("takes a local folder with its Dockerfile inside it", async () => {
    const settings: ImageBuild = { ...BUILD, source: { kind: "folder", path: "../shop" }, target: "web", secrets: {}, cache: { kind: "none" } };
    const { all } = await runProgram((opts) => new Image("shop-image", { ...args, settings }, opts), world);
    expect(only(all, "Image shop-image-build").inputs).toMatchObject({ context: { location: "../shop" }, dockerfile: { location: "../shop/Dockerfile" }, target: "web" });
    expect(only(all, "Image shop-image-build").inputs).not.toHaveProperty("secrets");
  });

  test("keeps layers where it is told", () => {
    expect([cacheFrom("r", { kind: "actions", scope: "shop" }), cacheTo("r", { kind: "actions", scope: "shop" })])
      .toEqual([{ cacheFrom: [{ gha: { scope: "shop" } }] }, { cacheTo: [{ gha: { scope: "shop", mode: "max" } }] }]);
    expect([cacheFrom("r", { kind: "none" }), cacheTo("r", { kind: "none" })]).toEqual([{}, {}]);
  });

  test("that exists already registers no build", async () => {
    const { all, result } = await runProgram((opts) => new Image("shop-image", { ...args, settings: { from: "digest", reference: "x" }, identity: `ghcr.io/acme/shop@${DIGEST}` }, opts));
    expect(all.map(({ key }) => key)).toEqual(["slipway:images:Image shop-image"]);
    expect((await held(result.reference)).value).toBe(`ghcr.io/acme/shop@${DIGEST}`);
  });
});

describe("the images of a stack", () => {
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "slipway-images-"));
    await writeFile(join(folder, "Dockerfile"), "FROM scratch\n");
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const request = (service: string, settings: ImageSettings) => ({ path: `services.${service}.image`, owner: "acme", repository: "shop", settings });

  test("are resolved together", async () => {
    const requests = {
      built: request("built", { ...BUILD, source: { kind: "folder", path: folder } }),
      tagged: request("tagged", { from: "tag", reference: "ghcr.io/acme/shop:v1" }),
    };
    const { result } = await runProgram(() => resolveImages(requests), {
      calls: { "docker:index/getRegistryImage:getRegistryImage": ({ name }) => ({ name, id: "x", sha256Digest: DIGEST }) },
    });
    expect(await result).toEqual({ built: expect.stringMatching(/^ghcr\.io\/acme\/shop:build-/), tagged: `ghcr.io/acme/shop@${DIGEST}` });
  });

  test("that nobody can tell are all named at once", async () => {
    const requests = {
      two: request("two", { ...BUILD, source: { kind: "folder", path: join(folder, "missing") } }),
      one: request("one", { from: "digest", reference: "ghcr.io/acme/shop" }),
    };
    await expect(resolveImages(requests)).rejects.toThrow([
      'services.one.image.reference: has no digest, got "ghcr.io/acme/shop"; write @sha256:… behind it, or say from: tag',
      `services.two.image.source.dockerfile: is not a file that can be read, got ${JSON.stringify(join(folder, "missing", "Dockerfile"))}; write a path inside the source`,
    ].join("\n"));
  });

  test("name the tag that a registry does not know", async () => {
    const run = runProgram(() => resolveImages({ one: request("one", { from: "tag", reference: "ghcr.io/acme/shop:nope" }) }), {
      calls: { "docker:index/getRegistryImage:getRegistryImage": () => {
        throw new Error("mocks lose the text of what a function throws");
      } },
    });
    await expect(run).rejects.toThrow(
      'services.one.image.reference: cannot be looked up in its registry (no answer), got "ghcr.io/acme/shop:nope"; push it first, or check the name and docker login',
    );
  });
});
