import { readFileSync } from "node:fs";
import { OpenAPIBackend } from "openapi-backend";
import type { Operation, Request } from "openapi-backend";
import type { Value } from "../values.ts";
import { complete } from "./complete.ts";
import type { Schema, Surroundings } from "./complete.ts";

export type { Operation, Request };

/** GitHub's own description: which operation a request is, and whether request and response are as described. */
export class Description {
  private readonly api: OpenAPIBackend;

  private constructor(api: OpenAPIBackend) {
    this.api = api;
  }

  static async load(): Promise<Description> {
    const definition = JSON.parse(readFileSync(new URL("../schemas/github-api.json", import.meta.url), "utf8"));
    // Validators are compiled when an operation is asked for first: all of them would take seconds.
    const api = new OpenAPIBackend({ definition, quick: true, ajvOpts: { strict: false, unicodeRegExp: false, logger: false } });
    await api.init();
    return new Description(api);
  }

  operation(request: Request): Operation | undefined {
    return this.api.matchOperation(request);
  }

  /** Every operation id that is described. */
  operations(): string[] {
    return this.api.router.getOperations().map(({ operationId = "" }) => operationId);
  }

  parameters(request: Request, operation: Operation): Record<string, string> {
    return texts(this.api.router.parseRequest(request, operation).params);
  }

  /** What is wrong with a request, in words. */
  refusals(request: Request, operation: Operation): string[] {
    return this.api.validator.validateRequest(request, operation).errors?.map(({ instancePath, message }) => `${instancePath.slice(1).replaceAll("/", ".")} ${message}`.trim()) ?? [];
  }

  /** A query parameter's default, e.g. that of `per_page`. */
  usual(operation: Operation, name: string): Value | undefined {
    const found = (operation.parameters ?? []).find((each) => "name" in each && each.name === name);
    return found !== undefined && "schema" in found ? schemaOf(found.schema).default : undefined;
  }

  /** A copy of a body with all that the description requires. */
  completed(operation: Operation, status: number, body: Value, around: Surroundings): Value {
    const schema = this.schema(operation, status);
    return schema === undefined ? body : complete(schema, body, around);
  }

  /** What is wrong with an answer, in words. */
  faults(operation: Operation, status: number, body: Value | undefined): string[] {
    if (operation.responses?.[status] === undefined) return [`${status} is not described`];
    if (this.schema(operation, status) === undefined) return body === undefined ? [] : [`${status} is described without a body`];
    return this.api.validator.validateResponse(body, operation, status).errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? [];
  }

  private schema(operation: Operation, status: number): Schema | undefined {
    const response = operation.responses?.[status];
    const content = response !== undefined && "content" in response ? response.content?.["application/json"] : undefined;
    return content?.schema === undefined ? undefined : schemaOf(content.schema);
  }
}

/** References are followed when the description is loaded: what is left is a schema. */
function schemaOf(value: object | undefined): Schema {
  return { ...value };
}

function texts(value: object): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, decodeURIComponent(String(each))]));
}
