import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import rpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { Faults } from "../../sandbox/faults.ts";
import { fromStruct, toStruct } from "../../sandbox/protocol.ts";
import { startSandbox } from "../../sandbox/server.ts";
import type { ProviderName } from "../../sandbox/server.ts";
import type { Properties, Revealed } from "../../sandbox/values.ts";

type Call<Q, A> = (request: Q, callback: (error: grpc.ServiceError | null, answer: A) => void) => unknown;

function ask<Q, A>(call: Call<Q, A>, request: Q): Promise<A> {
  return new Promise((done, fail) => call(request, (error, answer) => (error === null ? done(answer) : fail(error))));
}

export const plainly = (plain: Properties): Revealed => ({ plain, secrets: [] });

/** One provider of a sandbox over its real port, in plain values. */
export class Client {
  private readonly stub: InstanceType<typeof rpc.ResourceProviderClient>;

  constructor(port: number) {
    this.stub = new rpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });
  }

  close(): void {
    this.stub.close();
  }

  async configure(args: Properties): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(toStruct(plainly(args)));
    await ask(this.stub.configure.bind(this.stub), request);
  }

  async check(type: string, news: Properties | Revealed, olds: Properties = {}, name = "it"): Promise<{ inputs: Revealed; failures: string[] }> {
    const request = new messages.CheckRequest();
    request.setUrn(urnOf(type, name));
    request.setNews(toStruct(revealed(news)));
    request.setOlds(toStruct(plainly(olds)));
    request.setRandomseed(Buffer.from("0123456789abcdef", "hex"));
    const answer = await ask<messages.CheckRequest, messages.CheckResponse>(this.stub.check.bind(this.stub), request);
    return { inputs: fromStruct(answer.getInputs()), failures: answer.getFailuresList().map((failure) => failure.getReason()) };
  }

  async diff(type: string, id: string, old: { inputs: Properties; outputs: Properties }, news: Properties) {
    const request = new messages.DiffRequest();
    request.setUrn(urnOf(type, "it"));
    request.setId(id);
    request.setOldInputs(toStruct(plainly(old.inputs)));
    request.setOlds(toStruct(plainly(old.outputs)));
    request.setNews(toStruct(plainly(news)));
    const answer = await ask<messages.DiffRequest, messages.DiffResponse>(this.stub.diff.bind(this.stub), request);
    const paths: string[] = [];
    answer.getDetaileddiffMap().forEach((_, path) => paths.push(path));
    return {
      paths: paths.sort(),
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  async create(type: string, inputs: Properties | Revealed, options: { preview?: boolean; name?: string; timeoutSeconds?: number } = {}) {
    const request = new messages.CreateRequest();
    request.setUrn(urnOf(type, options.name ?? "it"));
    request.setPreview(options.preview ?? false);
    request.setTimeout(options.timeoutSeconds ?? 0);
    request.setProperties(toStruct(revealed(inputs)));
    const answer = await ask<messages.CreateRequest, messages.CreateResponse>(this.stub.create.bind(this.stub), request);
    return { id: answer.getId(), outputs: fromStruct(answer.getProperties()) };
  }

  async read(type: string, id: string, old?: { inputs: Properties | Revealed; outputs: Properties }) {
    const request = new messages.ReadRequest();
    request.setUrn(urnOf(type, "it"));
    request.setId(id);
    if (old !== undefined) {
      request.setInputs(toStruct(revealed(old.inputs)));
      request.setProperties(toStruct(plainly(old.outputs)));
    }
    const answer = await ask<messages.ReadRequest, messages.ReadResponse>(this.stub.read.bind(this.stub), request);
    return { id: answer.getId(), inputs: fromStruct(answer.getInputs()), outputs: fromStruct(answer.getProperties()) };
  }

  async update(type: string, id: string, old: { inputs: Properties; outputs: Properties }, news: Properties) {
    const request = new messages.UpdateRequest();
    request.setUrn(urnOf(type, "it"));
    request.setId(id);
    request.setOldInputs(toStruct(plainly(old.inputs)));
    request.setOlds(toStruct(plainly(old.outputs)));
    request.setNews(toStruct(plainly(news)));
    const answer = await ask<messages.UpdateRequest, messages.UpdateResponse>(this.stub.update.bind(this.stub), request);
    return fromStruct(answer.getProperties());
  }

  async delete(type: string, id: string, old: { inputs: Properties; outputs: Properties }, timeoutSeconds = 0): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setTimeout(timeoutSeconds);
    request.setUrn(urnOf(type, "it"));
    request.setId(id);
    request.setOldInputs(toStruct(plainly(old.inputs)));
    request.setProperties(toStruct(plainly(old.outputs)));
    await ask(this.stub.delete.bind(this.stub), request);
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = new messages.InvokeRequest();
    request.setTok(token);
    request.setArgs(toStruct(plainly(args)));
    const answer = await ask<messages.InvokeRequest, messages.InvokeResponse>(this.stub.invoke.bind(this.stub), request);
    return fromStruct(answer.getReturn()).plain;
  }

  async configureAnswer(): Promise<messages.ConfigureResponse> {
    const request = new messages.ConfigureRequest();
    request.setArgs(new struct.Struct());
    return ask<messages.ConfigureRequest, messages.ConfigureResponse>(this.stub.configure.bind(this.stub), request);
  }
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::slipway::${type}::${name}`;
}

/** What gRPC carries of a refusal: its message alone. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error && "details" in error) return String(error.details);
    throw error;
  }
  throw new Error("was accepted");
}

/** Runs a test against one provider of a fresh sandbox, and cleans up after it. */
export async function withProvider(provider: ProviderName, test: (client: Client, folder: string) => Promise<void>, faults: Faults = {}): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "slipway-sandbox-"));
  const folder = join(home, "cloud");
  const sandbox = await startSandbox({ folder, providers: [provider], faults });
  const client = new Client(sandbox.ports[provider]);
  try {
    await client.configure({ owner: "acme" });
    await test(client, folder);
  } finally {
    client.close();
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function revealed(value: Properties | Revealed): Revealed {
  return isRevealed(value) ? value : plainly(value);
}

function isRevealed(value: Properties | Revealed): value is Revealed {
  return Array.isArray(value["secrets"]) && typeof value["plain"] === "object";
}
