import type { Schema } from "./complete.ts";

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

export interface Content {
  content?: { "application/json"?: { schema: Schema } };
}

/** One operation of GitHub's description. */
export interface Operation {
  operationId: string;
  parameters: Parameter[];
  requestBody?: Content & { required: boolean };
  responses: Record<string, Content>;
}

/** Where an operation stands, and what its path says. */
export interface Matched {
  operation: Operation;
  method: string;
  /** `/repos/{owner}/{repo}` */
  template: string;
  params: Record<string, string>;
}

interface Route {
  method: string;
  template: string;
  names: string[];
  pattern: RegExp;
  operation: Operation;
}

/** Finds the operation of a request: `issues/comments/7` is a comment, and `issues/7/comments` are an issue's. */
export class Routes {
  private readonly routes: Route[];

  constructor(paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>) {
    this.routes = Object.entries(paths).flatMap(([template, methods]) => Object.entries(methods).map(([method, operation]) => route(template, method, operation)));
    // What is named goes before what may be anything.
    this.routes.sort((a, b) => a.names.length - b.names.length);
  }

  find(method: string, path: string): Matched | undefined {
    for (const { names, operation, pattern, template, ...route } of this.routes) {
      const values = route.method === method.toLowerCase() ? pattern.exec(path) : null;
      if (values !== null) return { operation, method: route.method, template, params: Object.fromEntries(names.map((name, index) => [name, decoded(values[index + 1] ?? "")])) };
    }
    return undefined;
  }
}

function route(template: string, method: string, operation: Operation): Route {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const pattern = template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("([^/]+)");
  return { method, template, names, pattern: new RegExp(`^${pattern}/?$`), operation };
}

/** A `%` that encodes nothing stands for itself. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
