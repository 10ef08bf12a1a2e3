import type { Properties } from "../../values.ts";
import { created, nothing, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { snake } from "../case.ts";
import { ACTOR } from "../actor.ts";
import { access, givenRole, isUser, knownTeam, knownUser, team, user } from "../shapes.ts";
import { forget, granted, grant } from "../grants.ts";
import type { Grant } from "../grants.ts";

function told(login: string, role: string): Properties {
  return { ...user(login), ...access(role) };
}

/** Who was given access, and who owns the organisation. */
function everyone(asked: Asked): Grant[] {
  const { owner } = asked.cloud.repository(asked.params);
  const direct = granted(asked, "user").filter(({ name }) => name !== ACTOR);
  return isUser(asked.cloud, owner) ? direct : [...direct, { name: ACTOR, role: "admin" }].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of one user; an organisation's repository that is public can be read by everyone. */
function roleOf(asked: Asked, login: string): string | undefined {
  return login === ACTOR ? "admin" : granted(asked, "user").find(({ name }) => name.toLowerCase() === login.toLowerCase())?.role;
}

function level(role: string | undefined): string {
  switch (role) {
    case undefined: return "none";
    case "admin": return "admin";
    case "maintain":
    case "push": return "write";
    default: return "read";
  }
}

function teamOf(asked: Asked): { slug: string; facts: Properties; role: string } {
  const { owner } = asked.cloud.repository(asked.params);
  const facts = knownTeam(asked.cloud, asked.params["org"] ?? owner, asked.params["team_slug"] ?? "");
  const found = granted(asked, "team").find(({ name }) => name === facts?.slug);
  if (facts === undefined || found === undefined) throw notFound();
  return { slug: facts.slug, facts: team(facts, owner, found.role), role: found.role };
}

export const accesses: Handlers = {
  "repos/list-collaborators": (asked) => {
    const { affiliation = "all", permission: wanted } = asked.query;
    // Every user of the sandbox is a member of the organisation: none is outside.
    const of = affiliation === "outside" ? [] : affiliation === "direct" ? granted(asked, "user") : everyone(asked);
    const all = of.map(({ name, role }) => told(name, role));
    return { items: all.filter(({ role_name: role }) => wanted === undefined || givenRole(String(role)) === givenRole(wanted)) };
  },
  "repos/check-collaborator": (asked) => {
    if (roleOf(asked, asked.params["username"] ?? "") === undefined) throw notFound();
    return nothing;
  },
  "repos/get-collaborator-permission-level": (asked) => {
    const login = knownUser(asked.cloud, asked.params["username"] ?? "");
    const role = roleOf(asked, login);
    return ok({ permission: level(role), role_name: role === undefined ? "none" : String(access(role)["role_name"]), user: { ...told(login, role ?? "none") } });
  },
  "repos/add-collaborator": (asked) => {
    const { owner, repo } = asked.cloud.writable(asked.params);
    const login = knownUser(asked.cloud, asked.params["username"] ?? "");
    const known = roleOf(asked, login) !== undefined;
    grant(asked, "user", login, givenRole(String(asked.body["permission"] ?? "push")));
    // The sandbox's users accept at once; GitHub tells the invitation all the same.
    if (known) return nothing;
    const role = String(access(givenRole(String(asked.body["permission"] ?? "push")))["role_name"]);
    return created({
      id: 1, repository: { name: repo, full_name: `${owner}/${repo}`, owner: user(owner) }, invitee: user(login), inviter: user(asked.actor),
      permissions: role === "none" ? "read" : role, ...snake({ createdAt: asked.cloud.now() }),
    });
  },
  "repos/remove-collaborator": (asked) => {
    asked.cloud.writable(asked.params);
    forget(asked, "user", asked.params["username"] ?? "");
    return nothing;
  },
  "repos/list-invitations": (asked) => {
    asked.cloud.repository(asked.params);
    return { items: [] };
  },
  "repos/list-teams": (asked) => {
    const { owner } = asked.cloud.repository(asked.params);
    return { items: granted(asked, "team").flatMap(({ name, role }) => {
      const facts = knownTeam(asked.cloud, owner, name);
      return facts === undefined ? [] : [team(facts, owner, role)];
    }) };
  },
  "teams/check-permissions-for-repo-in-org": (asked) => {
    teamOf(asked);
    return nothing;
  },
  "teams/add-or-update-repo-permissions-in-org": (asked) => {
    asked.cloud.writable(asked.params);
    const facts = knownTeam(asked.cloud, asked.params["org"] ?? "", asked.params["team_slug"] ?? "");
    if (facts === undefined) throw notFound();
    grant(asked, "team", facts.slug, givenRole(String(asked.body["permission"] ?? "push")));
    return nothing;
  },
  "teams/remove-repo-in-org": (asked) => {
    asked.cloud.writable(asked.params);
    forget(asked, "team", teamOf(asked).slug);
    return nothing;
  },
};

