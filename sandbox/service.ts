import grpc from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Backend, Subject } from "./backend.ts";
import { changes } from "./diff.ts";
import type { FaultInjector } from "./injector.ts";
import type { Configuration } from "./kinds.ts";
import { checkResponse, diffResponse, failure, fromStruct, nothing, pluginInfo, toServiceError, toStruct } from "./protocol.ts";

type Answer<Q, A> = (request: Q, peer: string) => A | Promise<A>;

interface Resource {
  getUrn(): string;
  getType(): string;
  getName(): string;
  getTimeout?(): number;
}

/** Pulumi's provider protocol over one backend. */
export function service(backend: Backend, injector: FaultInjector, log: (line: string) => void): IResourceProviderServer {
  // One engine may configure several instances of a provider; each talks over a connection of its own.
  const configurations = new Map<string, Configuration>();
  let latest: Configuration = {};
  const configuration = (peer: string) => configurations.get(peer) ?? latest;
  const subject = (request: Resource, peer: string): Subject => {
    const urn = request.getUrn();
    const [, , type = "", name = ""] = urn.split("::");
    const timeoutSeconds = request.getTimeout?.() ?? 0;
    return { ...(timeoutSeconds > 0 && { timeoutSeconds }), urn, type: request.getType() || (type.split("$").at(-1) ?? type), name: request.getName() || name, configuration: configuration(peer) };
  };
  const cloud = <Q, A>(operation: string, target: (request: Q) => string, answer: Answer<Q, A>): Answer<Q, A> => (request, peer) => {
    const preview = isPreview(request);
    log(`${operation} ${target(request)}${preview ? " (preview)" : ""}`);
    if (preview) return answer(request, peer);
    return injector.around(operation, target(request), () => answer(request, peer));
  };
  const typeOf = (request: Resource) => request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");

  return {
    handshake: unary(() => {
      const response = new provider.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    getSchema: unary(() => {
      const response = new provider.GetSchemaResponse();
      response.setSchema(JSON.stringify({ name: backend.name, version: backend.version }));
      return response;
    }),
    checkConfig: unary((request: provider.CheckRequest) => {
      const news = fromStruct(request.getNews());
      return checkResponse(news, backend.checkConfiguration(news));
    }),
    diffConfig: unary((request: provider.DiffRequest) => {
      const found = changes(fromStruct(request.getOldInputs()).plain, fromStruct(request.getNews()).plain);
      return diffResponse({ changes: found.map((change) => ({ ...change, replaces: false })), deleteBeforeReplace: false });
    }),
    configure: unary((request: provider.ConfigureRequest, peer) => {
      latest = fromStruct(request.getArgs()).plain;
      configurations.set(peer, latest);
      const response = new provider.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
    check: unary((request: provider.CheckRequest, peer) => {
      const random = Buffer.from(request.getRandomseed_asU8()).toString("hex").slice(0, 8).padEnd(8, "0");
      const checked = backend.check(subject(request, peer), fromStruct(request.getOlds()), fromStruct(request.getNews()), random);
      return checkResponse(checked.inputs, checked.problems);
    }),
    diff: unary((request: provider.DiffRequest, peer) => diffResponse(
      backend.diff(subject(request, peer), request.getId(), oldState(request.getOldInputs(), request.getOlds()), fromStruct(request.getNews())),
    )),
    create: unary(cloud("create", typeOf, async (request: provider.CreateRequest, peer) => {
      const state = await backend.create(subject(request, peer), fromStruct(request.getProperties()), request.getPreview());
      const response = new provider.CreateResponse();
      response.setId(state.id);
      response.setProperties(toStruct(state.outputs));
      return response;
    })),
    read: unary(cloud("read", typeOf, async (request: provider.ReadRequest, peer) => {
      const olds = oldState(request.getInputs(), request.getProperties());
      const imported = Object.keys(olds.outputs.plain).length === 0;
      const state = await backend.read(subject(request, peer), request.getId(), imported ? undefined : olds);
      const response = new provider.ReadResponse();
      if (state === undefined) return response;
      response.setId(state.id);
      response.setInputs(toStruct(state.inputs));
      response.setProperties(toStruct(state.outputs));
      return response;
    })),
    update: unary(cloud("update", typeOf, async (request: provider.UpdateRequest, peer) => {
      const olds = oldState(request.getOldInputs(), request.getOlds());
      const response = new provider.UpdateResponse();
      response.setProperties(toStruct(await backend.update(subject(request, peer), request.getId(), olds, fromStruct(request.getNews()), request.getPreview())));
      return response;
    })),
    delete: unary(cloud("delete", typeOf, async (request: provider.DeleteRequest, peer) => {
      await backend.delete(subject(request, peer), request.getId(), oldState(request.getOldInputs(), request.getProperties()));
      return nothing();
    })),
    invoke: unary(cloud("invoke", (request) => request.getTok(), async (request: provider.InvokeRequest, peer) => {
      const result = await backend.invoke(request.getTok(), fromStruct(request.getArgs()), configuration(peer));
      const response = new provider.InvokeResponse();
      if ("problems" in result) response.setFailuresList(result.problems.map(failure));
      else response.setReturn(toStruct(result));
      return response;
    })),
    getPluginInfo: unary(() => pluginInfo(backend.version)),
    attach: unary(nothing),
    cancel: unary(nothing),
    getMapping: unary(() => new provider.GetMappingResponse()),
    getMappings: unary(() => new provider.GetMappingsResponse()),
    parameterize: unary(() => unimplemented("Parameterize")),
    call: unary(() => unimplemented("Call")),
    construct: unary(() => unimplemented("Construct")),
    list: (call) => call.emit("error", { code: grpc.status.UNIMPLEMENTED, details: "the sandbox does not serve List" }),
  };
}

/** A preview of a create or an update stays inside the provider: no fault of the cloud reaches it. */
function isPreview(request: unknown): boolean {
  return (request instanceof provider.CreateRequest || request instanceof provider.UpdateRequest) && request.getPreview();
}

function oldState(inputs: Parameters<typeof fromStruct>[0], outputs: Parameters<typeof fromStruct>[0]) {
  return { inputs: fromStruct(inputs), outputs: fromStruct(outputs) };
}

function unimplemented(method: string): never {
  throw new Error(`${method}: is not served by the sandbox, got a call of it; leave this provider out of the sandbox to use the real one`);
}

function unary<Q, A>(answer: Answer<Q, A>): grpc.handleUnaryCall<Q, A> {
  return (call, callback) => {
    Promise.resolve().then(() => answer(call.request, call.getPeer())).then((value) => callback(null, value), (error: unknown) => callback(toServiceError(error)));
  };
}
