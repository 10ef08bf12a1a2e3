import type { Properties } from "../../values.ts";
import { notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { account, isUser, knownTeam, knownUser, team, teams, user } from "../shapes.ts";
import { repositoriesOf } from "./repositories.ts";

function organization(asked: Asked): string {
  const owner = asked.params["org"] ?? "";
  if (isUser(asked.cloud, owner) || (repositoriesOf(asked.cloud, owner).length === 0 && asked.cloud.documents.folders(`github/${owner}`).length === 0)) throw notFound();
  return owner;
}

export const organizations: Handlers = {
  "orgs/get": (asked) => {
    const owner = organization(asked);
    const url = `https://api.github.com/orgs/${owner}`;
    return ok({
      ...account(asked.cloud, owner), url, public_repos: repositoriesOf(asked.cloud, owner).length, type: "Organization", html_url: `https://github.com/${owner}`,
      has_organization_projects: true, has_repository_projects: true,
    });
  },
  "teams/list": (asked) => ({ items: teams(asked.cloud, organization(asked)).map((facts) => team(facts, organization(asked))) }),
  "teams/get-by-name": (asked) => {
    const owner = organization(asked);
    const facts = knownTeam(asked.cloud, owner, asked.params["team_slug"] ?? "");
    if (facts === undefined) throw notFound();
    return ok({ ...team(facts, owner), members_count: 0, repos_count: 0, organization: { ...account(asked.cloud, owner), type: "Organization" } });
  },
  "orgs/list-members": (asked) => {
    organization(asked);
    return { items: [...asked.cloud.population.users].sort().map(user) };
  },
  "users/get-authenticated": (asked) => ok({ ...user(asked.actor), name: null, ...person }),
  "users/get-by-username": (asked) => {
    const login = asked.params["username"] ?? "";
    if (repositoriesOf(asked.cloud, login).length > 0 && !isUser(asked.cloud, login)) return ok({ ...account(asked.cloud, login), ...person });
    return ok({ ...user(knownUser(asked.cloud, login)), ...person });
  },
  "rate-limit/get": (asked) => {
    const core = asked.limits();
    return ok({ resources: { core, search: { limit: 30, remaining: 30, reset: core["reset"] ?? 0, used: 0 } }, rate: core });
  },
};

const person: Properties = { followers: 0, following: 0, public_repos: 0, public_gists: 0 };
