import type { Properties } from "../values.ts";
import type { Outgoing } from "./api.ts";
import type { Refusal } from "./answer.ts";
import { Slow } from "./limits.ts";
import type { Permission } from "./permissions.ts";

/** A refusal's body. */
export function wordsOf({ errors, message, status }: Refusal): Properties {
  return { message, documentation_url: "https://docs.github.com/rest", status: String(status), ...(errors === undefined ? {} : { errors }) };
}

/** A refusal with its headers: when to try again, and the permission that was missing. */
export function refused(error: Refusal, headers: Record<string, string>, permission?: Permission): Outgoing {
  return {
    status: error.status, body: wordsOf(error),
    headers: {
      ...headers, ...(error instanceof Slow ? { "retry-after": String(error.seconds) } : {}),
      ...(permission === undefined ? {} : { "x-accepted-github-permissions": `${permission.name}=${permission.level}` }),
    },
  };
}
