import type { Properties, Value } from "../values.ts";
import type { Cloud } from "./cloud.ts";

/** One request as GitHub's own description of its API understands it: parameters and body are valid. */
export interface Asked {
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  body: Properties;
  /** `https://…/repos/acme/shop/issues`, without the query. */
  url: string;
  cloud: Cloud;
  /** The user whose token this is. */
  actor: string;
  /** True where the token may write what is asked with this permission, e.g. `administration`. */
  mayWrite(permission: string): boolean;
  /** True where the token sees the repository `owner/name`. */
  sees(repository: string): boolean;
  /** What the token has used up of its hour. */
  limits(): Properties;
}

export interface Answer {
  status: number;
  /** What the description requires and nobody gave is filled in from it. */
  body?: Value;
}

/** All of a list: the page that was asked for is cut out of it. `key`: GitHub wraps it with its total. */
export interface Listed {
  items: Value[];
  key?: string;
  /** Beside `key`. */
  more?: Properties;
}

export type Handler = (asked: Asked) => Answer | Listed | Promise<Answer | Listed>;

/** By operation id, such as `issues/create`. */
export type Handlers = Record<string, Handler>;

/** What GitHub answers instead. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: Value[] | undefined;

  constructor(status: number, message: string, errors?: Value[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export const ok = (body: Value): Answer => ({ status: 200, body });
export const created = (body: Value): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** 422 as GitHub words it for one field. */
export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
  return new Refusal(422, "Validation Failed", [{ resource, field, code, ...(message === undefined ? {} : { message }) }]);
}
