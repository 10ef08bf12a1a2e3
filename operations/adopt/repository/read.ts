import * as z from "zod";
import type { ZodType } from "zod";
import type { GitHubClient } from "../../github/client.ts";
import { GitHubProblem } from "../../github/problem.ts";
import { liveActions, liveAutolink, liveCollaborator, liveEnvironment, liveHook, liveLabel, livePages, livePolicy, liveRepository, liveRuleset, liveSecret, liveSelected, liveTeam, liveToken, liveVariable } from "./live.ts";
import type { LiveEnvironment, LiveRepository } from "./live.ts";

interface Place {
  owner: string;
  repo: string;
}

const PAGE = 100;

/** Reads one repository with everything around it: about twenty requests, and three more an environment. @throws Problem where GitHub refuses */
export async function readRepository(client: GitHubClient, place: Place): Promise<LiveRepository> {
  const ask = asker(client, place);
  const repository = liveRepository.parse(await ask.one("GET /repos/{owner}/{repo}"));
  const inOrganization = repository.visibility !== "public";
  const [vulnerabilityAlerts, fixes, pages, labels, teams, collaborators, actions, token] = await Promise.all([
    ask.there("GET /repos/{owner}/{repo}/vulnerability-alerts"),
    ask.maybe("GET /repos/{owner}/{repo}/automated-security-fixes", z.object({ enabled: z.boolean() })),
    ask.maybe("GET /repos/{owner}/{repo}/pages", livePages),
    ask.all("GET /repos/{owner}/{repo}/labels", liveLabel),
    ask.all("GET /repos/{owner}/{repo}/teams", liveTeam),
    ask.all("GET /repos/{owner}/{repo}/collaborators", liveCollaborator, { affiliation: "direct" }),
    ask.one("GET /repos/{owner}/{repo}/actions/permissions").then((answer) => liveActions.parse(answer)),
    ask.one("GET /repos/{owner}/{repo}/actions/permissions/workflow").then((answer) => liveToken.parse(answer)),
  ]);
  const [selectedActions, shared, listed, environments, secrets, variables, dependabotSecrets, hooks, autolinks, files, keys, branches] = await Promise.all([
    actions.allowed_actions === "selected" ? ask.maybe("GET /repos/{owner}/{repo}/actions/permissions/selected-actions", liveSelected) : undefined,
    inOrganization ? ask.maybe("GET /repos/{owner}/{repo}/actions/permissions/access", z.object({ access_level: z.string() })) : undefined,
    ask.all("GET /repos/{owner}/{repo}/rulesets", z.object({ id: z.number() }), { includes_parents: false }),
    ask.all("GET /repos/{owner}/{repo}/environments", liveEnvironment),
    ask.all("GET /repos/{owner}/{repo}/actions/secrets", liveSecret),
    ask.all("GET /repos/{owner}/{repo}/actions/variables", liveVariable),
    ask.all("GET /repos/{owner}/{repo}/dependabot/secrets", liveSecret),
    ask.all("GET /repos/{owner}/{repo}/hooks", liveHook),
    ask.one("GET /repos/{owner}/{repo}/autolinks").then((answer) => z.array(liveAutolink).parse(answer)),
    ask.maybe("GET /repos/{owner}/{repo}/contents/{path}", z.array(z.object({ path: z.string(), type: z.string() })), { path: ".github/workflows" }),
    ask.all("GET /repos/{owner}/{repo}/keys", z.object({ title: z.string() })),
    ask.all("GET /repos/{owner}/{repo}/branches", z.object({ name: z.string(), protection: z.object({ enabled: z.boolean() }).optional() }), { protected: true }),
  ]);
  return {
    owner: place.owner, repository, vulnerabilityAlerts, dependabotUpdates: fixes?.enabled ?? false, pages, labels, teams, collaborators, actions, token, selectedActions,
    sharedWith: shared?.access_level,
    rulesets: await Promise.all(listed.map(({ id }) => ask.one("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", { ruleset_id: id }).then((answer) => liveRuleset.parse(answer)))),
    environments: await Promise.all(environments.map((each) => readEnvironment(ask, each))),
    secrets: secrets.map(({ name }) => name), variables, dependabotSecrets: dependabotSecrets.map(({ name }) => name), hooks, autolinks,
    workflowFiles: (files ?? []).filter(({ type }) => type === "file").map(({ path }) => path),
    deployKeys: keys.map(({ title }) => title),
    // A ruleset protects a branch as well; only the older way has a protection of its own.
    protectedBranches: branches.filter(({ protection }) => protection?.enabled === true).map(({ name }) => name),
  };
}

async function readEnvironment(ask: Asker, environment: z.infer<typeof liveEnvironment>): Promise<LiveEnvironment> {
  const named = { environment_name: environment.name };
  const [policies, secrets, variables] = await Promise.all([
    environment.deployment_branch_policy?.custom_branch_policies === true
      ? ask.all("GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies", livePolicy, named) : [],
    ask.all("GET /repos/{owner}/{repo}/environments/{environment_name}/secrets", liveSecret, named),
    ask.all("GET /repos/{owner}/{repo}/environments/{environment_name}/variables", liveVariable, named),
  ]);
  return { ...environment, policies, secrets: secrets.map(({ name }) => name), variables };
}

type Asker = ReturnType<typeof asker>;

function asker(client: GitHubClient, place: Place) {
  const one = async (call: string, more: Record<string, unknown> = {}): Promise<unknown> => (await client.request(call, { ...place, ...more })).data;
  return {
    one,
    all: async <T extends ZodType>(call: string, shape: T, more: Record<string, unknown> = {}): Promise<z.output<T>[]> =>
      z.array(shape).parse(await client.paginate(call, { ...place, per_page: PAGE, ...more })),
    maybe: <T extends ZodType>(call: string, shape: T, more: Record<string, unknown> = {}): Promise<z.output<T> | undefined> =>
      absent(one(call, more).then((answer) => shape.parse(answer))),
    there: async (call: string): Promise<boolean> => (await absent(one(call).then(() => true))) === true,
  };
}

async function absent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitHubProblem && error.status === 404) return undefined;
    throw error;
  }
}
