import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import { OpenAPIRouter } from "openapi-backend";
import type { Operation, Request } from "openapi-backend";
import type { Value } from "../values.ts";
import { complete } from "./complete.ts";
import type { Schema, Surroundings } from "./complete.ts";

export type { Operation, Request };

const BODY = "application/json";
/** A reference's `/` and `~` in a pointer. */
const pointed = (text: string): string => encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));

/** GitHub's own description: which operation a request is, and whether request and response are as described. */
export class Description {
  private readonly router: OpenAPIRouter;
  private readonly schemas: Readonly<Record<string, Schema>>;
  private readonly bodies: Ajv;
  private readonly loose: Ajv;
  private readonly compiled = new Map<string, ValidateFunction>();

  private constructor(definition: { components: { schemas: Record<string, Schema> } }, router: OpenAPIRouter) {
    this.router = router;
    this.schemas = definition.components.schemas;
    const options = { strict: false, validateSchema: false, unicodeRegExp: false, logger: false, formats: { "date-time": INSTANT, uri: true, email: true, int64: true } } as const;
    // Validators are compiled when an operation is asked for first, and share what they refer to.
    this.bodies = new Ajv(options).addSchema(definition, "github");
    this.loose = new Ajv({ ...options, coerceTypes: true });
  }

  static load(): Description {
    const definition = JSON.parse(readFileSync(new URL("../schemas/github-api.json", import.meta.url), "utf8"));
    return new Description(definition, new OpenAPIRouter({ definition }));
  }

  operation(request: Request): Operation | undefined {
    return this.router.matchOperation(request);
  }

  parameters(request: Request, operation: Operation): Record<string, string> {
    return Object.fromEntries(Object.entries(this.router.parseRequest(request, operation).params).map(([name, each]) => [name, decodeURIComponent(String(each))]));
  }

  /** What is wrong with a request, in words. */
  refusals(request: Request, operation: Operation): string[] {
    const query = Object.fromEntries(new URLSearchParams(String(request.query ?? "")));
    const given = this.wrong(`parameters ${operation.operationId}`, () => this.loose.compile(parametersOf(operation)), { ...query, ...this.parameters(request, operation) });
    const described = operation.requestBody !== undefined && "content" in operation.requestBody ? operation.requestBody : undefined;
    if (described === undefined || (request.body === undefined && described.required !== true)) return given;
    return [...given, ...this.wrong(`request ${operation.operationId}`, () => this.bodies.compile({ $ref: this.place(operation, `requestBody/content/${pointed(BODY)}/schema`) }), request.body)];
  }

  /** A query parameter's default, e.g. that of `per_page`. */
  usual(operation: Operation, name: string): Value | undefined {
    const found = (operation.parameters ?? []).find((each) => "name" in each && each.name === name);
    return found !== undefined && "schema" in found ? schemaOf(found.schema).default : undefined;
  }

  /** A copy of a body with all that the description requires. */
  completed(operation: Operation, status: number, body: Value, around: Surroundings): Value {
    const schema = schemaIn(operation, status);
    return schema === undefined ? body : complete(schema, body, { ...around, schemas: this.schemas });
  }

  /** What is wrong with an answer, in words. */
  faults(operation: Operation, status: number, body: Value | undefined): string[] {
    if (operation.responses?.[status] === undefined) return [`${status} is not described`];
    if (schemaIn(operation, status) === undefined) return body === undefined ? [] : [`${status} is described without a body`];
    return this.wrong(`response ${operation.operationId} ${status}`, () => this.bodies.compile({ $ref: this.place(operation, `responses/${status}/content/${pointed(BODY)}/schema`) }), body);
  }

  /** What is wrong with a refusal, in words; GitHub also refuses with statuses that it does not describe. */
  refusalFaults(operation: Operation, status: number, body: Value): string[] {
    return schemaIn(operation, status) === undefined ? [] : this.faults(operation, status, body);
  }

  private place({ method, path }: Operation, rest: string): string {
    return `github#/paths/${pointed(path)}/${method}/${rest}`;
  }

  private wrong(name: string, compile: () => ValidateFunction, value: unknown): string[] {
    const validate = this.compiled.get(name) ?? compile();
    this.compiled.set(name, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath.slice(1).replaceAll("/", ".")} ${message}`.trim());
  }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What stands in the path and behind the question mark, as one object. */
function parametersOf({ parameters = [] }: Operation): object {
  const named = parameters.flatMap((each) => ("name" in each && (each.in === "path" || each.in === "query") ? [each] : []));
  return { type: "object", required: named.filter(({ required }) => required === true).map(({ name }) => name), properties: Object.fromEntries(named.map(({ name, schema }) => [name, schema ?? {}])) };
}

function schemaIn(operation: Operation, status: number): Schema | undefined {
  const response = operation.responses?.[status];
  const content = response !== undefined && "content" in response ? response.content?.[BODY] : undefined;
  return content?.schema === undefined ? undefined : schemaOf(content.schema);
}

function schemaOf(value: object | undefined): Schema {
  return { ...value };
}
