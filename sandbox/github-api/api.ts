import type { FaultInjector } from "../injector.ts";
import { sha1 } from "../identity.ts";
import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { notFound, Refusal } from "./answer.ts";
import type { Answer, Asked } from "./answer.ts";
import type { Cloud } from "./cloud.ts";
import { Description, usual } from "./description.ts";
import { Limits } from "./limits.ts";
import { operations } from "./operations.ts";
import { oneParameter } from "./paths.ts";
import { paged } from "./paging.ts";
import { allows, permissionOf } from "./permissions.ts";
import type { Token } from "./permissions.ts";
import { refused, wordsOf } from "./refused.ts";
import type { Counted } from "./requests.ts";
import type { Matched } from "./routes.ts";

/** One request as it came in. */
export interface Incoming {
  method: string;
  /** Encoded, without the query. */
  path: string;
  query: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

export interface Outgoing {
  status: number;
  headers: Record<string, string>;
  body: Value | undefined;
}

export interface Surroundings {
  cloud: Cloud;
  tokens: ReadonlyMap<string, Token>;
  injector: FaultInjector;
  requests: Counted;
  /** Milliseconds. */
  clock: () => number;
}

/** GitHub's REST API over the documents of the cloud. */
export class Api {
  private readonly description: Description;
  private readonly around: Surroundings;
  private readonly limits = new Map<string, Limits>();

  private constructor(description: Description, around: Surroundings) {
    this.description = description;
    this.around = around;
  }

  static open(around: Surroundings): Api {
    return new Api(new Description(), around);
  }

  async answer(incoming: Incoming): Promise<Outgoing> {
    const { requests } = this.around;
    requests.total += 1;
    const given = incoming.headers["authorization"]?.replace(/^(bearer|token) /i, "");
    const token = given === undefined ? undefined : this.around.tokens.get(given);
    if (given === undefined || token === undefined) {
      requests.refused += 1;
      return refused(new Refusal(401, given === undefined ? "Requires authentication" : "Bad credentials"), {});
    }
    const limits = this.limits.get(given) ?? new Limits();
    this.limits.set(given, limits);
    const headers = () => limits.headers(this.around.clock());
    try {
      const outgoing = await this.served(incoming, token, limits);
      return { ...outgoing, headers: { ...headers(), ...outgoing.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      requests.refused += 1;
      return refused(error, headers(), permissionOf(incoming.method, incoming.path));
    }
  }

  private async served(incoming: Incoming, token: Token, limits: Limits): Promise<Outgoing> {
    const matched = this.description.find(incoming.method, oneParameter(incoming.path));
    const id = matched?.operation.operationId ?? "";
    const handler = operations[id];
    // 404 would be taken for what is not there.
    if (matched === undefined || handler === undefined) throw new Refusal(501, `The sandbox does not serve ${incoming.method} ${incoming.path}`);
    const { cloud, requests } = this.around;
    requests.operations.set(id, (requests.operations.get(id) ?? 0) + 1);
    if (id !== "rate-limit/get") limits.spend(incoming.method, id, this.around.clock());
    const { params } = matched;
    this.permit(incoming, token, params);
    const [body, query] = [bodyOf(incoming), Object.fromEntries(new URLSearchParams(incoming.query))];
    const wrong = this.description.refusals(matched, query, body);
    if (wrong.length > 0) throw new Refusal(422, `Invalid request.\n\n${wrong.join("\n")}`);
    const url = `https://api.github.com${incoming.path}`;
    const asked: Asked = {
      params, query, url, cloud, body: isProperties(body) ? body : {}, actor: token.login, mayWrite: (name) => allows(token, { name, level: "write" }), sees: (name) => this.sees(token, name),
      limits: () => limits.told(this.around.clock()),
    };
    const given = await this.around.injector.around(incoming.method, `rest:${id}`, () => handler(asked)).catch((error: unknown) => this.refusal(matched, error));
    if (!("items" in given)) return this.judged(matched, given, incoming, limits, undefined);
    const { answer, link } = paged(given, query, `${this.around.requests.url}${incoming.path}`, Number(usual(matched.operation, "per_page") ?? 30));
    return this.judged(matched, answer, incoming, limits, link);
  }

  /** An answer that GitHub's description does not know is an error of the sandbox's, whoever asked. */
  private judged(matched: Matched, { body: given, status }: Answer, incoming: Incoming, limits: Limits, link: string | undefined): Outgoing {
    const around = { url: `https://api.github.com${incoming.path}` };
    const body = given === undefined ? undefined : this.description.completed(matched, status, given, around);
    fail(matched, this.description.faults(matched, status, body));
    if (incoming.method !== "GET") return { status, headers: {}, body };
    const etag = `W/"${sha1(JSON.stringify(body ?? null))}"`;
    const headers = { etag, ...(link === undefined ? {} : { link }) };
    if (incoming.headers["if-none-match"]?.split(", ").includes(etag) !== true) return { status, headers, body };
    limits.giveBack();
    this.around.requests.unchanged += 1;
    return { status: 304, headers, body: undefined };
  }

  private refusal(matched: Matched, error: unknown): never {
    if (error instanceof Refusal) fail(matched, this.description.refusalFaults(matched, error.status, wordsOf(error)));
    throw error;
  }

  /** What the token may not see is not there; what it sees and may not do is forbidden. */
  private permit({ method, path }: Incoming, token: Token, params: Record<string, string>): void {
    const { owner, repo } = params;
    if (owner !== undefined && repo !== undefined && !this.sees(token, `${owner}/${repo}`)) throw notFound();
    const permission = permissionOf(method, path);
    if (permission !== undefined && !allows(token, permission)) throw new Refusal(403, "Resource not accessible by personal access token");
  }

  private sees({ repositories }: Token, name: string): boolean {
    const [owner = "", repo = ""] = name.split("/");
    return repositories === undefined || repositories.includes(name) || !this.around.cloud.isPrivate({ owner, repo });
  }
}

function fail({ operation }: Matched, faults: string[]): void {
  if (faults.length > 0) throw new Error(`${operation.operationId}: the sandbox's answer is not as GitHub describes it: ${faults.join("; ")}`);
}

function bodyOf({ body }: Incoming): Properties | Value[] | undefined {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}
