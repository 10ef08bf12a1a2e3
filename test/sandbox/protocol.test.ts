import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import rpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { fromStruct, toStruct } from "../../sandbox/protocol.ts";
import { PROVIDERS, startSandbox } from "../../sandbox/server.ts";
import { installedVersion } from "../../sandbox/versions.ts";
import { Client, plainly, refusal, withProvider } from "./client.ts";

const REPOSITORY = "github:index/repository:Repository";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "slipway-protocol-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function ask<Q, A>(call: (request: Q, callback: (error: grpc.ServiceError | null, answer: A) => void) => unknown, request: Q): Promise<A> {
  return new Promise((done, fail) => call(request, (error, answer) => (error === null ? done(answer) : fail(error))));
}

describe("the server", () => {
  test("serves each provider on a port of its own, and says so as the engine wants it", async () => {
    const sandbox = await startSandbox({ folder: join(home, "cloud") });
    try {
      expect(sandbox.debugProviders).toBe(PROVIDERS.map((name) => `${name}:${sandbox.ports[name]}`).join(","));
      expect(new Set(Object.values(sandbox.ports)).size).toBe(PROVIDERS.length);
    } finally {
      await sandbox.close();
    }
  });

  test("leaves out the providers that were not asked for", async () => {
    const sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["random"] });
    expect(sandbox.debugProviders).toBe(`random:${sandbox.ports.random}`);
    expect(sandbox.ports.github).toBe(0);
    await sandbox.close();
  });

  test("answers what the engine asks before any resource", async () => {
    const sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["github"] });
    const stub = new rpc.ResourceProviderClient(`127.0.0.1:${sandbox.ports.github}`, grpc.credentials.createInsecure());
    const info = await ask<empty.Empty, plugin.PluginInfo>(stub.getPluginInfo.bind(stub), new empty.Empty());
    expect(info.getVersion()).toBe(installedVersion("github"));
    const schema = await ask<messages.GetSchemaRequest, messages.GetSchemaResponse>(stub.getSchema.bind(stub), new messages.GetSchemaRequest());
    expect(JSON.parse(schema.getSchema())).toEqual({ name: "github", version: installedVersion("github") });
    const shake = await ask<messages.ProviderHandshakeRequest, messages.ProviderHandshakeResponse>(stub.handshake.bind(stub), new messages.ProviderHandshakeRequest());
    expect(shake.getAcceptSecrets()).toBe(true);
    await ask<plugin.PluginAttach, empty.Empty>(stub.attach.bind(stub), new plugin.PluginAttach());
    await ask<empty.Empty, empty.Empty>(stub.cancel.bind(stub), new empty.Empty());
    await ask<messages.GetMappingRequest, messages.GetMappingResponse>(stub.getMapping.bind(stub), new messages.GetMappingRequest());
    await ask<messages.GetMappingsRequest, messages.GetMappingsResponse>(stub.getMappings.bind(stub), new messages.GetMappingsRequest());
    expect(await refusal(ask<messages.CallRequest, messages.CallResponse>(stub.call.bind(stub), new messages.CallRequest()))).toBe(
      "Call: is not served by the sandbox, got a call of it; leave this provider out of the sandbox to use the real one",
    );
    expect(await refusal(ask<messages.ConstructRequest, messages.ConstructResponse>(stub.construct.bind(stub), new messages.ConstructRequest()))).toContain("Construct: is not served");
    expect(await refusal(ask<messages.ParameterizeRequest, messages.ParameterizeResponse>(stub.parameterize.bind(stub), new messages.ParameterizeRequest()))).toContain("Parameterize: is not served");
    const listing = await new Promise<string>((done) => stub.list(new messages.ListRequest()).on("error", (error: grpc.ServiceError) => done(error.details)));
    expect(listing).toBe("the sandbox does not serve List");
    stub.close();
    await sandbox.close();
  });

  test("judges a provider's configuration and shows its changes without replacing anything", async () => {
    const sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["github"] });
    const stub = new rpc.ResourceProviderClient(`127.0.0.1:${sandbox.ports.github}`, grpc.credentials.createInsecure());
    const check = new messages.CheckRequest();
    check.setNews(toStruct(plainly({ owner: "acme", version: "6.15.0", ownr: "acme", appAuth: '{"id":"1","installationId":"2","pemFile":"p"}', maxRetries: "3", token: "123" })));
    const answer = await ask<messages.CheckRequest, messages.CheckResponse>(stub.checkConfig.bind(stub), check);
    expect(answer.getFailuresList().map((failure) => failure.getReason())).toEqual([expect.stringContaining('ownr: is no property of the github provider, got "acme"')]);
    const diff = new messages.DiffRequest();
    diff.setOldInputs(toStruct(plainly({ owner: "acme" })));
    diff.setNews(toStruct(plainly({ owner: "other" })));
    const difference = await ask<messages.DiffRequest, messages.DiffResponse>(stub.diffConfig.bind(stub), diff);
    expect([difference.getDiffsList(), difference.getReplacesList()]).toEqual([["owner"], []]);
    stub.close();
    await sandbox.close();
  });

  test("keeps the configurations of two instances of a provider apart", async () => {
    const sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["github"] });
    const first = new Client(sandbox.ports.github);
    const second = new Client(sandbox.ports.github);
    await first.configure({ owner: "one" });
    await second.configure({ owner: "two" });
    await first.create(REPOSITORY, { name: "a" });
    await second.create(REPOSITORY, { name: "b" });
    expect(readdirSync(join(home, "cloud/github"), { recursive: true }).map(String).filter((name) => name.endsWith(".yaml")).sort()).toEqual(["one/a/repository.yaml", "two/b/repository.yaml"]);
    first.close();
    second.close();
    await sandbox.close();
  });

  test("logs each call of the cloud, and no value", async () => {
    const lines: string[] = [];
    const sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["github"], log: (line) => lines.push(line) });
    const client = new Client(sandbox.ports.github);
    await client.create(REPOSITORY, { name: "CANARY" }, { preview: true });
    await client.create(REPOSITORY, { name: "CANARY" });
    await client.check(REPOSITORY, { name: "CANARY" });
    expect(lines).toEqual([`github: create ${REPOSITORY} (preview)`, `github: create ${REPOSITORY}`]);
    client.close();
    await sandbox.close();
  });

  test("a cut connection can be opened again", async () => {
    await withProvider("github", async (client) => {
      await client.create(REPOSITORY, { name: "a" });
      expect(await refusal(client.create(REPOSITORY, { name: "b" }))).toBe("Call cancelled");
      await client.create(REPOSITORY, { name: "b" });
    }, { disconnectAfter: 2 });
  });

  test("a broken document is an error that names it", async () => {
    await withProvider("github", async (client, folder) => {
      const file = join(folder, "github/acme/a/repository.yaml");
      await client.create(REPOSITORY, { name: "a" });
      writeFileSync(file, "a: [\n");
      expect(await refusal(client.read(REPOSITORY, "a"))).toMatch(new RegExp(`^${file}: is not readable YAML, got .*; correct the document or delete it$`));
    });
  });

  test("values survive the wire, nulls and nesting included", () => {
    const plain = { text: "é", number: 1.5, flag: false, none: null, list: [1, [2], { a: "b" }], map: { deep: { er: [] } } };
    expect(fromStruct(toStruct(plainly(plain)))).toEqual(plainly(plain));
    expect(fromStruct(undefined)).toEqual(plainly({}));
  });
});

