import grpc from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import type { Difference } from "./backend.ts";
import { messageOf } from "./errors.ts";
import type { Problem } from "./judge.ts";
import { NotReadyError } from "./kinds.ts";
import { conceal, reveal } from "./values.ts";
import type { Properties, Revealed, Value } from "./values.ts";

const KINDS = {
  add: [provider.PropertyDiff.Kind.ADD, provider.PropertyDiff.Kind.ADD_REPLACE],
  delete: [provider.PropertyDiff.Kind.DELETE, provider.PropertyDiff.Kind.DELETE_REPLACE],
  update: [provider.PropertyDiff.Kind.UPDATE, provider.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** A message's properties with the wrappers taken off. */
export function fromStruct(message: struct.Struct | undefined): Revealed {
  return reveal(message === undefined ? {} : fields(message));
}

function fields(message: struct.Struct): Properties {
  const properties: Properties = {};
  message.getFieldsMap().forEach((value, key) => {
    properties[key] = fromValue(value);
  });
  return properties;
}

function fromValue(message: struct.Value): Value {
  const { KindCase } = struct.Value;
  switch (message.getKindCase()) {
    case KindCase.BOOL_VALUE: return message.getBoolValue();
    case KindCase.NUMBER_VALUE: return message.getNumberValue();
    case KindCase.STRING_VALUE: return message.getStringValue();
    case KindCase.LIST_VALUE: return message.getListValue()?.getValuesList().map(fromValue) ?? [];
    case KindCase.STRUCT_VALUE: return fields(message.getStructValue() ?? new struct.Struct());
    default: return null;
  }
}

export function toStruct(revealed: Revealed): struct.Struct {
  return struct.Struct.fromJavaScript(conceal(revealed));
}

export function checkResponse(inputs: Revealed, problems: Problem[]): provider.CheckResponse {
  const response = new provider.CheckResponse();
  response.setInputs(toStruct(inputs));
  response.setFailuresList(problems.map(failure));
  return response;
}

export function failure(problem: Problem): provider.CheckFailure {
  const message = new provider.CheckFailure();
  message.setProperty(problem.property);
  message.setReason(problem.reason);
  return message;
}

/** The detailed diff, with replacements and their order. */
export function diffResponse(difference: Difference): provider.DiffResponse {
  const response = new provider.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  response.setChanges(difference.changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(difference.deleteBeforeReplace);
  response.setDiffsList([...new Set(difference.changes.map((change) => change.property))]);
  response.setReplacesList([...new Set(difference.changes.filter((change) => change.replaces).map((change) => change.property))]);
  for (const change of difference.changes) {
    const detail = new provider.PropertyDiff();
    detail.setKind(KINDS[change.kind][change.replaces ? 1 : 0]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(change.path, detail);
  }
  return response;
}

export function pluginInfo(version: string): plugin.PluginInfo {
  const info = new plugin.PluginInfo();
  info.setVersion(version);
  return info;
}

export function nothing(): empty.Empty {
  return new empty.Empty();
}

/** A thrown error as gRPC carries it; one of readiness keeps the partial state, as the real providers do. */
export function toServiceError(error: unknown): grpc.ServerErrorResponse {
  const message = messageOf(error);
  const name = "sandbox";
  if (!(error instanceof NotReadyError)) return { name, message, code: grpc.status.UNKNOWN, details: message };
  const detail = new provider.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(toStruct(error.outputs));
  detail.setInputs(toStruct(error.inputs));
  detail.setReasonsList(error.reasons);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const response = new status.Status();
  response.setCode(grpc.status.UNKNOWN);
  response.setMessage(message);
  response.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(response.serializeBinary()));
  return { name, message, code: grpc.status.UNKNOWN, details: message, metadata };
}
