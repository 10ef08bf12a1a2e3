import * as z from "zod";
import { text } from "../scalars.ts";

export const commitType = text(/^[a-z][a-z0-9-]{0,29}$/, "is not a type of conventional commits", "use 1 to 30 lower-case letters, digits and dashes, such as feat");

export const glob = text(/^!?[^\s!][^\p{Cc}]{0,254}$/u, "is not a pattern of paths", "write it from the repository's root with * and **, such as docs/**");

export const globs = z.array(glob).min(1, "has no pattern; add one, such as docs/**");

/** A command line of a tool; it becomes a `run` as it stands, so it is one line and no expression is read in it. */
export const commandLine = text(/^(?!.*\$\{\{)\S[^\p{Cc}]{0,399}$/u, "is not a command", "write one line without ${{, such as pytest --cov");

export const repositoryPath = text(
  /^(?!\/)(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9._@+-]+(\/[A-Za-z0-9._@+-]+)*$/,
  "is not the path of a file in the working folder",
  "write it without blanks from the repository's root, such as coverage.xml",
);
