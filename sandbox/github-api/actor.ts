/** Whose the sandbox's own token is: an owner of every organisation, and so an administrator of every repository. */
export const ACTOR = "octocat";