describe("the population", () => {
  const start = () => startSandbox({ folder: join(home, "cloud"), providers: ["random"] });

  test("a file beside the cloud replaces the sandbox's own", async () => {
    writeFileSync(join(home, "population.yaml"), "teams: [crew]\nusers: []\n");
    const sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["github"] });
    const client = new Client(sandbox.ports.github);
    expect(await client.invoke("github:index/getTeam:getTeam", { slug: "crew" })).toMatchObject({ slug: "crew" });
    expect(await refusal(client.invoke("github:index/getTeam:getTeam", { slug: "platform" }))).toContain("404 Not Found");
    client.close();
    await sandbox.close();
  });

  test("all that is wrong with it is said at once", async () => {
    writeFileSync(join(home, "population.yaml"), "teams: crew\npeople: [a]\n");
    const file = join(home, "population.yaml");
    await expect(start()).rejects.toThrow(`${file}: people: is no list of the population, got ["a"]; use one of teams, users, repositories, namespaces, images\n${file}: teams: must be a list of names, got "crew"; give strings`);
    writeFileSync(file, "- a\n");
    await expect(start()).rejects.toThrow(`${file}: must be a mapping, got ["a"]; give teams, users, repositories, namespaces, images`);
  });
});

describe("what killed processes left", () => {
  test("is swept away at the next start, but not what a living one is writing", async () => {
    const writing = join(home, "cloud.writing");
    mkdirSync(writing, { recursive: true });
    writeFileSync(join(writing, "999999999.aa"), "half");
    writeFileSync(join(writing, `${process.pid}.bb`), "half");
    const sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["random"] });
    expect(readdirSync(writing)).toEqual([`${process.pid}.bb`]);
    await sandbox.close();
  });
});
