// Checks that a pull request's title and commits follow the convention that versions and notes are made of.
import { input } from "./lib/actions.mjs";
import { tell } from "./lib/findings.mjs";
import { paginate, repo } from "./lib/github.mjs";
import { judgeCommits, judgeTitle } from "./lib/pull-request.mjs";

const number = input("PULL_REQUEST", /^[1-9]\d*$/, "the number of a pull request");
const types = input("TYPES", /^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/, "a list of types").split(",");
const title = input("TITLE", /^[^\n]+$/, "a title");

const commits = [];
for await (const commit of paginate(`${repo()}/pulls/${number}/commits?per_page=100`)) commits.push(commit);
tell([judgeTitle(title, types), judgeCommits(commits, types)]);
