import type { Documents, Found } from "../documents.ts";
import { sha1 } from "../identity.ts";
import { ServiceError } from "../kinds.ts";
import { idOf } from "../population.ts";
import type { Population } from "../population.ts";
import type { Properties, Revealed } from "../values.ts";
import { repositoryNode, slug } from "./computed.ts";
import { fillPath } from "../template.ts";

interface Request {
  args: Properties;
  owner: string;
  documents: Documents;
  population: Population;
}

type Answer = (request: Request) => Properties;

/** Any 32 bytes in base64: the sandbox opens no sealed boxes. */
const PUBLIC_KEY = "c2xpcHdheSBzYW5kYm94IHB1YmxpYyBrZXkgMzIgYiE=";

const text = (args: Properties, name: string): string => (typeof args[name] === "string" || typeof args[name] === "number" ? String(args[name]) : "");
const notFound = (path: string): never => {
  throw new ServiceError(`GET https://api.github.com/${path}: 404 Not Found []`);
};
const folder = ({ args, owner }: Request): string => `github/${owner}/${fillPath("{repository}", args)}`;

/** One row a function that a program may plausibly call. */
const FUNCTIONS: Record<string, Answer> = {
  getUser: ({ args, population }) => {
    const login = population.users.find((user) => user.toLowerCase() === text(args, "username").toLowerCase()) ?? (text(args, "username") === "" ? "octocat" : notFound(`users/${text(args, "username")}`));
    const id = String(idOf("user", login));
    return { id, username: login, login, nodeId: Buffer.from(`04:User${id}`).toString("base64"), name: login, htmlUrl: `https://github.com/${login}`, siteAdmin: false, email: "", type: "User" };
  },
  getUsers: ({ args, population }) => {
    const usernames = Array.isArray(args["usernames"]) ? args["usernames"].map(String) : [];
    const logins = usernames.filter((name) => population.users.includes(name));
    return { id: sha1(usernames.join()), usernames, logins, emails: logins.map(() => ""), nodeIds: logins.map((name) => String(idOf("user", name))), unknownLogins: usernames.filter((name) => !logins.includes(name)) };
  },
  getTeam: ({ args, owner, documents, population }) => {
    const wanted = text(args, "slug");
    const made = documents.list(`github/${owner}/_organization/teams`).find(({ body }) => slug(String(body["name"] ?? "")) === wanted);
    if (made === undefined && !population.teams.includes(wanted)) return notFound(`orgs/${owner}/teams/${wanted}`);
    const id = made?.number ?? idOf("team", wanted);
    const description = String(made?.body["description"] ?? "");
    return { id: String(id), slug: wanted, name: String(made?.body["name"] ?? wanted), description, privacy: "closed", permission: "pull", members: [], repositories: [], repositoriesDetaileds: [], nodeId: Buffer.from(`04:Team${id}`).toString("base64") };
  },
  getRepository: (request) => {
    const fullName = text(request.args, "fullName");
    const [owner = "", name = ""] = fullName === "" ? [request.owner, text(request.args, "name")] : fullName.split("/");
    const found = request.documents.read(`github/${fillPath("{owner}/{name}", { owner, name })}/repository`) ?? notFound(`repos/${owner}/${name}`);
    return repositoryAnswer(owner, name, found);
  },
  getOrganization: ({ args }) => ({ id: String(idOf("user", text(args, "name"))), orgname: text(args, "name"), login: text(args, "name"), name: text(args, "name"), plan: "team", nodeId: "", description: "", repositories: [], members: [] }),
  getBranch: (request) => {
    const branch = text(request.args, "branch");
    const repository = request.documents.read(`${folder(request)}/repository`) ?? notFound(`repos/${request.owner}/${text(request.args, "repository")}`);
    const exists = branch === (repository.body["defaultBranch"] ?? "main") || request.documents.read(`${folder(request)}/${fillPath("branches/{branch}", { branch })}`) !== undefined;
    if (!exists) return notFound(`repos/${request.owner}/${text(request.args, "repository")}/branches/${branch}`);
    return { id: `${text(request.args, "repository")}:${branch}`, branch, repository: text(request.args, "repository"), ref: `refs/heads/${branch}`, sha: sha1(`${folder(request)}/${branch}`), etag: "" };
  },
  getActionsPublicKey: (request) => publicKey(request),
  getActionsEnvironmentPublicKey: (request) => publicKey(request),
  getDependabotPublicKey: (request) => publicKey(request),
  getCodespacesPublicKey: (request) => publicKey(request),
  getRepositoryEnvironments: (request) => {
    const environments = request.documents.list(`${folder(request)}/environments`).filter(({ body }) => body["secretName"] === undefined && body["variableName"] === undefined && body["environment"] !== undefined);
    return { id: text(request.args, "repository"), repository: text(request.args, "repository"), environments: environments.map(({ body }) => ({ name: String(body["environment"]), nodeId: "" })) };
  },
  getGithubApp: ({ args }) => ({ id: String(idOf("user", `app:${text(args, "slug")}`)), slug: text(args, "slug"), name: text(args, "slug"), description: "", nodeId: "" }),
};

/** Answers one of the provider's functions from the cloud. */
export function invokeGithub(token: string, args: Properties, owner: string, documents: Documents, population: Population): Revealed {
  const name = token.slice(token.lastIndexOf(":") + 1);
  const answer = FUNCTIONS[name];
  if (answer === undefined) throw new ServiceError(`${token}: is not served by the sandbox, got a call of it; leave the provider github out of the sandbox to use the real one`);
  return { plain: { ...args, ...answer({ args, owner, documents, population }) }, secrets: [] };
}

function repositoryAnswer(owner: string, name: string, { body, number }: Found): Properties {
  const url = `https://github.com/${owner}/${name}`;
  return {
    description: "", homepageUrl: "", private: body["visibility"] === "private", visibility: "public", hasIssues: true, hasProjects: false, hasDiscussions: false, hasWiki: false,
    isTemplate: false, fork: false, allowMergeCommit: true, allowSquashMerge: true, allowRebaseMerge: true, allowAutoMerge: false, archived: false, defaultBranch: "main", topics: [],
    ...body,
    id: name, name, fullName: `${owner}/${name}`, nodeId: repositoryNode(owner, name), repoId: number ?? 0, htmlUrl: url, httpCloneUrl: `${url}.git`,
    gitCloneUrl: `git://github.com/${owner}/${name}.git`, sshCloneUrl: `git@github.com:${owner}/${name}.git`, svnUrl: url, pages: [], template: {}, primaryLanguage: "",
  };
}

function publicKey(request: Request): Properties {
  if (request.documents.read(`${folder(request)}/repository`) === undefined) return notFound(`repos/${request.owner}/${text(request.args, "repository")}`);
  return { id: "568250167242549743", repository: text(request.args, "repository"), keyId: "568250167242549743", key: PUBLIC_KEY };
}
