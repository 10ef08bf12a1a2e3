/** Who wrote an issue or a comment, as GitHub tells of it. */
export interface Written {
  author_association?: string | undefined;
  user?: { type?: string | undefined } | null | undefined;
}

const TRUSTED = ["COLLABORATOR", "MEMBER", "OWNER"];

/** Whether its author may write to the repository: a marker of anybody else's is not ours. */
export function isTrusted({ author_association: association = "OWNER", user }: Written): boolean {
  return user?.type === "Bot" || TRUSTED.includes(association);
}

/** Whether GitHub holds this body: it may answer with other ends of lines than were sent. */
export function isSameBody(known: string | null | undefined, fresh: string): boolean {
  return lines(known ?? "") === lines(fresh);
}

function lines(body: string): string {
  return body.replace(/\r\n/g, "\n").trimEnd();
}
