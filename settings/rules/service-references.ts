import { repositoryName } from "../../components/delivery/service-settings.ts";
import { publicHosts } from "../../components/kubernetes/traffic-settings.ts";
import { pathText } from "../problem.ts";
import { nearest } from "../nearest.ts";
import type { Rule } from "./rule.ts";

/** Services come from repositories that are declared, unless they say that another stack declares it. */
export const repositoriesDeclared: Rule = ({ services, declared }) => Object.entries(services).flatMap(([service, settings]) => {
  const name = repositoryName(settings);
  const known = declared.repositories.has(name);
  if (typeof settings.repository === "string") {
    const todo = `${meant(name, declared.repositories)}declare it under repositories, or write { external: ${name} }`;
    return known ? [] : [{ path: pathText(["services", service, "repository"]), wrong: "is not a declared repository", got: name, todo }];
  }
  const todo = `write repository: ${name}`;
  return known ? [{ path: pathText(["services", service, "repository", "external"]), wrong: "is declared by this stack", got: name, todo }] : [];
});

/** Services run in namespaces that the stack declares. */
export const namespacesDeclared: Rule = ({ services, declared }) => Object.entries(services).flatMap(([service, { namespace }]) => {
  if (declared.namespaces.has(namespace)) return [];
  const todo = `${meant(namespace, declared.namespaces)}declare it under namespaces`;
  return [{ path: pathText(["services", service, "namespace"]), wrong: "is not a declared namespace", got: namespace, todo }];
});

/** A host leads to one service. */
export const hostsUnique: Rule = ({ services }) => {
  const owners = new Map<string, string>();
  return Object.entries(services).flatMap(([service, { traffic }]) => publicHosts(traffic).flatMap((host, index) => {
    const owner = owners.get(host);
    if (owner === undefined) owners.set(host, service);
    const wrong = `is a host of services.${owner} already`;
    const path = pathText(["services", service, "traffic", "exposure", "hosts", index]);
    return owner === undefined ? [] : [{ path, wrong, got: host, todo: "give every host to one service" }];
  }));
};

function meant(name: string, known: ReadonlySet<string>): string {
  const near = nearest(name, [...known]);
  return near === undefined ? "" : `write ${near}, `;
}
