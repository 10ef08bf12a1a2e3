import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import type { Value } from "../values.ts";
import { complete } from "./complete.ts";
import type { Schema, Surroundings } from "./complete.ts";
import { Routes } from "./routes.ts";
import type { Matched, Operation } from "./routes.ts";

const BODY = "application/json";
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A part of a JSON pointer in an address. */
const pointed = (text: string): string => encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));

/** GitHub's own description: which operation a request is, and whether request and response are as described. */
export class Description {
  private readonly routes: Routes;
  private readonly schemas: Readonly<Record<string, Schema>>;
  private readonly bodies: Ajv;
  private readonly texts: Ajv;
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor() {
    const definition = JSON.parse(readFileSync(new URL("../schemas/github-api.json", import.meta.url), "utf8"));
    this.routes = new Routes(definition.paths);
    this.schemas = definition.components.schemas;
    const options = { strict: false, validateSchema: false, unicodeRegExp: false, logger: false, formats: { "date-time": INSTANT, uri: true, email: true, int64: true } } as const;
    // Validators are compiled when an operation is asked for first, and share what they refer to.
    this.bodies = new Ajv(options).addSchema(definition, "github");
    this.texts = new Ajv({ ...options, allErrors: true, coerceTypes: true });
  }

  find(method: string, path: string): Matched | undefined {
    return this.routes.find(method, path);
  }

  /** What is wrong with a request, in words. */
  refusals(matched: Matched, query: Readonly<Record<string, string>>, body: Value | undefined): string[] {
    const { operation: { operationId, parameters, requestBody } } = matched;
    const given = this.wrong(`parameters ${operationId}`, () => this.texts.compile(together(parameters)), { ...query, ...matched.params });
    if (requestBody === undefined || (body === undefined && !requestBody.required)) return given;
    return [...given, ...this.wrong(`request ${operationId}`, () => this.bodies.compile({ $ref: place(matched, `requestBody/content/${pointed(BODY)}/schema`) }), body)];
  }

  /** A copy of a body with all that the description requires. */
  completed({ operation }: Matched, status: number, body: Value, around: Surroundings): Value {
    const schema = schemaIn(operation, status);
    return schema === undefined ? body : complete(schema, body, { ...around, schemas: this.schemas });
  }

  /** What is wrong with an answer, in words. */
  faults(matched: Matched, status: number, body: Value | undefined): string[] {
    const { operation } = matched;
    if (operation.responses[status] === undefined) return [`${status} is not described`];
    if (schemaIn(operation, status) === undefined) return body === undefined ? [] : [`${status} is described without a body`];
    return this.wrong(`response ${operation.operationId} ${status}`, () => this.bodies.compile({ $ref: place(matched, `responses/${status}/content/${pointed(BODY)}/schema`) }), body);
  }

  /** What is wrong with a refusal, in words; GitHub also refuses with statuses that it does not describe. */
  refusalFaults(matched: Matched, status: number, body: Value): string[] {
    return schemaIn(matched.operation, status) === undefined ? [] : this.faults(matched, status, body);
  }

  private wrong(name: string, compile: () => ValidateFunction, value: unknown): string[] {
    const validate = this.compiled.get(name) ?? compile();
    this.compiled.set(name, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath.slice(1).replaceAll("/", ".")} ${message}`.trim());
  }
}

/** A query parameter's default, e.g. that of `per_page`. */
export function usual({ parameters }: Operation, name: string): Value | undefined {
  return parameters.find((each) => each.name === name)?.schema.default;
}

/** What stands in the path and behind the question mark, as one object. */
function together(parameters: Operation["parameters"]): object {
  const named = parameters.filter((each) => each.in === "path" || each.in === "query");
  return { type: "object", required: named.filter(({ required }) => required === true).map(({ name }) => name), properties: Object.fromEntries(named.map(({ name, schema }) => [name, schema])) };
}

function schemaIn({ responses }: Operation, status: number): Schema | undefined {
  return responses[status]?.content?.[BODY]?.schema;
}

function place({ method, template }: Matched, rest: string): string {
  return `github#/paths/${pointed(template)}/${method}/${rest}`;
}
