import * as z from "zod";
import { githubOwner, text } from "./scalars.ts";

export const topic = text(/^[a-z0-9][a-z0-9-]{0,49}$/, "is not a topic", "use 1 to 50 lower-case letters, digits and dashes, no dash first");

export const teamSlug = text(/^[a-z0-9_-]{1,100}$/, "is not the slug of a team", "write it as in the team's address, such as release-team");

/** A team by slug, or by its numeric id where the token may not look it up. */
export const team = z.union([teamSlug, z.int().positive()], "is not a team; write its slug, such as release-team, or its numeric id");

/** A user by login or numeric id. */
export const user = z.union([githubOwner, z.int().positive()], "is not a user; write the login, or the numeric id");

export const labelName = text(/^(?!\s)[^,\p{Cc}]{1,50}(?<!\s)$/u, "is not the name of a label", "use 1 to 50 characters without a comma");

export const environmentName = text(
  /^[A-Za-z0-9]([A-Za-z0-9 ._/-]{0,253}[A-Za-z0-9])?$/,
  "is not the name of an environment",
  "use 1 to 255 letters, digits, spaces, dots, dashes, slashes and underscores, a letter or digit first and last",
);

export const rulesetName = text(/^(?!\s)[^\p{Cc}]{1,100}(?<!\s)$/u, "is not the name of a ruleset", "use 1 to 100 characters");

export const refPattern = text(
  /^(?!refs\/)[^\s\\~^:\p{Cc}]{1,255}$/u,
  "is not a name or pattern of branches or tags",
  "write it without refs/heads/ or refs/tags/, such as main, release/* or v*",
);

/** As `refPattern`, and GitHub's two names for many. */
export const rulesetRef = text(
  /^(~ALL|~DEFAULT_BRANCH|(?!refs\/)[^\s\\~^:\p{Cc}]{1,255})$/u,
  "is not a name or pattern of branches or tags",
  "write it without refs/heads/ or refs/tags/, such as main, release/*, ~DEFAULT_BRANCH or ~ALL",
);

export const filePath = text(
  /^(?!\.git(\/|$))(?!.*(^|\/)\.{1,2}(\/|$))[^/\\\p{Cc}]+(\/[^/\\\p{Cc}]+)*$/u,
  "is not the path of a file in a repository",
  "write it from the repository's root with single slashes, without a leading slash, . or .., and outside .git",
);

export const actionPattern = text(
  /^!?[A-Za-z0-9*][A-Za-z0-9._*-]*\/[A-Za-z0-9._*/@-]+$/,
  "is not a pattern of actions",
  "write owner/name@version with * where anything fits, such as docker/*",
);

export const autolinkPrefix = text(
  /^[A-Za-z0-9.=+:/#_-]{1,32}$/,
  "is not a prefix of references",
  "use 1 to 32 letters, digits and . - _ + = : / #, such as JIRA-",
);

export const autolinkUrl = text(
  /^https?:\/\/(?=.*<num>)\S+$/,
  "is not the address of a reference",
  "write a web address with <num> in it, such as https://jira.example.com/browse/JIRA-<num>",
);

export const roleName = text(/^(?!\s)[^\p{Cc}]{1,100}(?<!\s)$/u, "is not the name of a role", "write the name of a custom repository role");
