import type { Documents } from "../documents.ts";
import { idOf } from "../population.ts";
import type { Population } from "../population.ts";
import { isProperties, UNKNOWN } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { slug } from "./computed.ts";

/** Teams and users: those of the population, and the teams that a program made. */
export class People {
  private readonly documents: Documents;
  private readonly population: Population;

  constructor(documents: Documents, population: Population) {
    this.documents = documents;
    this.population = population;
  }

  /** GitHub's refusal of the first team, by slug or number, that does not exist. */
  teams(teams: readonly (Value | undefined)[], owner: string): string | undefined {
    const missing = teams.find((team) => isKnown(team) && !this.hasTeam(String(team), owner));
    return missing === undefined ? undefined : `GET https://api.github.com/orgs/${owner}/teams/${String(missing)}: 404 Not Found []`;
  }

  /** The same for users, by login. */
  users(users: readonly (Value | undefined)[]): string | undefined {
    const missing = users.find((user) => isKnown(user) && !this.population.users.some((name) => name.toLowerCase() === String(user).toLowerCase()));
    return missing === undefined ? undefined : `GET https://api.github.com/users/${String(missing)}: 404 Not Found []`;
  }

  /** The number of the first reviewer of an environment that does not exist. */
  missingReviewer(inputs: Properties, owner: string): string | undefined {
    const lists = Array.isArray(inputs["reviewers"]) ? inputs["reviewers"].filter(isProperties) : [];
    const teams = lists.flatMap((list) => (Array.isArray(list["teams"]) ? list["teams"] : []));
    const users = lists.flatMap((list) => (Array.isArray(list["users"]) ? list["users"] : []));
    const missing = teams.find((id) => isKnown(id) && !this.hasTeam(String(id), owner)) ?? users.find((id) => isKnown(id) && !this.population.users.some((name) => idOf("user", name) === id));
    return missing === undefined ? undefined : String(missing);
  }

  private hasTeam(team: string, owner: string): boolean {
    if (this.population.teams.some((name) => name === team || String(idOf("team", name)) === team)) return true;
    return this.documents.list(`github/${owner}/_organization/teams`).some(({ body, number }) => String(number) === team || slug(String(body["name"] ?? "")) === team);
  }
}

function isKnown(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== UNKNOWN;
}
