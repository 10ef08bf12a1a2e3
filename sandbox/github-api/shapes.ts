import { numberOf } from "../identity.ts";
import { slug } from "../github/computed.ts";
import { idOf } from "../population.ts";
import type { Properties } from "../values.ts";
import { notFound } from "./answer.ts";
import type { Cloud } from "./cloud.ts";

/** What the permissions are called where they are given, and where they are told. */
const ROLES: Record<string, string> = { pull: "read", triage: "triage", push: "write", maintain: "maintain", admin: "admin" };
const ORDER = ["pull", "triage", "push", "maintain", "admin"];

/** `push` for `write` and for `push`. A role of the organisation's own stays what it is. */
export function givenRole(role: string): string {
  return Object.keys(ROLES).find((given) => ROLES[given] === role || given === role) ?? role;
}

/** What a role allows, and what it is called. */
export function access(role: string): Properties {
  const rank = ORDER.indexOf(givenRole(role));
  return { permissions: Object.fromEntries(ORDER.map((each, index) => [each, index <= rank])), role_name: ROLES[givenRole(role)] ?? role };
}

export function user(login: string): Properties {
  const html = `https://github.com/${login}`;
  return { login, id: idOf("user", login), node_id: nodeId(`user:${login}`), avatar_url: `${html}.png`, url: `https://api.github.com/users/${login}`, html_url: html, type: "User", site_admin: false };
}

export function account(cloud: Cloud, login: string): Properties {
  return { ...user(login), type: isUser(cloud, login) ? "User" : "Organization", ...(isUser(cloud, login) ? {} : { id: numberOf(`organization:${login}`) }) };
}

export function isUser(cloud: Cloud, login: string): boolean {
  return cloud.population.users.some((name) => name.toLowerCase() === login.toLowerCase());
}

/** A user as the population spells the name. @throws Refusal 404 */
export function knownUser(cloud: Cloud, login: string): string {
  const known = cloud.population.users.find((name) => name.toLowerCase() === login.toLowerCase());
  if (known === undefined) throw notFound();
  return known;
}

export function userOfNumber(cloud: Cloud, id: number): string | undefined {
  return cloud.population.users.find((name) => idOf("user", name) === id);
}

export interface TeamFacts {
  id: number;
  slug: string;
  name: string;
  description: string | null;
  privacy: string;
}

/** The population's teams, and those that a program made. */
export function teams(cloud: Cloud, owner: string): TeamFacts[] {
  // Below a team lie its members and settings.
  const made = cloud.list(`github/${owner}/_organization/teams`).filter(({ path }) => path.split("/").length === 5).map(({ body, number, path }) => ({
    id: number ?? numberOf(path), slug: slug(String(body["name"] ?? "")), name: String(body["name"] ?? ""),
    description: typeof body["description"] === "string" ? body["description"] : null, privacy: String(body["privacy"] ?? "secret"),
  }));
  const given = cloud.population.teams.map((name) => ({ id: idOf("team", name), slug: name, name, description: null, privacy: "closed" }));
  return [...given, ...made].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** By slug or number. */
export function knownTeam(cloud: Cloud, owner: string, team: string): TeamFacts | undefined {
  return teams(cloud, owner).find((each) => each.slug === team || String(each.id) === team);
}

export function team(facts: TeamFacts, owner: string, role = "pull"): Properties {
  return {
    ...facts, url: `https://api.github.com/orgs/${owner}/teams/${facts.slug}`,
    node_id: nodeId(`team:${owner}/${facts.slug}`), html_url: `https://github.com/orgs/${owner}/teams/${facts.slug}`, notification_setting: "notifications_enabled",
    permission: givenRole(role), permissions: access(role)["permissions"] ?? {}, parent: null, type: "organization",
  };
}

export function nodeId(text: string): string {
  return Buffer.from(text).toString("base64url");
}
